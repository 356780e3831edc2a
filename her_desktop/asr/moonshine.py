"""Receives 16 kHz audio of one utterance after another. Emits their text: the embedded recognizer, for English.

It hears whole utterances: what is shown meanwhile comes from reading the open utterance again, less and less often as
it grows, so that all the readings together stay proportional to its length. It knows no times of words.
"""

from __future__ import annotations

import math
import re
from pathlib import Path

import numpy as np

from her_desktop.asr.moonshine_model import MoonshineModel, Reading, Samples, embedded_folder
from her_desktop.events import SAMPLE_RATE_HZ, Alternative, Word

ALTERNATIVES = 5
PARTIAL_MS = 300
"""Least new audio before the open utterance is read again."""
PARTIAL_SHARE = 0.2
"""Least new audio as a share of the open utterance: all partial readings together cost at most six times its length."""
SEGMENT_S = 16
"""Longer utterances are read in pieces, cut where they are quietest; the model fails on long ones."""

_EARLIEST_CUT_S = 8
_QUIET_MS = 100
_SPACE = "▁".encode()
_FORMATTING = re.compile(rb"<<ST_\d+>>|</?s>|<unk>")


class MoonshineRecognizer:
    """Moonshine tiny-en.

    A word's confidence is the probability that the model gives its letters, given what stands before it; punctuation
    does not count. An alternative's confidence is its share of the probability of all readings found, times the mean
    confidence of its words: so it says both how far it leads and how sure the model is at all. Readings that differ
    only in punctuation and case are one alternative.
    """

    def __init__(self, folder: Path | None = None) -> None:
        folder = folder or embedded_folder()
        self.name = f"moonshine:{folder.name}"
        self._model = MoonshineModel(folder)
        self.start()

    def start(self) -> None:
        """Begin a new utterance."""
        self._open = bytearray()
        self._settled: tuple[Word, ...] = ()
        self._ready: tuple[Alternative, ...] | None = None
        self._text = ""
        self._next_partial_ms = float(PARTIAL_MS)

    def accept(self, pcm: bytes) -> str:
        """Take the next stretch (mono int16, 16 kHz, any length); returns the text of the last reading.

        An empty stretch says that he pauses: the time is used to read all alternatives, and if nothing follows,
        `finish` has nothing left to do.
        """
        if not pcm:
            return self._anticipate()
        self._open += pcm
        self._ready = None
        while _ms(self._open) > SEGMENT_S * 1000:
            self._settle()
        if _ms(self._open) >= self._next_partial_ms:
            self._text = self._read(width=1)[0].text
            self._next_partial_ms = max(_ms(self._open) + PARTIAL_MS, _ms(self._open) * (1 + PARTIAL_SHARE))
        return self._text

    def finish(self) -> tuple[Alternative, ...]:
        """End the utterance: up to five different readings, best first; none where it holds no words."""
        self._anticipate()
        alternatives = self._ready
        self.start()
        if not alternatives or not _plain(alternatives[0].text):
            return ()
        return tuple(alternative for alternative in alternatives if _plain(alternative.text))

    def _anticipate(self) -> str:
        if self._ready is None and (self._open or self._settled):
            self._ready = self._read(width=ALTERNATIVES)
            self._text = self._ready[0].text
        return self._text

    def _settle(self) -> None:
        """Read the utterance up to its quietest place and keep that reading for good."""
        cut = _quietest(_samples(self._open[: SEGMENT_S * SAMPLE_RATE_HZ * 2])) * 2
        rest = self._open[cut:]
        del self._open[cut:]
        self._settled = self._read(width=ALTERNATIVES)[0].words
        self._open, self._next_partial_ms = rest, float(PARTIAL_MS)

    def _read(self, width: int) -> tuple[Alternative, ...]:
        readings = self._model.read(_samples(self._open), width)
        shares = _shares([reading.log_probability for reading in readings])
        merged: dict[str, tuple[float, tuple[Word, ...]]] = {}
        for share, reading in zip(shares, readings, strict=True):
            words = self._settled + _words(reading, self._model.pieces)
            before, first = merged.get(_plain(_joined(words)), (0.0, words))
            merged[_plain(_joined(words))] = (before + share, first)
        alternatives = (Alternative(_joined(w), share * _mean_confidence(w), w) for share, w in merged.values())
        return tuple(sorted(alternatives, key=lambda alternative: -alternative.confidence))


def _words(reading: Reading, pieces: tuple[bytes, ...]) -> tuple[Word, ...]:
    groups: list[list[tuple[bytes, float]]] = []
    for token, log_probability in zip(reading.tokens, reading.log_probabilities, strict=True):
        piece = pieces[token]
        if _FORMATTING.fullmatch(piece):
            continue
        if piece.startswith(_SPACE) or not groups:
            groups.append([])
        groups[-1].append((piece.removeprefix(_SPACE), log_probability))
    return tuple(word for group in groups if (word := _word(group)).text)


def _word(group: list[tuple[bytes, float]]) -> Word:
    spelling = [
        log_probability for piece, log_probability in group if any(byte >= 128 or chr(byte).isalnum() for byte in piece)
    ]
    text = b"".join(piece for piece, _ in group).decode(errors="replace")
    return Word(text, confidence=math.exp(sum(spelling or [log_probability for _, log_probability in group])))


def _mean_confidence(words: tuple[Word, ...]) -> float:
    return sum(word.confidence or 0.0 for word in words) / len(words) if words else 1.0


def _shares(log_probabilities: list[float]) -> list[float]:
    weights = [math.exp(value - max(log_probabilities)) for value in log_probabilities]
    return [weight / sum(weights) for weight in weights]


def _joined(words: tuple[Word, ...]) -> str:
    return " ".join(word.text for word in words)


def _plain(text: str) -> str:
    """The words of a text without case and punctuation; empty where it has none."""
    return " ".join(re.findall(r"[^\W_]+(?:'[^\W_]+)*", text.lower()))


def _samples(pcm: bytes | bytearray) -> Samples:
    return np.frombuffer(bytes(pcm[: len(pcm) // 2 * 2]), np.int16).astype(np.float32) / np.float32(32768)


def _quietest(samples: Samples) -> int:
    """The sample in the later half of a long stretch around which it is quietest."""
    window = SAMPLE_RATE_HZ * _QUIET_MS // 1000
    late = samples[_EARLIEST_CUT_S * SAMPLE_RATE_HZ :]
    energy = np.square(late[: late.size // window * window]).reshape(-1, window).sum(axis=1)
    return _EARLIEST_CUT_S * SAMPLE_RATE_HZ + int(energy.argmin()) * window + window // 2


def _ms(pcm: bytearray) -> float:
    return len(pcm) * 500 / SAMPLE_RATE_HZ
