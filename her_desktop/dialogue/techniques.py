"""The taxonomy of intimacy techniques that labels every reply: `resources/techniques.yaml`."""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec

from her_desktop.paths import resources


class Technique(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One technique: what it is, how it can be seen, and where it is described."""

    name: str
    classes: tuple[Literal["N", "I", "M", "P"], ...]
    """N neutral craft, I intimacy-building, M manipulative, P protective."""
    definition: str
    cue: str
    source: str
    aloud: dict[str, str] = {}
    """Language to how she names it in a sentence: “handing your own words back to you”."""


@cache
def techniques() -> dict[str, Technique]:
    """All techniques by id."""
    return msgspec.yaml.decode((resources() / "techniques.yaml").read_bytes(), type=dict[str, Technique])


@cache
def charms() -> tuple[str, ...]:
    """Every technique that builds intimacy: all that is in use but neutral craft and what protects him."""
    return tuple(name for name, one in techniques().items() if "I" in one.classes)


@cache
def switchable() -> frozenset[str]:
    """What he can switch off: not what protects him, nor what is manipulative alone and never in use."""
    return frozenset(name for name, one in techniques().items() if {"N", "I"} & set(one.classes))
