"""Tells without performing where a mutant changes nothing. Receives a performance; emits whether it would be the same.

A turn follows from the state, the time and the decision that is made of the words. Where each decision is as it was,
whatever became of the rules that did not win, the whole performance is the same, and need not be performed. Where she
answered from her record, she may have told of such rules: these screenplays are always performed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import msgspec

from her_desktop.conversation import Conversation, understand
from her_desktop.dialogue.state import State, apply
from her_desktop.events import CommandResumed, Decision, FinalTranscript, SkillCalled
from her_desktop.screenplay.mutation.drafts import Kind
from her_desktop.screenplay.performance import Performance, Played
from her_desktop.skills import explain

SAID: frozenset[Kind] = frozenset({"technique", "wording", "learns", "skill", "ends", "volunteers", "resumes"})
"""What matters only once a rule answers; all else decides whether it does."""


class Turn(msgspec.Struct, frozen=True):
    """How his words were understood."""

    state: State
    """After he was heard."""
    heard: FinalTranscript
    now: datetime
    decision: Decision
    """Without the rules that did not win."""


def turns(performance: Performance) -> tuple[Turn, ...] | None:
    """The turns of a performance; None where not everything in it follows from how they are understood.

    Whoever uses them sees first that they are `unmoved` by the rules that they were recorded with.
    """
    entries = [one.entry for played in performance.played for one in played.entries]
    record = any(isinstance(entry, SkillCalled) and entry.skill in explain.SKILLS for entry in entries)
    if record or any(isinstance(entry, CommandResumed) for entry in entries):
        return None
    found = tuple(turn for played in performance.played for turn in _turns(played))
    whole = len(found) == sum(isinstance(entry, Decision) for entry in entries)
    return found if whole else None


def _turns(played: Played) -> Iterator[Turn]:
    heard = [one.entry for one in played.entries if isinstance(one.entry, FinalTranscript)]
    decisions = [one.entry for one in played.entries if isinstance(one.entry, Decision)]
    if len(heard) == len(decisions) == 1:
        decision = msgspec.structs.replace(decisions[0], losers=())
        yield Turn(apply(played.before, heard[0]), heard[0], played.now, decision)


def unmoved(found: tuple[Turn, ...], conversation: Conversation, was: str = "", now: str = "") -> bool:
    """Whether each turn is decided as it was, but for a template that reads otherwise.

    Args:
        found: the turns.
        conversation: the one that they are tried on.
        was: the template as it read.
        now: the template as it reads.
    """
    for turn in found:
        decision = understand(conversation, turn.state, turn.heard, turn.now).decision
        template = was if decision.template == now else decision.template
        if msgspec.structs.replace(decision, losers=(), template=template) != turn.decision:
            return False
    return True
