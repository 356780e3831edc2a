"""A stream of entries as talks: what he said, what she answered, and what came of it. One talk at a time is in memory.

A talk ends with a goodbye, with the session, or where nobody said anything for half an hour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

import msgspec

from her_desktop.events import (
    Entry,
    FactLearned,
    FinalTranscript,
    PlaybackFinished,
    PlaybackInterrupted,
    Recorded,
    Reply,
    SessionEnded,
    SessionStarted,
    SpeechDiscarded,
    SpeechStarted,
    Suppressed,
    TechniqueSwitched,
    TurnsMarked,
    Volunteered,
    WordingRewarded,
)

PAUSE = timedelta(minutes=30)
"""After so long without a word another talk begins."""

KINDS: tuple[type[Entry], ...] = (
    SessionStarted, SessionEnded, FinalTranscript, FactLearned, Volunteered, WordingRewarded, Suppressed, Reply,
    SpeechStarted, SpeechDiscarded, PlaybackFinished, PlaybackInterrupted, TechniqueSwitched, TurnsMarked,
)  # fmt: skip
"""The kinds of entries that are looked at."""


class Exchange(msgspec.Struct):
    """One turn: what he said and what she answered."""

    session: int
    turn: int
    at: datetime
    said: str
    language: str
    answered_ms: int | None
    """From the end of her last reply until he began; None for the first turn of a talk."""
    rewarded: int | None = None
    """How he received her last reply, where it was counted: 1 well, 0 not."""
    reply: Reply | None = None
    volunteered: Volunteered | None = None
    facts: int = 0
    """How many facts he taught."""
    suppressed: tuple[str, ...] = ()
    """Techniques that were held back, as he has switched them off."""


class Talk(msgspec.Struct):
    """The turns from the first word to a goodbye, the end of the session, or a long silence."""

    exchanges: list[Exchange]
    cut_off: bool
    """The record breaks off, or has not come to its end: nobody knows how long he would have stayed."""


def talks(entries: Iterable[Recorded]) -> Iterator[Talk | Recorded]:
    """Gather entries into talks; what belongs to no turn (a switch, marks of forgotten words) is passed on."""
    gather = _Gather()
    for recorded in entries:
        yield from gather.take(recorded)
    yield from gather.close(cut_off=True)


class _Gather:
    def __init__(self) -> None:
        self._exchanges: list[Exchange] = []
        self._language = ""
        self._spoken_until: datetime | None = None
        self._began: datetime | None = None

    def take(self, recorded: Recorded) -> Iterator[Talk | Recorded]:
        match recorded.entry:
            case SessionStarted() as started:
                yield from self.close(cut_off=True)
                self._language = started.language
            case SessionEnded():
                yield from self.close(cut_off=False)
            case TechniqueSwitched() | TurnsMarked():
                yield recorded
            case FinalTranscript() as heard:
                yield from self._new_talk(recorded)
                self._heard(recorded, heard.text)
            case _ as entry:
                self._timed(recorded)
                if self._exchanges:
                    _put(self._exchanges[-1], entry)

    def close(self, *, cut_off: bool) -> Iterator[Talk]:
        if self._exchanges:
            last = self._exchanges[-1].reply
            yield Talk(self._exchanges, cut_off and not (last and last.ends))
        self._exchanges, self._spoken_until, self._began = [], None, None

    def _new_talk(self, recorded: Recorded) -> Iterator[Talk]:
        if not self._exchanges:
            return
        before = self._exchanges[-1]
        began = self._began or recorded.at
        ended = before.reply is not None and before.reply.ends
        if ended or before.session != recorded.session or began - (self._spoken_until or before.at) > PAUSE:
            yield from self.close(cut_off=before.session != recorded.session)

    def _heard(self, recorded: Recorded, said: str) -> None:
        waited = None
        if self._spoken_until and self._exchanges:
            waited = max(timedelta(), (self._began or recorded.at) - self._spoken_until) // timedelta(milliseconds=1)
        self._exchanges.append(
            Exchange(recorded.session, recorded.turn, recorded.at, said, self._language, waited)
        )  # fmt: skip
        self._began, self._spoken_until = None, None

    def _timed(self, recorded: Recorded) -> None:
        """Remember when she was done and when he began; what sounded like speech and was none does not count."""
        match recorded.entry:
            case Reply() | PlaybackFinished() | PlaybackInterrupted():
                self._spoken_until = recorded.at
            case SpeechStarted():
                self._began = recorded.at
            case SpeechDiscarded():
                self._began = None


def _put(exchange: Exchange, entry: Entry) -> None:
    match entry:
        case Reply():
            exchange.reply = entry
        case Volunteered():
            exchange.volunteered = entry
        case FactLearned():
            exchange.facts += 1
        case WordingRewarded():
            exchange.rewarded = entry.reward
        case Suppressed():
            exchange.suppressed += entry.techniques
