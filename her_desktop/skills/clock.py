"""The time and the date, as the language says them."""

from __future__ import annotations

from datetime import datetime

from her_desktop.skills.ask import Answer, Ask, computed


def warm(language: str, now: datetime) -> None:
    """Load what a language needs for times and dates: a tenth of a second that the first question would wait."""
    from babel.dates import format_date, format_time  # noqa: PLC0415 -- as below

    format_time(now.time(), "short", locale=language)
    format_date(now.date(), "full", locale=language)


def time(ask: Ask) -> Answer:
    """What time it is."""
    from babel.dates import format_time  # noqa: PLC0415 -- costs 0.1 s that a conversation without clocks need not pay

    text = format_time(ask.now.time(), "short", locale=ask.language).replace("\u202f", " ")
    return computed("clock.time", ask.now.isoformat(timespec="minutes"), clock__time=text)


def date(ask: Ask) -> Answer:
    """What day it is: the whole date, and its parts for a wording that puts words between them."""
    from babel.dates import format_date  # noqa: PLC0415 -- likewise

    def part(form: str) -> str:
        return format_date(ask.now.date(), form, locale=ask.language)

    return computed(
        "clock.date", ask.now.date().isoformat(), clock__date=part("full"), clock__weekday=part("EEEE"),
        clock__day=part("d"), clock__month=part("MMMM"), clock__year=part("y"),
    )  # fmt: skip
