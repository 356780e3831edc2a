"""Receives the tokens of an utterance. Emits the stretches of them that are numbers, lengths of time, times or dates.

Number words are read by the library `text2num`; how a language puts them together to times and dates is data, in its
`language.yaml` (`language.ValueWords`). A language whose file says nothing of a type has no values of that type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Literal

import msgspec

from her_desktop.language import Language, Token, ValueWords
from her_desktop.nlu.value_calendar import hour_and_minute, iso, moved, on_day, on_weekday
from her_desktop.nlu.value_chart import Chart, Match, Reading
from her_desktop.nlu.value_lexicon import lexicon_of
from her_desktop.nlu.value_numbers import cardinal
from her_desktop.nlu.value_parts import READERS, durations, numbers

ValueType = Literal["number", "duration", "time", "date"]

MOST_TOKENS = 12
"""No value is longer."""

_MOST_PART_OF_DAY_WORDS = 4


class TypedSpan(msgspec.Struct, frozen=True):
    """A stretch of tokens that is a value."""

    start: int
    end: int
    """Exclusive; both are positions of tokens."""
    value: str
    """number `42` `2.5` `-3`, duration `PT1H30M` `P14D`, time `18:30`, date `2026-11-23`."""


def spans(kind: ValueType, tokens: tuple[Token, ...], language: Language, now: datetime) -> tuple[TypedSpan, ...]:
    """Find the values of one type.

    Of words that are a value only the longest stretch is given, and those within it that come to the same: “on friday”
    and “friday”, but not the “five” of “twenty five”. Where the words fit two times (“at six”), the next one after now
    is meant; so it is for dates: “friday” and “next friday” are the next one after today, “the third of december” is
    the next one from today on. Only the wall clock of `now` matters, not its time zone.

    Args:
        kind: the type.
        tokens: of one alternative of what was heard.
        language: its `values` say how values are said.
        now: what “tomorrow” and “at six” are seen from.

    Returns:
        By their start, the longer of two first. At most `MOST_TOKENS` tokens each. Number words are read at
        `value_chart.MOST_NUMBERS` places at most, so that the work grows with the words and no faster.

    Raises:
        Trouble: the language's file has a phrase for values that is not of the right form (see `warm`).
    """
    if language.values == _NONE:
        return ()
    chart = Chart(tokens, lexicon_of(language), now.date(), READERS)
    found = dict[tuple[int, int], str]()
    spared = _spared(kind, chart)
    for at in range(len(chart.atoms)):
        for end, value in _READ[kind](chart, at, now) if chart.begins(chart.lexicon.phrases[kind], at) else ():
            if end > spared[at]:
                found.setdefault((at, end), value)
    return tuple(_kept(_on_tokens(chart, _widened(chart, kind, found))))


def warm(language: Language) -> None:
    """Compile the language's phrases and load the library, so that the first utterance need not wait for it.

    Raises:
        Trouble: a phrase or a sum in its `language.yaml` is not of the right form.
    """
    if language.values != _NONE:
        lexicon_of(language)
        cardinal("", language.code)


_NONE = ValueWords()


def _spared(kind: ValueType, chart: Chart) -> list[int]:
    """For each place where a stretch that begins there ends at the latest, if the language says it is no value."""
    tree, spared, latest = chart.lexicon.no_values[kind], list[int](), 0
    for at in range(len(chart.atoms)):
        latest = max([latest, *(match.end for match in chart.walk(tree, at))] if chart.begins(tree, at) else [latest])
        spared.append(latest)
    return spared


def _number(chart: Chart, at: int, _now: datetime) -> Iterator[tuple[int, str]]:
    for reading in numbers(chart, at):
        yield reading.end, f"{reading.number.normalize():f}"


def _duration(chart: Chart, at: int, _now: datetime) -> Iterator[tuple[int, str]]:
    for reading in durations(chart, at):
        if text := iso(reading.length):
            yield reading.end, text


def _time(chart: Chart, at: int, now: datetime) -> Iterator[tuple[int, str]]:
    for match in chart.walk(chart.lexicon.phrases["time"], at):
        if match.meaning.terms:
            base = match.parts.get("clock") or match.parts.get("clock_dotted") or _hour(match)
            yield from _of_day(chart, at, Reading(match.end, base.number + match.total, base.exact), now)
        else:
            yield match.end, match.meaning.text
    words = chart.lexicon.words
    for hour in chart.readings("hour", at) if chart.atoms[at] not in words.articles else ():
        alone = chart.atoms[at - 1] in words.before_times if at else hour.end == len(chart.atoms)
        yield from _of_day(chart, at, hour._replace(number=hour.number * 60), now, alone=alone)


def _hour(match: Match) -> Reading:
    hour = match.parts.get("hour") or match.parts["hour12"]
    return hour._replace(number=hour.number * 60)


def _of_day(chart: Chart, at: int, minutes: Reading, now: datetime, *, alone: bool = True) -> Iterator[tuple[int, str]]:
    """The time by itself, and with the part of the day that is named before it or after it."""
    before = _part_before(chart, at)
    if alone or before is not None:
        yield minutes.end, hour_and_minute(int(minutes.number), now, exact=minutes.exact, begins=before)
    for match in chart.walk(chart.lexicon.parts_of_day, minutes.end):
        begins = int(match.total)
        yield match.end, hour_and_minute(int(minutes.number), now, exact=minutes.exact, begins=begins)


def _part_before(chart: Chart, at: int) -> int | None:
    end = at - 1 if at and chart.atoms[at - 1] in chart.lexicon.words.before_times else at
    for start in range(max(0, end - _MOST_PART_OF_DAY_WORDS), end):
        for match in chart.walk(chart.lexicon.parts_of_day_before, start):
            if match.end == end:
                return int(match.total)
    return None


def _date(chart: Chart, at: int, now: datetime) -> Iterator[tuple[int, str]]:
    for match in chart.walk(chart.lexicon.phrases["date"], at):
        if day := _day(match, now.date()):
            yield match.end, day.isoformat()


def _day(match: Match, today: date) -> date | None:
    parts, meaning = match.parts, match.meaning
    if meaning.group == "days":
        return moved(today, match.length)
    if meaning.group == "feasts":
        month, day = map(int, meaning.text.split("-"))
        return on_day(today, day, month, None)
    if written := parts.get("date") or parts.get("date_dotted"):
        return date.fromordinal(int(written.number))
    if named := parts.get("day") or parts.get("day_written"):
        return on_day(today, int(named.number), _int(parts.get("month")), _int(parts.get("year")))
    return on_weekday(today, int(parts["weekday"].number), past=meaning.group == "past")


def _int(reading: Reading | None) -> int | None:
    return int(reading.number) if reading else None


def _widened(chart: Chart, kind: ValueType, found: Mapping[tuple[int, int], str]) -> dict[tuple[int, int], str]:
    """The stretches, and those with the word before them that belongs to them: at six, on friday."""
    words = chart.lexicon.words
    before = words.before_times if kind == "time" else words.before_dates if kind == "date" else frozenset[str]()
    wider = {(at - 1, end): value for (at, end), value in found.items() if at and chart.atoms[at - 1] in before}
    return {**wider, **found}


def _on_tokens(chart: Chart, found: Mapping[tuple[int, int], str]) -> Iterator[TypedSpan]:
    for (at, until), value in found.items():
        start, end = chart.edges[at], chart.edges[until]
        if start is not None and end is not None and end - start <= MOST_TOKENS:
            yield TypedSpan(start, end, value)


def _kept(found: Iterable[TypedSpan]) -> Iterator[TypedSpan]:
    """Without those that lie within a longer one that comes to something else."""
    longest = TypedSpan(0, 0, "")
    for span in sorted(found, key=lambda one: (one.start, -one.end)):
        if span.end > longest.end:
            longest = span
        if span.value == longest.value:
            yield span


_READ: Mapping[ValueType, Callable[[Chart, int, datetime], Iterator[tuple[int, str]]]] = {
    "number": _number,
    "duration": _duration,
    "time": _time,
    "date": _date,
}
