"""A picture of the window as it would look after some entries: for a page, a report, or a machine without a display."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QElapsedTimer

from her_desktop.events import Recorded
from her_desktop.inbox import ByHand, Rehearse
from her_desktop.trouble import Trouble
from her_desktop.ui.window import build

_SETTLE_MS = 1_500
"""Long enough for what moves when a state begins to come to rest."""


class Nobody:
    """Presses of a window that nobody uses."""

    def typed(self, text: str) -> None:
        """Nobody typed."""

    def talk_pressed(self) -> None:
        """Nobody pressed."""

    def talk_released(self) -> None:
        """Nobody released."""

    def stop_pressed(self) -> None:
        """Nobody pressed."""

    def by_hand(self, message: ByHand | Rehearse) -> None:
        """Nobody did anything."""

    def closed(self) -> None:
        """Nobody closed."""


def picture(entries: Iterable[Recorded], path: Path, width: int = 1440, height: int = 900) -> None:
    """Write a PNG of the window after these entries. Sizes are in pixels.

    Raises:
        Trouble: the file cannot be written.
    """
    window = build(Nobody())
    try:
        window.root.resize(width, height)
        for recorded in entries:
            window.watcher.put(recorded)
        passed = QElapsedTimer()
        passed.start()
        while passed.elapsed() < _SETTLE_MS:
            QCoreApplication.processEvents()
        if not window.grab().save(str(path)):
            raise Trouble(f"picture {path}", "it cannot be written", "name another place")
    finally:
        window.close()
