"""Why a rule did not answer, as data: the window and the command line show the same."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from her_desktop.events import Condition
from her_desktop.trace.changes import Change

Cause = Literal[
    "won", "words", "question", "topic", "condition", "once", "cooldown", "unclear", "outranked", "unprompted", "quarantined"
]
"""It did answer; its words do not fit; her question is not open; its topic is not active; a condition is false; it spoke already; it rests;
its repair would be a guess; another rule comes first; it never answers; it is broken."""


class Missed(msgspec.Struct, frozen=True):
    """Where the template that came nearest gave up."""

    template: str
    heard: str
    """The alternative that it was tried on."""
    literals: int
    """How many of its words were found."""
    failed_at: str
    """The heard word; empty at the end of the utterance."""
    wanted: tuple[str, ...]


class Outranked(msgspec.Struct, frozen=True):
    """The first field of the order on which another rule comes first, with both values."""

    by: str
    field: str
    ours: Any
    theirs: Any


class WhyNot(msgspec.Struct, frozen=True):
    """Why a rule did not answer, and what would have let it."""

    rule: str
    heard: str
    cause: Cause
    paragraph: str
    """All of it in plain words."""
    winner: str = ""
    """The rule that answered; empty where none did."""
    missed: Missed | None = None
    conditions: tuple[Condition, ...] = ()
    """Everything that decides whether it may speak, where its words fit."""
    outranked: Outranked | None = None
    place: str = ""
    """Where the rule stands, `file:line`."""
    changes: tuple[Change, ...] = ()
    """The smallest that let it answer, at most one of each kind. Each was tried."""
