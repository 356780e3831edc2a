"""From the loudness of a block of sound to how far the ring opens its breath. Pure; one step is one drawing."""

from __future__ import annotations

import math

import msgspec

QUIET_DB, LOUD_DB = -52.0, -12.0
"""The range that the ring shows, in decibels below full scale."""

_RISE, _FALL = 0.6, 0.22
_MISSES = 6
_STEPS = 48


class Meter(msgspec.Struct, frozen=True):
    """A level that rises fast and falls slowly, 0 to 1."""

    value: float = 0.0
    missed: int = 0
    """Steps since a block last arrived."""

    @property
    def shown(self) -> float:
        """The value in steps too small to see, so that silence draws nothing."""
        return round(self.value * _STEPS) / _STEPS


def loudness(rms: float) -> float:
    """Where a root mean square (0 to 1 of full scale) lies between quiet and loud, 0 to 1."""
    if not rms > 0.0:
        return 0.0
    return min(1.0, max(0.0, (20 * math.log10(rms) - QUIET_DB) / (LOUD_DB - QUIET_DB)))


def follow(meter: Meter, rms: float | None) -> Meter:
    """Take one step towards the loudest block since the last one; None where none arrived.

    A few missing blocks are overlooked; after that the ring falls silent, as a stalled device does.
    """
    if rms is None and meter.missed < _MISSES:
        return Meter(meter.value, meter.missed + 1)
    goal = loudness(rms or 0.0)
    value = meter.value + (goal - meter.value) * (_RISE if goal > meter.value else _FALL)
    return Meter(value if value > 0.5 / _STEPS else 0.0, 0 if rms is not None else meter.missed)
