"""Receives every entry of a session. Emits how long each stage took over its turns, and how soon she sounded."""

from __future__ import annotations

import math
import statistics
from collections import deque
from collections.abc import Sequence
from datetime import datetime

import msgspec

from her_desktop.events import FinalTranscript, Recorded, SessionStarted
from her_desktop.ui.pages.page import Told
from her_desktop.ui.pages.time_taken import Taken
from her_desktop.ui.pages.time_told import PEOPLE_MS, digits, name_of, scale

TURNS_KEPT = 1_000
"""So many of the latest turns are counted, so that a long session needs no more memory than a short one."""

BINS = 150
"""Into so many places the first sounds are sorted to be drawn."""

STAGES = ("waited", "recognized", "understood", "chose", "worded", "kept", "voiced", "first_sound")


class TurnTime(msgspec.Struct, frozen=True):
    """What is kept of a turn."""

    turn: int
    measured: dict[str, float]
    answered_ms: float | None


class Tally:
    """The times of the latest turns of this session."""

    def __init__(self) -> None:
        self._past: deque[TurnTime] = deque(maxlen=TURNS_KEPT)
        self._turn, self._now = 0, Taken(laps={})
        self._began: datetime | None = None

    def take(self, recorded: Recorded) -> None:
        """Take the next entry; one that begins a session begins the count anew."""
        if isinstance(recorded.entry, SessionStarted):
            self.__init__()  # type: ignore[misc]  # as when it was made
        if recorded.turn != self._turn:
            self._close()
            self._turn = recorded.turn
        if self._began is None and isinstance(recorded.entry, FinalTranscript):
            self._began = recorded.at
        self._now.take(recorded)

    def _close(self) -> None:
        if self._now.final:
            self._past.append(self._kept())
        self._now = Taken(laps={})

    def _kept(self) -> TurnTime:
        return TurnTime(self._turn, self._now.measured(), self._now.answered_ms())

    def turns(self) -> list[TurnTime]:
        """The answered turns, the present one as far as it is."""
        return [*self._past, *([self._kept()] if self._now.final else [])][-TURNS_KEPT:]

    def told(self) -> Told:
        """All that the page shows of the session."""
        turns = self.turns()
        return {"rows": _rows(turns), "note": self._note(len(turns)), "sounds": sounds(turns)}

    def _note(self, count: int) -> str:
        if not count or not self._began:
            return ""
        if count == TURNS_KEPT:
            return f"the last {TURNS_KEPT:,} turns"
        return f"{count} {'turn' if count == 1 else 'turns'} since {self._began:%H:%M}"


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 do not exceed: one of the measured values, by the nearest rank."""
    return sorted(values)[math.ceil(0.95 * len(values)) - 1]


def _rows(turns: Sequence[TurnTime]) -> list[Told]:
    others = dict.fromkeys(stage for turn in turns for stage in turn.measured if stage not in STAGES)
    measured = {
        stage: [turn.measured[stage] for turn in turns if stage in turn.measured] for stage in (*STAGES, *others)
    }
    return [_row(stage, values) for stage, values in measured.items() if values]


def _row(stage: str, values: Sequence[float]) -> Told:
    median, most, longest = (digits(ms) for ms in (statistics.median(values), p95(values), max(values)))
    count = f"{len(values):,} {'turn' if len(values) == 1 else 'turns'}"
    spread = f"median {median} milliseconds, 95 of 100 within {most}, longest {longest}"
    return {"term": f"time_{stage}", "name": name_of(stage), "count": f"{len(values):,}", "median": median,
            "p95": most, "longest": longest, "told": f"{name_of(stage)}, in {count}: {spread}"}  # fmt: skip


def sounds(turns: Sequence[TurnTime]) -> Told:
    """How soon she sounded after his last word, turn by turn; empty where he spoke in none."""
    found = [turn.answered_ms for turn in turns if turn.answered_ms is not None]
    if not found:
        return {}
    drawn = scale(max(found) * 1.02)
    bins: dict[int, int] = {}
    for ms in found:
        at = min(BINS - 1, int(ms / drawn["whole"] * BINS))
        bins[at] = bins.get(at, 0) + 1
    most, median = max(bins.values()), statistics.median(found)
    within = sum(ms <= PEOPLE_MS for ms in found)
    return {
        "scale": drawn,
        "ticks": [{"at": (at + 0.5) / BINS, "weight": bins[at] / most} for at in sorted(bins)],
        "median": median,
        "note": f"median {digits(median)} ms · p95 {digits(p95(found))}",
        "told": f"{len(found):,} spoken {'turn' if len(found) == 1 else 'turns'}, from your last word to her first "
        f"sound: {digits(min(found))} to {digits(max(found))} milliseconds, median {digits(median)}; "
        f"{within:,} within {PEOPLE_MS}",
    }  # fmt: skip
