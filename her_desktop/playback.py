"""Her side of the floor: which reply is being voiced or played, which of its words have sounded."""

from __future__ import annotations

import msgspec

from her_desktop.events import WordSpoken
from her_desktop.memory.words import MARK
from her_desktop.tts import Utterance


def as_kept(text: str, kept: str) -> str:
    """What may be recorded of her words as they sound: where the turn forgot something, only what the record still has.

    Args:
        text: what she says.
        kept: what stands of it in the record.
    """
    return kept if len(kept.split()) == len(text.split()) else " ".join(MARK for _ in text.split())


class Speaking(msgspec.Struct):
    """A reply on its way to the ear."""

    token: str
    text: str
    """Her words as they may be recorded; as many as sound."""
    ends: bool
    decided_s: float
    """When the turn was decided, on the monotonic clock."""
    utterance: Utterance | None = None
    started: bool = False
    at_ms: int = 0
    """How much of it has sounded, as far as is known."""
    words: int = 0
    """How many words have sounded."""
    slept: bool = False
    """She slept when it was asked for, and sleeps on after it."""
    rehearsal: bool = False
    """It is no reply of hers: nothing of how it sounds is recorded."""

    def reached(self, ms: int) -> list[WordSpoken]:
        """The words that have begun to sound since the last call."""
        if self.utterance is None:
            return []
        texts, starts = self.text.split(), self.utterance.word_starts_ms
        first = self.words
        while self.words < len(starts) and starts[self.words] <= ms:
            self.words += 1
        return [WordSpoken(index=i, text=texts[i], at_ms=starts[i]) for i in range(first, self.words)]
