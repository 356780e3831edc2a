"""Receives the record and what is switched. Emits the page "ledger": techniques over days, what followed, the slope."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterable, Sequence
from functools import partial
from typing import cast

import msgspec
from PySide6.QtCore import Property, QObject, Signal, Slot

from her_desktop.dialogue.techniques import charms, switchable
from her_desktop.events import Failure, Recorded, Reply, SessionStarted, TechniqueSwitched, TurnsMarked
from her_desktop.inbox import Switch
from her_desktop.trace.ledger import KINDS, Period, ledger
from her_desktop.trace.reader import Past
from her_desktop.ui.bridge import guarded
from her_desktop.ui.pages.ledger_days import UsesByDay
from her_desktop.ui.pages.ledger_told import told_ledger
from her_desktop.ui.pages.page import House, Page, Told

SPANS: dict[str, int] = {"today": 1, "7 days": 7, "30 days": 30, "all": 0}
"""Span to how many days it has, today the last of them; 0 is the whole record."""
BY_ITSELF_ENTRIES = 10_000
"""A record of at most so many entries is counted again after each turn, in about a fifth of a second."""
_MOST_BEHIND = 1_000


class Counted(msgspec.Struct, frozen=True):
    """What a span came to."""

    told: Told
    entries: int
    """How many the record had."""
    up_to: int
    """Number of the last entry that was looked at."""
    off: frozenset[str]
    """What was switched off then."""


class LedgerPage(Page):
    """The ledger of one span at a time; a span is counted at the desk, once, until a turn is added."""

    changed = Signal()
    countingChanged = Signal()
    switched = Signal()

    def __init__(self, house: House, parent: QObject | None = None) -> None:
        super().__init__(house, parent)
        self._span, self._counting, self._open = "all", "", False
        self._today = dt.datetime.now().astimezone().date()
        self._counted: dict[str, Counted] = {}
        self._replies: deque[int] = deque(maxlen=_MOST_BEHIND)
        self._switches: dict[str, tuple[int, bool]] = {}
        self._off: frozenset[str] = frozenset()

    span = Property(str, lambda self: self._span, notify=changed)
    spans = Property(cast(type, "QVariantList"), lambda _self: list(SPANS), constant=True)
    told = Property(cast(type, "QVariantMap"), lambda self: self._told(), notify=changed)
    counted = Property(bool, lambda self: self._span in self._counted, notify=changed)
    counting = Property(str, lambda self: self._counting, notify=countingChanged)
    behind = Property(int, lambda self: self._behind(), notify=countingChanged)
    off = Property(cast(type, "QVariantList"), lambda self: sorted(self._off), notify=switched)
    recorded = Property(bool, lambda self: self.house.desk.has_record, constant=True)

    def opened(self) -> None:
        """Count what was not counted yet."""
        self._open = True
        self._want()

    def closed(self) -> None:
        """Count nothing more by itself."""
        self._open = False

    def take(self, entries: Sequence[Recorded]) -> None:
        """Take note of switches as they are recorded, and of turns that are not counted yet."""
        if not entries:
            return
        removed = [one for one in entries if isinstance(one.entry, SessionStarted | TurnsMarked)]
        if any(isinstance(one.entry, TurnsMarked) or one.seq == 1 for one in removed):
            self._let_go(erased=any(one.seq == 1 for one in removed))
        self._today = entries[-1].at.date()
        for recorded in entries:
            match recorded.entry:
                case TechniqueSwitched(technique=name, on=on):
                    self._switch_taken(recorded.seq, name, on=on)
                case Reply():
                    self._replies.append(recorded.seq)
        if removed or any(isinstance(recorded.entry, Reply) for recorded in entries):
            self._turn_added()

    def _let_go(self, *, erased: bool) -> None:
        """Words were removed from the record, or all of it was erased: what was counted holds them still."""
        self._counted.clear()
        if erased:
            self._replies.clear()
            self._switches.clear()
            self._off = frozenset()
            self.switched.emit()
        self.changed.emit()

    def _switch_taken(self, seq: int, name: str, *, on: bool) -> None:
        self._switches[name] = seq, on
        self._off = self._off - {name} if on else self._off | {name}
        self.switched.emit()

    def _turn_added(self) -> None:
        counted = self._counted.get(self._span)
        if self._open and (counted is None or counted.entries <= BY_ITSELF_ENTRIES):
            self._want()
        else:
            self.countingChanged.emit()

    def _told(self) -> Told:
        return self._counted[self._span].told if self._span in self._counted else {}

    def _behind(self) -> int:
        """How many turns were added since the span was counted."""
        counted = self._counted.get(self._span)
        return sum(seq > counted.up_to for seq in self._replies) if counted else 0

    @Slot(str)
    @guarded("choosing a span of the ledger")
    def choose(self, span: str) -> None:
        """Show another span."""
        if span in SPANS and span != self._span:
            self._span = span
            self.changed.emit()
            self._want()

    @Slot()
    @guarded("counting the record again")
    def again(self) -> None:
        """Count the span anew."""
        self._ask()

    @Slot(int)
    @guarded("going to a turn")
    def go(self, turn: int) -> None:
        """Show the turn of a step."""
        self.house.place.go(turn)
        self.house.go("now", "")

    @Slot(str, bool)
    @guarded("switching a technique")
    def switch(self, technique: str, on: bool) -> None:
        """Ask for a technique to be switched; it is, once that is recorded."""
        if technique in switchable():
            self._send([technique], on=on)

    @Slot(bool)
    @guarded("switching techniques")
    def switch_all(self, on: bool) -> None:
        """Ask for everything that builds intimacy to be switched off, or for all that is off to be switched on."""
        self._send(sorted(self._off & switchable()) if on else [n for n in charms() if n not in self._off], on=on)

    def _send(self, names: Iterable[str], *, on: bool) -> None:
        for name in names:
            self.house.presses.by_hand(Switch(name, on, "window"))

    def _want(self) -> None:
        """Have the span counted, where it is not or turns were added."""
        if self._span not in self._counted or self._behind():
            self._ask()

    def _ask(self) -> None:
        if not self.house.desk.has_record:
            return
        self._say("counting the record …")
        self.house.desk.ask("the size of the record", lambda past: past.journal.last_seq, self._sized, self._lost)

    def _sized(self, entries: int) -> None:
        self._say(f"counting {entries:,} entries …")
        work = partial(count, days=SPANS[self._span], today=self._today)
        self.house.desk.ask("the ledger", work, partial(self._arrived, self._span), self._lost)

    def _arrived(self, span: str, counted: Counted) -> None:
        self._counted[span] = counted
        later = {name: on for name, (seq, on) in self._switches.items() if seq > counted.up_to}
        off = counted.off - {name for name, on in later.items() if on}
        self._off = off | {name for name, on in later.items() if not on}
        self.changed.emit()
        self._say("")
        self.switched.emit()

    def _lost(self, failure: Failure) -> None:
        self._say("")
        self.failed(failure)

    def _say(self, counting: str) -> None:
        self._counting = counting
        self.countingChanged.emit()


def count(past: Past, days: int, today: dt.date) -> Counted:
    """Count a span of the record; takes about two seconds for 100,000 entries.

    Args:
        past: the record.
        days: how many days the span has; 0 is the whole record.
        today: the last of them.
    """
    by_day = UsesByDay()
    period = Period(today - dt.timedelta(days=days - 1), today) if days else Period()
    found = ledger(by_day.passing(past.journal.entries(kinds=KINDS)), period)
    last = max(today, found.last.date()) if found.last else today
    return Counted(told_ledger(found, by_day, last), past.journal.last_seq, by_day.last_seq, frozenset(by_day.off))
