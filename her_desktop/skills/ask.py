"""What a skill is given and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

import msgspec

from her_desktop.dialogue.state import Saying
from her_desktop.events import Entry
from her_desktop.memory.facts import Facts
from her_desktop.nlg.wording import Value


class Record(Protocol):
    """The record of earlier turns, as far as she may be asked about it (`trace/aloud.py`)."""

    def tells(self, question: str, turn: int, about: str, language: str) -> Answer:
        """What the record says.

        Args:
            question: what is asked: `why`, `heard`, `program`, ...
            turn: the turn in which it is asked; what is told is about one before it.
            about: words of the turn that is meant; empty for the last one.
            language: code of the language to answer in.
        """
        ...


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """What a skill may know."""

    slots: Mapping[str, str]
    turn: int
    heard: str
    """What he said now."""
    heard_before: str
    """What he said the turn before."""
    said: str
    """What she said the turn before."""
    now: datetime
    language: str
    country: str
    facts: Facts = {}
    sayings: tuple[Saying, ...] = ()
    """What he said in this session before now."""
    touched: tuple[str, ...] = ()
    """The facts, by name, that were told or used last in this conversation."""
    touched_turn: int = 0
    """The turn in which that was."""
    off: tuple[str, ...] = ()
    """Techniques that are switched off."""
    record: Record | None = None
    values: Mapping[str, str] = {}
    """The exact values of typed slots: a number as `25`."""
    days: int = 0
    """Whole days since the first conversation."""
    talks: int = 0
    """Conversations since then, this one included."""
    die: float = 0.0
    """From 0 to 1, thrown for this skill in this turn."""


class Answer(msgspec.Struct, frozen=True):
    """What a skill found out: what it was asked in words, and the values for the wording."""

    input: str
    values: Mapping[str, Value]
    turns: tuple[int, ...] = ()
    """The earlier turns whose record it read."""
    done: tuple[Entry, ...] = ()
    """What it did, beside finding something out."""


def computed(skill: str, input_text: str, **values: str) -> Answer:
    """An answer whose values were computed by the skill. Names are given with `__` for the dot."""
    source = f"skill:{skill}({input_text})"
    return Answer(input_text, {k.replace("__", "."): Value(v, "computed", source) for k, v in values.items()})
