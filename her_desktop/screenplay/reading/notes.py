"""Receives the text of a note. Emits what is expected of her, or what is arranged before his next line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import get_args

from her_desktop.dialogue.acts import ACTS
from her_desktop.dialogue.rules import TIERS, Tone
from her_desktop.dialogue.techniques import techniques
from her_desktop.events import Origin
from her_desktop.screenplay.reading.forms import check_fact, check_known, milliseconds, pattern, rule_named, wording
from her_desktop.screenplay.reading.givens import ALONE, EXAMPLES, GIVENS
from her_desktop.screenplay.reading.keys import CHECKS, key_of
from her_desktop.screenplay.reading.trouble import Misread
from her_desktop.screenplay.reading.values import named, values
from her_desktop.screenplay.script import Check, Expectation, Given

STATES = ("listening", "asleep", "ended")
"""What she can be doing after a turn."""

_NAMED = frozenset[Check](["slot", "value", "learns", "uses", "forgets", "origin", "because"])
"""Checks whose values may have a name before `=`."""
_FACTS = frozenset[Check](["learns", "uses", "forgets"])
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
    note = key_of(text, line)
    if note is None:
        return None
    if note.key in CHECKS:
        return _expected(note.key, note.told, line, turned=note.turned)
    if note.turned:
        raise Misread(line, f"“not” cannot stand before “{note.key}”", "only what is expected of her is turned around")
    return _arranged(note.key, note.told, line)


def _arranged(key: str, told: str | None, line: int) -> Given:
    for what in ALONE:
        if key == what and told is None:
            return Given(what, line)
    if not told:
        raise Misread(line, f"[[{key}]] does not say what", EXAMPLES[key])
    return GIVENS[key](told, line)


# ---- what is expected ----


def _expected(check: Check, told: str | None, line: int, *, turned: bool) -> Expectation:
    if told is None and check == "origin":
        raise Misread(line, "[[origin]] does not say of what", _ORIGIN)
    if told is None:
        return Expectation(check, (), line, turned)
    if not told:
        raise Misread(line, f"nothing stands behind “{check}:”", f"write a value, or only [[{check}]]")
    return _expectation(check, told, line, turned=turned)


def _expectation(check: Check, told: str, line: int, *, turned: bool) -> Expectation:
    name, rest = named(told, line) if check in _NAMED else ("", told)
    if check in _NAMED and rest is None:
        name, rest = "", told
    wanted = values(rest or "", line, patterns=check == "matches")
    _check_empty(check, wanted, line)
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


def _check_empty(check: Check, wanted: Iterable[str], line: int) -> None:
    """An empty text is in everything, and nothing is equal to it."""
    if not all(one if check == "matches" else one.strip() for one in wanted):
        raise Misread(line, f"[[{check}: …]] has an empty value", "write between the marks what is expected")


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
