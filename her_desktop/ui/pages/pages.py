"""Receives which page he wants and what is recorded. Emits the pages, and which of them is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Property, QObject, Signal, Slot

from her_desktop.events import Failure, Recorded
from her_desktop.ui import Presses
from her_desktop.ui.bridge import guarded
from her_desktop.ui.desk import Desk
from her_desktop.ui.pages.ledger import LedgerPage
from her_desktop.ui.pages.memory import MemoryPage
from her_desktop.ui.pages.now import NowPage
from her_desktop.ui.pages.page import House, Page
from her_desktop.ui.pages.record import RecordPage
from her_desktop.ui.pages.rules import RulesPage
from her_desktop.ui.pages.session import SessionPage
from her_desktop.ui.pages.time import TimePage
from her_desktop.ui.pages.whatif import WhatIfPage
from her_desktop.ui.place import Place

_PAGES: Mapping[str, type[Page]] = {
    "now": NowPage, "time": TimePage, "whatif": WhatIfPage, "memory": MemoryPage, "ledger": LedgerPage,
    "rules": RulesPage, "session": SessionPage, "record": RecordPage,
}  # fmt: skip
"""Name of a page to its model, in the order of the tabs."""


class Pages(QObject):
    """All pages of "this is programming"."""

    tabChanged = Signal()
    jumped = Signal(str, str)

    def __init__(
        self,
        desk: Desk,
        place: Place,
        presses: Presses,
        failed: Callable[[Failure], None],
        home: Path | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.failed = failed
        self._tab, self._seen = "now", False
        house = House(desk, place, presses, failed, self.go, home)
        self._pages = {name: kind(house, self) for name, kind in _PAGES.items()}

    tab = Property(str, lambda self: self._tab, notify=tabChanged)

    @Slot(str, result=QObject)
    def page(self, name: str) -> QObject | None:
        """The model of a page."""
        return self._pages.get(name)

    @Slot(str, str)
    @guarded("opening a page")
    def go(self, name: str, target: str = "") -> None:
        """Open a page, and have it show something."""
        if name != self._tab:
            self._tell(seen=False)
            self._tab = name
            self.tabChanged.emit()
            self._tell(seen=self._seen)
        if target and (page := self._pages.get(name)):
            page.show(target)
            self.jumped.emit(name, target)

    @Slot(bool)
    @guarded("opening the pane")
    def seen(self, yes: bool) -> None:
        """Take note whether the pane can be seen at all."""
        if yes != self._seen:
            self._seen = yes
            self._tell(seen=yes)

    def ended(self) -> None:
        """Have every page let go of what would outlive the window."""
        for page in self._pages.values():
            page.ended()

    def _tell(self, *, seen: bool) -> None:
        if page := self._pages.get(self._tab):
            page.opened() if seen else page.closed()

    @guarded("showing what happened")
    def take(self, entries: Sequence[Recorded]) -> None:
        """Hand entries to every page."""
        for page in self._pages.values():
            page.take(entries)
