"""Techniques that the words contradict. Receives packs; emits where one is used and not declared, and the reverse.

Only what can be seen for certain: which values a wording takes, the words of `resources/technique_cues.yaml`, a
question mark. A technique that is declared and cannot be seen is left to the author.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

import msgspec

from her_desktop.dialogue.rules import Rule
from her_desktop.dialogue.techniques import techniques
from her_desktop.lint.finding import Finding, Severity
from her_desktop.lint.work import Work
from her_desktop.nlg.wording import Hole, Wording, walk
from her_desktop.paths import resources


class Sign(msgspec.Struct, frozen=True):
    """A sign in a wording, and the techniques of which one must then be declared."""

    one_of: tuple[str, ...]
    seen: Callable[[Rule, Wording, str], bool]
    """Of the rule, the wording and the language's code."""
    why: str


class Claim(msgspec.Struct, frozen=True):
    """A technique that is declared, and what at least one of its wordings must have."""

    technique: str
    seen: Callable[[Rule, Wording], bool]
    why: str
    severity: Severity = "error"


@cache
def _cues() -> dict[str, dict[str, list[str]]]:
    text = (resources() / "technique_cues.yaml").read_bytes()
    return msgspec.yaml.decode(text, type=dict[str, dict[str, list[str]]])


def _remembers(rule: Rule, wording: Wording) -> list[str]:
    """The facts that it uses, without those that he has told just now."""
    told = {f"user.{name}" for name in rule.spec.learns}
    return [name for name in wording.names if name.startswith("user.") and name not in told]


def _hands_back(rule: Rule, wording: Wording) -> bool:
    return bool(wording.names & (rule.slot_types.keys() | {"recall.heard", "heard"} | _told(rule)))


def _told(rule: Rule) -> set[str]:
    return {f"user.{name}" for name in rule.spec.learns}


def _recalls(_rule: Rule, wording: Wording) -> bool:
    return any(name.startswith(("user.", "recall.")) for name in wording.names)


def _turned(wording: Wording) -> bool:
    return any(isinstance(part, Hole) and "you" in part.filters for part in walk(wording.parts))


def _claims_a_feeling(_rule: Rule, wording: Wording, language: str) -> bool:
    found = _cues()["T03"].get(re.split("[-_]", language)[0], [])
    return any(re.search(cue, wording.text) for cue in found)


SIGNS = (
    Sign(("T02", "T08"), lambda _, wording, __: "user.name" in wording.names, "calls him by his name"),
    Sign(("T08",), lambda rule, wording, _: bool({*_remembers(rule, wording)} - {"user.name"}), "uses a kept fact"),
    Sign(("T05", "T06"), lambda _, wording, __: _turned(wording), "turns his words from me to you"),
    Sign(("T03",), _claims_a_feeling, "claims a feeling"),
)
CLAIMS = (
    Claim("T08", _recalls, "no wording of it uses a kept fact"),
    Claim("T05", _hands_back, "no wording of it has words of his in it", "note"),
)
ASKS_NOTHING = ("P04",)
"""Techniques whose wordings have no question mark."""


def claims(work: Work) -> Iterator[Finding]:
    """Every rule whose words and techniques contradict each other."""
    for rule in work.book.rules.values():
        for at, wording in enumerate(rule.wordings):
            declared = rule.saying(at).technique or ()
            place = work.sources.of(rule, "says", at)
            for why, fix in (
                *_undeclared(rule, wording, declared, work.language.code),
                *_asks(rule, wording, declared),
            ):
                yield Finding(place, rule.id, "technique", f"“{wording.text}” {why}", fix)
        yield from _unseen(work, rule)


def _undeclared(rule: Rule, wording: Wording, declared: Iterable[str], language: str) -> Iterator[tuple[str, str]]:
    for sign in SIGNS:
        if sign.seen(rule, wording, language) and not set(sign.one_of) & set(declared):
            names = " or ".join(f"{name} ({techniques()[name].name})" for name in sign.one_of)
            yield (
                f"{sign.why}, and the rule does not say so.",
                f"add {names} to its technique, or take these words out.",
            )


def _asks(rule: Rule, wording: Wording, declared: Iterable[str]) -> Iterator[tuple[str, str]]:
    clean = [name for name in declared if name in ASKS_NOTHING]
    if "?" in wording.text and (clean or rule.spec.act == "goodbye"):
        yield "asks something at a goodbye, which keeps him from leaving.", "end without a question."


def _unseen(work: Work, rule: Rule) -> Iterator[Finding]:
    for claim in CLAIMS:
        claiming = [at for at in range(len(rule.spec.says)) if claim.technique in (rule.saying(at).technique or ())]
        if claiming and not any(claim.seen(rule, rule.wordings[at]) for at in claiming):
            name = f"{claim.technique} ({techniques()[claim.technique].name})"
            place = work.sources.of(rule, "technique" if claim.technique in rule.spec.technique else "says")
            why, fix = (
                f"it declares {name}, but {claim.why}.",
                "take it out of its technique, or write such a wording.",
            )
            yield Finding(place, rule.id, "technique", why, fix, claim.severity)
