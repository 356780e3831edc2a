"""What travels between this process and the engine's: JSON lines, one request, one answer. Imports nothing of ours."""

from __future__ import annotations

from typing import Literal

import msgspec


class VoiceInfo(msgspec.Struct, frozen=True):
    """A voice of the engine."""

    id: str
    """What `Pyttsx3Voice` takes as its voice."""
    name: str
    language: str = ""
    gender: str = ""
    """Male, Female, or empty where the engine does not say."""


class Request(msgspec.Struct, frozen=True):
    """Speak this text into that file."""

    text: str
    path: str
    voice: str
    """Empty takes the engine's own default."""
    rate_wpm: int
    pitch: int
    """0 to 99, 50 is the engine's own; only espeak-ng has it."""


class Ready(msgspec.Struct, frozen=True):
    """The first line of a new engine process: its voices, or why it cannot speak."""

    voices: tuple[VoiceInfo, ...] = ()
    missing: str = ""


class Answer(msgspec.Struct, frozen=True):
    """What became of a request. Empty `problem`: the sound lies in the file."""

    problem: Literal["", "unknown_voice", "failed"] = ""
    why: str = ""
