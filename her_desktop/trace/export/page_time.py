"""How long each stage of a turn took, drawn against the gap that people leave between turns."""

from __future__ import annotations

from collections.abc import Iterator

from her_desktop.events import Timing
from her_desktop.trace.export.tags import Html, tag
from her_desktop.trace.export.turns import TurnTold
from her_desktop.trace.export.words import STAGES, milliseconds

PEOPLE_MS = 200
"""The gap that people leave between turns."""


def took(turn: TurnTold) -> Iterator[Html]:
    """One bar for the turn, as long as her work took, with a mark at the gap of people; and the sum in words."""
    stages = [one for one in turn.all(Timing) if one.stage != "first_sound"]
    if not stages:
        return
    total = sum(one.ms for one in stages)
    whole = max(total, PEOPLE_MS) * 1.15
    parts = [
        tag("i", class_=one.stage if one.stage in STAGES else "", style=f"--w:{one.ms / whole:.5f}")
        for one in stages
        if one.ms > 0
    ]
    gap = tag("b", style=f"--w:{PEOPLE_MS / whole:.5f}")
    first = next((one.ms for one in turn.all(Timing) if one.stage == "first_sound"), None)
    said = f"worked for {milliseconds(total)}" + (f", first sound after {milliseconds(first)}" if first else "")
    yield tag("div", *parts, gap, class_="time", aria_hidden="true")
    yield tag("p", f"{said}; people leave about {PEOPLE_MS} ms", class_="note")


def stages(turn: TurnTold) -> Iterator[Html]:
    """Each stage and what it took."""
    for one in turn.all(Timing):
        name = STAGES.get(one.stage, one.stage.replace("_", " "))
        yield tag("div", tag("dt", name), tag("dd", milliseconds(one.ms)))
