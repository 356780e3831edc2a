"""Waits until a window is at rest: `settled(qtbot, window)`."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from her_desktop.ui.window import Window

_WAIT_MS = 30_000
_LOOKS = 4
"""So many looks, 10 ms apart, find it at rest: what is drawn follows what is known by a turn of Qt's loop or two."""
_SOON_MS = 1000


def settled(qtbot: QtBot, window: Window) -> None:
    """Wait until all that happened was shown, nothing more is looked up, and no timer will bring anything soon."""
    calm = 0

    def still() -> bool:
        nonlocal calm
        window.bridge.drain()
        busy = not window.watcher._entries.empty() or window.desk.property("busy") or window.place.on_its_way
        calm = 0 if busy or (calm and _due(window)) else calm + 1
        return calm >= _LOOKS

    qtbot.waitUntil(still, timeout=_WAIT_MS)


def _due(window: Window) -> bool:
    ours = any(one.isActive() and one.isSingleShot() for one in window.findChildren(QTimer))
    drawn = (one for one in window.root.findChildren(QObject) if one.inherits("QQmlTimer"))
    soon = (one for one in drawn if not one.property("repeat") and one.property("interval") < _SOON_MS)
    return ours or any(one.property("running") for one in soon)
