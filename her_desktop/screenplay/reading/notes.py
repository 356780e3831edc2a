"""Receives the text of a note. Emits what is expected of her, or what is arranged before his next line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import get_args

from her_desktop.dialogue.acts import ACTS
from her_desktop.dialogue.rules import TIERS, Tone
from her_desktop.dialogue.techniques import techniques
from her_desktop.events import Origin
from her_desktop.screenplay.reading.forms import check_fact, check_known, milliseconds, pattern, rule_named, wording
from her_desktop.screenplay.reading.givens import ALONE, EXAMPLES, GIVENS
from her_desktop.screenplay.reading.trouble import Misread, near
from her_desktop.screenplay.reading.values import named, values
from her_desktop.screenplay.script import Check, Expectation, Given

STATES = ("listening", "asleep", "ended")
"""What she can be doing after a turn."""

_CHECKS: tuple[Check, ...] = get_args(Check)
_NAMED = frozenset[Check](["slot", "value", "learns", "uses", "forgets", "origin", "because"])
"""Checks whose values may have a name before `=`."""
_FACTS = frozenset[Check](["learns", "uses", "forgets"])
_FOR_PEOPLE = "note"

_NOTE = re.compile(r"(?:(not)\s+)?([^\W\d_]+(?:\s+[^\W\d_]+){0,2})\s*(?::(.*))?", re.DOTALL)
_ORIGIN = "write [[origin: Ada = remembered]]"


def read_note(text: str, line: int) -> Expectation | Given | None:
    """What a note asks for.

    Args:
        text: what stands between the brackets.
        line: where it begins.

    Returns:
        None for a note that is for people.

    Raises:
        Misread: it asks for something that there is not, or for a value that cannot be.
    """
    found = _NOTE.fullmatch(" ".join(part.strip() for part in text.split("\n")))
    if not found:
        return None
    turned, key, told = bool(found[1]), " ".join(found[2].split()), found[3]
    if told is None:
        return _bare(key, line, turned=turned)
    return _keyed(key, told.strip(), line, turned=turned)


def _keyed(key: str, told: str, line: int, *, turned: bool) -> Expectation | Given | None:
    """A note with a colon: a check, something arranged, or for people."""
    if key == _FOR_PEOPLE or (not key.islower() and key.lower() not in (*_CHECKS, *GIVENS)):
        return None
    if not key.islower():
        raise Misread(line, f"there is no note “{key}:”", f"write it in lower case: [[{key.lower()}: …]]")
    if key not in _CHECKS and key not in GIVENS:
        known = [*_CHECKS, *GIVENS, _FOR_PEOPLE]
        raise Misread(line, f"there is no note “{key}:”", f"{near(key, known)} For people it is [[note: …]]")
    if not told:
        raise Misread(line, f"nothing stands behind “{key}:”", EXAMPLES.get(key) or f"write a value, or only [[{key}]]")
    if key in _CHECKS:
        return _expectation(key, told, line, turned=turned)
    if turned:
        raise Misread(line, f"“not” cannot stand before “{key}:”", "only what is expected of her is turned around")
    return GIVENS[key](told, line)


def _bare(key: str, line: int, *, turned: bool) -> Expectation | Given | None:
    """A note without a colon: a check without a value, or for people."""
    if key in _CHECKS:
        if key == "origin":
            raise Misread(line, "[[origin]] does not say of what", _ORIGIN)
        return Expectation(key, (), line, turned)
    for what in ALONE:
        if key == what and not turned:
            return Given(what, line)
    if key in GIVENS:
        raise Misread(line, f"[[{key}]] does not say what", EXAMPLES[key])
    return None


# ---- what is expected ----


def _expectation(check: Check, told: str, line: int, *, turned: bool) -> Expectation:
    name, rest = named(told, line) if check in _NAMED else ("", told)
    if check in _NAMED and rest is None:
        name, rest = "", told
    wanted = values(rest or "", line, patterns=check == "matches")
    if check == "origin" and not name:
        raise Misread(line, f"[[origin: {told}]] does not say of which words", _ORIGIN)
    if check in _FACTS:
        for fact in [name] if name else wanted:
            check_fact(fact, line, stars=not name)
    if known := _KNOWN.get(check):
        for one in wanted:
            check_known(_NAMES.get(check, check), one, known(), line)
    if check in _FORMS:
        wanted = tuple(_FORMS[check](one, line) for one in wanted)
    return Expectation(check, wanted, line, turned, name)


_KNOWN: Mapping[Check, Callable[[], Iterable[str]]] = {
    "act": lambda: tuple(sorted(ACTS)),
    "tier": lambda: TIERS,
    "tone": lambda: get_args(Tone),
    "technique": techniques,
    "suppresses": techniques,
    "origin": lambda: get_args(Origin),
    "state": lambda: STATES,
}
_NAMES: Mapping[Check, str] = {"suppresses": "technique"}
"""What its values are, where its own name does not say so."""
_FORMS: Mapping[Check, Callable[[str, int], str]] = {
    "wording": wording,
    "matches": pattern,
    "within": milliseconds,
    **dict.fromkeys(("rule", "asks", "holds", "plans", "brings up", "explains"), rule_named),
}
