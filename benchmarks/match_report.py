"""All that `benchmarks.match` measured, what follows from it, and which goals of issue 3 it meets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from benchmarks.match_figures import Errors, Speed, Turns, Wildcards

RIVALS = ("rivescript", "hassil")
_FEWEST, _MIDDLE, _MOST = 100, 10_000, 100_000
_MOST_WILDCARDS = 7


class Goal(NamedTuple):
    """A figure beside what it should be."""

    figure: str
    value: str
    goal: str
    met: bool


class Report(msgspec.Struct):
    """Every measurement, in the order in which they were made."""

    versions: dict[str, str]
    seed: int
    speed: list[Speed] = []
    wildcards: list[Wildcards] = []
    errors: list[Errors] = []
    turns: list[Turns] = []

    def ratios(self) -> dict[str, float]:
        """How many times faster our median is than a rival's in the same run, at 10,000 rules."""
        ours = self._median("ours", _MIDDLE)
        theirs = {rival: self._median(rival, _MIDDLE) for rival in RIVALS}
        return {rival: value / ours for rival, value in theirs.items() if ours and value}

    def _median(self, engine: str, rules: int) -> float | None:
        return next((one.median_ms for one in self.speed if (one.engine, one.rules) == (engine, rules)), None)

    def goals(self) -> list[Goal]:
        """The goals about which something was measured."""
        return [*self._speed_goals(), *self._ratio_goals(), *self._other_goals()]

    def _speed_goals(self) -> Iterator[Goal]:
        ours = {(one.engine, one.rules): one for one in self.speed if one.memory_mb is not None}
        for rules in (_MIDDLE, _MOST):
            if one := ours.get(("ours", rules)):
                yield _at_most(f"match, median ms at {rules:,} rules", one.median_ms, 0.1)
                yield _at_most(f"match, p99 ms at {rules:,} rules", one.p99_ms, 1)
                if few := self._median("ours", _FEWEST):
                    yield _at_most(f"times its median at {_FEWEST} rules, at {rules:,}", (one.median_ms or 0) / few, 3)
        for engine, goal_s in (("ours", 2.0), ("ours-cached", 0.3)):
            if one := ours.get((engine, _MIDDLE)):
                yield _at_most(f"load, s at {_MIDDLE:,} rules, {engine}", one.load_s, goal_s)
        for engine in ("ours", "ours-cached"):
            if one := ours.get((engine, _MOST)):
                yield _at_most(f"memory added, MB at {_MOST:,} rules, {engine}", one.memory_mb, 200)

    def _ratio_goals(self) -> Iterator[Goal]:
        for rival, ratio in self.ratios().items():
            yield Goal(f"times faster than {rival} at {_MIDDLE:,} rules", f"{ratio:,.0f}", "≥ 200", ratio >= 200)

    def _other_goals(self) -> Iterator[Goal]:
        for one in self.wildcards:
            if one.engine == "ours" and one.wildcards == _MOST_WILDCARDS:
                yield _at_most(f"{one.wildcards} wildcards, {one.shape}, no match, ms", one.ms, 5)
        if errors := [one for one in self.errors if one.engine == "ours"]:
            right, wrong = min(one.right for one in errors), max(one.wrong for one in errors)
            yield Goal(
                f"one word misheard, right of 200, worst of {len(errors)} seeds", str(right), "≥ 160", right >= 160
            )
            yield Goal("one word misheard, wrong rule, worst seed", str(wrong), "≤ 2", wrong <= 2)
        for turn in self.turns:
            yield _at_most("a whole turn on the shipped packs, p99 ms", turn.p99_ms, 5)


def _at_most(figure: str, value: float | None, goal: float) -> Goal:
    return Goal(figure, number(value), f"≤ {goal:g}", value is not None and value <= goal)


def number(value: float | None) -> str:
    """Three figures of it."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
