"""Receives every entry. Emits them as rows, one for each, in the order recorded: the page "record".

The tape of this session, or the entries of the earlier turn that he stepped back to.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Property, QObject, Signal, Slot

from her_desktop.events import Entry, Failure, Recorded, SessionStarted, TurnsMarked
from her_desktop.trace.reader import Past
from her_desktop.ui.bridge import guarded
from her_desktop.ui.pages.page import House, Page
from her_desktop.ui.tape import ROLE_NUMBERS, Shown, Tape

_TAPE = "the tape of this session"


class RecordPage(Page):
    """The tape of the session so far, and that of an earlier turn."""

    rowsChanged = Signal()
    found = Signal(int)
    """The drawn row of the entry that another page pointed to."""

    def __init__(self, house: House, parent: QObject | None = None) -> None:
        super().__init__(house, parent)
        self.tape, self.shown = self._new()
        self._earlier: tuple[Tape, Shown] | None = None
        self._entries: tuple[Recorded, ...] = ()
        self._since: list[Recorded] | None = None
        """What came since words were removed, while the rest is read again."""
        self._sought, self._going = 0, False
        house.place.changed.connect(self._moved)

    rows = Property(QObject, lambda self: self._drawn[1], notify=rowsChanged)
    live = Property(bool, lambda self: self._earlier is None, notify=rowsChanged)

    @property
    def _drawn(self) -> tuple[Tape, Shown]:
        return self._earlier or (self.tape, self.shown)

    def _new(self) -> tuple[Tape, Shown]:
        tape = Tape(self.house.failed, self)
        return tape, Shown(tape, self)

    # ---- the session as it goes on ----

    def take(self, entries: Sequence[Recorded]) -> None:
        """Write the entries at the end."""
        begun = _last(entries, SessionStarted)
        if begun is not None and (begun or self.tape.rowCount()):
            entries, self._since = entries[begun:], None
            self.house.desk.ask(
                _TAPE, lambda _past: (), lambda _none: None
            )  # what was asked for is not wanted any more
            self._rewrite(())  # the record was erased, and begins anew
        if self._since is not None:
            self._since += entries
        self.tape.take(entries)
        marked = _last(entries, TurnsMarked)
        if marked is not None and self.house.desk.has_record:
            self._read_again(entries[marked], entries[marked + 1 :])

    def _read_again(self, last: Recorded, since: Sequence[Recorded]) -> None:
        """Words were removed from the record: draw what is left of it."""
        self._since = list(since)
        first = _seq(self.tape, 0)
        self.house.desk.ask(
            _TAPE,
            lambda past: tuple(past.journal.entries(last.session, after=first - 1, before=last.seq + 1)),
            self._rewrite,
            self._unread,
        )

    def _unread(self, failure: Failure) -> None:
        self._since = None
        self.failed(failure)

    def _rewrite(self, entries: tuple[Recorded, ...]) -> None:
        old, (self.tape, self.shown) = (self.tape, self.shown), self._new()
        since, self._since = self._since or [], None
        self.tape.take([*entries, *since])
        self._replaced(old)

    def _replaced(self, old: tuple[Tape, Shown]) -> None:
        self.rowsChanged.emit()
        old[0].clear()  # it goes at some later moment; its words may be forgotten ones
        for one in reversed(old):
            one.deleteLater()

    # ---- an earlier turn ----

    @Slot()
    @guarded("showing the entries of a turn")
    def _moved(self) -> None:
        place = self.house.place
        entries = () if place.live else place.entries
        if entries is not self._entries and entries != self._entries:
            self._show_turn(entries)
        if self._going and not place.on_its_way:
            self._going = False
            if not self._point():
                self._lost(Failure(what=f"entry {self._sought}", why="it is not in the turn that the record names"))

    def _show_turn(self, entries: tuple[Recorded, ...]) -> None:
        old, self._entries, self._earlier = self._earlier, entries, None
        if entries:
            self._earlier = self._new()
            self._earlier[0].take(entries)
        if old:
            self._replaced(old)
        else:
            self.rowsChanged.emit()

    # ---- an entry that another page points to ----

    def show(self, target: str) -> None:
        """Show the entry with this number, opened; the turn that it belongs to is looked up where need be."""
        if not target.isdecimal():
            return
        self._sought = int(target)
        if not self._point():
            self.house.desk.ask("the turn of an entry", lambda past: _at(past, int(target)), self._go, self._lost)

    def _point(self) -> bool:
        """Open the entry that is sought where it is among the rows."""
        tape, shown = self._drawn
        row = next((row for row in range(tape.rowCount()) if _seq(tape, row) == self._sought), -1)
        if row < 0:
            return False
        self._sought = 0
        if _is(tape, row, "folded"):
            tape.unfold(row)
        if not _is(tape, row, "expanded"):
            tape.toggle(row)
        self.found.emit(shown.mapFromSource(tape.index(row)).row())
        return True

    def _go(self, recorded: Recorded | None) -> None:
        if recorded is None:
            return self._lost(Failure(what=f"entry {self._sought}", why="it is not in the record"))
        self._going = True
        if recorded.turn:
            self.house.place.go(recorded.turn)
        else:
            self.house.place.start(recorded.session)
        return self._moved()

    def _lost(self, failure: Failure) -> None:
        self._sought = 0
        self.failed(failure)


def _last(entries: Sequence[Recorded], kind: type[Entry]) -> int | None:
    """Where the last entry of a kind stands."""
    return next((at for at in reversed(range(len(entries))) if isinstance(entries[at].entry, kind)), None)


def _seq(tape: Tape, row: int) -> int:
    return int(tape.data(tape.index(row), ROLE_NUMBERS["seq"]))


def _is(tape: Tape, row: int, role: str) -> bool:
    return bool(tape.data(tape.index(row), ROLE_NUMBERS[role]))


def _at(past: Past, seq: int) -> Recorded | None:
    return next(iter(list(past.journal.entries(after=seq - 1, before=seq + 1))), None)
