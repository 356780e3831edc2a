"""Receives what he says in a screenplay. Emits it as sound, in another voice than hers, or from a recording.

And joins that voice to the real recognizer and to her real voice: the theatre of `perform --spoken`.
"""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import unicodedata
from array import array
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from her_desktop.events import SAMPLE_RATE_HZ
from her_desktop.paths import default_home, models_dirs
from her_desktop.screenplay.script import His
from her_desktop.settings import load
from her_desktop.trouble import Trouble, missing
from her_desktop.tts import flite

if TYPE_CHECKING:
    from her_desktop.screenplay.spoken.theatre import SpokenTheatre

BEFORE_S = 0.3
BEHIND_S = 1.6
"""Longer than a listener waits even where his last word cannot be the end of a sentence."""
WHISPER = 0.1
"""20 dB less."""
LONGEST_CHARACTERS = 2_000
"""Of one speech: about two minutes."""

_AS_TYPED = str.maketrans({"’": "'", "‘": "'", "“": " ", "”": " ", "„": " ", "–": ",", "—": ",", "…": ",", "­": ""})  # noqa: RUF001 -- the very signs that writers' tools put in
_SAYABLE = re.compile(r"[A-Za-z0-9\s.,;:!?'\"()&%$+=/*#@_~<>\[\]{}|\\^`-]")
_WORD = re.compile(r"[A-Za-z0-9]")


class HisVoice(Protocol):
    """Somebody who speaks his lines."""

    name: str
    """The voice in use, for instance `flite:rms`."""

    def speak(self, his: His) -> bytes:
        """His words as a room would bring them: mono int16 at 16 kHz, with silence before and behind.

        Raises:
            Trouble: this cannot be said (exit 2), or the voice failed (exit 3).
        """
        ...


class FliteVoice:
    """The program flite with its voice `rms`, which recognizers understand. The same line always sounds the same."""

    def __init__(self) -> None:
        """See whether flite is there.

        Raises:
            Trouble: it is not installed (exit 3).
        """
        if not shutil.which("flite"):
            raise missing("his voice", "flite is not installed", "apt-get install flite")
        self._voice = flite.FliteVoice()
        self.name = self._voice.name
        self._said: dict[str, bytes] = {}

    def speak(self, his: His) -> bytes:
        """His words; where he whispers, 20 dB quieter."""
        text = sayable(his)
        if text not in self._said:
            self._said[text] = self._synthesized(text)
        return _in_a_room(self._said[text], his)

    def _synthesized(self, text: str) -> bytes:
        from her_desktop.audio.resample import Resampler  # noqa: PLC0415 -- numpy

        try:
            sound = self._voice.synthesize(text).sound
        except (OSError, subprocess.TimeoutExpired) as error:
            raise missing("his voice", f"flite: {error}", "try flite -t hello") from error
        resampler = Resampler(sound.rate_hz)
        return resampler.accept(sound.pcm) + resampler.flush()


def his_voice(language: str) -> HisVoice:
    """The voice of his lines in a language.

    Raises:
        Trouble: none speaks it, or the one that does is not installed (exit 3).
    """
    if language != "en":
        todo = "perform it without --spoken, or give (recording: FILE) for each of his lines"
        raise missing("his voice", f"flite speaks English, and this is in {language}", todo)
    return FliteVoice()


def spoken_theatre(home: Path | None = None, out: Path | None = None) -> SpokenTheatre:
    """The theatre that a profile's settings make: its recognizer, and her voice.

    Args:
        home: the profile; None for the default one.
        out: folder for her answers as WAV files; None for none.

    Raises:
        Trouble: the settings cannot be read.
    """
    from her_desktop.asr.load import load_recognizer  # noqa: PLC0415 -- hearing is wanted only now
    from her_desktop.screenplay.spoken.theatre import SpokenTheatre  # noqa: PLC0415 -- it stands on this module
    from her_desktop.tts.pyttsx3_voice import Pyttsx3Voice  # noqa: PLC0415 -- so is her voice

    settings, models = load(home or default_home()), models_dirs(home)
    hers = Pyttsx3Voice(settings.voice, settings.rate_wpm)
    hers.warm()
    return SpokenTheatre(lambda language: load_recognizer(models, settings.recognizer, language), hers=hers, out=out)


def recorded(his: His) -> bytes:
    """His recording, as `HisVoice.speak` gives what is voiced.

    Raises:
        Trouble: there is none, or it cannot be read (exit 2).
    """
    from her_desktop.audio.wav import read_recording  # noqa: PLC0415 -- numpy

    if not his.recording:
        raise _unsaid(his, "there is no recording of it")
    return _in_a_room(read_recording(his.recording).pcm, his)


def sayable(his: His) -> str:
    """His words as flite can say them: plain letters, digits and signs.

    Raises:
        Trouble: there is a sign in them that it would leave out, or no word at all.
    """
    text = unicodedata.normalize("NFKD", his.text.translate(_AS_TYPED))
    plain = " ".join("".join(c for c in text if not unicodedata.combining(c)).split())
    if strange := next((c for c in plain if not _SAYABLE.match(c)), ""):
        name = unicodedata.name(strange, f"U+{ord(strange):04X}").lower()
        raise _unsaid(his, f"flite cannot say {strange!r} ({name})")
    if not _WORD.search(plain):
        raise _unsaid(his, "there is no word in it that can be said")
    if len(plain) > LONGEST_CHARACTERS:
        raise _unsaid(his, f"it is {len(plain)} characters long, and {LONGEST_CHARACTERS} can be said at once")
    return plain


@cache
def room(seconds: float) -> bytes:
    """A quiet room: not bare zeros, which only a muted microphone gives."""
    second = array("h", random.Random(0).choices((-1, 0, 1), k=SAMPLE_RATE_HZ)).tobytes()  # noqa: S311 -- no secret
    samples = round(seconds * SAMPLE_RATE_HZ)
    return (second * (samples // SAMPLE_RATE_HZ + 1))[: samples * 2]


def quieter(pcm: bytes) -> bytes:
    """The same, 20 dB quieter."""
    return array("h", (round(sample * WHISPER) for sample in array("h", pcm))).tobytes()


def _in_a_room(pcm: bytes, his: His) -> bytes:
    return room(BEFORE_S) + (quieter(pcm) if his.whispers else pcm) + room(BEHIND_S)


def _unsaid(his: His, why: str) -> Trouble:
    line = his.text_line or his.line
    return Trouble(f"his voice, line {line}", why, "write it in plain words, or (typing) above it")
