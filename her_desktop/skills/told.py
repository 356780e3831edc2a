"""When he told something, as people say it: this day, the day before, a day of the week, a date; and his own words."""

from __future__ import annotations

from datetime import datetime

from her_desktop.clock import at_place_of, days_between
from her_desktop.language import Language
from her_desktop.memory.facts import Fact
from her_desktop.nlg.wording import Value
from her_desktop.skills.ask import Ask

_WEEK_DAYS = 7


def told(fact: Fact, ask: Ask) -> dict[str, Value]:
    """One value, by how long ago it was.

    `memory.today` and `memory.yesterday` are a time, `memory.weekday` the day of the week in the seven days before,
    `memory.date` a date.
    """
    at, days = at_place_of(fact.told_at, ask.now), days_between(fact.told_at, ask.now)
    name, text = _said(at, days, ask)
    return {f"memory.{name}": Value(text, "computed", f"skill:memory.source({at.isoformat(timespec='minutes')})")}


def own_words(fact: Fact) -> Value:
    """His sentence that taught a fact, without the sign that it ended with."""
    return Value(fact.words.rstrip(" .!?…"), "remembered", fact.id)


def quoted(fact: Fact, part: str, now: datetime, language: Language) -> Value:
    """His sentence that taught a fact (`words`), or the day on which he said it (`when`), to be put into a wording."""
    if part == "words":
        return own_words(fact)
    days = days_between(fact.told_at, now)
    if days in (0, 1):
        return Value(language.told_when["yesterday" if days else "today"], "remembered", fact.id)
    name, day = _day(at_place_of(fact.told_at, now), days, now, language.code)
    return Value(language.told_when[name].format(day=day), "remembered", fact.id)


def _said(at: datetime, days: int, ask: Ask) -> tuple[str, str]:
    from babel.dates import format_time  # noqa: PLC0415 -- as in clock.py

    if days in (0, 1):
        text = format_time(at.time(), "short", locale=ask.language).replace("\u202f", " ")
        return ("today" if days == 0 else "yesterday"), text
    return _day(at, days, ask.now, ask.language)


def _day(at: datetime, days: int, now: datetime, language: str) -> tuple[str, str]:
    from babel.dates import format_date, format_skeleton  # noqa: PLC0415 -- as in clock.py

    if 0 < days <= _WEEK_DAYS:
        return "weekday", format_date(at.date(), "EEEE", locale=language)
    if at.year == now.year:
        return "date", format_skeleton("MMMMd", at, locale=language)
    return "date", format_date(at.date(), "long", locale=language)
