"""Times and lengths of time, as headings, notes and brackets write them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import msgspec

from her_desktop.language import Language, ValueWords, tokenize
from her_desktop.nlu.values import spans
from her_desktop.screenplay.reading.trouble import Misread, short
from her_desktop.screenplay.script import BEGINS

_FORM = "%Y-%m-%d %H:%M"
_FIRST_YEAR, _LAST_YEAR = 1900, 9000
_TODO = "write the date and the time as 2026-11-22 23:10"
_AT_END = re.compile(r"(?<!\d)(?:\d{4}-\d+-\d|\d{1,2}[./]\d{1,2}[./]\d{2}|\d{1,2}:\d\d)[\d\s.,:/T-]*$")
_MOST_TIME = 60
"""So many characters are looked at for a time, or a length of time."""
_MILLISECONDS = re.compile(r"(\d{1,15}(?:\.\d{1,15})?)\s*(?:ms|milliseconds?)")
_LENGTH = re.compile(r"[\w ,.]+")
_WORDS = Language(
    code="en",
    contractions={},
    fillers=frozenset(),
    not_names=frozenset(),
    reflections={},
    not_reflected=frozenset(),
    values=ValueWords(
        articles={"a": "one", "an": "one"},
        units={
            "second": frozenset({"s", "sec", "secs", "second", "seconds"}),
            "minute": frozenset({"m", "min", "mins", "minute", "minutes"}),
            "hour": frozenset({"h", "hr", "hrs", "hour", "hours"}),
            "day": frozenset({"d", "day", "days"}),
            "week": frozenset({"w", "week", "weeks"}),
        },
        durations={"{amount} {unit}": "{amount}"},
        duration_joins=frozenset({"and"}),
    ),
)
"""How the notes of a screenplay say lengths of time, in whatever language its people speak."""


def moment(text: str, line: int) -> datetime:
    """A date and a time of the wall clock.

    Raises:
        Misread: it is none.
    """
    try:
        found = datetime.strptime(" ".join(text.split()), _FORM)
    except ValueError as error:
        raise Misread(line, f"“{short(text)}” is no date and time", _TODO) from error
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise Misread(line, f"the year {found.year} is too far away", f"name one from {_FIRST_YEAR} to {_LAST_YEAR}")
    return found


def clock_of(heading: str, line: int) -> datetime | None:
    """The date and the time that a scene heading ends in; None where it ends in neither.

    Raises:
        Misread: it ends in one of them only, or in what is none.
    """
    found = _AT_END.search(heading[-_MOST_TIME:])
    return moment(found[0].strip(), line) if found else None


def seconds(text: str) -> float | None:
    """A length of time in seconds: `20 s`, `300 ms`, `1 hour 30 minutes`; None where it is none."""
    if found := _MILLISECONDS.fullmatch(text.strip()):
        return float(found[1]) / 1000
    tokens = tokenize(text, {}) if len(text) <= _MOST_TIME and _LENGTH.fullmatch(text) else ()
    whole = (one.value for one in spans("duration", tokens, _WORDS, BEGINS) if one.end - one.start == len(tokens))
    length = next(whole, None)
    return msgspec.convert(length, timedelta).total_seconds() if length else None
