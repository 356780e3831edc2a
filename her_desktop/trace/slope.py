"""Where the talk has gone: how personal by day and session, how fast that changes, and the steps that led there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from her_desktop.trace.count import FORGOTTEN
from her_desktop.trace.distance import Distance, distance
from her_desktop.trace.exchanges import Exchange
from her_desktop.trace.personal import closeness, ear
from her_desktop.trace.trend import Trend, trend


class DayLevel(msgspec.Struct, frozen=True):
    """One day of the record."""

    day: dt.date
    turns: int
    her_level: float
    """The mean over its turns, 0 to 5."""
    his_level: float
    distance: Distance
    """Of all her words of the day."""


class SessionLevel(msgspec.Struct, frozen=True):
    """One session of the record."""

    session: int
    began: dt.datetime
    turns: int
    her_level: float
    his_level: float


class Step(msgspec.Struct, frozen=True):
    """A turn that was more personal than any before, on her side or on his, or that was the first with a technique."""

    session: int
    turn: int
    at: dt.datetime
    her_from: int
    """Her highest level before, and from now on."""
    her_to: int
    his_from: int
    his_to: int
    new_techniques: tuple[str, ...]
    """Techniques of class I or M that were never used before."""
    his_words: str
    """Empty where some of the turn's words were forgotten; `forgotten` says so."""
    her_words: str
    forgotten: bool = False

    @property
    def size(self) -> int:
        """By how many levels the higher of the two has risen; 0 where only a technique was new."""
        return max(self.her_to - self.her_from, self.his_to - self.his_from)


class Slope(msgspec.Struct, frozen=True):
    """How intimate the talk has become. Trends are in levels per day of the calendar, and per session."""

    days: tuple[DayLevel, ...]
    sessions: tuple[SessionLevel, ...]
    her_levels_per_day: Trend
    his_levels_per_day: Trend
    her_levels_per_session: Trend
    his_levels_per_session: Trend
    steps: tuple[Step, ...]


class _Sums(msgspec.Struct):
    began: dt.datetime
    turns: int = 0
    hers: int = 0
    his: int = 0
    distance: Distance = Distance()


class SlopeFold:
    """The slope, turn by turn."""

    def __init__(self) -> None:
        self._her_highest = self._his_highest = 0
        self._seen: set[str] = set()
        self._days: dict[dt.date, _Sums] = {}
        self._sessions: dict[int, _Sums] = {}
        self._steps: list[Step] = []
        self._forgotten: set[int] = set()
        self.distance = Distance()

    def take(self, exchange: Exchange, *, counts: bool) -> None:
        """Go one turn further.

        Args:
            exchange: what he said and what she answered.
            counts: whether it lies in the span; what came before it is known, and not told.
        """
        techniques = closeness(exchange.reply) if exchange.reply else {}
        hers = max(techniques.values(), default=0)
        his = ear(exchange.language).his_level(exchange.said, exchange.facts)
        self._step(exchange, techniques, hers, his, counts=counts)
        if counts:
            words = distance(exchange.reply, exchange.volunteered) if exchange.reply else Distance()
            self.distance += words
            for sums in (self._day(exchange), self._session(exchange)):
                sums.turns, sums.hers, sums.his = sums.turns + 1, sums.hers + hers, sums.his + his
                sums.distance += words

    def forget(self, turns: Iterable[int]) -> None:
        """Words of these turns were forgotten: what is left of them is not shown."""
        self._forgotten.update(turns)

    def told(self) -> Slope:
        """What came out."""
        days = [
            DayLevel(day, sums.turns, sums.hers / sums.turns, sums.his / sums.turns, sums.distance)
            for day, sums in self._days.items()
        ]
        sessions = [
            SessionLevel(number, sums.began, sums.turns, sums.hers / sums.turns, sums.his / sums.turns)
            for number, sums in self._sessions.items()
        ]
        return Slope(
            tuple(days),
            tuple(sessions),
            trend([(day.day.toordinal(), day.her_level) for day in days]),
            trend([(day.day.toordinal(), day.his_level) for day in days]),
            trend([(at, session.her_level) for at, session in enumerate(sessions)]),
            trend([(at, session.his_level) for at, session in enumerate(sessions)]),
            tuple(_without_words(step) if self._is_forgotten(step) else step for step in self._steps),
        )

    def _day(self, exchange: Exchange) -> _Sums:
        return self._days.setdefault(exchange.at.date(), _Sums(exchange.at))

    def _session(self, exchange: Exchange) -> _Sums:
        return self._sessions.setdefault(exchange.session, _Sums(exchange.at))

    def _step(self, exchange: Exchange, techniques: Iterable[str], hers: int, his: int, *, counts: bool) -> None:
        new = tuple(name for name in techniques if name not in self._seen)
        her_to, his_to = max(hers, self._her_highest), max(his, self._his_highest)
        if counts and (new or her_to > self._her_highest or his_to > self._his_highest):
            self._steps.append(
                Step(
                    exchange.session, exchange.turn, exchange.at, self._her_highest, her_to, self._his_highest, his_to,
                    new, exchange.said, exchange.reply.text if exchange.reply else "",
                )
            )  # fmt: skip
        self._seen.update(new)
        self._her_highest, self._his_highest = her_to, his_to

    def _is_forgotten(self, step: Step) -> bool:
        return step.turn in self._forgotten or FORGOTTEN in step.his_words + step.her_words


def _without_words(step: Step) -> Step:
    return msgspec.structs.replace(step, his_words="", her_words="", forgotten=True)
