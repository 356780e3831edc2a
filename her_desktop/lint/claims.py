"""Techniques that are declared and cannot be seen, seen and not declared, or manipulative. Receives packs; emits each.

Every wording is filled in, in the ways that matter, and looked at by the same detectors that look at each reply.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from her_desktop.dialogue.detectors import Said, detect, detectable
from her_desktop.dialogue.rules import PLAIN, Rule
from her_desktop.dialogue.techniques import techniques
from her_desktop.events import Seen, Span
from her_desktop.lint.finding import Finding, Spot
from her_desktop.lint.realized import realizations
from her_desktop.lint.work import Work
from her_desktop.nlg.parse import parse_wording

_HANDED_OVER = frozenset({"mirrored", "told", "name", "callback"})
"""Cues of values that a wording hands over: in a plain one they are what he asked for."""
_IN_WORDS = 60


def claims(work: Work) -> Iterator[Finding]:
    """Every rule whose words and techniques contradict each other."""
    for rule in work.book.rules.values():
        shown = [_shown(work, rule, at) for at in range(len(rule.spec.says))]
        for at, seen in enumerate(shown):
            yield from _undeclared(rule, at, seen, work.sources.of(rule, "says", at))
        yield from _unseen(work, rule, [seen.keys() for seen in shown])
        if rule.spec.plain:
            found = [seen for seen in _shown(work, rule, PLAIN).values() if not _herself(rule, seen)]
            yield from _not_plain(rule.spec.plain, found, rule.id, work.sources.of(rule, "plain"))
    for act, text in work.book.plains.items():
        yield from _act_not_plain(work, act, text)


def _shown(work: Work, rule: Rule, at: int) -> dict[str, Seen]:
    """The techniques that a wording can show, each with the place where it first does."""
    saying = rule.saying(at)
    said = realizations(work, rule, parse_wording(saying.say), saying.tone or "neutral")
    return {seen.technique: seen for one in reversed(said) for seen in reversed(detect(one))}


def _undeclared(rule: Rule, at: int, shown: dict[str, Seen], spot: Spot) -> Iterator[Finding]:
    saying = rule.saying(at)
    for name, seen in sorted(shown.items()):
        if _manipulative(name):
            if not rule.exhibit:
                why = f"“{saying.say}” shows {_full(name)}{_where(seen)}: that is manipulative."
                yield Finding(
                    spot, rule.id, "technique", why, "say it without, or show it in a pack with exhibit: true."
                )
        elif name not in (saying.technique or ()):
            why = f"“{saying.say}” shows {_full(name)}{_where(seen)}, and the rule does not say so."
            yield Finding(spot, rule.id, "technique", why, f"add {name} to its technique, or take these words out.")


def _unseen(work: Work, rule: Rule, shown: list[Iterable[str]]) -> Iterator[Finding]:
    declared = [rule.saying(at).technique or () for at in range(len(shown))]
    for name in dict.fromkeys(name for names in declared for name in names):
        claiming = [at for at, names in enumerate(declared) if name in names]
        if name in detectable(work.language.code) and not any(name in shown[at] for at in claiming):
            path = ("technique",) if name in rule.spec.technique else ("says", claiming[0])
            why = f"it declares {_full(name)}, but no wording of it shows it."
            fix = "take it out of its technique, or write such a wording."
            yield Finding(work.sources.of(rule, *path), rule.id, "technique", why, fix)


def _not_plain(text: str, found: Iterable[Seen], rule: str, spot: Spot) -> Iterator[Finding]:
    for seen in found:
        if {"I", "M"}.intersection(techniques()[seen.technique].classes) and seen.cue not in _HANDED_OVER:
            why = f"the plain wording “{text}” shows {_full(seen.technique)}{_where(seen)}."
            yield Finding(spot, rule, "technique", why, "say the same without it.")


def _herself(rule: Rule, seen: Seen) -> bool:
    """Whether it is seen only in that she brings it up: that is what such a rule is for, however it is worded."""
    return seen.technique == "T30" and rule.prompt in ("gambit", "follow_up")


def _act_not_plain(work: Work, act: str, text: str) -> Iterator[Finding]:
    said = Said((Span(text, "author", act),), act, "neutral", act == "goodbye", work.language.code)
    found = {seen.technique: seen for seen in reversed(detect(said))}
    for source in work.sources.files:
        plains = source.data.get("plains")
        if isinstance(plains, dict) and plains.get(act) == text:
            yield from _not_plain(text, found.values(), "", source.spot("plains", act))


@cache
def _manipulative(name: str) -> bool:
    return techniques()[name].classes == ("M",)


def _full(name: str) -> str:
    return f"{name} ({techniques()[name].name})"


def _where(seen: Seen) -> str:
    words = seen.words if len(seen.words) <= _IN_WORDS else f"{seen.words[:_IN_WORDS]}…"
    return f" in “{words}”" if words else f" by its {seen.cue}"
