"""Receives what he does in a screenplay. Emits it to the session as sound, and lets her answers sound, by hand."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

from her_desktop.asr import Recognizer
from her_desktop.audio import Emit, Heard, Sound, in_blocks
from her_desktop.audio.by_hand import HandSpeaker
from her_desktop.events import SAMPLE_RATE_HZ, PartReady
from her_desktop.inbox import Parts, TalkPressed, TalkReleased, Typed, Wake
from her_desktop.language import Language
from her_desktop.screenplay.script import His, Screenplay
from her_desktop.screenplay.spoken.voices import HisVoice, his_voice, recorded, room
from her_desktop.screenplay.theatre import Stagehand
from her_desktop.session import Session
from her_desktop.tts import Utterance, Voice
from her_desktop.tts.silent import SilentVoice

LONGEST_SILENCE_S = 60
"""So much of a silence is really listened to; nothing comes of the rest."""


class SpokenTheatre:
    """His lines are voiced and heard by a real recognizer; her answers are voiced too, and kept as files where wished.

    Recognizer and voices are loaded when the first performance begins, and shared by all that follow.
    """

    def __init__(
        self,
        recognizer: Callable[[str], Recognizer],
        his: Callable[[str], HisVoice] = his_voice,
        hers: Voice | None = None,
        out: Path | None = None,
    ) -> None:
        """Take what makes the parts; nothing is loaded yet.

        Args:
            recognizer: loads the recognizer of a language.
            his: finds the voice of his lines in a language.
            hers: her voice; None for one that says nothing, at the pace of speech.
            out: folder for her answers as WAV files `001.wav` and so on; None for none.
        """
        self.recognizer, self.his = cache(recognizer), cache(his)
        self.hers, self.out = _Hers(hers or SilentVoice()), out

    def opens(self, *, sounding: bool) -> Stagehand:  # noqa: ARG002 -- she always sounds here
        """Get ready for one performance."""
        return _Spoken(self)

    def ready(self, screenplay: Screenplay) -> None:
        """Load what this screenplay needs, so that it is told before it begins if something is missing.

        Raises:
            Trouble: there is no recognizer for its language, or no voice for his lines (exit 3).
        """
        language = screenplay.title.language
        self.recognizer(language)
        if any(beat.his and _is_voiced(beat.his) for beat in screenplay.beats):
            self.his(language)

    def close(self) -> None:
        """End her voice; performances that follow would be silent."""
        self.hers.end()


class _Spoken:
    def __init__(self, theatre: SpokenTheatre) -> None:
        self._theatre = theatre
        self._speaker = _FileSpeaker(theatre.out) if theatre.out else HandSpeaker()
        self._language = ""

    def parts(self, language: Language) -> Parts:
        from her_desktop.asr.hearing import Hearing  # noqa: PLC0415 -- numpy and the detector of voices

        self._language = language.code
        recognizer = self._theatre.recognizer(language.code)
        return Parts(
            microphone=_Room(),
            ear=Hearing(recognizer, time.monotonic, language),
            voice=self._theatre.hers,
            speaker=self._speaker,
            echo_tail_ms=0,
            ready=(PartReady(part="recognizer", name=recognizer.name),),
        )

    def say(self, session: Session, his: His) -> None:
        if his.how == "typed":
            session.handle(Typed(his.text))
            session.drain()
        elif his.silent_s:
            session.hear(room(min(his.silent_s, LONGEST_SILENCE_S)))
        else:
            self._theatre.recognizer(self._language)  # a session only records that it is missing
            pcm = self._theatre.his(self._language).speak(his) if _is_voiced(his) else recorded(his)
            _let_hear(session, pcm, by_key=his.interrupts)

    def sound(self, words: int | None) -> None:
        if words is None:
            self._speaker.advance(self._theatre.hers.sound.ms)
        elif words:
            self._speaker.advance(self._theatre.hers.before_word(words))


def _is_voiced(his: His) -> bool:
    return his.how == "said" and not his.silent_s and not his.recording


def _let_hear(session: Session, pcm: bytes, *, by_key: bool) -> None:
    """Bring his words to her: by the microphone, or, where she must be interrupted for it, with the talk key held."""
    if not by_key:
        session.handle(Wake("his next line"))
        session.hear(pcm)
        return
    session.handle(TalkPressed())
    for chunk in in_blocks(pcm):
        session.handle(Heard(chunk))
    session.handle(TalkReleased())
    session.drain()


class _Hers:
    """Her voice, for one session after the other: it outlives each, and knows what it said last."""

    def __init__(self, voice: Voice) -> None:
        self._voice, self.name = voice, voice.name
        self._last = Utterance(Sound(b"", SAMPLE_RATE_HZ), (), voice.name)

    @property
    def sound(self) -> Sound:
        """What it said last."""
        return self._last.sound

    def synthesize(self, text: str, tone: str = "neutral") -> Utterance:
        self._last = self._voice.synthesize(text, tone)
        return self._last

    def before_word(self, number: int) -> int:
        """The last millisecond before this word (the first is 0) begins, or before all is said."""
        starts = (*self._last.word_starts_ms, self.sound.ms)
        return max(0, starts[min(number, len(starts) - 1)] - 1)

    def close(self) -> None:
        """Nothing: the next session speaks with it too."""

    def end(self) -> None:
        self._voice.close()


class _FileSpeaker(HandSpeaker):
    """The speaker moved by hand, which keeps what it plays as `001.wav` and so on."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def open(self, emit: Emit) -> str:
        self._folder.mkdir(parents=True, exist_ok=True)
        return f"{super().open(emit)}, kept in {self._folder}"

    def play(self, token: str, sound: Sound) -> None:
        from her_desktop.audio.wav import write_wav  # noqa: PLC0415 -- numpy

        taken = [int(path.stem) for path in self._folder.glob("*.wav") if path.stem.isdigit()]
        write_wav(self._folder / f"{max(taken, default=0) + 1:03d}.wav", sound)
        super().play(token, sound)


class _Room:
    """The microphone's place: his words are brought into the session from outside."""

    def open(self, _emit: Emit) -> str:
        return "the screenplay"

    def close(self) -> None:
        """Nothing to close."""
