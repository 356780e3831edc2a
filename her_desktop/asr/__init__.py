"""Receives 16 kHz audio. Emits where speech begins and ends, and what it says: partial and final transcripts.

The only room that imports recognizers. Voice activity and endpointing are ours (`vad.py`, `endpointing.py`), because
the recognizers here have none that can be set.
"""

from __future__ import annotations

from typing import Protocol

from her_desktop.events import Alternative


class Recognizer(Protocol):
    """Turns one utterance after another into text. Not thread-safe: the session's one thread owns it."""

    name: str
    """`vosk:NAME` or `moonshine:NAME`."""

    def start(self) -> None:
        """Begin a new utterance; what came before is dropped."""
        ...

    def accept(self, pcm: bytes) -> str:
        """Take the next stretch of the utterance (mono int16, 16 kHz, any length); returns the hypothesis so far."""
        ...

    def finish(self) -> tuple[Alternative, ...]:
        """End the utterance. Up to five alternatives, best first; none where nothing was understood."""
        ...
