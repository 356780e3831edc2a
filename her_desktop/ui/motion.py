"""What the desktop asks of every window: less motion, more contrast, a dark ground.

`reduced_motion` asks the settings portal on Linux, the system's parameters on Windows, the defaults on macOS. It takes
a few milliseconds; a portal that hangs is given up, so ask after the first picture stands.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

REDUCED = "HER_DESKTOP_REDUCED_MOTION"
"""Set to 1 or 0, this decides; else the system is asked."""

_PORTAL = ("org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Settings")
_WAIT_MS = 50
"""A portal that takes longer to say one thing is not waited for."""
_DEFAULTS_WAIT_S = 1.0
_SPI_GETCLIENTAREAANIMATION = 0x1042


def reduced_motion() -> bool:
    """Whether things should stand still. What cannot be asked says no."""
    own = os.environ.get(REDUCED)
    return own not in {"", "0"} if own is not None else _system_reduces()


def prefers_contrast() -> bool:
    """Whether the desktop asks for high contrast. Needs a running `QGuiApplication`."""
    hints = QGuiApplication.styleHints()
    access = hints.accessibility()  # its owner has to be held as long as it is
    return access.contrastPreference() == Qt.ContrastPreference.HighContrast


def prefers_dark() -> bool:
    """Whether the desktop is set to dark. Needs a running `QGuiApplication`."""
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def _system_reduces() -> bool:
    if sys.platform == "win32":
        return _windows_reduces()
    if sys.platform == "darwin":
        return _macos_reduces()
    return _portal_reduces() if _has_bus() else False


if sys.platform == "win32":
    import ctypes

    def _windows_reduces() -> bool:
        animates = ctypes.c_int(1)
        asked = ctypes.windll.user32.SystemParametersInfoW(_SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(animates), 0)
        return bool(asked) and not animates.value


def _macos_reduces() -> bool:
    command = ["defaults", "read", "com.apple.universalaccess", "reduceMotion"]
    try:
        told = subprocess.run(command, capture_output=True, text=True, timeout=_DEFAULTS_WAIT_S, check=False)  # noqa: S603 -- fixed words
    except (OSError, subprocess.TimeoutExpired):  # a barrier: a Mac that cannot say
        return False
    return told.stdout.strip() == "1"


def _has_bus() -> bool:
    """Whether there is a session bus to ask, without starting one."""
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    return bool(os.environ.get("DBUS_SESSION_BUS_ADDRESS")) or bool(runtime and (Path(runtime) / "bus").exists())


def _portal_reduces() -> bool:
    if _setting("org.freedesktop.appearance", "reduced-motion") == 1:
        return True
    return _setting("org.gnome.desktop.interface", "enable-animations") is False


def _setting(namespace: str, key: str) -> Any:
    """One setting of the desktop; None where nobody says."""
    try:
        from PySide6.QtDBus import QDBus, QDBusConnection, QDBusMessage  # noqa: PLC0415 -- may be left out of a build
    except ImportError:
        return None
    message = QDBusMessage.createMethodCall(*_PORTAL, "Read")
    message.setAutoStartService(False)
    message.setArguments([namespace, key])
    told = QDBusConnection.sessionBus().call(message, QDBus.CallMode.Block, _WAIT_MS).arguments()
    return _plain(told[0]) if told else None


def _plain(value: Any) -> Any:
    """What lies in a variant, which may lie in a variant."""
    while hasattr(value, "variant"):
        value = value.variant()
    return value
