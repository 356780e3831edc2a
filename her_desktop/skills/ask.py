"""What a skill is given and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec

from her_desktop.nlg.wording import Value


class Ask(msgspec.Struct, frozen=True):
    """What a skill may know."""

    slots: Mapping[str, str]
    turn: int
    heard_before: str
    """What he said the turn before."""
    said: str
    """What she said the turn before."""
    now: datetime
    language: str
    country: str


class Answer(msgspec.Struct, frozen=True):
    """What a skill found out: what it was asked in words, and the values for the wording."""

    input: str
    values: Mapping[str, Value]


def computed(skill: str, input_text: str, **values: str) -> Answer:
    """An answer whose values were computed by the skill. Names are given with `__` for the dot."""
    source = f"skill:{skill}({input_text})"
    return Answer(input_text, {k.replace("__", "."): Value(v, "computed", source) for k, v in values.items()})
