"""The turns of a record, each with all that it leaned on: the state before it, the session, the packs in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

import msgspec

from her_desktop.dialogue.state import State, apply
from her_desktop.events import (
    Decision,
    FinalTranscript,
    PacksChanged,
    Recorded,
    Reply,
    SessionStarted,
    SkillCalled,
    TurnsMarked,
    Volunteered,
)


class SavedTurn(msgspec.Struct, frozen=True):
    """A turn as it was recorded, from what was heard to her reply."""

    session: int
    number: int
    at: datetime
    started: SessionStarted
    packs: Mapping[str, str]
    """Name to SHA-256 of each file in force."""
    before: State
    entries: tuple[Recorded, ...]
    heard: FinalTranscript
    reply: Reply

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What was decided: about what was heard, then about a held command, where one was resumed."""
        return tuple(one.entry for one in self.entries if isinstance(one.entry, Decision))

    @property
    def decision(self) -> Decision:
        """The decision by which she spoke."""
        return self.decisions[-1]

    @property
    def skills(self) -> tuple[SkillCalled, ...]:
        """The skills that were asked."""
        return tuple(one.entry for one in self.entries if isinstance(one.entry, SkillCalled))

    @property
    def volunteered(self) -> Volunteered | None:
        """What she brought up herself."""
        return next((one.entry for one in self.entries if isinstance(one.entry, Volunteered)), None)


def turns(recorded: Iterable[Recorded], before: State | None = None) -> Iterator[SavedTurn]:
    """Every turn that was answered.

    Args:
        recorded: the record from a session's beginning on; kinds that are left out are missing in the turns.
        before: the state before its first entry.
    """
    state, started, packs = before or State(), None, dict[str, str]()
    begun: list[Recorded] = []
    then = state
    for one in recorded:
        match one.entry:
            case SessionStarted():
                started, packs, begun = one.entry, one.entry.packs, []
            case PacksChanged():
                packs, begun = one.entry.packs, []
            case FinalTranscript():
                then, begun = state, [one]
            case _ if begun:
                begun.append(one)
        if isinstance(one.entry, Reply) and begun and started:
            yield saved(begun, started, packs, then)
            begun = []
        state = apply(state, one.entry)


def saved(entries: Sequence[Recorded], started: SessionStarted, packs: Mapping[str, str], before: State) -> SavedTurn:
    """A turn from its entries, what was heard the first of them and her reply the last."""
    first, last = entries[0], entries[-1]
    assert isinstance(first.entry, FinalTranscript)
    assert isinstance(last.entry, Reply)
    return SavedTurn(
        first.session, first.turn, first.at, started, packs, before, tuple(entries), first.entry, last.entry
    )


def marked(recorded: Iterable[Recorded]) -> dict[int, str]:
    """The turns from which the words of a forgotten fact were removed, each with how it had to do with it.

    Args:
        recorded: at least all entries of the kind `turns_marked`.
    """
    marks = (mark for one in recorded if isinstance(one.entry, TurnsMarked) for mark in one.entry.turns)
    return {mark.turn: mark.how for mark in marks}
