"""How each part of a phrase is read: `{whole}`, `{hour}`, `{month}` and their like."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import partial

from her_desktop.nlu.value_calendar import UNITS, Length, written_day
from her_desktop.nlu.value_chart import Chart, Reader, Reading
from her_desktop.nlu.value_numbers import cardinal, ordinal, spoken_decimal, written
from her_desktop.nlu.value_phrases import Part

_MOST_NUMBER_WORDS = 8
_MOST_NUMBER_LETTERS = 200
_MOST_ORDINAL_WORDS = 3
_POWERS = {Decimal(10**power) for power in (2, 3, 6, 9)}
_CLOCK = re.compile(r"(\d{1,2})[:.]([0-5]\d)")


def _wholes(chart: Chart, at: int) -> Iterator[Reading]:
    """A number in digits or in number words, without the phrases around it."""
    atom, code, words = chart.atoms[at], chart.lexicon.code, chart.lexicon.words
    if atom[0].isdigit():
        if (number := written(atom, words.marks)) is not None and chart.may_count(at):
            yield Reading(at + 1, number)
            power = cardinal(chart.atoms[at + 1], code) if at + 1 < len(chart.atoms) else None
            if power in _POWERS:
                yield Reading(at + 2, number * (power or 1))
        return
    if (found := _with_fraction(atom, chart)) is not None:
        yield Reading(at + 1, found)
    first = at + 1 if atom in words.articles and at + 1 < len(chart.atoms) else at
    if cardinal(chart.atoms[first], code) is not None and chart.may_count(at):
        yield from _spoken(chart, at)


def _spoken(chart: Chart, at: int) -> Iterator[Reading]:
    code, words = chart.lexicon.code, chart.lexicon.words
    text, point, misses = words.articles.get(chart.atoms[at], chart.atoms[at]), False, 0
    for end in range(at + 1, min(at + _MOST_NUMBER_WORDS, len(chart.atoms)) + 1):
        if end > at + 1:
            text += " " + chart.atoms[end - 1]
            point = point or chart.atoms[end - 1] in words.points
        if len(text) > _MOST_NUMBER_LETTERS:
            return
        number = spoken_decimal(text, code) if point else cardinal(text, code)
        if number is None:
            misses += 1
            if misses == 2:  # one word may be missing its other half: two hundred and | five
                return
        else:
            misses = 0
            if end > at + 1 or chart.atoms[at] not in words.articles:
                yield Reading(end, number)


def _with_fraction(atom: str, chart: Chart) -> Decimal | None:
    for ending, value in chart.lexicon.words.fractions.items():
        if atom.endswith(ending) and (number := cardinal(atom.removesuffix(ending), chart.lexicon.code)) is not None:
            return number + Decimal(value)
    return None


def numbers(chart: Chart, at: int) -> Iterator[Reading]:
    """A number, with the phrases that make one: two and a half, minus three."""
    yield from chart.readings("whole", at)
    for match in chart.walk(chart.lexicon.phrases["number"], at):
        yield Reading(match.end, match.total)


def _amounts(chart: Chart, at: int) -> Iterator[Reading]:
    """A number, or an article that stands for one."""
    yield from numbers(chart, at)
    article = chart.lexicon.words.articles.get(chart.atoms[at])
    if article and (number := cardinal(article, chart.lexicon.code)) is not None:
        yield Reading(at + 1, number)


def _counted(chart: Chart, at: int, values: range) -> Iterator[Reading]:
    """A whole number of a range; an hour up to twelve may be in the morning or in the evening."""
    for reading in (*chart.readings("whole", at), *_bare_article(chart, at)):
        if reading.number % 1 == 0 and int(reading.number) in values:
            yield reading._replace(exact=not 1 <= reading.number <= 12)


def _minutes_spoken(chart: Chart, at: int) -> Iterator[Reading]:
    """Minutes from ten on, in words only: six thirty is a time, 6 30 may be any two numbers."""
    return iter(()) if chart.atoms[at][0].isdigit() else _counted(chart, at, _RANGES["minute10"])


def _bare_article(chart: Chart, at: int) -> Iterator[Reading]:
    """Where the article is the number word itself: ein Uhr."""
    atom = chart.atoms[at]
    if atom in chart.lexicon.words.articles and (number := cardinal(atom, chart.lexicon.code)) is not None:
        yield Reading(at + 1, number)


def _clock(chart: Chart, at: int, mark: str) -> Iterator[Reading]:
    """A written time of day, in minutes."""
    atom = chart.atoms[at]
    if (found := _CLOCK.fullmatch(atom)) and mark in atom and int(found.group(1)) <= 24:
        hour, minute = int(found.group(1)), int(found.group(2))
        exact = chart.lexicon.words.written_hours == 24 or atom.startswith("0") or not 1 <= hour <= 12
        yield Reading(at + 1, Decimal(hour * 60 + minute), exact)


def _days(chart: Chart, at: int, *, spelled: bool) -> Iterator[Reading]:
    """A day of the month: in digits, with their ending or without, or as a word that counts off."""
    atom, endings = chart.atoms[at], chart.lexicon.words.ordinal_endings
    if atom.isdecimal() and len(atom) <= 2 and 1 <= int(atom) <= 31:
        ended = at + 1 < len(chart.atoms) and chart.edges[at + 1] is None and chart.atoms[at + 1] in endings
        if ended or spelled:
            yield Reading(at + 1 + ended, Decimal(atom))
    elif spelled and not (at and ordinal(" ".join(chart.atoms[at - 1 : at + 1]), chart.lexicon.code)):
        for end in range(at + 1, min(at + _MOST_ORDINAL_WORDS, len(chart.atoms)) + 1):
            number = ordinal(" ".join(chart.atoms[at:end]), chart.lexicon.code)
            if number is not None and 1 <= number <= 31:
                yield Reading(end, Decimal(number))


def _years(chart: Chart, at: int) -> Iterator[Reading]:
    """A year of this age: in digits, in words, or as two pairs (nineteen | eighty four)."""
    for first in chart.readings("whole", at):
        if 1000 <= first.number <= 2999 and chart.atoms[at][1:2] not in {",", "."} and first.number % 1 == 0:
            yield first
        for second in chart.readings("whole", first.end) if 10 <= first.number <= 29 else ():
            if 10 <= second.number <= 99 and (first.number + second.number) % 1 == 0:
                yield Reading(second.end, first.number * 100 + second.number)


def _dates(chart: Chart, at: int, mark: str) -> Iterator[Reading]:
    """A written date, as the ordinal of its day."""
    if mark in chart.atoms[at] and (day := written_day(chart.atoms[at], mark, chart.today)):
        yield Reading(at + 1, Decimal(day.toordinal()))


def _named(chart: Chart, at: int, part: Part) -> Iterator[Reading]:
    if (number := chart.lexicon.names[part].get(chart.atoms[at])) is not None:
        yield Reading(at + 1, Decimal(number))


def durations(chart: Chart, at: int, below: int = len(UNITS)) -> Iterator[Reading]:
    """A length of time, or several where each has a shorter unit than the one before: an hour and ten minutes."""
    for match in chart.walk(chart.lexicon.phrases["duration"], at):
        if "unit" not in match.parts:
            yield Reading(match.end, Decimal(0), length=match.length)
        elif (unit := int(match.parts["unit"].number)) < below:
            length = Length.of(match.total, UNITS[unit])
            yield Reading(match.end, Decimal(0), length=length)
            for more in _more(chart, match.end, unit):
                yield more._replace(length=length.plus(more.length))


def _more(chart: Chart, at: int, unit: int) -> Iterator[Reading]:
    joined = at < len(chart.atoms) and chart.atoms[at] in chart.lexicon.words.duration_joins
    for start in (at, at + 1) if joined else (at,):
        yield from durations(chart, start, unit)
    if UNITS[unit] in {"hour", "minute"}:
        for reading in chart.readings("minute10", at):
            yield Reading(reading.end, Decimal(0), length=Length.of(reading.number, UNITS[unit - 1]))


_RANGES: Mapping[Part, range] = {
    "hour": range(25),
    "hour12": range(1, 13),
    "minute": range(60),
    "minute10": range(10, 60),
    "five": range(5, 30, 5),
}
_NAMED: tuple[Part, ...] = ("unit", "month", "weekday")

READERS: Mapping[Part, Reader] = {
    "whole": _wholes,
    "amount": _amounts,
    "duration": durations,
    "minute_spoken": _minutes_spoken,
    "clock": partial(_clock, mark=":"),
    "clock_dotted": partial(_clock, mark="."),
    "day": partial(_days, spelled=True),
    "day_written": partial(_days, spelled=False),
    "year": _years,
    "date": partial(_dates, mark="-"),
    "date_dotted": partial(_dates, mark="."),
    **{part: partial(_counted, values=values) for part, values in _RANGES.items()},
    **{part: partial(_named, part=part) for part in _NAMED},
}
