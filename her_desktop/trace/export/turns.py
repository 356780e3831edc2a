"""The entries of a session as turns, each with what the page and the screenplay tell of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import TypeVar

import msgspec

from her_desktop import events
from her_desktop.events import Entry, MarkedTurn, Recorded, Reply, TurnsMarked

E = TypeVar("E", bound=Entry)


class TurnTold(msgspec.Struct, frozen=True):
    """One turn: its number, its entries, and what was removed from them later."""

    number: int
    records: tuple[Recorded, ...]
    marks: tuple[tuple[str, MarkedTurn], ...] = ()
    """The fact that was forgotten, and how the turn had to do with it."""

    @property
    def at(self) -> datetime:
        """When it began."""
        return self.records[0].at

    def all(self, kind: type[E]) -> tuple[E, ...]:
        """Its entries of one kind."""
        return tuple(record.entry for record in self.records if isinstance(record.entry, kind))

    def first(self, kind: type[E]) -> E | None:
        """The first entry of a kind."""
        return next(iter(self.all(kind)), None)

    @property
    def spoke(self) -> bool:
        """Whether somebody said something in it."""
        return any(isinstance(record.entry, events.FinalTranscript | Reply) for record in self.records)

    @property
    def sounded(self) -> int | None:
        """How many words of the reply have sounded before she was cut off; None where she was not."""
        if not self.all(events.PlaybackInterrupted):
            return None
        return max((word.index + 1 for word in self.all(events.WordSpoken)), default=0)


def told(session: Sequence[Recorded], marks: Iterable[TurnsMarked] = ()) -> Iterator[TurnTold]:
    """The turns of a session, in order; entries before the first turn are turn 0 or that of the session before."""
    removed = _by_turn([*marks, *(one.entry for one in session if isinstance(one.entry, TurnsMarked))])
    for number, group in groupby(session, key=lambda recorded: recorded.turn):
        yield TurnTold(number, tuple(group), tuple(removed.get(number, {}).items()))


def _by_turn(marks: Iterable[TurnsMarked]) -> dict[int, dict[str, MarkedTurn]]:
    found: dict[int, dict[str, MarkedTurn]] = {}
    for mark in marks:
        for turn in mark.turns:
            found.setdefault(turn.turn, {})[mark.fact] = turn
    return found
