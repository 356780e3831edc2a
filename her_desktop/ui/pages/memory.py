"""Receives entries that teach and forget, and what he does to a fact. Emits the page "memory": what she knows."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot

from her_desktop.events import (
    Entry,
    FactForgotten,
    FactLearned,
    Failure,
    Recorded,
    Reply,
    SessionStarted,
    TurnsMarked,
)
from her_desktop.inbox import Correct, Forget
from her_desktop.ui.bridge import guarded
from her_desktop.ui.pages import memory_look
from her_desktop.ui.pages.memory_facts import Row, counted
from her_desktop.ui.pages.memory_keeping import Keeping, failure_line
from her_desktop.ui.pages.memory_list import AS_MAP, AT_ONCE, FactList, as_map
from her_desktop.ui.pages.memory_look import Shaped, answered, known
from her_desktop.ui.pages.page import House, Page, Told

_NEWS = (FactLearned, FactForgotten, TurnsMarked, Reply, SessionStarted)
_SOON_MS = 30
_FLUSHED_MS = 600
"""By then what the start of a session recorded is on the disk, where the desk reads it."""


class Doing(msgspec.Struct, frozen=True):
    """What he is about to do to a fact."""

    name: str = ""
    what: str = ""
    """edit or forget."""
    turns: int = -1
    """From how many turns words would be taken; -1 while they are counted."""


class MemoryPage(Page):
    """What she knows of him, and what is kept at all."""

    leafChanged = Signal()
    headChanged = Signal()
    doingChanged = Signal()
    statusChanged = Signal()
    pointed = Signal(int)
    letGo = Signal()
    """Words were forgotten; what he looked for may be one of them."""

    def __init__(self, house: House, parent: QObject | None = None) -> None:
        super().__init__(house, parent)
        self.list = FactList(self)
        self.keeping = Keeping(house, self._say, self)
        self._leaf, self._status, self._doing = "knows", "", Doing()
        self._open = self._waiting = False
        self._head: Told = {"count": -1, "then": "", "live": True}
        self._shown: int | None = None
        self._wanted = ""
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._look)
        house.place.changed.connect(self._moved)

    leaf = Property(str, lambda self: self._leaf, notify=leafChanged)
    rows = Property(QObject, lambda self: self.list, constant=True)
    kept = Property(QObject, lambda self: self.keeping, constant=True)
    head = Property(AS_MAP, lambda self: self._head, notify=headChanged)
    doing = Property(AS_MAP, lambda self: as_map(self._doing), notify=doingChanged)
    status = Property(str, lambda self: self._status, notify=statusChanged)

    def opened(self) -> None:
        """Look, and go on looking."""
        self._open = True
        self.keeping.opened()
        self._look()

    def closed(self) -> None:
        """Look no more."""
        self._open = False
        self._soon.stop()
        self.keeping.closed()

    def ended(self) -> None:
        """Count the connections no more."""
        self.keeping.watched.close()

    def take(self, entries: Sequence[Recorded]) -> None:
        """Look again where something was learned or forgotten; tell what became of what he did here."""
        news = [one.entry for one in entries if isinstance(one.entry, _NEWS)]
        if any(isinstance(one, TurnsMarked) for one in news):
            self._let_go()
        if any(isinstance(one, SessionStarted) for one in news):
            self._begun_anew()
        elif news and self._open and not self._soon.isActive():
            self._soon.start(_SOON_MS)
        if self._waiting:
            self._report([one.entry for one in entries])

    def show(self, target: str) -> None:
        """Point to a fact, by its name or id; or open the leaf `kept`."""
        self.open_leaf("kept" if target == "kept" else "knows")
        self._wanted = "" if target == "kept" else target.partition("@")[0]
        self._point()

    # ---- what QML calls ----

    @Slot(str)
    @guarded("opening a leaf")
    def open_leaf(self, leaf: str) -> None:
        """Show what she knows, or what is kept."""
        if leaf != self._leaf:
            self._leaf = leaf
            self.leafChanged.emit()

    @Slot(str)
    @guarded("looking through the facts")
    def filter(self, text: str) -> None:
        """Show only facts in which these words stand."""
        self.list.filter(text)

    @Slot(int)
    @guarded("going to a turn")
    def go(self, turn: int) -> None:
        """Have the pane show a turn."""
        self.house.place.go(turn)

    @Slot()
    @guarded("opening a turn")
    def take_apart(self) -> None:
        """Open the page on which the shown turn is taken apart."""
        self.house.go("now", "")

    @Slot(str)
    @guarded("unfolding what was corrected")
    def unfold_history(self, name: str) -> None:
        """Show what a fact has corrected, or fold it."""
        self.list.unfold(name, history=not self.list.unfolded(name).history)

    @Slot(str)
    @guarded("unfolding the replies")
    def unfold_replies(self, name: str) -> None:
        """Show the replies that a fact has shaped, or fold them."""
        opens = not self.list.unfolded(name).replies
        self.list.unfold(name, replies=opens, shaped=None, most=AT_ONCE)
        if opens:
            self._look_at_replies(name)

    @Slot(str)
    @guarded("unfolding more replies")
    def more_replies(self, name: str) -> None:
        """Show some more of them."""
        self.list.unfold(name, most=self.list.unfolded(name).most + AT_ONCE)

    @Slot(str)
    @guarded("editing a fact")
    def edit(self, name: str) -> None:
        """Begin to correct a fact."""
        self._do(Doing(name, "edit"))

    @Slot(str)
    @guarded("forgetting a fact")
    def ask(self, name: str) -> None:
        """Ask whether a fact is to be forgotten, and count what that would clear."""
        self._do(Doing(name, "forget"))

        def counted_(turns: int) -> None:
            if self._doing.name == name and self._doing.what == "forget":
                self._do(Doing(name, "forget", turns))

        self.house.desk.ask("memory reach", lambda past: memory_look.reach(past, [name]), counted_)

    @Slot()
    @guarded("leaving a fact")
    def leave(self) -> None:
        """Leave the fact as it is."""
        self._do(Doing())

    @Slot(str, str)
    @guarded("correcting a fact")
    def correct(self, name: str, text: str) -> None:
        """Have her know it otherwise; nothing is sent where nothing was changed."""
        words = " ".join(text.split())
        self._do(Doing())
        if words and words != self.list.object_of(name):
            self._say("writing it down …", waits=True)
            self.house.presses.by_hand(Correct(name, words))

    @Slot(str)
    @guarded("forgetting a fact")
    def forget(self, name: str) -> None:
        """Have her forget it."""
        self._do(Doing())
        self._say("forgetting it …", waits=True)
        self.house.presses.by_hand(Forget((name,)))

    # ---- looking ----

    def _look(self) -> None:
        if not self._open:
            return
        self.keeping.look()
        self._shown = self._moment()
        before = None if self._shown is None else answered(self.house.place.entries)
        self.house.desk.ask("memory facts", lambda past: known(past, before), self._arrived)

    def _look_at_replies(self, name: str) -> None:
        def found(shaped: tuple[Shaped, ...]) -> None:
            self.list.unfold(name, shaped=shaped)

        self.house.desk.ask(f"memory replies {name}", lambda past: memory_look.shaped(past, name), found)

    def _arrived(self, rows: tuple[Row, ...]) -> None:
        for name in self.list.take(rows):
            self._look_at_replies(name)
        live = self._shown is None
        self._become({"count": len(rows), "then": "" if live else self.house.place.label, "live": live})
        if self._doing.name and (not live or self._doing.name not in self.list.names):
            self._do(Doing())
        self._point()

    def _become(self, head: Told) -> None:
        if head != self._head:
            self._head = head
            self.headChanged.emit()

    def _moment(self) -> int | None:
        """The turn whose knowledge is shown; None is now."""
        entries = self.house.place.entries
        return None if self.house.place.live or not entries else entries[0].turn

    @Slot()
    @guarded("showing what she knew")
    def _moved(self) -> None:
        if self._open and self._moment() != self._shown:
            self._look()

    def _let_go(self) -> None:
        """Words were forgotten: hold them no longer, also while nobody looks."""
        self.list.let_go(of_all=not self._open)
        self.list.filter("")
        self.letGo.emit()
        if not self._waiting:
            self._say("")

    def _begun_anew(self) -> None:
        """A session has begun: the first, or one after everything was erased."""
        self._let_go()
        self.list.take(())
        self._do(Doing())
        if self._open:
            self._soon.start(_FLUSHED_MS)

    def _point(self) -> None:
        """Go to the row that is wanted, once it is there."""
        if self._wanted and (at := self.list.place(self._wanted)) >= 0:
            self._wanted = ""
            self.pointed.emit(at)

    # ---- what became of it ----

    def _report(self, entries: Sequence[Entry]) -> None:
        marks = [one for one in entries if isinstance(one, TurnsMarked)]
        if marks:
            turns = {mark.turn for one in marks for mark in one.turns}
            self._say(f"{counted(len(marks), 'fact')} forgotten, and taken out of {counted(len(turns), 'turn')}")
        for entry in entries:
            match entry:
                case FactLearned():
                    self._say(f"kept: {entry.predicate.replace('_', ' ')} is {entry.object}")
                case SessionStarted():
                    self._say("everything is forgotten; she begins anew")
                case Failure():
                    self._say(failure_line(entry))

    def _do(self, doing: Doing) -> None:
        if doing != self._doing:
            self._doing = doing
            self.doingChanged.emit()

    def _say(self, text: str, *, waits: bool = False) -> None:
        """Tell something at the foot of the page; with `waits`, what becomes of it will be told, too."""
        self._status, self._waiting = text, waits
        self.statusChanged.emit()
