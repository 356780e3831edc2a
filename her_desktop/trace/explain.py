"""Explains a turn: how its reply was made, and what it hung on. Each a typed value and a paragraph in plain language.

`why` tells what the record holds and what was found by running the turn again with each thing taken away (`causes.py`);
`why_not` and `what_if` are beside it in rooms of their own.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

import msgspec

from her_desktop.conversation import Conversation
from her_desktop.events import Condition, Decision, Interpreted, Loser, Reply, Seen, Timing, Volunteered
from her_desktop.trace import why_words
from her_desktop.trace.causes import KINDS, Cause, Kind, causes
from her_desktop.trace.origins import WordOrigin, origins
from her_desktop.trace.scene import Scene
from her_desktop.trace.turns import SavedTurn

__all__ = ["Pattern", "Why", "why"]


class Pattern(msgspec.Struct, frozen=True):
    """Which of his words fitted which template."""

    template: str
    heard: str
    """The alternative that it fitted, as heard."""
    alternative: int
    slots: dict[str, str]
    """What each slot caught."""
    unused: tuple[str, ...]
    repairs: tuple[str, ...]
    """What was overlooked to make it fit, in plain words."""


class Why(msgspec.Struct, frozen=True, kw_only=True):
    """How a reply was made: words, pattern, conditions, order, variant, origin of each word, timings; and why."""

    session: int
    turn: int
    at: datetime
    heard: str
    reply: Reply
    pattern: Pattern
    tried: int
    """How many rules were tried word by word."""
    of: int
    """How many rules were in force."""
    conditions: tuple[Condition, ...]
    order: tuple[tuple[str, Any], ...]
    losers: tuple[Loser, ...]
    volunteered: Volunteered | None
    words: tuple[WordOrigin, ...]
    techniques: tuple[str, ...]
    seen: tuple[Seen, ...]
    timings: tuple[Timing, ...]
    causes: tuple[Cause, ...]
    """Without each of these she would have said something else; all was tried on the real code."""
    paragraph: str = ""


def why(
    turn: SavedTurn, conversation: Conversation, timings: Collection[Timing] = (), kinds: Collection[Kind] = KINDS
) -> Why:
    """Explain a turn.

    Args:
        turn: the turn as it was recorded.
        conversation: the packs that were in force, and what he had set.
        timings: how long its stages took.
        kinds: which kinds of causes to look for.
    """
    decision = turn.decision
    interpreted = [one.entry for one in turn.entries if isinstance(one.entry, Interpreted)][-1]
    found = Why(
        session=turn.session,
        turn=turn.number,
        at=turn.at,
        heard=turn.heard.text,
        reply=turn.reply,
        pattern=_pattern(turn, decision),
        tried=interpreted.tried,
        of=interpreted.of,
        conditions=decision.conditions,
        order=decision.order,
        losers=decision.losers,
        volunteered=turn.volunteered,
        words=origins(turn, conversation.book, conversation.language),
        techniques=turn.reply.techniques,
        seen=turn.reply.seen,
        timings=tuple(timings),
        causes=causes(turn, Scene.of(turn, conversation), kinds),
    )
    return msgspec.structs.replace(found, paragraph=why_words.told(found, turn))


def _pattern(turn: SavedTurn, decision: Decision) -> Pattern:
    heard = turn.before.held if len(turn.decisions) > 1 else turn.heard.alternatives[decision.alternative].text
    repairs = tuple(why_words.repair(one) for one in decision.repairs)
    return Pattern(decision.template, heard, decision.alternative, decision.slots, decision.unused, repairs)
