"""The form of a rule pack: what the YAML may say, and nothing else. `packs.py` reads it, with file and line."""

from __future__ import annotations

from typing import Literal

import msgspec

from her_desktop.nlg.wording import Wording
from her_desktop.nlu.program import Program

Tier = Literal["safety", "answer", "command", "topic", "global", "generic", "fallback"]
TIERS: tuple[Tier, ...] = ("safety", "answer", "command", "topic", "global", "generic", "fallback")
"""From first to last. Nothing outranks safety; `answer` and `topic` are never declared, they follow from the state."""

Tone = Literal["neutral", "warm", "tender", "playful", "serious", "bright"]


class Rejoinder(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What he may say, and what she then says. As part of `expects` it is heard only as an answer to that reply."""

    hears: tuple[str, ...]
    says: tuple[str, ...]
    samples: tuple[str, ...]
    """Sentences that must reach this rule: documentation and test in one."""
    act: str
    id: str = ""
    needs: tuple[str, ...] = ()
    """Conditions; all must be true."""
    technique: tuple[str, ...] = ()
    tone: Tone = "neutral"
    priority: int = 0
    learns: dict[str, str | bool | int] = {}
    """Predicate to value; `{slot}` in a value is what the slot caught."""
    skill: str = ""
    """A practical skill to ask, by its name on the allow-list."""
    once: bool = False
    """Only once in a lifetime of the profile."""
    cooldown_turns: int = 0
    """Not again for so many turns."""
    ends: bool = False
    """The conversation ends with this reply."""
    expects: tuple[Rejoinder, ...] = ()

    def bare(self) -> Rejoinder:
        """Only what every rule has, without what stands at the top of a pack."""
        return Rejoinder(**{field: getattr(self, field) for field in Rejoinder.__struct_fields__})


class RuleSpec(Rejoinder, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A rule at the top of a pack."""

    id: str
    tier: Literal["safety", "command", "global", "generic", "fallback"] = "global"


class Pack(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One file: a topic and its rules, with the word sets and parts of templates that they use."""

    topic: str
    rules: tuple[RuleSpec, ...] = ()
    concepts: dict[str, tuple[str, ...]] = {}
    expansions: dict[str, str] = {}


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule ready for use: checked, its templates compiled and its wordings parsed."""

    id: str
    topic: str
    tier: Tier
    spec: Rejoinder
    programs: tuple[Program, ...]
    wordings: tuple[Wording, ...]
    place: str
    """`file:line`."""
    parent: str = ""
    """For a rejoinder: the rule whose reply it answers."""
    rejoinders: tuple[str, ...] = ()
    """Ids of the rules that are heard as answers to this one's reply."""


class Quarantined(msgspec.Struct, frozen=True):
    """A rule or file that is broken and was left out; all others work."""

    place: str
    """`file:line`, `file:line:column` where the column is known."""
    rule: str
    why: str

    @property
    def line(self) -> str:
        """The error as one line."""
        return f"{self.place}: {f'rule {self.rule}: ' if self.rule else ''}{self.why}"


class RuleBook(msgspec.Struct, frozen=True):
    """Every rule in force, by id, what was left out, and the hash of each file."""

    rules: dict[str, Rule]
    quarantined: tuple[Quarantined, ...]
    hashes: dict[str, str]
    """File name to SHA-256."""
