"""The ledger: which techniques of intimacy she used over a span of the record, how often, and what followed each.

A fold over recorded entries. What followed a reply is not what it caused; it is laid beside what followed other replies
at the same places in their talks, and where that is too little to tell anything, nothing is told.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable

import msgspec

from her_desktop.dialogue.techniques import techniques
from her_desktop.events import Recorded, TechniqueSwitched, TurnsMarked
from her_desktop.trace.compare import place
from her_desktop.trace.distance import Distance
from her_desktop.trace.exchanges import KINDS, Exchange, Talk, talks
from her_desktop.trace.slope import Slope, SlopeFold
from her_desktop.trace.uses import MEASURES, Followed, Measures, Use, Uses, followed

__all__ = ["KINDS", "Followed", "Ledger", "Period", "Use", "ledger"]


class Period(msgspec.Struct, frozen=True):
    """A span of the record, by his calendar; the whole of it where nothing is named."""

    since: dt.date | None = None
    until: dt.date | None = None
    """This day is in it."""
    session: int | None = None

    def holds(self, exchange: Exchange) -> bool:
        """Whether a turn lies in it."""
        day = exchange.at.date()
        after, before = self.since is None or day >= self.since, self.until is None or day <= self.until
        return after and before and self.session in (None, exchange.session)


class Ledger(msgspec.Struct, frozen=True):
    """What the record tells of a span."""

    period: Period
    first: dt.datetime | None
    """The first turn of it; None where it is empty."""
    last: dt.datetime | None
    sessions: int
    talks: int
    talks_cut_off: int
    """How long he would have stayed in these nobody knows: they are left out of the turns to come."""
    turns: int
    replies: int
    replies_building_intimacy: int
    """With a technique that is allowed as such (class I, be it beside N or M)."""
    replies_protecting: int
    """With one of class P."""
    replies_manipulating: int
    """With one of class M alone."""
    replies_of_the_exhibit: int
    """That show techniques in quotation marks to somebody who asked to see them; they count as no use of these."""
    replies_without_technique: int
    uses: tuple[Use, ...]
    """The most frequent first."""
    comparisons: int
    """How many comparisons have enough cases; one of twenty tells a difference by mere chance."""
    slope: Slope
    distance: Distance


class _Fold:
    def __init__(self, period: Period) -> None:
        self._period = period
        self._first: dt.datetime | None = None
        self._last: dt.datetime | None = None
        self._sessions = self._session = self._talks = self._cut_off = 0
        self._turns = self._replies = 0
        self._kinds = Counter[str]()
        self._uses: dict[str, Uses] = {}
        self._every = Measures()
        self._off: set[str] = set()
        self._slope = SlopeFold()

    def take(self, item: Talk | Recorded) -> None:
        match item:
            case Talk():
                self._talk(item)
            case Recorded(entry=TechniqueSwitched() as switched):
                (self._off.discard if switched.on else self._off.add)(switched.technique)
            case Recorded(entry=TurnsMarked() as marked):
                self._slope.forget(one.turn for one in marked.turns)

    def _talk(self, talk: Talk) -> None:
        within = [self._period.holds(exchange) for exchange in talk.exchanges]
        self._talks += any(within)
        self._cut_off += any(within) and talk.cut_off
        after = [*talk.exchanges[1:], None]
        for at, (exchange, following, counts) in enumerate(zip(talk.exchanges, after, within, strict=True), 1):
            self._slope.take(exchange, counts=counts)
            used = self._used(exchange)
            if counts:
                self._turn(exchange, used)
                if exchange.reply and not exchange.reply.ends:
                    left = None if talk.cut_off else len(talk.exchanges) - at
                    found = followed(following, left)
                    for measures in (self._every, *(uses.measures for uses in used)):
                        measures.add(place(at), found)

    def _used(self, exchange: Exchange) -> list[Uses]:
        names = exchange.reply.techniques if exchange.reply and not exchange.reply.exhibit else ()
        used = [self._uses.setdefault(name, Uses()) for name in dict.fromkeys(names)]
        for uses in used:
            uses.since = uses.since or exchange.at
        return used

    def _turn(self, exchange: Exchange, used: list[Uses]) -> None:
        self._turns += 1
        self._replies += exchange.reply is not None
        if exchange.reply:
            self._kinds.update({_SHOWN} if exchange.reply.exhibit else _kinds(exchange.reply.techniques))
        self._first, self._last = self._first or exchange.at, exchange.at
        self._sessions += exchange.session != self._session
        self._session = exchange.session
        for uses in used:
            uses.take(exchange, self._talks)
        for name in dict.fromkeys(exchange.suppressed):
            self._uses.setdefault(name, Uses()).suppressed += 1

    def told(self) -> Ledger:
        uses = [
            one.told(name, self._every, self._talks, off=name in self._off)
            for name, one in self._uses.items()
            if one.replies or one.suppressed
        ]
        uses.sort(key=lambda use: (-use.replies, -use.suppressed, use.technique))
        comparisons = [getattr(use.followed, name) for use in uses for name in MEASURES]
        kinds, telling = self._kinds, sum(one.difference is not None for one in comparisons)
        return Ledger(
            self._period, self._first, self._last, self._sessions, self._talks, self._cut_off, self._turns,
            self._replies, kinds["I"], kinds["P"], kinds["M"], kinds[_SHOWN], kinds[""], tuple(uses), telling,
            self._slope.told(), self._slope.distance,
        )  # fmt: skip


_SHOWN = "exhibit"


def _kinds(names: Iterable[str]) -> set[str]:
    """Of which kinds the techniques of a reply are; one that may be fiction counts as such, not as manipulation."""
    known = techniques()
    classes = [known[name].classes for name in names if name in known]
    return {"I" if "I" in one else one[0] for one in classes} or {""}


def ledger(entries: Iterable[Recorded], period: Period = Period()) -> Ledger:  # noqa: B008 -- frozen
    """Fold entries into the ledger.

    Args:
        entries: of the whole record, in their order; only those of `KINDS` are looked at.
        period: what is told of. First uses and highest levels are known from before it.
    """
    fold = _Fold(period)
    for item in talks(entries):
        fold.take(item)
    return fold.told()
