"""What the desktop asks of windows: read from a real bus, where there is one to be had."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from her_desktop.ui.motion import REDUCED, prefers_contrast, prefers_dark, reduced_motion

PORTAL = """
import sys
from PySide6.QtCore import ClassInfo, QCoreApplication, QObject, Slot
from PySide6.QtDBus import QDBusAbstractAdaptor, QDBusConnection, QDBusVariant

def variant(value):
    made = QDBusVariant()
    made.setVariant(value)
    return made

@ClassInfo({"D-Bus Interface": "org.freedesktop.portal.Settings"})
class Settings(QDBusAbstractAdaptor):
    @Slot(str, str, result="QDBusVariant")
    def Read(self, namespace, key):
        known = {
            ("org.freedesktop.appearance", "reduced-motion"): int(sys.argv[1]),
            ("org.gnome.desktop.interface", "enable-animations"): sys.argv[2] == "animated",
        }
        return variant(variant(known[namespace, key]))

application, desktop = QCoreApplication([]), QObject()
settings = Settings(desktop)
bus = QDBusConnection.sessionBus()
assert bus.registerObject("/org/freedesktop/portal/desktop", desktop)
assert bus.registerService("org.freedesktop.portal.Desktop")
print("ready", flush=True)
application.exec()
"""
ASK = "from her_desktop.ui.motion import reduced_motion; print(reduced_motion())"

on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the settings portal is of Linux desktops")


def asked(bus: str) -> str:
    """What a fresh process says on this bus; anything that it prints beside is a failure."""
    environment = {name: value for name, value in os.environ.items() if name not in {REDUCED, "XDG_RUNTIME_DIR"}}
    environment |= {"DBUS_SESSION_BUS_ADDRESS": bus} if bus else {}
    if not bus:
        environment.pop("DBUS_SESSION_BUS_ADDRESS", None)
    told = subprocess.run(
        [sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, timeout=30, check=True
    )
    assert told.stderr == ""
    return told.stdout.strip()


@contextmanager
def running(*command: str, **environment: str) -> Iterator[str]:
    """A process that says one line when it is ready; ended afterwards."""
    with subprocess.Popen(
        command, env=os.environ | environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


@pytest.fixture
def bus() -> Iterator[str]:
    daemon = shutil.which("dbus-daemon")
    if not daemon:
        pytest.skip("there is no dbus-daemon on this machine")
    pytest.importorskip("PySide6.QtDBus", reason="this build of Qt has no D-Bus")
    with running(daemon, "--session", "--nofork", "--print-address") as address:
        yield address


@on_linux
@pytest.mark.parametrize(
    ("reduced", "animations", "still"),
    [("1", "animated", "True"), ("0", "still", "True"), ("0", "animated", "False")],
)
def test_the_settings_portal_is_asked(bus: str, reduced: str, animations: str, still: str) -> None:
    portal = (sys.executable, "-c", PORTAL, reduced, animations)
    with running(*portal, DBUS_SESSION_BUS_ADDRESS=bus) as ready:
        assert ready == "ready"
        assert asked(bus) == still


@on_linux
def test_a_bus_without_a_portal_and_no_bus_at_all_say_no_and_nothing_else(bus: str, tmp_path: Path) -> None:
    assert [asked(bus), asked(""), asked(f"unix:path={tmp_path / 'none'}")] == ["False"] * 3


@pytest.mark.parametrize(("value", "still"), [("1", True), ("yes", True), ("0", False), ("", False)])
def test_the_environment_decides_before_the_desktop(monkeypatch: pytest.MonkeyPatch, value: str, still: bool) -> None:
    monkeypatch.setenv(REDUCED, value)
    assert reduced_motion() is still


def test_a_desktop_without_wishes_has_none(qtbot: QtBot) -> None:
    assert (prefers_contrast(), prefers_dark()) == (False, False)
