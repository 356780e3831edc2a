"""One turn as slices of time and moments, in whole microseconds: his speech, the stages of her answer, her voice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import accumulate, pairwise
from typing import Any

import msgspec

from her_desktop import events
from her_desktop.events import Recorded, Timing
from her_desktop.trace.export.turns import TurnTold
from her_desktop.trace.export.visible import visible

LANES = {"him": 1, "her": 2, "turn": 3, "first sound": 4}
"""The rows of the timeline, in their order."""

_US = timedelta(microseconds=1)
_LAPS = ("understood", "chose", "worded")
"""Stages that are recorded together after the turn, and ran one after another from its beginning on."""


class Slice(msgspec.Struct, frozen=True):
    """A stretch of time on a lane, or a moment where `lasts_us` is None."""

    lane: str
    name: str
    category: str
    start_us: int
    lasts_us: int | None
    args: dict[str, Any] = {}

    @property
    def end_us(self) -> int:
        """When it is over."""
        return self.start_us + (self.lasts_us or 0)


def slices(turn: TurnTold, began: datetime) -> list[Slice]:
    """The slices of a turn, the whole turn first. Those of a lane lie beside or within each other, never across."""
    found = [*_speech(turn, began), *_stages(turn, began), *_voice(turn, began)]
    moments = list(_moments(turn, began, [one for one in found if one.category == "stage"]))
    everything = [*found, *moments]
    if not turn.spoke or not everything:
        return everything
    start = min(one.start_us for one in everything)
    heard, reply = turn.first(events.FinalTranscript), turn.first(events.Reply)
    args = {"you": visible(heard.text) if heard else "", "her": visible(reply.text) if reply else ""}
    whole = max(one.end_us for one in everything) - start
    return [Slice("turn", f"turn {turn.number}", "turn", start, whole, args), *everything]


def _speech(turn: TurnTold, began: datetime) -> Iterator[Slice]:
    text = ""
    for record in reversed(turn.records):
        match record.entry:
            case events.FinalTranscript() | events.SpeechDiscarded():
                text = record.entry.text
            case events.SpeechEnded(speech_ms=spoke, waited_ms=waited, cause=cause):
                end = _us(began, record.at) - waited * 1000
                yield Slice("him", "speaks", "speech", end - spoke * 1000, spoke * 1000, {"text": visible(text)})
                yield Slice("turn", "waited", "stage", end, waited * 1000, {"cause": cause})


def _stages(turn: TurnTold, began: datetime) -> Iterator[Slice]:
    """Each stage where it ran: the laps from the transcript on, the others up to where they were recorded."""
    free_us = max((_us(began, one.at) for one in turn.records if isinstance(one.entry, events.SpeechEnded)), default=0)
    for record in _in_order(turn):
        assert isinstance(record.entry, Timing)
        lasts, at = round(record.entry.ms * 1000), _us(began, record.at)
        if record.entry.stage == "first_sound":
            yield Slice("first sound", "first_sound", "stage", at - lasts, lasts)
            continue
        start = max(free_us, at if record.entry.stage in _LAPS else at - lasts)
        yield Slice("turn", record.entry.stage, "stage", start, lasts, {"ms": record.entry.ms})
        free_us = start + lasts


def _in_order(turn: TurnTold) -> list[Recorded]:
    return [record for record in turn.records if isinstance(record.entry, Timing)]


def _voice(turn: TurnTold, began: datetime) -> Iterator[Slice]:
    started = next((one for one in turn.records if isinstance(one.entry, events.PlaybackStarted)), None)
    if started is None or not isinstance(started.entry, events.PlaybackStarted):
        return
    cut, start = turn.first(events.PlaybackInterrupted), _us(began, started.at)
    lasts = (cut.at_ms if cut else started.entry.sound_ms) * 1000
    yield Slice("her", "speaks", "playback", start, lasts, {"cut off": cut.cause} if cut else {})
    words = turn.all(events.WordSpoken)
    starts = list(accumulate((min(start + word.at_ms * 1000, start + lasts) for word in words), max))
    for word, (begin, end) in zip(words, pairwise([*starts, start + lasts]), strict=True):
        yield Slice("her", visible(word.text), "word", begin, end - begin, {"index": word.index})


def _moments(turn: TurnTold, began: datetime, stages: Sequence[Slice]) -> Iterator[Slice]:
    """What happened in no time, where it became known."""
    ends = {one.name: one.end_us for one in stages}
    for record in turn.records:
        at = _us(began, record.at)
        match record.entry:
            case events.FinalTranscript(recognizer="typed", text=text):
                yield Slice("him", "types", "speech", at, None, {"text": visible(text)})
            case events.Decision() | events.FactLearned() | events.FactUsed() | events.FactForgotten() as entry:
                known = ends.get("chose" if isinstance(entry, events.Decision) else "worded", at)
                yield Slice("turn", record.kind, "decision", known, None, _args(entry))
            case events.Reply() | events.SkillCalled() | events.Suppressed() as entry:
                yield Slice("turn", record.kind, "reply", ends.get("worded", at), None, _args(entry))
            case events.PartLost() | events.Failure() | events.SessionEnded() as entry:
                yield Slice("turn", record.kind, "session", at, None, _args(entry))


def _args(entry: events.Entry) -> dict[str, Any]:
    """The plain fields of an entry; lists of parts are in the record itself."""
    data: dict[str, Any] = msgspec.to_builtins(entry)
    plain = {key: value for key, value in data.items() if isinstance(value, str | int | float | bool) and key != "kind"}
    return {key: visible(value) if isinstance(value, str) else value for key, value in plain.items()}


def _us(began: datetime, at: datetime) -> int:
    return (at - began) // _US
