"""Receives what a note arranges before his next line. Emits it, checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Literal

from her_desktop.dialogue.techniques import switchable, techniques
from her_desktop.screenplay.reading.forms import check_fact, check_known, in_digits, length_s, rule_named, whole
from her_desktop.screenplay.reading.trouble import Misread, short
from her_desktop.screenplay.reading.values import named, values
from her_desktop.screenplay.script import Given

_WORDING_OF_RULE = re.compile(r"(\S+)\s+(\d{1,6})")


def _fact(told: str, line: int) -> Given:
    name, value = named(told, line)
    if value is None:
        raise Misread(line, f"“{short(told)}” does not say what the fact is", EXAMPLES["given fact"])
    check_fact(name, line)
    (one,) = _single(values(value, line), told, line)
    return Given("fact", line, name, one)


def _loaded(told: str, line: int) -> Given:
    found = _WORDING_OF_RULE.fullmatch(told)
    if not found or not int(found[2]):
        raise Misread(line, f"“{short(told)}” is no wording of a rule", EXAMPLES["given wording"])
    return Given("wording", line, rule_named(found[1], line), found[2])


def _switch(what: Literal["off", "on"]) -> Callable[[str, int], Given]:
    def read(told: str, line: int) -> Given:
        (name,) = _single(values(told, line), told, line)
        check_known("technique", name, techniques(), line)
        if name not in switchable():
            raise Misread(line, f"{name} cannot be switched", f"there is {', '.join(sorted(switchable()))}")
        return Given(what, line, name)

    return read


def _forget(told: str, line: int) -> Given:
    (name,) = _single(values(told, line), told, line)
    check_fact(name, line)
    return Given("forget", line, name)


def _seed(told: str, line: int) -> Given:
    return Given("seed", line, value=str(whole(told, line)))


def _single(found: tuple[str, ...], told: str, line: int) -> tuple[str, ...]:
    if len(found) > 1:
        raise Misread(
            line, f"“{short(told)}” arranges one thing or another", "write a note for each; | is for what is expected"
        )
    return found


def _alone(what: Literal["fresh", "at once"]) -> Callable[[str, int], Given]:
    def read(_told: str, line: int) -> Given:
        raise Misread(line, f"“{what}” takes no value", f"write [[{what}]]")

    return read


ALONE: tuple[Literal["fresh", "at once"], ...] = ("fresh", "at once")
"""What is arranged by its name alone."""
GIVENS: Mapping[str, Callable[[str, int], Given]] = {
    **{what: _alone(what) for what in ALONE},
    "wait": lambda told, line: Given("wait", line, value=in_digits(length_s(told, line))),
    "seed": _seed,
    "given fact": _fact,
    "given wording": _loaded,
    "off": _switch("off"),
    "on": _switch("on"),
    "forget": _forget,
}
"""What a note can arrange: its key, and what reads the rest of it."""
EXAMPLES: Mapping[str, str] = {
    "fresh": "write [[fresh]]",
    "at once": "write [[at once]]",
    "wait": "write [[wait: 3 days]]",
    "seed": "write [[seed: 8]]",
    "given fact": "write [[given fact: user.name = Ada]]",
    "given wording": "write [[given wording: greeting.hello 2]]",
    "off": "write [[off: T09]]",
    "on": "write [[on: T09]]",
    "forget": "write [[forget: user.name]]",
}
"""How each is written."""
