"""Receives how surely a voice sounds, frame by frame. Emits where speech begins and ends, and why.

Pure: its only time is the length of the frames it is given.

    ......####..###......          . silence   # voice
          |        |     |
          started  last voice
                         ended: silence, after `end_silence_ms`
"""

from __future__ import annotations

from typing import Literal

import msgspec

from her_desktop.events import SpeechEnded, SpeechStarted

Cause = Literal["silence", "key_released", "too_long", "end_of_recording", "interrupted"]


class Endpointing(msgspec.Struct, frozen=True):
    """The numbers by which speech is cut out of sound."""

    start_ms: int = 96
    """Voice without a clear silence in it before speech has begun: three frames, so a word of 200 ms is heard."""
    end_silence_ms: int = 700
    """Silence after which he is taken to have finished."""
    longest_ms: int = 15_000
    """Speech that a voice began is cut here. A held talk key has no such end."""
    preroll_ms: int = 300
    """What was heard just before speech was noticed belongs to it; whoever keeps the audio keeps this much."""
    voice: float = 0.5
    """From this probability on a frame is voice."""
    silence: float = 0.35
    """Below this probability a frame is silence; in between it stays what the frames before it were."""


class Endpointer:
    """Decides when he begins and stops to speak."""

    def __init__(self, settings: Endpointing | None = None) -> None:
        self.settings = settings or Endpointing()
        self.end_silence_ms = self.settings.end_silence_ms
        """May be changed at any time, for instance where his words so far are plainly not the end of a sentence."""
        self.reset()

    def reset(self) -> None:
        """Forget everything; nobody speaks."""
        self.state: Literal["waiting", "voice", "key"] = "waiting"
        self.voiced_ms = 0
        """How much of the speech so far is voice."""
        self.silence_ms = 0
        """How long it has been silent since the last voice in the speech that is going on."""
        self._run_ms = self._length_ms = 0
        self._first_voice_ms: int | None = None
        self._in_voice = False

    def accept(self, probability: float, frame_ms: int) -> SpeechStarted | SpeechEnded | None:
        """Take the next frame: how surely it is a voice (0 to 1), and its length. Returns what is decided."""
        self._in_voice = probability >= (self.settings.silence if self._in_voice else self.settings.voice)
        if self.state == "waiting":
            return self._wait(frame_ms)
        self._measure(frame_ms)
        if self.state == "key":
            return None
        if self.silence_ms >= self.end_silence_ms:
            return self.end("silence")
        return self.end("too_long") if self._length_ms >= self.settings.longest_ms else None

    def press(self) -> SpeechStarted | None:
        """The talk key is down: speech begins at once, or what already began now lasts until the key is released."""
        began = self.state == "waiting"
        if began:
            self.reset()
        self.state = "key"
        return SpeechStarted("key") if began else None

    def release(self) -> SpeechEnded | None:
        """The talk key is up."""
        return self.end("key_released") if self.state == "key" else None

    def end(self, cause: Cause) -> SpeechEnded | None:
        """End the speech that is going on, where there is any, for a reason that lies outside of the sound."""
        if self.state == "waiting":
            return None
        spoken_ms = 0 if self._first_voice_ms is None else self._length_ms - self.silence_ms - self._first_voice_ms
        ended = SpeechEnded(cause=cause, speech_ms=spoken_ms, waited_ms=self.silence_ms)
        voiced_ms = self.voiced_ms
        self.reset()
        self.voiced_ms = voiced_ms
        return ended

    def _wait(self, frame_ms: int) -> SpeechStarted | None:
        self._run_ms = self._run_ms + frame_ms if self._in_voice else 0
        if self._run_ms < self.settings.start_ms:
            return None
        self.state, self._first_voice_ms, self.silence_ms = "voice", 0, 0
        self._length_ms = self.voiced_ms = self._run_ms
        return SpeechStarted("voice")

    def _measure(self, frame_ms: int) -> None:
        if self._in_voice and self._first_voice_ms is None:
            self._first_voice_ms = self._length_ms
        self._length_ms += frame_ms
        self.silence_ms = 0 if self._in_voice else self.silence_ms + frame_ms
        self.voiced_ms += frame_ms if self._in_voice else 0
