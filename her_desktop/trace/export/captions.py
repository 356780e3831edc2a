"""What was said, on one timeline in which nobody talks over anybody: where each caption stands and for how long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import msgspec

from her_desktop import events
from her_desktop.events import Recorded, Reply, SpeechEnded, WordSpoken
from her_desktop.trace.export.turns import TurnTold, told

READING_MS_PER_CHARACTER = 60
"""How long typed words stay: 17 characters a second, as in subtitles."""

SHORTEST_MS = 1200
"""No typed words stay for less."""

_MS = timedelta(milliseconds=1)


class Caption(msgspec.Struct, frozen=True):
    """Words of one voice, and when they are to be seen, in ms from the beginning of the session."""

    voice: str
    """You or Her."""
    text: str
    start_ms: int
    end_ms: int
    words_ms: tuple[tuple[int, int], ...] = ()
    """Which word of the text begins how long after the caption, where that is known."""
    about: str = ""
    """How the reply came about, in a line."""


def captions(session: Sequence[Recorded]) -> Iterator[Caption]:
    """The captions of a session, each after the one before.

    Spoken words stand when they sounded, typed ones long enough to be read. What would begin before the last caption
    has ended, as in a conversation played faster than it was spoken, moves behind it.
    """
    end_ms = 0
    for turn in told(session):
        for caption in (*_his(turn, session[0].at), *_hers(turn, session[0].at)):
            start_ms = max(caption.start_ms, end_ms)
            end_ms = start_ms + max(1, caption.end_ms - caption.start_ms)
            if caption.text.strip():
                yield msgspec.structs.replace(caption, start_ms=start_ms, end_ms=end_ms)


def _his(turn: TurnTold, began: datetime) -> Iterator[Caption]:
    ended: Recorded | None = None
    for record in turn.records:
        match record.entry:
            case SpeechEnded():
                ended = record
            case events.SpeechDiscarded():
                ended = None
            case events.FinalTranscript(text=text) if ended is None:
                start_ms = _since(began, record.at)
                yield Caption("You", text, start_ms, start_ms + _reading_ms(text))
            case events.FinalTranscript() as heard if ended is not None:
                yield _spoken(heard, ended, began)
                ended = None


def _spoken(heard: events.FinalTranscript, ended: Recorded, began: datetime) -> Caption:
    assert isinstance(ended.entry, SpeechEnded)
    start_ms = _since(began, ended.at) - ended.entry.waited_ms - ended.entry.speech_ms
    words = heard.alternatives[0].words if heard.alternatives else ()
    exact = [word.text for word in words] == heard.text.split()
    times = [(at, word.start_ms) for at, word in enumerate(words) if exact and word.start_ms is not None]
    return Caption("You", heard.text, start_ms, start_ms + max(1, ended.entry.speech_ms), tuple(times))


def _hers(turn: TurnTold, began: datetime) -> Iterator[Caption]:
    reply = turn.first(Reply)
    if not reply:
        return
    about = f"turn {turn.number} · rule {reply.rule} · {reply.act}" + "".join(f" · {one}" for one in reply.techniques)
    started = next((one for one in turn.records if isinstance(one.entry, events.PlaybackStarted)), None)
    if started is None or not isinstance(started.entry, events.PlaybackStarted):
        at = next(one.at for one in turn.records if one.entry is reply)
        start_ms = _since(began, at)
        yield Caption("Her", reply.text, start_ms, start_ms + _reading_ms(reply.text), about=about)
        return
    start_ms = _since(began, started.at)
    cut = turn.first(events.PlaybackInterrupted)
    heard_ms = cut.at_ms if cut else started.entry.sound_ms
    words = turn.all(WordSpoken)
    text = _first_words(reply.text, len(words)) if cut else reply.text
    if cut:
        about += f" · cut off after {len(words)} of {len(reply.text.split())} words"
    times = tuple((word.index, word.at_ms) for word in words)
    yield Caption("Her", text, start_ms, start_ms + heard_ms, times, about)


def _first_words(text: str, count: int) -> str:
    return " ".join(text.split()[:count])


def _reading_ms(text: str) -> int:
    return max(SHORTEST_MS, len(text) * READING_MS_PER_CHARACTER)


def _since(began: datetime, at: datetime) -> int:
    return round((at - began) / _MS)
