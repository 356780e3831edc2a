"""A conversation for the window: the turns of a real session, each wrapped in the speech of both, at a human pace."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path

import msgspec
from msgspec.structs import replace

from benchmarks.journal_made import talk
from her_desktop import events as ev
from her_desktop.app import App
from her_desktop.cli.common import Options
from her_desktop.events import Entry, Recorded, entry_from
from her_desktop.memory.journal import Journal
from her_desktop.trace.reader import Past
from her_desktop.ui.window import Record

PARTIALS_PER_S, WORDS_PER_S = 8, 3
START = datetime(2026, 11, 22, 9, tzinfo=UTC)
Steps = list[tuple[float, Entry]]


class Talk:
    """A conversation that was really held, and the same turns spoken over and over."""

    def __init__(self, home: Path) -> None:
        talk(home)
        self.home = home
        with Journal(home, read_only=True) as journal:
            kept = [recorded for recorded in journal.entries() if recorded.turn]
        self._turns = [[one.entry for one in group] for _, group in groupby(kept, key=lambda one: one.turn)]
        self._turn = self._seq = 0

    @property
    def record(self) -> Record:
        """Opens the record of the conversation, as the program does."""
        options = Options(home=self.home)
        return lambda: Past(Journal(self.home, read_only=True), lambda: App().conversation(options))

    def next_turn(self) -> Iterator[tuple[float, Recorded]]:
        """The next turn: seconds to wait, and what is recorded then. Every entry is a new object, as from a session."""
        self._turn += 1
        template = self._turns[self._turn % len(self._turns)]
        at = START + timedelta(seconds=20 * self._turn)
        for wait_s, entry in _spoken([entry_from(_json(entry)) for entry in template]):
            self._seq += 1
            at += timedelta(seconds=wait_s)
            yield wait_s, Recorded(self._seq, 1, self._turn, at, entry)


def _json(entry: Entry) -> bytes:
    return msgspec.json.encode(entry)


def _spoken(entries: Sequence[Entry]) -> Steps:
    said = next(entry for entry in entries if isinstance(entry, ev.FinalTranscript)).text.split()
    reply = next(entry for entry in entries if isinstance(entry, ev.Reply)).text.split()
    middle = [entry for entry in entries if not isinstance(entry, ev.StateChanged)]
    heard = [_as_heard(entry) for entry in middle]
    sound_ms = len(reply) * 1000 // WORDS_PER_S
    partials: Steps = []
    for count in range(1, len(said) + 1):
        partials += [
            (1 / PARTIALS_PER_S, ev.PartialTranscript(text=" ".join(said[:count]) + tail)) for tail in ("", "…")
        ]
    return [
        (0.5, ev.SpeechStarted(cause="voice")), (0, ev.StateChanged(state="hearing", cause="voice")), *partials,
        (0.7, ev.SpeechEnded(cause="silence", speech_ms=300 * len(said), waited_ms=704)),
        (0, ev.StateChanged(state="thinking", cause="silence")), (0, ev.Timing(stage="recognized", ms=0.1)),
        *[(0.0, entry) for entry in heard],
        (0.03, ev.VoiceSynthesized(voice="espeak-ng:en-us", rate_hz=22_050, sound_ms=sound_ms)),
        (0, ev.Timing(stage="voiced", ms=30.0)), (0, ev.StateChanged(state="speaking", cause="the reply is voiced")),
        (0.02, ev.PlaybackStarted(sound_ms=sound_ms)), (0, ev.Timing(stage="first_sound", ms=53.0)),
        *[(1 / WORDS_PER_S, ev.WordSpoken(index=at, text=word, at_ms=at * 1000 // WORDS_PER_S))
          for at, word in enumerate(reply)],
        (0.3, ev.PlaybackFinished(sound_ms=sound_ms)), (0, ev.StateChanged(state="listening", cause="she has spoken")),
    ]  # fmt: skip


def _as_heard(entry: Entry) -> Entry:
    """A typed transcript as a recognizer hands it on: with words, times and confidences."""
    if not isinstance(entry, ev.FinalTranscript):
        return entry
    words = tuple(ev.Word(word, at * 300, at * 300 + 280, 0.9) for at, word in enumerate(entry.text.split()))
    return replace(entry, recognizer="moonshine:tiny-en", alternatives=(ev.Alternative(entry.text, 0.9, words),))
