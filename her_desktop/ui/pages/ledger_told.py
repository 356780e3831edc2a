"""The ledger as plain mappings that the window draws, in the words of `trace ledger`. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from her_desktop.dialogue.techniques import Technique, switchable, techniques
from her_desktop.trace.compare import Comparison
from her_desktop.trace.distance import Distance, told, told_dice
from her_desktop.trace.ledger import Ledger
from her_desktop.trace.ledger_words import day, days, detail, heading, many
from her_desktop.trace.slope import Step
from her_desktop.trace.slope_words import slope_lines
from her_desktop.trace.uses import Use
from her_desktop.ui.pages.ledger_days import Column, UsesByDay, bar_days, columns
from her_desktop.ui.pages.page import Told

_CLASSES = {"N": "neutral craft", "I": "builds intimacy", "M": "manipulates", "P": "protects you"}
_SLOPE_DRAWN = 3
"""So many of the lines of the slope draw it; here it is drawn otherwise."""
_KINDS = (
    ("mirrored", "your words, returned"), ("remembered", "remembered"), ("computed", "computed"),
    ("author", "written beforehand"),
)  # fmt: skip


def told_ledger(found: Ledger, by_day: UsesByDay, today: dt.date) -> Told:
    """All that the page shows of a span; empty where nothing was said in it."""
    if not found.turns or not found.first:
        return {}
    first, *rest = heading(found)
    drawn = columns(found.slope.days)
    begins = found.period.since or found.first.date()
    return {
        "head": first,
        "sums": " ".join(rest),
        "uses": [_use(use, by_day, begins, today) for use in found.uses],
        "unused": unused({use.technique for use in found.uses}),
        "columns": _columns(drawn),
        "slope": " ".join(list(slope_lines(found.slope))[_SLOPE_DRAWN:]),
        "steps": [_step(step, found.slope.steps[-1].at) for step in found.slope.steps],
        "distance": f"{told(found.distance, 'her')} {told_dice(found.distance)}",
        "legend": _legend(found.distance),
    }


def technique_told(name: str) -> Told:
    """What a technique is: its name, class and definition, and whether it can be switched."""
    known = techniques().get(name)
    if not known:
        return {"id": name, "name": name, "says": "", "kind": "", "term": "", "switchable": False, "fixed": ""}
    return {
        "id": name, "name": known.name, "says": _definition(known), "kind": _kind(known.classes),
        "term": f"class_{_heaviest(known.classes)}", "switchable": name in switchable(), "fixed": _fixed(name, known),
    }  # fmt: skip


def _heaviest(classes: Sequence[str]) -> str:
    """The class that has to be explained where there are several."""
    if {"I", "M"} <= set(classes):
        return "im"
    return ("I" if "I" in classes else classes[0]).lower()


def _definition(known: Technique) -> str:
    said = known.definition
    return f"{said[:1].upper()}{said[1:]}. Source: {known.source.rstrip('.')}."


def _kind(classes: Sequence[str]) -> str:
    if {"I", "M"} <= set(classes):
        return "builds intimacy, in fiction only"
    return " · ".join(_CLASSES[one] for one in classes)


def _fixed(name: str, known: Technique) -> str:
    if name in switchable():
        return ""
    return "stays on" if "P" in known.classes else "never in use"


def unused(used: set[str]) -> list[Told]:
    """The techniques that stand nowhere in the span."""
    return [technique_told(name) for name in techniques() if name not in used]


def _use(use: Use, by_day: UsesByDay, begins: dt.date, today: dt.date) -> Told:
    bars = by_day.bars(use.technique, begins, today) if use.replies else []
    return technique_told(use.technique) | {
        "count": use.replies,
        "often": _often(use),
        "bars": bars,
        "barsSaid": _bars_said(bars, bar_days(begins, today)),
        "followed": list(_followed_lines(use)) if use.replies else [],
        "detail": " ".join(list(detail(use))[1:]),
    }


def _followed_lines(use: Use) -> Iterator[Told]:
    yield _followed("you spoke {} more times", use.followed.turns_to_come)
    yield _followed("a warm word next in {}", use.followed.warm_share, share=True)


def _often(use: Use) -> str:
    """How often, and from when to when."""
    if not use.replies:
        return f"held back {many(use.suppressed, 'time')}, and not said"
    parts = [f"{many(use.replies, 'reply', 'replies')} in {many(use.sessions, 'session')}"]
    if use.since:
        parts.append(f"since {day(use.since, use.last or use.since)}")
    if use.since and use.last and use.last.date() != use.since.date():
        parts.append(f"last {day(use.last, use.since)}")
    if use.suppressed:
        parts.append(f"held back {many(use.suppressed, 'time')}")
    return " · ".join(parts)


def _bars_said(bars: Sequence[int], over: Sequence[dt.date]) -> str:
    """The bars for who listens: on how many days, and the day with most."""
    if not any(bars):
        return f"not used from {days(over[0], over[-1])}"
    most = max(bars)
    used = many(sum(count > 0 for count in bars), "day")
    return f"{many(sum(bars), 'use')} on {used} of {len(bars)}, most on {day(over[bars.index(most)])}: {most}"


def _followed(text: str, found: Comparison, *, share: bool = False) -> Told:
    """One measure beside what is usual, and whether that tells anything."""
    if found.mean is None:
        return {"said": f"{text.format('…')} · not known yet", "tells": False}
    said = text.format(_figure(found.mean, share=share))
    if found.usual is None or found.difference is None:
        return {"said": f"{said} · too few to tell", "tells": False}
    verdict = "more than chance" if found.tells else "maybe chance"
    return {"said": f"{said} · usual {_figure(found.usual, share=share)} · {verdict}", "tells": found.tells}


def _figure(value: float, *, share: bool) -> str:
    return f"{value:.0%}" if share else f"{value:.1f}"


def _columns(drawn: Sequence[Column]) -> list[Told]:
    return [
        {
            "turns": one.turns, "hers": one.her_level, "his": one.his_level, "label": day(one.first),
            "said": _level_said(one), "shares": _shares(one.distance), "words": _distance_said(one),
        }
        for one in drawn
    ]  # fmt: skip


def _level_said(column: Column) -> str:
    when = days(column.first, column.last)
    if not column.turns:
        return f"{when} · nobody spoke"
    return f"{when} · {many(column.turns, 'turn')} · she {column.her_level:.1f} · you {column.his_level:.1f}"


def _distance_said(column: Column) -> str:
    when = days(column.first, column.last)
    if not column.distance.words:
        return f"{when} · she said nothing"
    parts = " · ".join(f"{name} {share:.0%}" for name, share in _named(column.distance))
    return f"{when} · {many(column.distance.words, 'word')} · {parts}"


def _named(distance: Distance) -> Iterator[tuple[str, float]]:
    return ((name, getattr(distance, f"{kind}_share")) for kind, name in _KINDS)


def _shares(distance: Distance) -> list[float]:
    """Mirrored, remembered, computed, written; they add up to 1, or are all 0."""
    return [getattr(distance, f"{kind}_share") for kind, _ in _KINDS]


def _legend(distance: Distance) -> list[Mapping[str, str]]:
    return [
        {"kind": kind, "term": f"ledger_{kind}", "said": f"{name} {getattr(distance, f'{kind}_share'):.0%}"}
        for kind, name in _KINDS
    ]


def _step(step: Step, beside: dt.date) -> Told:
    moved = [
        f"{who} {before} → {after}"
        for who, before, after in (("she", step.her_from, step.her_to), ("you", step.his_from, step.his_to))
        if after > before
    ]
    return {
        "turn": step.turn,
        "when": f"{day(step.at, beside)} · turn {step.turn}",
        "moved": " · ".join(moved) or "new, and no closer",
        "first": ", ".join(f"{name} {technique_told(name)['name']}" for name in step.new_techniques),
        "his": step.his_words,
        "hers": step.her_words,
        "forgotten": step.forgotten,
    }
