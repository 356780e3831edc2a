"""Receives microphone blocks and the talk key. Emits his speech as entries: begun, partial text, ended, final text.

One part for the session to drive, made of voice activity, endpointing and a recognizer. It has no thread and no clock
of its own; time is counted in samples, and how long the recognizer took is read from the clock that it is handed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from her_desktop.asr import Recognizer
from her_desktop.asr.doubt import doubt, unfinished
from her_desktop.asr.endpointing import Endpointer, Endpointing
from her_desktop.asr.silent_microphone import SilentMicrophone
from her_desktop.asr.vad import FRAME_MS, VadFrame, VoiceActivity, rms
from her_desktop.audio.resample import Resampler
from her_desktop.events import (
    SAMPLE_RATE_HZ,
    AudioChunk,
    Entry,
    FinalTranscript,
    PartialTranscript,
    SpeechDiscarded,
    SpeechEnded,
    SpeechStarted,
    Timing,
)
from her_desktop.language import Language

UNFINISHED_MS = 1_500
"""Silence that is waited for where his last word cannot be the end of a sentence: and, because, my."""


PAUSE_MS = 256
"""Silence after which the recognizer is told that he pauses. What follows is kept from it until a voice comes again."""


class Hearing:
    """Turns what the microphone hears into entries.

    For one utterance they are, in this order: `SpeechStarted`, any number of `PartialTranscript`, `SpeechEnded`, then
    `FinalTranscript` or `SpeechDiscarded`, then `Timing` of the stage `recognized`.
    """

    def __init__(
        self,
        recognizer: Recognizer,
        clock: Callable[[], float],
        language: Language,
        settings: Endpointing | None = None,
        *,
        hands_free: bool = True,
        microphone: str = "microphone",
    ) -> None:
        self.recognizer = recognizer
        self.hands_free = hands_free
        """Whether a voice alone begins speech; where not, only the talk key does."""
        self.level = 0.0
        """Root mean square of the last block, 0 to 1."""
        self._settings = settings or Endpointing()
        self._clock, self._language = clock, language
        """Gives seconds."""
        self._endpointer = Endpointer(self._settings)
        self._vad = VoiceActivity()
        self._resampler = Resampler(SAMPLE_RATE_HZ)
        self._silent = SilentMicrophone(microphone)
        kept_ms = self._settings.preroll_ms + self._settings.start_ms
        self._preroll: deque[bytes] = deque(maxlen=-(-kept_ms // FRAME_MS))
        self._text = ""
        self._held = b""

    @property
    def state(self) -> str:
        """waiting, or what lets speech go on: voice or key."""
        return self._endpointer.state

    def accept(self, chunk: AudioChunk) -> list[Entry]:
        """Take the next block, at any rate and of any length; returns what it brings about."""
        self.level = rms(chunk.pcm)
        changed = self._silent.accept(chunk)
        entries: list[Entry] = [changed] if changed else []
        if chunk.rate_hz != self._resampler.rate_hz:
            self._resampler = Resampler(chunk.rate_hz)
        return entries + self._hear(self._vad.accept(self._resampler.accept(chunk.pcm)))

    def press(self) -> list[Entry]:
        """The talk key is down: speech begins at once, and lasts until it is released."""
        started = self._endpointer.press()
        return self._begin(started) if started else []

    def release(self) -> list[Entry]:
        """The talk key is up."""
        ended = self._endpointer.release()
        return self._end(ended) if ended else []

    def end_of_recording(self) -> list[Entry]:
        """No more audio comes: whatever he was saying is all that he said."""
        entries = self._hear(self._vad.accept(self._resampler.flush()) + self._vad.flush())
        ended = self._endpointer.end("end_of_recording")
        entries += self._end(ended) if ended else []
        self._forget()
        return entries

    def reset(self, why: str = "hearing was switched off") -> list[Entry]:
        """Forget what was heard, for instance because she begins to speak. Returns what becomes of open speech."""
        ended, text = self._endpointer.end("interrupted"), self._text
        self._forget()
        return [ended, SpeechDiscarded(why=why, text=text)] if ended else []

    def _hear(self, frames: list[VadFrame]) -> list[Entry]:
        return [entry for frame in frames for entry in self._hear_frame(frame)]

    def _hear_frame(self, frame: VadFrame) -> list[Entry]:
        listening = self.hands_free or self.state == "key"
        decided = self._endpointer.accept(frame.probability, FRAME_MS) if listening else None
        if decided is None and self.state == "waiting":
            self._preroll.append(frame.pcm)
            return []
        entries = self._begin(decided) if isinstance(decided, SpeechStarted) else []
        if isinstance(decided, SpeechEnded) and decided.cause == "silence":
            return self._end(decided)
        entries += self._pause(frame.pcm) if self._pausing() else self._recognize(self._take_held() + frame.pcm)
        return entries + (self._end(decided) if isinstance(decided, SpeechEnded) else [])

    def _begin(self, started: SpeechStarted) -> list[Entry]:
        self.recognizer.start()
        self._text = ""
        before = b"".join(self._preroll)
        self._preroll.clear()
        return [started, *self._recognize(before)]

    def _pausing(self) -> bool:
        # A held key means that he speaks, whatever the detector says: then nothing is kept back.
        return self.state == "voice" and self._endpointer.silence_ms > PAUSE_MS

    def _pause(self, pcm: bytes) -> list[Entry]:
        first = not self._held
        self._held += pcm
        return self._recognize(b"") if first else []

    def _take_held(self) -> bytes:
        held, self._held = self._held, b""
        return held

    def _recognize(self, pcm: bytes) -> list[Entry]:
        text = self.recognizer.accept(pcm)
        if text == self._text:
            return []
        self._text = text
        patience_ms = UNFINISHED_MS if unfinished(text, self._language.unfinished) else 0
        self._endpointer.end_silence_ms = max(self._settings.end_silence_ms, patience_ms)
        return [PartialTranscript(text)]

    def _end(self, ended: SpeechEnded) -> list[Entry]:
        began_s = self._clock()
        alternatives = self.recognizer.finish()
        took = Timing(stage="recognized", ms=round((self._clock() - began_s) * 1000, 1))
        self._endpointer.end_silence_ms = self._settings.end_silence_ms
        self._text, self._held = "", b""
        if why := doubt(alternatives, self._endpointer.voiced_ms, self._language.ghosts):
            text = alternatives[0].text if alternatives else ""
            return [ended, SpeechDiscarded(why=why, text=text), took]
        final = FinalTranscript(text=alternatives[0].text, recognizer=self.recognizer.name, alternatives=alternatives)
        return [ended, final, took]

    def _forget(self) -> None:
        self.recognizer.start()
        self._endpointer = Endpointer(self._settings)
        self._vad.reset()
        self._resampler = Resampler(SAMPLE_RATE_HZ)
        self._preroll.clear()
        self._text, self._held = "", b""
