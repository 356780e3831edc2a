"""What is usual, and how far from it something lies: differences of means at the same place in a talk, and intervals.

A reply early in a talk has more to come than a late one, whatever it says. So replies with a technique are compared
with those without it at the same place in their talks (direct standardization), and never the first with the last.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt
from statistics import NormalDist

import msgspec

FEWEST_CASES = 20
"""With fewer cases on either side nothing is said of a difference."""
FEWEST_TALKS = 5
"""Nor where they come from fewer talks: what is said in one evening is much alike."""
CONFIDENCE = 0.95

_Z = NormalDist().inv_cdf(0.5 + CONFIDENCE / 2)
_PLACES = (1, 2, 3, 5, 8, 13, 21)


def place(turn_of_talk: int) -> int:
    """The stretch of a talk in which a turn lies: the 1st, 2nd and 3rd turn, up to the 5th, the 8th, and so on."""
    return next((at for at, last in enumerate(_PLACES) if turn_of_talk <= last), len(_PLACES))


class Tally(msgspec.Struct):
    """How many values there were, their sum and the sum of their squares. Exact, as the values are whole numbers."""

    cases: int = 0
    total: int = 0
    squares: int = 0

    def add(self, value: int) -> None:
        """Count one value."""
        self.cases, self.total, self.squares = self.cases + 1, self.total + value, self.squares + value * value

    def __sub__(self, other: Tally) -> Tally:
        return Tally(self.cases - other.cases, self.total - other.total, self.squares - other.squares)

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.cases + other.cases, self.total + other.total, self.squares + other.squares)

    @property
    def mean(self) -> float:
        """The mean; 0 where there are no cases."""
        return self.total / self.cases if self.cases else 0.0

    @property
    def spread(self) -> float:
        """The sum of the squared differences from the mean."""
        return self.squares - self.total * self.total / self.cases if self.cases else 0.0


class Tallies:
    """Tallies by place in a talk."""

    def __init__(self) -> None:
        self.at: dict[int, Tally] = {}

    def add(self, at: int, value: int) -> None:
        """Count one value at a place."""
        self.at.setdefault(at, Tally()).add(value)

    @property
    def all(self) -> Tally:
        """Of all places."""
        return sum(self.at.values(), Tally())


class Comparison(msgspec.Struct, frozen=True):
    """What followed replies with a technique, beside what followed others at the same places in their talks.

    What is about the difference is None where there are too few cases to tell.
    """

    cases: int
    mean: float | None
    """Of these cases; None where there are none."""
    other_cases: int
    usual: float | None = None
    """The mean of the other replies, at the places where these stand."""
    difference: float | None = None
    """Mean less usual, at places where there are both."""
    low: float | None = None
    """The difference lies between this and `high`, as far as these cases tell (95 %)."""
    high: float | None = None

    @property
    def tells(self) -> bool:
        """Whether the interval leaves no doubt which way the difference goes."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


def compared(
    these: Tallies, all_: Tallies, talks: int, *, unit: float = 1, share: bool = False, all_talks: int = 0
) -> Comparison:
    """Compare.

    Args:
        these: the values that followed a technique.
        all_: the values that followed any reply, these among them.
        talks: in how many talks the technique was.
        unit: by what values are divided: 1000 for milliseconds that are told in seconds.
        share: whether the values are 0 and 1.
        all_talks: how many talks there are, where a value belongs to its whole talk (how long it lasts): then talks
            count for the interval, and not the many replies of each.
    """
    others = {at: tally - these.at.get(at, Tally()) for at, tally in all_.at.items()}
    mine, theirs = these.all, sum(others.values(), Tally())
    bare = Comparison(mine.cases, mine.mean / unit if mine.cases else None, theirs.cases)
    both = [at for at, tally in these.at.items() if tally.cases and others[at].cases]
    ours = {at: these.at[at] for at in both}
    others = {at: others[at] for at in both}
    cases = sum(tally.cases for tally in ours.values())
    if min(cases, sum(tally.cases for tally in others.values())) < FEWEST_CASES or talks < FEWEST_TALKS:
        return bare
    usual = sum(ours[at].cases * others[at].mean for at in both) / cases
    difference = sum(tally.total for tally in ours.values()) / cases - usual
    repeated = max(1, cases / talks) if all_talks else 1
    others_repeated = max(1, sum(tally.cases for tally in others.values()) / all_talks) if all_talks else 1
    half = _Z * sqrt(
        repeated * _variance(ours, share) / cases
        + others_repeated
        * _variance(others, share)
        * sum((ours[at].cases / cases) ** 2 / others[at].cases for at in both)
    )
    low, high = difference - half, difference + half
    return Comparison(bare.cases, bare.mean, bare.other_cases, usual / unit, difference / unit, low / unit, high / unit)


def _variance(tallies: Mapping[int, Tally], share: bool) -> float:
    """Of one value within its place. Shares get one case more of either kind, so that none out of few is not never."""
    total = sum(tallies.values(), Tally())
    if share:
        chance = (total.total + 1) / (total.cases + 2)
        return chance * (1 - chance)
    freedom = total.cases - len(tallies)
    return sum(tally.spread for tally in tallies.values()) / freedom if freedom > 0 else 0.0
