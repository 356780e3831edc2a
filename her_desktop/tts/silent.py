"""A voice that says nothing, at the pace of one that does: for tests, and wherever nobody has to hear her."""

from __future__ import annotations

from her_desktop.audio import Sound
from her_desktop.tts import Utterance

WORD_MS = 300
_RATE_HZ = 8_000


class SilentVoice:
    """Silence of 300 ms for each word."""

    name = "silent"

    def synthesize(self, text: str, tone: str = "neutral") -> Utterance:  # noqa: ARG002 -- silence has no tone
        """Silence as long as the text."""
        words = len(text.split())
        sound = Sound(bytes(2 * words * WORD_MS * _RATE_HZ // 1000), _RATE_HZ)
        return Utterance(sound, tuple(range(0, words * WORD_MS, WORD_MS)), self.name)

    def close(self) -> None:
        """Nothing to end."""
