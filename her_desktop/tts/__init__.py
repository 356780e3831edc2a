"""Receives text and a tone. Emits sound, with an estimate of when each word of it sounds.

The only room that imports pyttsx3, and only in a child process of its own (`worker.py`), where a hang or a crash of the
engine can be answered by starting another.
"""

from __future__ import annotations

from typing import Protocol

import msgspec

from her_desktop.audio import Sound


class Utterance(msgspec.Struct, frozen=True):
    """A spoken reply: its sound and when each of its words begins."""

    sound: Sound
    word_starts_ms: tuple[int, ...]
    """One for each whitespace-separated word of the text, from the first sample."""
    voice: str


class Voice(Protocol):
    """Something that speaks text. May block for up to its time limit; the session calls it from a thread of its own."""

    name: str
    """The voice in use, for instance `espeak-ng:en-us`."""

    def synthesize(self, text: str, tone: str = "neutral") -> Utterance:
        """Turn text into sound.

        Raises:
            Trouble: there is no voice (exit 3), or the engine failed twice.
        """
        ...

    def close(self) -> None:
        """End the engine's process."""
        ...
