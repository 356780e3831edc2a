"""Receives text and a tone. Emits an `Utterance`, spoken by pyttsx3 in a process of its own."""

from __future__ import annotations

import sys
import tempfile
import threading
import unicodedata
from pathlib import Path

from her_desktop.audio import Sound
from her_desktop.trouble import Trouble, missing
from her_desktop.tts import Utterance
from her_desktop.tts.engine_process import EngineFailedError, EngineProcess
from her_desktop.tts.protocol import Answer, Request, VoiceInfo
from her_desktop.tts.sentences import sentences
from her_desktop.tts.sound_file import read_sound
from her_desktop.tts.timing import Piece, join
from her_desktop.tts.tones import Tone, tone_named

ENGINE = {"darwin": "nsss", "win32": "sapi5"}.get(sys.platform, "espeak-ng")
"""What pyttsx3 drives on this platform."""

DEFAULT_VOICE = "en-us+steph" if ENGINE == "espeak-ng" else ""
"""The best understood of espeak-ng's women's voices: `benchmarks/voice.py`. Elsewhere, the system's own choice."""

DEFAULT_RATE_WPM = 150
PITCH = 50
_RATES_WPM = range(60, 451)
_EMPTY_RATE_HZ = 22_050
_TRIES = 2
_LONGEST_WORD = 100
"""Characters of one word that are spoken; the engine hangs on words of a hundred thousand."""
_SPARE_FORMAT = {"\u200c", "\u200d"}


class Pyttsx3Voice:
    """Her voice. Safe to use from several threads: one text is spoken after the other."""

    def __init__(
        self, voice: str = "", rate_wpm: int = DEFAULT_RATE_WPM, timeout_s: float = 5.0, pitch: int = PITCH
    ) -> None:
        """Take a voice, but start nothing yet.

        Args:
            voice: as `list_voices` names it, or any espeak-ng voice with a variant (`en-us+f3`); empty for the default.
            rate_wpm: speed in words a minute, 60 to 450.
            timeout_s: after which a sentence is given up, the engine ended and started again.
            pitch: 0 to 99, 50 is the voice's own; espeak-ng only.
        """
        if rate_wpm not in _RATES_WPM:
            raise Trouble("rate_wpm", f"{rate_wpm} is not between 60 and 450", "150 is calm, 180 is quick")
        self.voice = voice.strip() or DEFAULT_VOICE
        self.name = f"{ENGINE}:{self.voice or 'default'}"
        self._rate_wpm, self._pitch, self._timeout_s = rate_wpm, pitch, timeout_s
        self._process = EngineProcess()
        self._one_at_a_time = threading.Lock()

    def warm(self) -> None:
        """Start the engine ahead of need; returns at once. What fails here is told by `synthesize`."""
        try:
            self._process.start()
        except EngineFailedError:
            return

    def synthesize(self, text: str, tone: str = "neutral") -> Utterance:
        """Turn text into sound, sentence by sentence. Text without a word becomes a sound of 0 ms.

        Raises:
            Trouble: there is no engine (exit 3), no such voice (exit 2), or the engine failed twice (exit 3).
        """
        words = text.split()
        if not words:
            return Utterance(Sound(b"", _EMPTY_RATE_HZ), (), self.name)
        with self._one_at_a_time, tempfile.TemporaryDirectory(prefix="her-desktop-") as folder:
            path = Path(folder) / "speech.wav"
            stretches = [[words[i] for i in stretch] for stretch in sentences(words)]
            pieces = [Piece(s, self._speak(" ".join(s), tone_named(tone), path)) for s in stretches]
        sound, word_starts_ms = join(pieces)
        return Utterance(sound, word_starts_ms, self.name)

    def list_voices(self) -> list[VoiceInfo]:
        """Every voice the engine tells of; espeak-ng takes more variants than these.

        Raises:
            Trouble: there is no engine (exit 3).
        """
        with self._one_at_a_time:
            try:
                return list(self._ready())
            except EngineFailedError as error:
                raise _failed(error) from error

    def close(self) -> None:
        """End the engine's process, whatever it is doing. A closed voice stays closed."""
        self._process.close()

    def _speak(self, text: str, tone: Tone, path: Path) -> Sound:
        speakable = _speakable(text)
        if not speakable:
            return Sound(b"", _EMPTY_RATE_HZ)
        pitch = min(max(self._pitch + tone.pitch_steps, 0), 99)
        request = Request(speakable, str(path), self.voice, round(self._rate_wpm * tone.speed), pitch)
        for attempt in range(_TRIES):
            try:
                return self._attempt(request, path)
            except EngineFailedError as error:
                if attempt == _TRIES - 1:
                    raise _failed(error) from error
        raise AssertionError("unreachable")

    def _attempt(self, request: Request, path: Path) -> Sound:
        path.unlink(missing_ok=True)
        self._ready()
        self._check(self._process.ask(request, self._timeout_s))
        try:
            return read_sound(path.read_bytes())
        except (OSError, ValueError) as error:
            self._process.kill()
            raise EngineFailedError(f"its sound cannot be read: {error}") from error

    def _ready(self) -> tuple[VoiceInfo, ...]:
        ready = self._process.ready()
        if ready.missing:
            self._process.kill()
            raise _engine_missing(ready.missing)
        return ready.voices

    def _check(self, answer: Answer) -> None:
        if answer.problem == "unknown_voice":
            raise Trouble(f"voice {self.voice}", f"{ENGINE} has no such voice", "see: her-desktop say --voices")
        if answer.problem:
            self._process.kill()
            raise EngineFailedError(answer.why)


def list_voices() -> list[VoiceInfo]:
    """List the voices of this machine.

    Raises:
        Trouble: there is no engine (exit 3).
    """
    voice = Pyttsx3Voice()
    try:
        return voice.list_voices()
    finally:
        voice.close()


def _speakable(text: str) -> str:
    """Leave out what is no text to an engine: control characters, halves of surrogate pairs, private characters."""
    short = " ".join(word[:_LONGEST_WORD] for word in text.split(" "))
    kept = (c if unicodedata.category(c)[0] != "C" or c in _SPARE_FORMAT else " " for c in short)
    return " ".join("".join(kept).split())


def _failed(error: EngineFailedError) -> Trouble:
    return missing("voice", f"{ENGINE} failed twice: {error}", "try again, or choose another voice")


def _engine_missing(why: str) -> Trouble:
    if "pyttsx3" in why and "module" in why.lower():
        return missing("voice", "pyttsx3 is not installed", "pip install 'her-desktop[voice]'")
    if ENGINE == "espeak-ng":
        return missing("voice", "espeak-ng is not installed", "sudo apt-get install espeak-ng")
    return missing("voice", why, "check the speech settings of the system")
