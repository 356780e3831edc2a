"""Receives entries from the code that acted. Emits them to the journal, to whoever watches, and into the state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from datetime import datetime
from functools import reduce

from her_desktop.clock import Clock
from her_desktop.conversation import Turn
from her_desktop.dialogue.state import State, apply
from her_desktop.events import Entry, FactForgotten, Failure, Recorded
from her_desktop.folded import keep_state, state_at
from her_desktop.memory.database import Unswept
from her_desktop.memory.facts import Fact, forgotten
from her_desktop.memory.journal import Journal

Watcher = Callable[[Recorded], None]


class Recorder:
    """The record of one session, and the state that is folded from the whole journal."""

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self._journal, self._clock = journal, clock
        self._watchers: list[Watcher] = []
        self.turn = 0
        """The turn that entries belong to now."""
        self.state = state_at(journal)

    def watch(self, watcher: Watcher) -> None:
        """See every entry from now on, right after it was recorded, on the thread that recorded it."""
        self._watchers.append(watcher)

    def begin(self) -> None:
        """A session begins."""
        self._journal.begin_session()

    def record(self, *entries: Entry, durable: bool = False) -> None:
        """Record what happened now; what is not durable is on disk with the next durable entry, or with `keep`."""
        if entries:
            records = self._journal.append(self.turn, self._clock.now(), entries, durable=durable)
            self.state = reduce(apply, entries, self.state)
            self._publish(records)

    def record_turn(
        self, turn: Turn, now: datetime, timings: Iterable[Entry], common: Set[str] = frozenset()
    ) -> Callable[[], None]:
        """Write a whole turn to disk, and only then take over its state; what it forgets is then gone from the disk.

        Args:
            turn: the turn.
            now: when it was.
            timings: how long its stages took.
            common: words of the language that say nothing by themselves; they are not taken out for a forgotten fact.

        Returns:
            What shows it to the watchers, so that the writing can be timed apart from them.

        Raises:
            Trouble: it cannot be written; nothing of it is kept then, and the state is as before.
        """
        entries, number = (*turn.entries, *timings), turn.state.turn
        if forgotten := self._forgotten(turn):
            records = self._forget(forgotten, number, now, entries, common)
            self.state, self.turn = state_at(self._journal), number
        else:
            records = self._journal.append(number, now, entries, durable=True)
            self.state, self.turn = turn.state, number
        return lambda: self._publish(records)

    def forget(self, names: Iterable[str], why: str, now: datetime, common: Set[str] = frozenset()) -> None:
        """Forget facts outside of a turn: they are out of the record and off the disk when this returns.

        Args:
            names: of facts that are known, each a `subject.predicate`.
            why: who wanted it.
            now: when.
            common: words of the language that say nothing by themselves.

        Raises:
            Trouble: it cannot be written; nothing is forgotten then.
        """
        facts = [self.state.facts[name] for name in names]
        told = [forgotten(fact, why) for fact in facts]
        records = self._forget(facts, self.turn, now, told, common)
        self.state = state_at(self._journal)
        self._publish(records)

    def erase(self) -> tuple[Failure, ...]:
        """Take everything out of the record, and begin with nothing.

        Returns:
            What is still to be recorded: that bytes stay on the disk for now, where another program reads the file.

        Raises:
            Trouble: it cannot be written; everything is kept then.
        """
        left: tuple[Failure, ...] = ()
        try:
            self._journal.erase()
        except Unswept as unswept:
            left = (_failure(unswept),)
        self.turn, self.state = 0, State()
        return left

    def _forgotten(self, turn: Turn) -> list[Fact]:
        names = [f"{one.subject}.{one.predicate}" for one in turn.entries if isinstance(one, FactForgotten)]
        return [self.state.facts[name] for name in names if name in self.state.facts]

    def _forget(
        self, facts: Sequence[Fact], turn: int, now: datetime, first: Sequence[Entry], common: Set[str]
    ) -> tuple[Recorded, ...]:
        try:
            return self._journal.forget(facts, turn, now, common=common, first=first)
        except Unswept as unswept:  # out of the record, but another program still reads the bytes
            return unswept.records + self._journal.append(turn, now, (_failure(unswept),), durable=True)

    def keep_files(self, contents: Mapping[str, bytes]) -> None:
        """Keep the files that decide replies, by their SHA-256; those that are there already are left as they are."""
        lacking = self._journal.lacking(contents)
        if lacking:
            self._journal.keep_files({sha: contents[sha] for sha in lacking})

    def close(self) -> None:
        """Write what is still in memory, and now and then a snapshot, so that the next conversation begins sooner."""
        self._journal.flush()
        keep_state(self._journal, self.state)

    def keep(self) -> None:
        """Write what is still in memory to the disk."""
        self._journal.flush()

    def _publish(self, records: Iterable[Recorded]) -> None:
        for recorded in records:
            for watcher in self._watchers:
                watcher(recorded)


def _failure(unswept: Unswept) -> Failure:
    return Failure(what=unswept.what, why=unswept.why, todo=unswept.todo)
