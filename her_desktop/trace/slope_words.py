"""The slope, its steps and the distance as lines that a person reads in a terminal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from textwrap import shorten

from her_desktop.dialogue.techniques import techniques
from her_desktop.trace.distance import Distance, told, told_dice
from her_desktop.trace.ledger_words import WIDTH, day, days, many, paragraph, signed
from her_desktop.trace.lines import printable
from her_desktop.trace.personal import HIGHEST_LEVEL, technique_levels
from her_desktop.trace.slope import DayLevel, Slope, Step
from her_desktop.trace.trend import FEWEST_POINTS, Trend

_BARS = "▁▂▃▄▅▆▇█"
_MOST_COLUMNS = 80
_MOST_ROWS = 10
_SCALE = (
    "0 nothing personal · 1 getting acquainted · 2 trying out · 3 feelings · 4 a shared past, a claim on each other · "
    "5 a bond that nobody earned"
)


def slope_lines(slope: Slope) -> Iterator[str]:
    """How personal it became, a column a day; a gap is a day without a word."""
    first, last = slope.days[0].day, slope.days[-1].day
    hers = [(one.day, one.her_level, one.turns) for one in slope.days]
    his = [(one.day, one.his_level, one.turns) for one in slope.days]
    bars = [sparkline(points) for points in (hers, his)]
    for who, line, points in zip(("her", "you"), bars, (hers, his), strict=True):
        ends = f", {points[-1][1]:.1f} the last" if len(points) > 1 else ""
        yield f"{who:<5}{line}  {points[0][1]:.1f} the first day{ends}"
    yield f"{'':5}{days(first, last)}, {_column(first, last)}"
    yield from paragraph(_trend("What she does", slope.her_levels_per_day, slope.her_levels_per_session))
    yield from paragraph(_trend("What you say", slope.his_levels_per_day, slope.his_levels_per_session))
    yield from paragraph(_SCALE)


def sparkline(points: Sequence[tuple[dt.date, float, int]]) -> str:
    """A column for each day from the first to the last, or for several where they are many; each level from 0 to 5.

    Args:
        points: day, level and its weight, in the order of the days.
    """
    first = points[0][0]
    span = (points[-1][0] - first).days + 1
    size = _days_a_column(span)
    sums = [[0.0, 0.0] for _ in range(-(-span // size))]
    for when, level, weight in points:
        column = sums[(when - first).days // size]
        column[0], column[1] = column[0] + level * weight, column[1] + weight
    return "".join(_bar(total / weight) if weight else " " for total, weight in sums)


def _days_a_column(span: int) -> int:
    return -(-span // _MOST_COLUMNS)


def _column(first: dt.date, last: dt.date) -> str:
    size = _days_a_column((last - first).days + 1)
    return "a column a day" if size == 1 else f"a column for {size} days"


def _bar(level: float) -> str:
    return _BARS[min(len(_BARS) - 1, int(level / HIGHEST_LEVEL * len(_BARS)))]


def _trend(who: str, daily: Trend, by_session: Trend) -> str:
    said = [_slope(daily, "day"), _slope(by_session, "session")]
    return f"{who}: {'; '.join(said)}."


def _slope(found: Trend, per: str) -> str:
    if found.slope is None or found.low is None or found.high is None:
        return f"{many(found.points, per)}, too few to tell a slope (it takes {FEWEST_POINTS})"
    between = f"between {signed(found.low, 3)} and {signed(found.high, 3)}"
    if not found.tells:
        return f"no slope that is sure, by the {per} ({between} levels)"
    return f"{'rises' if found.slope > 0 else 'falls'} by {abs(found.slope):.3f} levels a {per} ({between})"


def step_lines(steps: Sequence[Step]) -> Iterator[str]:
    """The small steps: each turn that was closer than any before."""
    for step in steps:
        yield f"{day(step.at, steps[-1].at):<14}session {step.session}, turn {step.turn}   {_what(step)}"
        if new := ", ".join(_named(name) for name in step.new_techniques):
            yield from paragraph(f"first {new}", " " * 14)
        if step.forgotten:
            yield f"{'':14}(words of this turn were forgotten)"
        else:
            yield f"{'':14}you  “{_short(step.his_words)}”"
            yield f"{'':14}her  “{_short(step.her_words)}”"


def _what(step: Step) -> str:
    moved = [
        f"{who} {start} → {end}  +{end - start}"
        for who, start, end in (("her", step.her_from, step.her_to), ("you", step.his_from, step.his_to))
        if end > start
    ]
    return "   ".join(moved) or "new, and no closer"


def _named(technique: str) -> str:
    known, levels = techniques().get(technique), technique_levels()
    return f"{known.name if known else technique} ({levels[technique].level})"


def _short(text: str) -> str:
    return printable(shorten(text, WIDTH - 22, placeholder="…"))


def distance_lines(total: Distance, days: Sequence[DayLevel]) -> Iterator[str]:
    """How far her words are from contact, in all and over time."""
    yield from paragraph(f"{told(total, 'her')} {told_dice(total)}")
    yield f"{'':18}{'words':>8}{'beforehand':>12}{'yours':>8}{'remembered':>12}{'computed':>10}{'dice':>8}"
    size = -(-len(days) // _MOST_ROWS)
    for at in range(0, len(days), size):
        group = days[at : at + size]
        yield _distance_row(group[0].day, group[-1].day, sum((one.distance for one in group), Distance()))


def _distance_row(first: dt.date, last: dt.date, found: Distance) -> str:
    when = f"{first:%b} {first.day}" + (f" – {last:%b} {last.day}" if last != first else "")
    return (
        f"{when:<18}{found.words:>8,}{found.author_share:>12.1%}{found.mirrored_share:>8.1%}"
        f"{found.remembered_share:>12.1%}{found.computed_share:>10.1%}{found.dice:>8,}"
    )
