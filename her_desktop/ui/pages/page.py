"""What every page of "this is programming" is, and the house that it lives in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QObject

from her_desktop.events import Failure, Recorded
from her_desktop.ui import Presses
from her_desktop.ui.desk import Desk
from her_desktop.ui.place import Place


class House(msgspec.Struct, frozen=True):
    """What a page may use."""

    desk: Desk
    place: Place
    presses: Presses
    failed: Callable[[Failure], None]
    """Shows an error as a notice."""
    go: Callable[[str, str], None]
    """Opens the page of this name and has it show something: a rule's id, a fact's name, an entry's number."""
    home: Path | None = None
    """The profile folder."""


class Page(QObject):
    """The model behind one page. Lives on the window's thread; what is slow is asked at the desk."""

    def __init__(self, house: House, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.house, self.failed = house, house.failed

    def opened(self) -> None:
        """Take note that the page can be seen."""

    def closed(self) -> None:
        """Take note that the page can no longer be seen."""

    def take(self, entries: Sequence[Recorded]) -> None:
        """Take entries as they are recorded, whether the page can be seen or not."""

    def ended(self) -> None:
        """Let go of what would outlive the window."""

    def show(self, target: str) -> None:
        """Show what another page pointed to."""

    def __repr__(self) -> str:
        return type(self).__name__


Told = dict[str, Any]
"""Something that QML draws."""
