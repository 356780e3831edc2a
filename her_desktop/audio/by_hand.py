"""A loudspeaker whose time is moved by hand: for tests, and wherever nothing has to sound."""

from __future__ import annotations

from her_desktop.audio import Emit, Played, Sound


class HandSpeaker:
    """Plays nothing; `advance` says how much of the sound has gone by."""

    def __init__(self) -> None:
        self._emit: Emit | None = None
        self._token, self._sound, self._ms = "", Sound(b"", 1), 0

    @property
    def playing(self) -> bool:
        """Whether there is a sound that has not ended."""
        return self._ms < self._sound.ms

    def open(self, emit: Emit) -> str:
        """Get ready."""
        self._emit = emit
        return "a speaker moved by hand"

    def play(self, token: str, sound: Sound) -> None:
        """Begin to play."""
        self._token, self._sound, self._ms = token, sound, 0

    def advance(self, ms: int) -> None:
        """Let so much of the sound go by."""
        if self._emit and self.playing:
            self._ms = min(self._ms + ms, self._sound.ms)
            self._emit(Played(self._token, self._ms, 0.1, done=not self.playing))

    def stop(self) -> int:
        """Be silent at once."""
        at_ms, self._sound = self._ms, Sound(b"", 1)
        return at_ms

    def close(self) -> None:
        """Let go."""
        self._emit = None
