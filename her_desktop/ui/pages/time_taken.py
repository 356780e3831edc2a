"""What was measured of one turn, and when. Pure: entries in, stretches of time out.

The zero is his last word. It is not recorded by itself: it lies so far before the end of his turn as `waited_ms` says,
and the end of his turn lies before whatever the recognizer still took. A typed turn begins when its line was taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

import msgspec

from her_desktop.events import FinalTranscript, Recorded, SpeechDiscarded, SpeechEnded, Timing

WAITED, RECOGNIZED, FIRST_SOUND = "waited", "recognized", "first_sound"


class Stretch(msgspec.Struct, frozen=True):
    """One stage: how long it took, as recorded, and where it lies."""

    stage: str
    ms: float
    from_ms: float
    """From his last word; from the line being taken, where he typed."""

    @property
    def to_ms(self) -> float:
        """Where it ends."""
        return self.from_ms + self.ms


class Taken(msgspec.Struct):
    """What counts of the entries of a turn. Speech that was dropped before the answered words does not."""

    ended: Recorded | None = None
    """The end of the speech that was answered, or of the last one so far."""
    final: Recorded | None = None
    dropped: SpeechDiscarded | None = None
    laps: dict[str, Recorded] = {}
    """Stage to its timing."""

    def take(self, recorded: Recorded) -> None:
        """Take the next entry of the turn."""
        entry = recorded.entry
        if isinstance(entry, Timing):
            self.laps[entry.stage] = recorded
        elif isinstance(entry, FinalTranscript):
            self.final, self.dropped = recorded, None
            if entry.recognizer == "typed":
                self.ended = None
                self.laps.pop(RECOGNIZED, None)
        elif self.final is None and isinstance(entry, SpeechEnded):
            self.ended, self.dropped = recorded, None
            self.laps.pop(RECOGNIZED, None)
        elif self.final is None and isinstance(entry, SpeechDiscarded):
            self.dropped = entry

    @property
    def typed(self) -> bool:
        """Whether he typed it."""
        return self.final is not None and self.ended is None

    def waited_ms(self) -> int:
        """The silence after his last word until his turn was taken to be over; 0 where he typed."""
        return self.ended.entry.waited_ms if self.ended and isinstance(self.ended.entry, SpeechEnded) else 0

    def measured(self) -> dict[str, float]:
        """Stage to milliseconds, exactly as recorded."""
        waited = {WAITED: float(self.waited_ms())} if self.ended else {}
        return waited | {stage: _ms(recorded) for stage, recorded in self.laps.items()}

    def answered_ms(self) -> float | None:
        """From his last word to her first sound; None where he typed or nothing sounded."""
        first = self.laps.get(FIRST_SOUND)
        return self.waited_ms() + _ms(first) if self.ended and self.final and first else None

    def decided_at(self) -> datetime | None:
        """When his turn was taken to be over: where the recognizer began to finish, or his line was taken."""
        if self.ended is None:
            return self.final.at if self.final else None
        last = self.laps.get(RECOGNIZED)
        return min(self.ended.at, last.at - _length(last)) if last else self.ended.at


def taken(entries: Iterable[Recorded]) -> Taken:
    """Take all entries of a turn."""
    found = Taken(laps={})
    for recorded in entries:
        found.take(recorded)
    return found


def stretches(turn: Taken) -> list[Stretch]:
    """Every stage that was measured, in the order in which they ran; her first sound, which spans them, is the last."""
    return list(_stretches(turn))


def _stretches(turn: Taken) -> Iterator[Stretch]:
    decided, free = turn.decided_at(), float(turn.waited_ms())
    if decided is None:
        return
    if turn.ended:
        yield Stretch(WAITED, free, 0.0)
    for stage, recorded in turn.laps.items():
        if stage == FIRST_SOUND:
            continue
        began = recorded.at - _length(recorded) if _recorded_at_its_end(stage) else recorded.at
        since = (began - decided).total_seconds() * 1000 + turn.waited_ms()
        one = Stretch(stage, _ms(recorded), max(free, since))
        free = one.to_ms
        yield one
    if first := turn.laps.get(FIRST_SOUND):
        yield Stretch(FIRST_SOUND, _ms(first), float(turn.waited_ms()))


def _recorded_at_its_end(stage: str) -> bool:
    """The laps of the answer carry the moment at which the turn was begun, and follow one another."""
    return stage not in {"understood", "chose", "worded"}


def _ms(recorded: Recorded) -> float:
    return recorded.entry.ms if isinstance(recorded.entry, Timing) else 0.0


def _length(recorded: Recorded) -> timedelta:
    return timedelta(milliseconds=_ms(recorded))
