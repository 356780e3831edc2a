"""Receives what he does in a screenplay. Emits it to the session as its inbox would have it. Here: typed, no sound."""

from __future__ import annotations

from typing import Protocol

from her_desktop.audio.by_hand import HandSpeaker
from her_desktop.events import AudioChunk, Entry, FinalTranscript
from her_desktop.inbox import Parts, TalkPressed, TalkReleased, Typed
from her_desktop.language import Language
from her_desktop.screenplay.script import His
from her_desktop.screenplay.spoken.recordings import transcripts
from her_desktop.session import Session
from her_desktop.tts.silent import WORD_MS, SilentVoice

RECOGNIZER = "screenplay"
"""What stands for the recognizer where a screenplay tells what was heard."""

_ENDLESS_MS = 24 * 3_600_000


class Stagehand(Protocol):
    """Lets him be heard in one performance."""

    def parts(self, language: Language) -> Parts:
        """What the session is made of; asked once for each session."""
        ...

    def say(self, session: Session, his: His) -> None:
        """Let him say it, until it was answered; her answer may still be sounding then."""
        ...

    def sound(self, words: int | None) -> None:
        """Let her answer sound: so many words of it, or all."""
        ...


class Theatre(Protocol):
    """Where screenplays are performed: by keyboard, or aloud."""

    def opens(self, *, sounding: bool) -> Stagehand:
        """Get ready for one performance.

        Args:
            sounding: whether it matters when her words sound, for he interrupts her.
        """
        ...


class TypedTheatre:
    """What he says is typed, or handed over as a recognizer would; she says nothing aloud."""

    def opens(self, *, sounding: bool) -> Stagehand:
        """Get ready for one performance."""
        return _Typed(sounding=sounding)


class _Typed:
    def __init__(self, *, sounding: bool) -> None:
        self._ear = _Prompted()
        self._speaker = HandSpeaker() if sounding else None
        self._language: Language | None = None

    def parts(self, language: Language) -> Parts:
        self._language = language
        voice = SilentVoice() if self._speaker else None
        return Parts(ear=self._ear, voice=voice, speaker=self._speaker, echo_tail_ms=0)

    def say(self, session: Session, his: His) -> None:
        if his.recording and self._language:
            for heard in transcripts(his, self._language):
                self._let_hear(session, heard)
        elif his.heard and his.how == "said":
            text, alternatives = his.heard[0].text, his.heard
            self._let_hear(session, FinalTranscript(text=text, recognizer=RECOGNIZER, alternatives=alternatives))
        elif not his.silent_s:
            session.handle(Typed(his.text))
        session.drain()

    def _let_hear(self, session: Session, heard: FinalTranscript) -> None:
        self._ear.heard = heard
        session.handle(TalkPressed())
        session.handle(TalkReleased())

    def sound(self, words: int | None) -> None:
        if self._speaker:
            sound(self._speaker, words)


def sound(speaker: HandSpeaker, words: int | None) -> None:
    """Let so many words of silent speech go by, or all of it."""
    if words is None:
        speaker.advance(_ENDLESS_MS)
    elif words:
        speaker.advance(WORD_MS * words - 1)


class _Prompted:
    """An ear to which a transcript is handed, and which hears it when the talk key is released."""

    level = 0.0

    def __init__(self) -> None:
        self.heard: FinalTranscript | None = None

    def accept(self, _chunk: AudioChunk) -> list[Entry]:
        return []

    def press(self) -> list[Entry]:
        return []

    def release(self) -> list[Entry]:
        heard, self.heard = self.heard, None
        return [heard] if heard else []

    def end_of_recording(self) -> list[Entry]:
        return []

    def reset(self, _why: str) -> list[Entry]:
        return []
