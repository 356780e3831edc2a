"""Receives recorded entries, and where he walks in the record. Emits which turn the pane shows, with its entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Property, QObject, Signal, Slot

from her_desktop.events import Failure, FinalTranscript, Recorded, Reply, SessionStarted, TurnsMarked
from her_desktop.memory.journal import Journal
from her_desktop.trace.reader import Past
from her_desktop.ui.bridge import guarded
from her_desktop.ui.desk import Desk

Entries = tuple[Recorded, ...]


class Place(QObject):
    """The turn that is shown: the present one as it grows, or an earlier one as it was recorded."""

    changed = Signal()
    settled = Signal(int)
    mended = Signal()
    """Words were removed from the record, and the present turn was read again."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self.failed = desk, desk.failed
        self._present: list[Recorded] = []
        self._told: Entries = ()
        self._earlier: Entries | None = None
        self._unwritten: list[Recorded] = []
        """What came before the present turn and after the last reply: it may not be on disk yet."""
        self._newest = 0
        self._waiting = False
        self._steps = 0
        """How far he wants to go from here, while the answer is awaited."""

    @property
    def entries(self) -> Entries:
        """All entries of the turn that is shown."""
        if self._earlier is not None:
            return self._earlier
        if len(self._told) != len(self._present):
            self._told = tuple(self._present)
        return self._told

    @property
    def present(self) -> Entries:
        """All entries of the present turn, whether it is shown or not."""
        return tuple(self._present)

    @property
    def on_its_way(self) -> bool:
        """Whether another turn was asked for and is not there yet."""
        return self._waiting

    def _shown(self) -> Recorded | None:
        """The last entry of the turn that is shown."""
        shown = self._present if self._earlier is None else self._earlier
        return shown[-1] if shown else None

    def _turn(self) -> int:
        shown = self._shown()
        return shown.turn if shown else 0

    def _label(self) -> str:
        """Which turn, and when it was."""
        if not self.entries:
            return ""
        at = self.entries[0].at
        when = at.strftime("%H:%M:%S") if self._earlier is None else f"{at:%a} {at.day} {at:%b %Y, %H:%M:%S}"
        return f"turn {self._turn()} · {when}" if self._turn() else f"the start · {when}"

    turn = Property(int, _turn, notify=changed)
    label = Property(str, _label, notify=changed)
    live = Property(bool, lambda self: self._earlier is None, notify=changed)
    newest = Property(int, lambda self: self._newest, notify=changed)

    # ---- as it happens ----

    def take(self, entries: Sequence[Recorded]) -> None:
        """Let the present turn grow, or a new one begin."""
        for recorded in entries:
            self._grow(recorded)
        if entries:
            self.changed.emit()
        for recorded in entries:
            if isinstance(recorded.entry, Reply):
                self.settled.emit(recorded.turn)
            elif isinstance(recorded.entry, TurnsMarked):
                self._read_again()

    def _grow(self, recorded: Recorded) -> None:
        if isinstance(recorded.entry, SessionStarted):
            self._begin()
        elif self._present and recorded.turn != self._present[0].turn:
            self._unwritten += self._present
            self._clear()
        self._present.append(recorded)
        if isinstance(recorded.entry, FinalTranscript):
            self._newest = recorded.turn
        elif isinstance(recorded.entry, Reply):
            self._unwritten.clear()  # a reply is on disk before it is told, and so is all before it

    def _begin(self) -> None:
        """A session begins: the first one, or a new one in a record that was erased."""
        self._unwritten.clear()
        self._clear()
        self._forgo()
        self._earlier, self._newest = None, 0

    def _clear(self) -> None:
        self._present.clear()
        self._told = ()

    def _read_again(self) -> None:
        """Words were removed from the record: let go of them here, too."""
        self._unwritten.clear()
        here = self._present[0] if self._present else None
        if here:
            self._desk.ask("the present turn", lambda past: _of(past.journal, here), self._renew)
        if self._earlier:
            self._fetch(self._earlier[0].turn, self._earlier[0].session)

    def _renew(self, entries: Entries) -> None:
        if not entries or not self._present or _where(entries[0]) != _where(self._present[0]):
            return
        self._present = _joined(entries, self._present)
        self._told = ()
        self.mended.emit()
        self.changed.emit()

    # ---- walking ----

    @Slot(int)
    @guarded("going to a turn")
    def go(self, turn: int) -> None:
        """Show an earlier turn as it was recorded; the present one is shown as it grows."""
        if self._present and turn == self._present[0].turn:
            self.back()
        elif turn > 0:
            self._fetch(turn)

    @Slot(int)
    @guarded("going to the start of a session")
    def start(self, session: int) -> None:
        """Show how a session began, before anything was said in it."""
        if self._present and _where(self._present[0]) == (0, session):
            self.back()
        else:
            self._fetch(0, session)

    @Slot(int)
    @guarded("going to a turn")
    def step(self, by: int) -> None:
        """Go so many turns forward, or back where it is negative; not beyond the first and the present one."""
        self._steps += by
        here = self._turn() or None
        if (self._earlier is None and self._steps >= 0) or not self._steps:
            self._forgo() if self._earlier else self.back()
        else:
            steps = self._steps
            self._ask(lambda past: _stepped(past, here, steps))

    def _fetch(self, turn: int, session: int | None = None) -> None:
        self._steps = 0
        self._ask(lambda past: _turn(past, turn, session))

    def _ask(self, work: Callable[[Past], Entries]) -> None:
        self._waiting = self._desk.has_record
        self._steps *= self._waiting
        self._desk.ask("the turn to show", work, self._arrived, self._lost)

    def _arrived(self, entries: Entries) -> None:
        self._waiting, self._steps = False, 0
        if not entries or (self._present and _where(entries[-1]) == _where(self._present[0])):
            self._earlier = None
        else:
            where = _where(entries[-1])
            self._earlier = tuple(_joined(entries, (one for one in self._unwritten if _where(one) == where)))
        self.changed.emit()

    def _lost(self, failure: Failure) -> None:
        self._waiting, self._steps = False, 0
        self.failed(failure)
        self.changed.emit()

    @Slot()
    def back(self) -> None:
        """Return to the present turn."""
        self._forgo()
        if self._earlier is not None:
            self._earlier = None
            self.changed.emit()

    def _forgo(self) -> None:
        """Let whatever was asked for not be shown when it comes."""
        self._steps = 0
        if self._waiting:
            self._waiting = False
            self._desk.ask("the turn to show", lambda _past: None, lambda _none: None)


def _where(recorded: Recorded) -> tuple[int, int]:
    return recorded.turn, recorded.session


def _joined(written: Sequence[Recorded], heard: Iterable[Recorded]) -> list[Recorded]:
    """What is on disk, and what came after it."""
    last = written[-1].seq if written else 0
    return [*written, *(one for one in heard if one.seq > last)]


# ---- at the desk ----


def _turn(past: Past, turn: int, session: int | None) -> Entries:
    entries = past.journal.turn(turn)
    wanted = (entries[-1].session if entries else 0) if session is None else session
    return tuple(one for one in entries if one.session == wanted)


def _stepped(past: Past, here: int | None, by: int) -> Entries:
    """The turn so many steps from here; where there is none before, the one that is here; none after is the present."""
    turn = past.journal.stepped(here, by)
    if turn is None and by < 0 and here:
        turn = here
    return _turn(past, turn, None) if turn else ()


def _of(journal: Journal, here: Recorded) -> Entries:
    return tuple(one for one in journal.turn(here.turn) if one.session == here.session)
