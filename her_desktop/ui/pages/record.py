"""Receives every entry. Emits them as rows, one for each, in the order recorded: the page "record"."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Property, QObject

from her_desktop.events import Recorded
from her_desktop.ui.pages.page import House, Page
from her_desktop.ui.tape import Shown, Tape


class RecordPage(Page):
    """The tape of the session so far."""

    def __init__(self, house: House, parent: QObject | None = None) -> None:
        super().__init__(house, parent)
        self.tape = Tape(house.failed, self)
        self.shown = Shown(self.tape, self)

    rows = Property(QObject, lambda self: self.shown, constant=True)

    def take(self, entries: Sequence[Recorded]) -> None:
        """Write the entries at the end."""
        self.tape.take(entries)
