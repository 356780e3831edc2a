"""Receives microphone blocks. Emits that the microphone gives nothing but zeros, and that sound has come back.

A muted device, or one that this program may not use (macOS does not say so), gives exactly that; a quiet room does not.
"""

from __future__ import annotations

from her_desktop.events import AudioChunk, PartLost, PartReady

SILENT_MS = 10_000
"""So long only zeros before it is said."""


class SilentMicrophone:
    """Counts how long every sample has been zero."""

    def __init__(self, name: str = "microphone") -> None:
        self.name = name
        self._zeros_ms = 0.0
        self._lost = False

    def accept(self, chunk: AudioChunk) -> PartLost | PartReady | None:
        """Take a block; returns what it changes, if anything."""
        if chunk.pcm.strip(b"\0"):
            came_back, self._lost, self._zeros_ms = self._lost, False, 0.0
            return PartReady(part="microphone", name=self.name, detail="sound has come back") if came_back else None
        self._zeros_ms += len(chunk.pcm) * 500 / chunk.rate_hz
        if self._lost or self._zeros_ms < SILENT_MS:
            return None
        self._lost = True
        todo = "check that it is not muted and that this program may use it"
        return PartLost(part="microphone", why="it gives only silence (all zeros)", todo=todo)
