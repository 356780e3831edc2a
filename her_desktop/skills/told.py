"""When he told something, as people say it: this day, the day before, a day of the week, a date."""

from __future__ import annotations

from datetime import datetime

from her_desktop.memory.facts import Fact
from her_desktop.nlg.wording import Value
from her_desktop.skills.ask import Ask

_WEEK_DAYS = 7


def told(fact: Fact, ask: Ask) -> dict[str, Value]:
    """One value, by how long ago it was.

    `memory.today` and `memory.yesterday` are a time, `memory.weekday` the day of the week in the seven days before,
    `memory.date` a date.
    """
    at = fact.told_at.astimezone(ask.now.tzinfo) if fact.told_at.tzinfo and ask.now.tzinfo else fact.told_at
    days = (ask.now.date() - at.date()).days
    name, text = _said(at, days, ask)
    return {f"memory.{name}": Value(text, "computed", f"skill:memory.source({at.isoformat(timespec='minutes')})")}


def _said(at: datetime, days: int, ask: Ask) -> tuple[str, str]:
    from babel.dates import format_date, format_skeleton, format_time  # noqa: PLC0415 -- as in clock.py

    language = ask.language
    if days in (0, 1):
        text = format_time(at.time(), "short", locale=language).replace("\u202f", " ")
        return ("today" if days == 0 else "yesterday"), text
    if 0 < days <= _WEEK_DAYS:
        return "weekday", format_date(at.date(), "EEEE", locale=language)
    if at.year == ask.now.year:
        return "date", format_skeleton("MMMMd", at, locale=language)
    return "date", format_date(at.date(), "long", locale=language)
