"""Receives the sound of each sentence. Emits one sound, and when each word of it begins.

pyttsx3 tells no word times. So each sentence is spoken by itself, which makes the starts of sentences exact; inside a
sentence the voiced stretch is shared out by how long each word should take. The shares were fitted to the true times of
espeak-ng at 160 words a minute; only their proportions count.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from her_desktop.audio import Sound

PAUSE_MS = 150
"""Silence between two sentences."""

LEAD_MS = 15
"""Silence that stays before a sentence, so that its first consonant is not cut."""

TAIL_MS = 25
"""Silence that stays after it."""

_WORD_MS = 60.0
_SHORT_WORD_MS = 30.0
_LETTER_MS = 55.0
_LAST_WORD_MS = 150.0
_DIGIT_MS = 300.0
_COMMA_MS = 330.0
_FRAME_MS = 5
_QUIET = 0.01
"""Share of the loudest frame below which a frame counts as silence."""


class Piece:
    """One sentence: its words and its sound, without the silence around it."""

    def __init__(self, words: Sequence[str], sound: Sound) -> None:
        self.words = words
        self.rate_hz = sound.rate_hz
        self.samples, self._voiced_ms = _trim(np.frombuffer(sound.pcm, np.int16), sound.rate_hz)

    def word_starts_ms(self) -> list[float]:
        """One start for each word, from the first sample of the piece."""
        begin, end = self._voiced_ms
        shares = np.array([word_share_ms(word) for word in self.words])
        shares[-1] += _LAST_WORD_MS
        before = np.concatenate([[0.0], np.cumsum(shares)[:-1]])
        return [begin + float(b) * (end - begin) / float(shares.sum()) for b in before]


def join(pieces: Sequence[Piece]) -> tuple[Sound, tuple[int, ...]]:
    """Put sentences one after another with a pause between them.

    Returns:
        The sound, and the start of each word in ms from its first sample: never decreasing, all inside the sound.
    """
    rate_hz = pieces[0].rate_hz
    pause = np.zeros(rate_hz * PAUSE_MS // 1000, np.int16)
    parts: list[np.ndarray] = []
    starts_ms: list[int] = []
    length = 0
    for piece in pieces:
        if length and len(piece.samples):
            parts.append(pause)
            length += len(pause)
        starts_ms += [int(length * 1000 / rate_hz + start) for start in piece.word_starts_ms()]
        parts.append(piece.samples)
        length += len(piece.samples)
    sound = Sound(np.concatenate(parts).tobytes(), rate_hz)
    return sound, tuple(min(start, sound.ms) for start in starts_ms)


def word_share_ms(word: str) -> float:
    """How long a word should take, the pause of its punctuation included."""
    letters = sum(c.isalpha() for c in word)
    digits = sum(c.isdigit() for c in word)
    base = _SHORT_WORD_MS if letters + digits <= 3 else _WORD_MS
    pause = _COMMA_MS if word.endswith((",", ";", ":", "\u2013", "\u2014")) else 0.0
    return base + letters * _LETTER_MS + digits * _DIGIT_MS + pause


def _trim(samples: np.ndarray, rate_hz: int) -> tuple[np.ndarray, tuple[float, float]]:
    """Cut the silence at both ends; returns what is left and where in it the voice is, in ms."""
    frame = rate_hz * _FRAME_MS // 1000
    frames = samples[: len(samples) // frame * frame].reshape(-1, frame).astype(np.float64)
    loudness = np.sqrt((frames**2).mean(axis=1)) if len(frames) else np.zeros(0)
    voiced = np.flatnonzero(loudness > max(_QUIET * loudness.max(initial=0.0), 1.0))
    if not len(voiced):
        return samples[:0], (0.0, 0.0)
    first, last = int(voiced[0]) * frame, (int(voiced[-1]) + 1) * frame
    begin = max(first - rate_hz * LEAD_MS // 1000, 0)
    end = min(last + rate_hz * TAIL_MS // 1000, len(samples))
    per_ms = rate_hz / 1000
    return samples[begin:end], ((first - begin) / per_ms, (last - begin) / per_ms)
