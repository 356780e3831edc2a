"""Receives lengths of time, minutes of a day and parts of a date. Emits the time or day that is meant, seen from now.

Nothing here looks at a clock, a time zone or a locale: now is an argument.
"""

from __future__ import annotations

import calendar
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

_DAY_MINUTES = 24 * 60
_HALF_DAY_MINUTES = 12 * 60
_MOST_DAYS = 366 * 9999
_MOST_YEARS_AHEAD = 8
"""There is a 29th of February at least once in so many years."""

UNITS: tuple[str, ...] = ("second", "minute", "hour", "day", "week", "month", "year")
"""From the shortest to the longest."""

_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
_MONTHS = {"month": 1, "year": 12}


class Length(NamedTuple):
    """A length of time. Months and seconds stay apart: how long a month is depends on which."""

    months: Decimal
    seconds: Decimal

    @classmethod
    def of(cls, amount: Decimal, unit: str) -> Length:
        """So many of a unit."""
        return cls(amount * _MONTHS.get(unit, 0), amount * _SECONDS.get(unit, 0))

    def plus(self, other: Length) -> Length:
        """Both, one after the other."""
        return Length(self.months + other.months, self.seconds + other.seconds)

    def times(self, factor: int) -> Length:
        """So many times as long."""
        return Length(self.months * factor, self.seconds * factor)


NOTHING = Length(Decimal(0), Decimal(0))


def iso(length: Length) -> str:
    """ISO 8601: `PT1H30M`, `P14D`, `P1Y6M`; the empty text where a length has none (nothing, or half a month)."""
    seconds, months = length.seconds.quantize(Decimal("0.001")).normalize(), length.months
    if months % 1 or months + seconds <= 0 or seconds > _MOST_DAYS * _SECONDS["day"] or months > 12 * 9999:
        return ""
    days, rest = divmod(seconds, _SECONDS["day"])
    hours, rest = divmod(rest, _SECONDS["hour"])
    minutes, rest = divmod(rest, _SECONDS["minute"])
    text = "P" + _parts((months // 12, "Y"), (months % 12, "M"), (days, "D"))
    return text + ("T" if hours or minutes or rest else "") + _parts((hours, "H"), (minutes, "M"), (rest, "S"))


def _parts(*parts: tuple[Decimal, str]) -> str:
    return "".join(f"{amount.normalize():f}{letter}" for amount, letter in parts if amount)


def moved(day: date, length: Length) -> date | None:
    """The day so long after this one; None where that is no whole number of days, or before or after all calendars."""
    days = length.seconds / _SECONDS["day"]
    if days % 1 or length.months % 1 or abs(days) > _MOST_DAYS or abs(length.months) > _MOST_DAYS:
        return None
    year, month = divmod(day.year * 12 + day.month - 1 + int(length.months), 12)
    try:
        last = calendar.monthrange(year, month + 1)[1]
        return date(year, month + 1, min(day.day, last)) + timedelta(days=int(days))
    except (ValueError, OverflowError):
        return None


def hour_and_minute(minutes: int, now: datetime, *, exact: bool, begins: int | None = None) -> str:
    """The time that is meant, as `18:30`.

    Args:
        minutes: after midnight; by the words alone it may be twelve hours later as well.
        now: where both times fit, the one that comes next after now is taken.
        exact: the words leave no choice: fourteen o'clock.
        begins: the hour at which the twelve begin that the words tell of: 12 for the afternoon.
    """
    minutes %= _DAY_MINUTES
    if not exact:
        after = begins * 60 if begins is not None else now.hour * 60 + now.minute + 1
        minutes = after + (minutes - after) % _HALF_DAY_MINUTES
    hour, minute = divmod(minutes % _DAY_MINUTES, 60)
    return f"{hour:02}:{minute:02}"


def on_weekday(today: date, weekday: int, *, past: bool) -> date | None:
    """The next one after today, or the last one before it; Monday is 0."""
    days = -((today.weekday() - weekday - 1) % 7 + 1) if past else (weekday - today.weekday() - 1) % 7 + 1
    return moved(today, Length.of(Decimal(days), "day"))


def on_day(today: date, day: int, month: int | None, year: int | None) -> date | None:
    """The first such day from today on (today too); with a year that day, whenever it is."""
    if year is not None and month is not None:
        return _valid(year, month, day)
    months = (moved(today.replace(day=1), Length(Decimal(n), Decimal(0))) for n in range(12 * _MOST_YEARS_AHEAD + 1))
    days = (_valid(m.year, m.month, day) for m in months if m and month in (None, m.month))
    return next((found for found in days if found and found >= today), None)


def written_day(text: str, mark: str, today: date) -> date | None:
    """A date in digits: `2026-12-24` with “-”; with “.” `24.12.2026`, or `24.12` for the next one."""
    fields = text.split(mark)
    if not all(field.isdecimal() and len(field) <= 4 for field in fields) or len(fields) not in {2, 3}:
        return None
    if mark == "-":
        return _valid(*map(int, fields)) if len(fields) == 3 else None
    day, month, *year = map(int, fields)
    return on_day(today, day, month, _century(year[0], today) if year else None)


def _century(year: int, today: date) -> int:
    return year if year > 99 else today.year // 100 * 100 + year


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
