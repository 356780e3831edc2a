"""Receives the text of a note. Emits what is expected of her, or what is arranged before his next line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Literal, get_args

from her_desktop.dialogue.acts import ACTS
from her_desktop.dialogue.rules import TIERS, Tone
from her_desktop.dialogue.techniques import switchable, techniques
from her_desktop.events import Origin
from her_desktop.screenplay.read_time import seconds
from her_desktop.screenplay.read_trouble import Misread, near
from her_desktop.screenplay.read_values import named, values
from her_desktop.screenplay.script import Check, Expectation, Given

STATES = ("listening", "asleep", "ended")
"""What she can be doing after a turn."""

_CHECKS: tuple[Check, ...] = get_args(Check)
_NAMED = frozenset[Check](["slot", "value", "learns", "uses", "forgets", "origin", "because"])
"""Checks whose values may have a name before `=`."""
_FACTS = frozenset[Check](["learns", "uses", "forgets"])
_FOR_PEOPLE = "note"

_NOTE = re.compile(r"(?:(not)\s+)?([^\W\d_]+(?:\s+[^\W\d_]+){0,2})\s*(?::(.*))?", re.DOTALL)
_RULE = re.compile(r"[\w.*?/\[\]!-]+")
_FACT = re.compile(r"[^\W\d]\w*\.[^\W\d]\w*")
_TURN_OF_RULE = re.compile(r"(\S+)\s+(\d+)")


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
    found = _NOTE.fullmatch(" ".join(text.split()))
    if not found:
        return None
    turned, key, told = bool(found[1]), found[2], found[3]
    if told is None:
        return _bare(key, line, turned=turned)
    if key == _FOR_PEOPLE or (not key.islower() and key.lower() not in (*_CHECKS, *_GIVENS)):
        return None
    if not key.islower():
        raise Misread(line, f"there is no note “{key}:”", f"write it in lower case: [[{key.lower()}: …]]")
    if not told.strip():
        raise Misread(
            line, f"nothing stands behind “{key}:”", _EXAMPLES.get(key) or f"write a value, or only [[{key}]]"
        )
    if key in _CHECKS:
        return _expectation(key, told.strip(), line, turned=turned)
    if key not in _GIVENS:
        known = [*_CHECKS, *_GIVENS, _FOR_PEOPLE]
        raise Misread(line, f"there is no note “{key}:”", f"{near(key, known)} For people it is [[note: …]]")
    if turned:
        raise Misread(line, f"“not” cannot stand before “{key}:”", "only what is expected of her is turned around")
    return _GIVENS[key](told.strip(), line)


def _bare(key: str, line: int, *, turned: bool) -> Expectation | Given | None:
    """A note without a colon: a check without a value, or for people."""
    if key in _CHECKS:
        if key in _EXAMPLES and key not in _GIVENS:
            raise Misread(line, f"[[{key}]] does not say what", _EXAMPLES[key])
        return Expectation(key, (), line, turned)
    if key == "fresh" and not turned:
        return Given("fresh", line)
    if key in _GIVENS:
        raise Misread(line, f"[[{key}]] does not say what", _EXAMPLES[key])
    return None


# ---- what is expected ----


def _expectation(check: Check, told: str, line: int, *, turned: bool) -> Expectation:
    name, rest = named(told, line) if check in _NAMED else ("", told)
    if check in _NAMED and rest is None:
        name, rest = "", told
    wanted = values(rest or "", line, patterns=check == "matches")
    if check == "origin" and not name:
        raise Misread(line, f"[[origin: {told}]] does not say of which words", _EXAMPLES["origin"])
    if check in _FACTS:
        for fact in [name] if name else wanted:
            _check_fact(fact, line, stars=not name)
    if known := _KNOWN.get(check):
        for one in wanted:
            _check_known(check, one, known(), line)
    if check in _FORMS:
        wanted = tuple(_FORMS[check](one, line) for one in wanted)
    return Expectation(check, wanted, line, turned, name)


def _check_known(check: str, value: str, known: Iterable[str], line: int) -> None:
    known = tuple(known)
    if value not in known and "*" not in value:
        raise Misread(line, f"there is no {check} “{value}”", near(value, known))


def _check_fact(name: str, line: int, *, stars: bool = False) -> None:
    if not _FACT.fullmatch(name.replace("*", "x") if stars else name):
        raise Misread(line, f"“{name}” is no fact", "a fact is named as user.name or sister.name is")


def _rule(name: str, line: int) -> str:
    if not _RULE.fullmatch(name):
        raise Misread(line, f"“{name}” is no name of a rule", "a rule is named TOPIC.NAME, as in the packs")
    return name


def _wording(value: str, line: int) -> str:
    if value != "plain" and not (value.isdecimal() and int(value)):
        raise Misread(line, f"“{value}” is no wording", "write its number, from 1 on, or plain")
    return value


def _pattern(value: str, line: int) -> str:
    check_pattern(value, line)
    return value


def check_pattern(pattern: str, line: int) -> None:
    """See whether this is a regular expression.

    Raises:
        Misread: it is none.
    """
    try:
        re.compile(pattern)
    except re.error as error:
        raise Misread(
            line, f"“{pattern}” is no regular expression: {error}", "write \\ before a character that means itself"
        ) from error


def _within(value: str, line: int) -> str:
    length = _seconds(value, line)
    return f"{_number(length * 1000)} ms"


def _seconds(value: str, line: int) -> float:
    length = seconds(value)
    if length is None:
        raise Misread(line, f"“{value}” is no length of time", "write it as 300 ms, 20 s, 1 hour 30 minutes or 3 days")
    return length


def _number(value: float) -> str:
    return f"{value:.0f}" if value == int(value) else repr(round(value, 6))


_KNOWN: Mapping[Check, Callable[[], Iterable[str]]] = {
    "act": lambda: tuple(sorted(ACTS)),
    "tier": lambda: TIERS,
    "tone": lambda: get_args(Tone),
    "technique": techniques,
    "suppresses": techniques,
    "origin": lambda: get_args(Origin),
    "state": lambda: STATES,
}
_FORMS: Mapping[Check, Callable[[str, int], str]] = {
    "wording": _wording,
    "matches": _pattern,
    "within": _within,
    **dict.fromkeys(("rule", "asks", "holds", "plans", "brings up", "explains"), _rule),
}


# ---- what is arranged ----


def _fact(told: str, line: int) -> Given:
    name, value = named(told, line)
    if value is None:
        raise Misread(line, f"“{told}” does not say what the fact is", _EXAMPLES["given fact"])
    _check_fact(name, line)
    (one,) = _single(values(value, line), told, line)
    return Given("fact", line, name, one)


def _loaded(told: str, line: int) -> Given:
    found = _TURN_OF_RULE.fullmatch(told)
    if not found or not int(found[2]):
        raise Misread(line, f"“{told}” is no wording of a rule", _EXAMPLES["given wording"])
    return Given("wording", line, _rule(found[1], line), found[2])


def _switch(what: Literal["off", "on"]) -> Callable[[str, int], Given]:
    def read(told: str, line: int) -> Given:
        (name,) = _single(values(told, line), told, line)
        _check_known("technique", name, techniques(), line)
        if name not in switchable():
            raise Misread(line, f"{name} cannot be switched", f"there is {', '.join(sorted(switchable()))}")
        return Given(what, line, name)

    return read


def _forget(told: str, line: int) -> Given:
    (name,) = _single(values(told, line), told, line)
    _check_fact(name, line)
    return Given("forget", line, name)


def _seed(told: str, line: int) -> Given:
    return Given("seed", line, value=str(whole(told, line)))


def whole(text: str, line: int) -> int:
    """A whole number, as a seed is.

    Raises:
        Misread: it is none.
    """
    if not re.fullmatch(r"-?\d+", text):
        raise Misread(line, f"“{text}” is no whole number", "write the seed in digits, as 7")
    return int(text)


def _single(found: tuple[str, ...], told: str, line: int) -> tuple[str, ...]:
    if len(found) > 1:
        raise Misread(
            line, f"“{told}” arranges one thing or another", "write a note for each; | is for what is expected"
        )
    return found


def _fresh(_told: str, line: int) -> Given:
    raise Misread(line, "“fresh” takes no value", "write [[fresh]]")


_GIVENS: Mapping[str, Callable[[str, int], Given]] = {
    "fresh": _fresh,
    "wait": lambda told, line: Given("wait", line, value=_number(_seconds(told, line))),
    "seed": _seed,
    "given fact": _fact,
    "given wording": _loaded,
    "off": _switch("off"),
    "on": _switch("on"),
    "forget": _forget,
}
_EXAMPLES: Mapping[str, str] = {
    "fresh": "write [[fresh]]",
    "wait": "write [[wait: 3 days]]",
    "seed": "write [[seed: 8]]",
    "given fact": "write [[given fact: user.name = Ada]]",
    "given wording": "write [[given wording: greeting.hello 2]]",
    "off": "write [[off: T09]]",
    "on": "write [[on: T09]]",
    "forget": "write [[forget: user.name]]",
    "origin": "write [[origin: Ada = remembered]]",
}
"""For what cannot do without a value."""
