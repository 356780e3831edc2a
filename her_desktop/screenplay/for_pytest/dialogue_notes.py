"""Receives keywords of a Python test. Emits what the notes of the same words would ask for in a screenplay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import get_args

from her_desktop.screenplay.reading.notes import read_note
from her_desktop.screenplay.reading.text import quoted
from her_desktop.screenplay.reading.time import moment, seconds
from her_desktop.screenplay.reading.trouble import Misread
from her_desktop.screenplay.reading.values import quoted_pattern
from her_desktop.screenplay.script import Check, Expectation, Given

Value = str | int | Sequence[str]
"""What a check wants: a text, a number, or several of which one must hold. True is any value at all."""

Wanted = Value | Mapping[str, Value]
"""The same, or name to value: `{"user.name": "Ada"}`."""


def expectations(keyword: str, wanted: Wanted, line: int) -> Iterator[Expectation]:
    """What a keyword of `expect` asks for; a dictionary asks for several things.

    Raises:
        TypeError: there is no such check.
        ValueError: it cannot have such a value.
    """
    check = keyword.removeprefix("not_").replace("_", " ")
    if check not in get_args(Check):
        known = ", ".join(one.replace(" ", "_") for one in get_args(Check))
        raise TypeError(f"there is no check {keyword}; there is {known}, and each with not_ before it")
    for name, value in wanted.items() if isinstance(wanted, Mapping) else [("", wanted)]:
        turned = keyword.startswith("not_") != (value is False)
        read = _read(_note(("not " if turned else "") + check, name, value), line)
        assert isinstance(read, Expectation), "the check is known"
        yield read


def given(key: str, value: str = "", *, name: str = "") -> Given:
    """What is arranged by a note of this name.

    Raises:
        ValueError: it cannot be arranged so.
    """
    named = f"{name} = {quoted(value)}" if name else value
    read = _read(f"{key}: {named}" if named else key, 0)
    assert isinstance(read, Given), "the note is known"
    return read


def length_s(text: str) -> float:
    """A length of time in seconds: `20 s`, `3 days`.

    Raises:
        ValueError: it is none.
    """
    if (found := seconds(text)) is None:
        raise ValueError(f"“{text}” is no length of time; write 20 s, 3 days or 1 hour 30 minutes")
    return found


def time(text: str) -> datetime:
    """A date and a time of the wall clock: `2026-11-22 23:10`.

    Raises:
        ValueError: it is none.
    """
    try:
        return moment(text, 0)
    except Misread as error:
        raise ValueError(f"{error.why}; {error.todo}") from error


def _note(check: str, name: str, value: Value) -> str:
    several = [str(value)] if isinstance(value, str | int) else value
    written = quoted_pattern if check.endswith("matches") else quoted
    told = "" if isinstance(value, bool) else " | ".join(written(one) for one in several)
    named = f"{quoted(name)} = {told}" if name and told else quoted(name) if name else told
    return f"{check}: {named}" if named else check


def _read(note: str, line: int) -> Expectation | Given | None:
    try:
        return read_note(note, line)
    except Misread as error:
        raise ValueError(f"[[{note}]]: {error.why} ({error.todo})") from error
