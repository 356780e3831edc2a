"""Receives every turn, and where he walks among them. Emits all turns, and what was found: the page "session"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot

from her_desktop.events import Failure, FinalTranscript, Recorded, Reply, SessionStarted, TurnsMarked
from her_desktop.trace.reader import Past
from her_desktop.trace.turns import marked
from her_desktop.ui.bridge import guarded
from her_desktop.ui.pages.page import House
from her_desktop.ui.pages.session_find import Finding
from her_desktop.ui.pages.session_list import Stretch, Turns
from her_desktop.ui.pages.session_take import TakeAway
from her_desktop.ui.pages.session_turns import Index, Line, lines

WALKING_MS = 100
"""So often, at most, the pages follow while an arrow key is held."""

All = tuple[Index, dict[int, datetime], frozenset[int]]
"""The turns, when each session began, and from which turns words were removed."""


class SessionPage(Finding):
    """The turns to walk through, what is found among them, and what he takes away."""

    moved = Signal()
    counted = Signal()
    searchAsked = Signal()

    def __init__(self, house: House, parent: QObject | None = None) -> None:
        super().__init__(house, parent)
        self.turns = Turns(self._read, house.failed, self)
        self.turns.keeps_all = not house.desk.has_record
        self._loaded = self._asked = self._seen = self._begun = False
        self._at = -1
        self._here = (-1, 0, True)
        self._walking = QTimer(self, interval=WALKING_MS, singleShot=True)
        self._walking.timeout.connect(self._follow)
        self._behind = False
        self.take_away = TakeAway(house, self)
        house.place.changed.connect(self._placed)

    rows = Property(QObject, lambda self: self.turns, constant=True)
    away = Property(QObject, lambda self: self.take_away, constant=True)
    at = Property(int, lambda self: self._at, notify=moved)
    """The row where he stands; -1 before anything was said."""
    live = Property(bool, lambda self: self.house.place.live, notify=moved)
    turn = Property(int, lambda self: self.house.place.property("turn"), notify=moved)
    count = Property(int, lambda self: len(self.turns.index_), notify=counted)
    forgotten = Property(bool, lambda self: self.turns.any_forgotten, notify=counted)
    known = Property(bool, lambda self: self._loaded or not self.house.desk.has_record, notify=counted)

    # ---- all turns ----

    def opened(self) -> None:
        """Look up which turns there are, if that is not known."""
        self._seen = True
        if not self._loaded and not self._asked:
            self._asked = True
            self.house.desk.ask("all turns", _all, self._count, self._uncounted)

    def closed(self) -> None:
        """Look up nothing while the page cannot be seen."""
        self._seen = False

    def _uncounted(self, failure: Failure) -> None:
        self._asked = False
        self.failed(failure)

    def _count(self, found: All) -> None:
        self._loaded, self._asked = True, False
        self.turns.begin(*found)
        self.counted.emit()
        self._stand()

    def _read(self, stretches: tuple[Stretch, ...]) -> None:
        self.house.desk.ask("what was said in turns", lambda past: _lines(past, stretches), self.turns.fill)

    def take(self, entries: Sequence[Recorded]) -> None:
        """Put what is said at the end; let go of what was forgotten."""
        count = len(self.turns.index_)
        for recorded in entries:
            match recorded.entry:
                case FinalTranscript() | Reply():
                    self.turns.take(recorded)
                case SessionStarted():
                    if self._begun or (recorded.seq == 1 and len(self.turns.index_)):
                        self._renew(all_of_it=True)
                    self._begun = True
                    self.turns.take(recorded)
                case TurnsMarked():
                    self._renew()
        if len(self.turns.index_) != count:
            self.counted.emit()
            self._stand()

    def _renew(self, *, all_of_it: bool = False) -> None:
        """Words were removed from the record, or it was erased."""
        self.turns.forget(all_of_it=all_of_it)
        self._loaded = self._asked = False
        self._behind = False
        self._find("")
        if self._seen:
            self.opened()

    # ---- walking ----

    @Slot(int)
    @guarded("walking through the turns")
    def walk(self, by: int) -> None:
        """Go so many turns on, or back where it is negative; beyond the last one is the present."""
        if self._words:
            self._point(self._hit + by)
        elif self._at < 0:
            self._to(len(self.turns.index_) + min(by, 0))
        else:
            self._to(self._at + by)

    @Slot(int)
    @guarded("going to a turn")
    def to(self, row: int) -> None:
        """Go to a row of the list that is shown: of the turns, or of what was found."""
        self._point(row) if self._words else self._to(row)

    def _to(self, row: int) -> None:
        if row >= len(self.turns.index_):
            return self.back()
        self._at, self._behind = max(0, row), True
        self._here = (self._at, 0, True)
        self.moved.emit()
        self._tell_session()
        if not self._walking.isActive():
            self._walking.start()
        return None

    @guarded("going to a turn")
    def _follow(self) -> None:
        """Show in all pages the turn where he stands."""
        if self._behind and self._at >= 0:
            self._behind = False
            self.house.place.go(self.turns.index_.turns[self._at])

    @Slot()
    @guarded("returning to the present")
    def back(self) -> None:
        """Return to the present turn."""
        self._behind = False
        self._walking.stop()
        self.house.place.back()
        self._stand()

    @Slot()
    @guarded("opening a turn")
    def open(self) -> None:
        """Lay open the turn where he stands, or go to the one that was found."""
        if self._words and 0 <= self._hit < len(self._hits):
            self.house.place.go(int(self._hits[self._hit]["turn"]))
        elif not self._words:
            self._walking.stop()
            self._follow()
            self.house.go("now", "")

    @Slot()
    def _placed(self) -> None:
        if not self._behind and not self.house.place.on_its_way:
            self._stand()

    def _stand(self) -> None:
        """Stand where the pane does."""
        if self._behind:
            return
        turn, live = int(self.house.place.property("turn")), bool(self.house.place.property("live"))
        self._at = self.turns.index_.row_of(turn) if turn else -1
        if (here := (self._at, turn, live)) != self._here:
            self._here = here
            self.moved.emit()
        self._tell_session()

    def _tell_session(self) -> None:
        index = self.turns.index_
        session = index.sessions[self._at] if len(index) else 0
        self.take_away.about(session, self.turns.head(session) if session else "")

    def show(self, target: str) -> None:
        """Let him look for words (`search`), or show a turn by its number."""
        if target == "search":
            self.searchAsked.emit()
        elif target.isdecimal():
            self.house.place.go(int(target))


# ---- at the desk ----


def _all(past: Past) -> All:
    journal = past.journal
    began = {one.session: one.began for one in journal.sessions()}
    return Index(journal.heard()), began, frozenset(marked(journal.entries(kinds=[TurnsMarked])))


def _lines(past: Past, stretches: tuple[Stretch, ...]) -> dict[int, dict[int, Line]]:
    wanted = (FinalTranscript, Reply)
    return {
        page: lines(past.journal.entries(kinds=wanted, after=after, before=before)) for page, after, before in stretches
    }
