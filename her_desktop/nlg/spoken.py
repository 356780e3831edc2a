"""Numbers, durations, dates, times, lists and plurals as a language says them, out of Unicode CLDR through Babel.

Babel is loaded by the first wording that needs it: a conversation without numbers and dates never pays for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from babel import Locale

_DURATION = re.compile(
    r"P(?:(?P<year>\d+)Y)?(?:(?P<month>\d+)M)?(?:(?P<week>\d+)W)?(?:(?P<day>\d+)D)?"
    r"(?:T(?:(?P<hour>\d+)H)?(?:(?P<minute>\d+)M)?(?:(?P<second>\d+(?:\.\d+)?)S)?)?"
)
_WIDTHS = re.compile(r"'[^']*'|M{3,}|L{3,}|E+|c+")
_GAP = "\0"
_MOST_DIGITS = 30

Style = Literal["standard", "or"]
"""How things in a list are joined: `standard` is and."""


def known(language: str) -> bool:
    """Whether CLDR knows the language."""
    from babel.localedata import exists  # noqa: PLC0415 -- see above

    return bool(exists(language.replace("-", "_")))


def warm(language: str, now: datetime) -> None:
    """Load what a language needs: a tenth of a second that the first number or date would wait."""
    spoken_time("12:00", language)
    spoken_date("2001-01-01", language, now, {})
    spoken_duration("PT1H2M", language)
    plural(Decimal(1), language)


def plural(number: Decimal, language: str) -> str:
    """The plural category of a number: zero, one, two, few, many or other."""
    return str(_locale(language).plural_form(number))


def plurals(language: str) -> frozenset[str]:
    """The plural categories of the language."""
    return frozenset(_locale(language).plural_form.tags) | {"other"}


@cache
def whole_plurals(language: str) -> frozenset[str]:
    """Those that whole numbers up to a thousand have."""
    return frozenset(plural(Decimal(number), language) for number in range(1_001))


def glue(count: int, language: str, style: Style = "standard") -> list[str]:
    """What stands before, between and after so many things in a list: `["", ", ", " and ", ""]`.

    Args:
        count: how many things.
        language: its code.
        style: and, or or.
    """
    from babel.lists import format_list  # noqa: PLC0415 -- see above

    return format_list([_GAP] * count, style=style, locale=_locale(language)).split(_GAP)


def spoken_number(canonical: str, language: str) -> str:
    """A number: `1234.5` is “1,234.5”, in German “1.234,5”.

    Raises:
        ValueError: it is no number.
    """
    from babel.numbers import format_decimal  # noqa: PLC0415 -- see above

    return str(format_decimal(number_of(canonical), locale=_locale(language), decimal_quantization=False))


def number_of(canonical: str) -> Decimal:
    """The number that a text of digits stands for, at most thirty of them.

    Raises:
        ValueError: it is no number.
    """
    try:
        number = Decimal(canonical)
    except InvalidOperation as error:
        raise ValueError(f"“{canonical}” is no number") from error
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
        raise ValueError(f"“{canonical}” is no number")
    return number


def spoken_duration(canonical: str, language: str) -> str:
    """An ISO-8601 duration: `PT90M` is “1 hour and 30 minutes”.

    Raises:
        ValueError: it is no duration.
    """
    from babel.units import format_unit  # noqa: PLC0415 -- see above

    locale = _locale(language)
    said = [format_unit(number, f"duration-{unit}", locale=locale) for unit, number in _units(canonical)]
    return _listed(said, language)


def _units(canonical: str) -> list[tuple[str, Decimal]]:
    """The units of a duration, biggest first: minutes and seconds under 60, whole weeks instead of days."""
    found = _DURATION.fullmatch(canonical)
    if not found or canonical.endswith(("P", "T")):
        raise ValueError(f"“{canonical}” is no duration")
    given = {unit: Decimal(number or 0) for unit, number in found.groupdict().items()}
    minutes, given["second"] = divmod(given["second"], 60)
    given["hour"], given["minute"] = given["hour"] + (given["minute"] + minutes) // 60, (given["minute"] + minutes) % 60
    if not given["day"] % 7:
        given["week"], given["day"] = given["week"] + given["day"] // 7, Decimal(0)
    return [(unit, number) for unit, number in given.items() if number] or [("second", Decimal(0))]


def _listed(texts: Sequence[str], language: str) -> str:
    first, *between = glue(len(texts), language)
    return first + "".join(text + after for text, after in zip(texts, between, strict=True))


def spoken_date(canonical: str, language: str, now: datetime, near_days: Mapping[int, str]) -> str:
    """A date: “tomorrow”, in the same year “Monday, November 23”, else with its year.

    Args:
        canonical: ISO 8601, `2026-11-23`.
        language: its code.
        now: from when it is said.
        near_days: words for days by their distance from today: 1 for tomorrow. CLDR has them, Babel does not.

    Raises:
        ValueError: it is no date.
    """
    from babel.dates import format_date  # noqa: PLC0415 -- see above

    day = date.fromisoformat(canonical)
    if near := near_days.get((day - now.date()).days):
        return near
    locale = _locale(language)
    return format_date(day, _without_year(locale) if day.year == now.year else "full", locale=locale)


def _without_year(locale: Locale) -> str:
    """The language's pattern for weekday, month and day, with both names in full (the widths of UTS #35)."""
    return _WIDTHS.sub(
        lambda field: field.group() if field.group()[0] == "'" else field.group()[0].replace("c", "E") * 4,
        locale.datetime_skeletons["MMMEd"].pattern,
    )


def spoken_time(canonical: str, language: str) -> str:
    """A time of day: `18:30` is “6:30 PM”, in German “18:30”.

    Raises:
        ValueError: it is no time.
    """
    from babel.dates import format_time  # noqa: PLC0415 -- see above

    text = format_time(time.fromisoformat(canonical), "short", locale=_locale(language))
    return text.replace("\u202f", " ")


@cache
def _locale(language: str) -> Locale:
    from babel import Locale  # noqa: PLC0415 -- see above

    return Locale.parse(language.replace("-", "_"))
