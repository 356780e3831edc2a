"""A turn's time as plain mappings that the window draws, with the words for who reads and who listens. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence

from her_desktop.ui.pages.page import Told
from her_desktop.ui.pages.time_taken import FIRST_SOUND, WAITED, Stretch, Taken, stretches

PEOPLE_MS = 200
"""The gap that people leave between turns: Stivers and others 2009, Levinson and Torreira 2015."""

LEAST_SCALE_MS = 300
_TICKS = 5
_SPOKEN = {WAITED: "waited for you to finish", FIRST_SOUND: "first sound"}


def digits(ms: float) -> str:
    """Milliseconds to three significant digits; never fewer than the whole ones."""
    if ms >= 99.95:
        return f"{ms:,.0f}"
    for edge, decimals in ((9.995, 1), (0.9995, 2)):
        if ms >= edge:
            return f"{ms:.{decimals}f}"
    return f"{ms:.3f}" if ms else "0"


def name_of(stage: str) -> str:
    """A stage in plain words."""
    return _SPOKEN.get(stage, stage.replace("_", " "))


def scale(end_ms: float) -> Told:
    """A linear scale from 0 that holds `end_ms`: where it ends, and its few round marks."""
    least = max(end_ms, LEAST_SCALE_MS)
    step = _step(least / _TICKS)
    count = math.ceil(least / step - 1e-9)
    marks = [{"at": at * step, "shown": f"{at * step:,}"} for at in range(count + 1)]
    return {"whole": count * step, "end": f"{count * step:,}", "marks": marks}


def _step(least: float) -> int:
    power = 10 ** math.floor(math.log10(least))
    return int(next(power * times for times in (1, 2, 5, 10) if power * times >= least))


def told_turn(turn: Taken) -> Told:
    """All that the page shows of one turn; without bars where nothing was measured yet."""
    found = stretches(turn)
    return {
        "bars": [_bar(one, turn) for one in found],
        "scale": scale(max((one.to_ms for one in found), default=0.0) * 1.02),
        "zero": zero(turn) if found else "",
        "note": note(turn),
        "why": lacking(turn),
        "slowest": slowest(turn, found),
    }


def _bar(one: Stretch, turn: Taken) -> Told:
    ms, begins, ends = digits(one.ms), f"{one.from_ms:,.0f}", f"{one.to_ms:,.0f}"
    told = f"{name_of(one.stage)}, {ms} milliseconds, from {begins} to {ends}"
    if one.stage == FIRST_SOUND and not turn.typed:
        told = f"{name_of(one.stage)}, {ms} milliseconds after that, {ends} after your last word"
    shown = f"{ms} ms · at {ends}" if one.stage == FIRST_SOUND and not turn.typed else f"{ms} ms"
    kind = {WAITED: "waited", FIRST_SOUND: "first"}.get(one.stage, "work")
    return {
        "stage": one.stage, "name": name_of(one.stage), "kind": kind, "term": f"time_{one.stage}", "told": told,
        "ms": one.ms, "from": one.from_ms, "to": one.to_ms, "shown": shown,
    }  # fmt: skip


def zero(turn: Taken) -> str:
    """Where the count begins."""
    return "0 is the moment your line was taken" if turn.typed else "0 is the end of your last word"


def note(turn: Taken) -> str:
    """How soon she sounded, in a few words."""
    spoken, first = turn.answered_ms(), turn.measured().get(FIRST_SOUND)
    if spoken is not None:
        return f"first sound {digits(spoken)} ms after your last word"
    if first is not None and turn.typed:
        return f"first sound {digits(first)} ms after your line was taken"
    return ""


def lacking(turn: Taken) -> str:
    """What was not measured in this turn, and why."""
    if turn.dropped:
        return f"Nothing was answered: {turn.dropped.why}."
    told = []
    if turn.typed:
        told.append("You typed this turn: nobody waited for you to finish, and nothing had to be recognized.")
    if turn.final and "kept" in turn.laps and "voiced" not in turn.laps:
        told.append("It has not been voiced.")
    return " ".join(told)


def slowest(turn: Taken, found: Sequence[Stretch]) -> str:
    """One plain sentence about what took longest; empty before anything was answered."""
    steps = [one for one in found if one.stage != FIRST_SOUND]
    if not steps or turn.final is None:
        return ""
    most = max(steps, key=lambda one: one.ms)
    if most.stage == WAITED:
        work = sum(one.ms for one in steps if one is not most)
        return (
            f"Slowest was waiting to be sure that you had finished: {digits(most.ms)} ms. "
            f"All she then did took {digits(work)} ms."
        )
    return f"Slowest was {_DOING.get(most.stage, name_of(most.stage))}: {digits(most.ms)} ms."


_DOING = {
    "recognized": "recognizing the rest of your words",
    "understood": "comparing your words with the rules",
    "chose": "choosing the rule",
    "worded": "wording the reply",
    "kept": "writing the turn to the disk",
    "voiced": "making the words sound",
}
