"""Time as an argument: whoever needs it is handed a clock. Imports nothing of ours."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import Protocol


def at_place_of(before: datetime, now: datetime) -> datetime:
    """A time as clocks show it where another one is; without a zone it is left as it is."""
    return before.astimezone(now.tzinfo) if before.tzinfo and now.tzinfo else before


def days_between(before: datetime, now: datetime) -> int:
    """Days from one time to another, as calendars at the place of the later one count them."""
    return (now.date() - at_place_of(before, now).date()).days


class Clock(Protocol):
    """The time of day for people, and a stopwatch for stages."""

    def now(self) -> datetime:
        """The time of day, with its zone."""
        ...

    def monotonic(self) -> float:
        """Seconds since some moment; never goes back."""
        ...


class SystemClock:
    """The machine's clock, or one that starts at a given time and runs from there."""

    def __init__(self, start: datetime | None = None) -> None:
        self._start, self._since = start, time.monotonic()

    def now(self) -> datetime:
        """The time of day, with its zone."""
        if self._start is None:
            return datetime.now().astimezone()
        return self._start + timedelta(seconds=time.monotonic() - self._since)

    def monotonic(self) -> float:
        """Seconds since some moment; never goes back."""
        return time.monotonic()


class FixedClock:
    """A clock that stands still until it is moved: for tests, and for conversations that must come out the same."""

    def __init__(self, start: datetime) -> None:
        self._now, self._seconds = start, 0.0

    def now(self) -> datetime:
        """The time it was set to."""
        return self._now

    def monotonic(self) -> float:
        """Seconds that it was moved."""
        return self._seconds

    def move(self, seconds: float) -> None:
        """Let time pass."""
        self._now += timedelta(seconds=seconds)
        self._seconds += seconds
