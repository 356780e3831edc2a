"""Techniques that are declared and cannot be seen, seen and not declared, or manipulative. Receives packs; emits each.

Every wording is filled in, in the ways that matter, and looked at by the same detectors that look at each reply.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from her_desktop.dialogue.detectors import Said, detect, detectable
from her_desktop.dialogue.rules import PLAIN, Rule
from her_desktop.dialogue.techniques import techniques
from her_desktop.events import Origin, Seen, Span
from her_desktop.lint.finding import Finding, Spot
from her_desktop.lint.realized import realizations
from her_desktop.lint.work import Work
from her_desktop.nlg.parse import parse_wording

_HANDED_OVER = frozenset({"mirrored", "told", "name", "callback"})
"""Cues of values that a wording hands over: in a plain one they are what he asked for."""
_ORIGINS: tuple[Origin, ...] = ("mirrored", "remembered")
_IN_WORDS = 60


def claims(work: Work) -> Iterator[Finding]:
    """Every rule whose words and techniques contradict each other."""
    for rule in work.book.rules.values():
        shown = [_shown(work, rule, at) for at in range(len(rule.spec.says))]
        for at, seen in enumerate(shown):
            yield from _undeclared(rule, at, seen, work.sources.of(rule, "says", at))
        yield from _unseen(work, rule, shown)
        if rule.spec.plain:
            found = [seen for seen in _shown(work, rule, PLAIN).values() if not _herself(rule, seen)]
            yield from _not_plain(rule.spec.plain, found, rule.id, work.sources.of(rule, "plain"))
    for act, text in work.book.plains.items():
        yield from _act_not_plain(work, act, text)


def _shown(work: Work, rule: Rule, at: int, skill: Origin = "computed", *, quoted: bool = False) -> dict[str, Seen]:
    """The techniques that a wording can show, each with the place where it first does."""
    saying = rule.saying(at)
    ways = realizations(work, rule, parse_wording(saying.say), saying.tone or "neutral", skill)
    said = [msgspec.structs.replace(one, exhibit=quoted) for one in reversed(ways)]
    return {seen.technique: seen for one in said for seen in reversed(detect(one))}


def _undeclared(rule: Rule, at: int, shown: dict[str, Seen], spot: Spot) -> Iterator[Finding]:
    saying = rule.saying(at)
    bad = [seen for seen in shown.values() if _manipulative(seen.technique) and not rule.exhibit]
    untold = [seen for seen in shown.values() if seen not in bad and seen.technique not in (saying.technique or ())]
    if bad:
        why = f"“{saying.say}” shows {_all(bad)}: that is manipulative."
        yield Finding(spot, rule.id, "technique", why, "say it without, or show it in a pack with exhibit: true.")
    if untold:
        names = ", ".join(name for name in techniques() if name in {seen.technique for seen in untold})
        why = f"“{saying.say}” shows {_all(untold)}, and the rule does not say so."
        yield Finding(spot, rule.id, "technique", why, f"add {names} to its technique, or take these words out.")


def _unseen(work: Work, rule: Rule, shown: list[dict[str, Seen]]) -> Iterator[Finding]:
    declared = [rule.saying(at).technique or () for at in range(len(shown))]
    for name in dict.fromkeys(name for names in declared for name in names):
        claiming = [at for at, names in enumerate(declared) if name in names]
        if name not in detectable(work.language.code) or any(name in shown[at] for at in claiming):
            continue
        if not any(_may_show(work, rule, at, name) for at in claiming):
            path = ("technique",) if name in rule.spec.technique else ("says", claiming[0])
            why = f"it declares {_full(name)}, but no wording of it shows it."
            fix = "take it out of its technique, or write such a wording."
            yield Finding(work.sources.of(rule, *path), rule.id, "technique", why, fix)


def _may_show(work: Work, rule: Rule, at: int, name: str) -> bool:
    """Whether an exhibit quotes it, or a skill could hand it over: only it knows which values are words of his."""
    skills = _ORIGINS if rule.spec.skill else ()
    quotes = rule.exhibit and name in _shown(work, rule, at, quoted=True)
    return quotes or any(name in _shown(work, rule, at, origin) for origin in skills)


def _not_plain(text: str, found: Iterable[Seen], rule: str, spot: Spot) -> Iterator[Finding]:
    close = [seen for seen in found if _close(seen.technique) and seen.cue not in _HANDED_OVER]
    if close:
        why = f"the plain wording “{text}” shows {_all(close)}."
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


def _manipulative(name: str) -> bool:
    return techniques()[name].classes == ("M",)


def _close(name: str) -> bool:
    """Whether it builds intimacy, or is manipulative."""
    return not {"I", "M"}.isdisjoint(techniques()[name].classes)


def _full(name: str) -> str:
    return f"{name} ({techniques()[name].name})"


def _all(found: Iterable[Seen]) -> str:
    return ", ".join(
        f"{_full(seen.technique)}{_where(seen)}" for seen in sorted(found, key=lambda seen: seen.technique)
    )


def _where(seen: Seen) -> str:
    words = seen.words if len(seen.words) <= _IN_WORDS else f"{seen.words[:_IN_WORDS]}…"
    return f" in “{words}”" if words else f" by its {seen.cue}"
