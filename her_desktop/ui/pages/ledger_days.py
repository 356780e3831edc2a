"""Uses of each technique by day, counted while entries pass on to the ledger; and days gathered into columns. Pure."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from her_desktop.events import FinalTranscript, Recorded, Reply, SessionEnded, SessionStarted, TechniqueSwitched
from her_desktop.trace.distance import Distance
from her_desktop.trace.slope import DayLevel

BAR_DAYS = 30
"""A technique's row has a bar for each of at most so many days."""
MOST_COLUMNS = 60
"""A drawing of all days has at most so many columns; where there are more days, several share one."""


class UsesByDay:
    """Counts the replies with each technique by day, and which techniques are switched off at the end."""

    def __init__(self) -> None:
        self.of: defaultdict[str, Counter[dt.date]] = defaultdict(Counter)
        self.off: set[str] = set()
        self.last_seq = 0
        """Number of the last entry that passed."""
        self._day: dt.date | None = None
        self._reply: Reply | None = None

    def passing(self, entries: Iterable[Recorded]) -> Iterator[Recorded]:
        """Hand the entries on as they come, counted."""
        for recorded in entries:
            self._look(recorded)
            self.last_seq = recorded.seq
            yield recorded
        self._close(None)

    def _look(self, recorded: Recorded) -> None:
        match recorded.entry:
            case FinalTranscript():
                self._close(recorded.at.date())
            case Reply() as reply:
                self._reply = reply
            case SessionStarted() | SessionEnded():
                self._close(None)
            case TechniqueSwitched() as switched:
                (self.off.discard if switched.on else self.off.add)(switched.technique)

    def _close(self, day: dt.date | None) -> None:
        """A turn is over: its reply counts for the day on which he spoke; an exhibit is no use."""
        if self._reply and self._day and not self._reply.exhibit:
            for name in dict.fromkeys(self._reply.techniques):
                self.of[name][self._day] += 1
        self._day, self._reply = day, None

    def bars(self, technique: str, first: dt.date, last: dt.date) -> list[int]:
        """How often it was used on each day up to the last, at most `BAR_DAYS` of them."""
        return [self.of[technique][day] if technique in self.of else 0 for day in bar_days(first, last)]


def bar_days(first: dt.date, last: dt.date) -> list[dt.date]:
    """The days that have a bar."""
    begins = max(first, last - dt.timedelta(days=BAR_DAYS - 1))
    return [begins + dt.timedelta(days=at) for at in range((last - begins).days + 1)]


class Column(msgspec.Struct):
    """One day, or a few that lie side by side; without a turn, nobody spoke."""

    first: dt.date
    last: dt.date
    turns: int = 0
    her_level: float = 0.0
    """The mean over its turns, 0 to 5."""
    his_level: float = 0.0
    distance: Distance = Distance()

    def add(self, day: DayLevel) -> None:
        """Count a day in."""
        turns = self.turns + day.turns
        self.her_level = (self.her_level * self.turns + day.her_level * day.turns) / turns
        self.his_level = (self.his_level * self.turns + day.his_level * day.turns) / turns
        self.turns, self.distance = turns, self.distance + day.distance


def columns(days: Sequence[DayLevel]) -> list[Column]:
    """A column for each day from the first to the last, or for several where they are many."""
    if not days:
        return []
    first, last = days[0].day, days[-1].day
    size = -(-((last - first).days + 1) // MOST_COLUMNS)
    count = -(-((last - first).days + 1) // size)
    made = [_column(first + dt.timedelta(days=at * size), size, last) for at in range(count)]
    for day in days:
        made[(day.day - first).days // size].add(day)
    return made


def _column(first: dt.date, size: int, end: dt.date) -> Column:
    return Column(first, min(end, first + dt.timedelta(days=size - 1)))
