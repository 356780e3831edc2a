"""Receives the entries of a session. Emits its exchanges: what he did and said, what came of it, and what she said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

import msgspec

from her_desktop import events
from her_desktop.events import Entry, FinalTranscript, MarkedTurn, Recorded, Reply, TurnsMarked

E = TypeVar("E", bound=Entry)

ByHand = events.TechniqueSwitched | events.FactLearned | events.FactForgotten
"""What he does beside talking that decides replies; inside of a turn his words have done it."""

_HE_SPOKE = frozenset({"he typed", "he pressed the talk key"})
"""Causes by which she was cut off, since he began to speak."""


class Exchange(msgspec.Struct, frozen=True):
    """What he did by hand, what he said, and her answer."""

    turn: int
    at: datetime
    before: tuple[Entry, ...] = ()
    """Until he spoke."""
    interrupts: int | None = None
    """How many of her words before had sounded when he began to speak; None where he has not cut her off."""
    heard: FinalTranscript | None = None
    inside: tuple[Entry, ...] = ()
    """From what was heard to her reply."""
    reply: Reply | None = None
    after: tuple[Entry, ...] = ()
    """Before he did or said anything else."""
    marks: tuple[tuple[str, MarkedTurn], ...] = ()
    """The fact that was forgotten later, and how this turn had to do with it."""

    @property
    def by_hand(self) -> tuple[ByHand, ...]:
        """What he did before he spoke."""
        return tuple(one for one in self.before if isinstance(one, ByHand))

    @property
    def asides(self) -> tuple[Entry, ...]:
        """Everything but what was heard and her reply."""
        return (*self.before, *self.inside, *self.after)

    def every(self, kind: type[E]) -> list[E]:
        """The entries of a kind that led to her reply."""
        return [one for one in self.inside if isinstance(one, kind)]

    @property
    def sounded(self) -> int:
        """How many of her words have sounded."""
        return max((one.index + 1 for one in self.after if isinstance(one, events.WordSpoken)), default=0)

    @property
    def cut_off(self) -> str:
        """What cut her off; empty where nothing did."""
        return next((one.cause for one in self.after if isinstance(one, events.PlaybackInterrupted)), "")

    @property
    def looked_back(self) -> tuple[int, ...]:
        """The turns whose record she read to answer."""
        return tuple(turn for called in self.every(events.SkillCalled) for turn in called.turns)


def exchanges(session: Sequence[Recorded], marks: Iterable[TurnsMarked] = ()) -> Iterator[Exchange]:
    """The exchanges of a session, in order; `marks` say from which turns words were removed later."""
    removed = _by_turn([*marks, *(one.entry for one in session if isinstance(one.entry, TurnsMarked))])
    begun: list[Recorded] = []
    before: Exchange | None = None
    for one in (*session, None):
        if begun and (one is None or _begins(one, begun)):
            before = _exchange(begun, before, removed)
            yield before
            begun = []
        if one is not None:
            begun.append(one)


def _begins(one: Recorded, begun: Sequence[Recorded]) -> bool:
    """Whether something new begins with this entry."""
    spoke = any(isinstance(other.entry, FinalTranscript | Reply) for other in begun)
    answered = any(isinstance(other.entry, Reply) for other in begun)
    match one.entry:
        case FinalTranscript():
            return spoke
        case Reply():
            return answered
        case entry:
            return answered and isinstance(entry, ByHand)


def _exchange(
    begun: Sequence[Recorded], before: Exchange | None, removed: Mapping[int, Mapping[str, MarkedTurn]]
) -> Exchange:
    entries = [one.entry for one in begun]
    said = next((at for at, one in enumerate(entries) if isinstance(one, FinalTranscript)), len(entries))
    answered = next((at for at, one in enumerate(entries) if isinstance(one, Reply)), len(entries))
    first = begun[min(said, answered, len(entries) - 1)]
    heard, reply = (next((one for one in entries if isinstance(one, kind)), None) for kind in (FinalTranscript, Reply))
    assert not isinstance(heard, Reply)
    assert not isinstance(reply, FinalTranscript)
    cut = before is not None and heard is not None and before.cut_off in _HE_SPOKE
    return Exchange(
        first.turn, first.at, tuple(entries[: min(said, answered)]), before.sounded if cut and before else None,
        heard, tuple(entries[said + 1 : answered]), reply, tuple(entries[answered + 1 :]),
        tuple(removed.get(first.turn, {}).items()),
    )  # fmt: skip


def _by_turn(marks: Iterable[TurnsMarked]) -> dict[int, dict[str, MarkedTurn]]:
    found: dict[int, dict[str, MarkedTurn]] = {}
    for mark in marks:
        for turn in mark.turns:
            found.setdefault(turn.turn, {})[mark.fact] = turn
    return found
