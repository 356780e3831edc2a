"""Receives what a screenplay says and how its last exchange went. Emits both in words, as the prompt book has them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from her_desktop.screenplay.check import meant
from her_desktop.screenplay.performance import Fault
from her_desktop.screenplay.script import Beat, Given, Hers, His, Title
from her_desktop.screenplay.stepping import Standing

Told = dict[str, Any]
"""Something that QML draws."""

_UNITS = (("week", 604_800), ("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


def coming(beat: Beat, title: Title) -> Told:
    """What comes next: who, the words, how they are said, and what is arranged before them."""
    his = beat.his
    before = [_GIVEN[given.what](given) for given in beat.given]
    if not his:
        told = {"who": title.her, "how": "of herself", "words": ""}
    else:
        told = {"who": his.who or "HE", "how": " ".join(_how(his)), "words": his.text}
    return {**told, "line": beat.line, "before": ", ".join(before)}


def _how(his: His) -> Iterator[str]:
    """The parentheticals, as the file has them."""
    if his.how == "typed":
        yield "(typing)"
    if his.recording:
        yield f"(recording: {his.recording.name})"
    if his.heard:
        yield f"(heard: {' | '.join(f'“{one.text}” {one.confidence:g}' for one in his.heard)})"
    if his.whispers:
        yield "(whispering)"
    if his.interrupts:
        yield f"(interrupting after {counted(his.after_words, 'word')})" if his.after_words else "(interrupting)"
    if his.silent_s:
        yield f"(silence, {lasting(his.silent_s)})"


_GIVEN: Mapping[str, Callable[[Given], str]] = {
    "fresh": lambda _given: "a new profile",
    "clock": lambda given: f"it is {datetime.fromisoformat(given.value):%Y-%m-%d %H:%M}",
    "wait": lambda given: f"{lasting(float(given.value))} pass",
    "seed": lambda given: f"the dice begin at {given.value}",
    "fact": lambda given: f"she knows {given.name} = {given.value}",
    "wording": lambda given: f"{given.name} says its wording {given.value}",
    "off": lambda given: f"{given.name} is switched off",
    "on": lambda given: f"{given.name} is switched on",
    "forget": lambda given: f"{given.name} is forgotten",
}


def lasting(seconds: float) -> str:
    """How long something takes, in the largest unit of which it is a whole number."""
    unit, size = next((one for one in _UNITS if seconds >= one[1] and seconds % one[1] == 0), ("second", 1))
    return counted(seconds / size, unit)


def counted(number: float, what: str) -> str:
    """`1 word`, `3 words`."""
    return f"{number:g} {what}{'' if number == 1 else 's'}"


# ---- how the last one went ----


def went(standing: Standing) -> list[Told]:
    """Everything that was expected of the last exchange, and whether it held: what did not comes first."""
    played = standing.last
    if not played:
        return []
    missed = {(fault.line, fault.expected): fault for fault in played.faults}
    expected = [] if standing.broke else list(_expected(played.beat.hers))
    found = [_verdict(told, missed.pop((line, text), None)) for line, text, told in expected]
    others = [_verdict(one.expected, one) for one in missed.values()]
    return sorted([*others, *found], key=lambda one: bool(one["held"]))


def _expected(hers: Hers | None) -> Iterator[tuple[int, str, str]]:
    """Line and words of each thing that is expected, as a fault has them, and what is told of it."""
    if hers:
        words = meant(hers)
        told = {"silent": words, "anything": "she says something"}.get(hers.like, f"she says {words}")
        yield hers.text_line or hers.line, words, told
        yield from ((one.line, one.text, one.text) for one in hers.expectations)


def _verdict(text: str, fault: Fault | None) -> Told:
    return {"text": text, "held": fault is None, "got": fault.got if fault else "", "why": fault.why if fault else ""}
