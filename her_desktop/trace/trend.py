"""The slope of a row of points, by Theil and Sen: the median of the slopes of all pairs.

One odd evening tilts a line of least squares; it cannot tilt a median. The interval is Sen's: it counts how often one
point lies above another, and supposes nothing of how they scatter.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import ceil, sqrt
from statistics import NormalDist, fmean, median

import msgspec

from her_desktop.trace.compare import CONFIDENCE

FEWEST_POINTS = 5
"""Of four points even the steadiest rise comes about by chance in one of twelve."""
MOST_POINTS = 400
"""More are averaged with their neighbors first: the pairs grow with the square."""

_Z = NormalDist().inv_cdf(0.5 + CONFIDENCE / 2)


class Trend(msgspec.Struct, frozen=True):
    """How fast a level rises or falls, in levels per step of x. None where there are too few points to tell."""

    points: int
    slope: float | None = None
    low: float | None = None
    """The slope lies between this and `high`, as far as these points tell (95 %)."""
    high: float | None = None

    @property
    def tells(self) -> bool:
        """Whether the interval leaves no doubt which way it goes."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


def trend(points: Sequence[tuple[float, float]]) -> Trend:
    """The slope of points (x, y); every x is another."""
    if len(points) < FEWEST_POINTS:
        return Trend(len(points))
    few = _averaged(points)
    slopes = sorted((y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in combinations(few, 2))
    count, pairs = len(few), len(slopes)
    reach = _Z * sqrt(count * (count - 1) * (2 * count + 5) / 18)
    low, high = max(0, int((pairs - reach) / 2) - 1), min(pairs - 1, ceil((pairs + reach) / 2))
    return Trend(len(points), median(slopes), slopes[low], slopes[high])


def _averaged(points: Sequence[tuple[float, float]]) -> Sequence[tuple[float, float]]:
    size = -(-len(points) // MOST_POINTS)
    groups = [points[at : at + size] for at in range(0, len(points), size)]
    return [(fmean(x for x, _ in group), fmean(y for _, y in group)) for group in groups]
