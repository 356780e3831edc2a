"""Tells without performing where a mutant changes nothing. Receives a performance; emits whether it would be the same.

A turn follows from the state, the words, the time and the rules. Where every turn is understood as it was before, to
the last candidate and loser, the whole performance is the same, and need not be performed. Where she answered from her
record, it may tell of rules that did not speak: such a screenplay is always performed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TypeVar

import msgspec

from her_desktop.conversation import Conversation, understand
from her_desktop.dialogue.state import State, apply
from her_desktop.events import Candidate, CommandResumed, Decision, FinalTranscript, Interpreted, SkillCalled
from her_desktop.screenplay.mutants_drafts import Kind
from her_desktop.screenplay.performance import Performance, Played
from her_desktop.skills import explain

HEARD: frozenset[Kind] = frozenset({
    "word", "optional", "gap", "alternative", "anchor", "absent", "condition", "no condition", "number", "once",
    "cooldown", "priority",
})  # fmt: skip
"""What decides whether a rule answers, and nothing else."""

SAID: frozenset[Kind] = frozenset({"technique", "wording", "learns", "skill", "ends", "volunteers", "resumes"})
"""What matters only once a rule answers."""


_Entry = TypeVar("_Entry", Candidate, Decision)


class Turn(msgspec.Struct, frozen=True):
    """How his words were understood."""

    state: State
    """After he was heard."""
    heard: FinalTranscript
    now: datetime
    interpreted: Interpreted
    decision: Decision


def turns(performance: Performance, conversation: Conversation) -> tuple[Turn, ...] | None:
    """The turns of a performance; None where not everything in it follows from how they are understood."""
    entries = [one.entry for played in performance.played for one in played.entries]
    record = any(isinstance(entry, SkillCalled) and entry.skill in explain.SKILLS for entry in entries)
    if record or any(isinstance(entry, CommandResumed) for entry in entries):
        return None
    found = tuple(turn for played in performance.played for turn in _turns(played))
    whole = len(found) == sum(isinstance(entry, Decision) for entry in entries)
    return found if whole and unmoved(found, conversation) else None


def _turns(played: Played) -> Iterator[Turn]:
    heard = [one.entry for one in played.entries if isinstance(one.entry, FinalTranscript)]
    interpreted = [one.entry for one in played.entries if isinstance(one.entry, Interpreted)]
    decisions = [one.entry for one in played.entries if isinstance(one.entry, Decision)]
    if len(heard) == len(interpreted) == len(decisions) == 1:
        yield Turn(apply(played.before, heard[0]), heard[0], played.now, interpreted[0], decisions[0])


def unmoved(found: tuple[Turn, ...], conversation: Conversation, was: str = "", now: str = "") -> bool:
    """Whether each turn is understood as it was, but for a template that reads otherwise.

    Args:
        found: the turns.
        conversation: the one that they are tried on.
        was: the template as it read.
        now: the template as it reads.
    """
    for turn in found:
        meant = understand(conversation, turn.state, turn.heard, turn.now)
        interpreted, decision = meant.interpreted, meant.decision
        if was:
            some = tuple(_read(one, was, now) for one in interpreted.candidates)
            interpreted, decision = msgspec.structs.replace(interpreted, candidates=some), _read(decision, was, now)
        if (interpreted, decision) != (turn.interpreted, turn.decision):
            return False
    return True


def _read(entry: _Entry, was: str, now: str) -> _Entry:
    return msgspec.structs.replace(entry, template=was) if entry.template == now else entry
