"""How much of what was said was understood."""

from pathlib import Path

import jiwer

from benchmarks.words import normalize
from her_desktop.asr import Recognizer
from her_desktop.audio.wav import read_recording
from her_desktop.events import SAMPLE_RATE_HZ

_SILENCE = bytes(SAMPLE_RATE_HZ * 2 * 300 // 1000)
"""300 ms."""


def word_error_rate(said: list[str], heard: list[str]) -> float:
    """Share of the words of all lines together that were heard wrongly, 0 to 1 and beyond."""
    return float(jiwer.wer([normalize(line) for line in said], [normalize(line) or "nothing" for line in heard]))


def recognized(recognizer: Recognizer, pcm: bytes) -> str:
    """What a recognizer makes of one utterance, with the silence around it that a room would give."""
    recognizer.start()
    padded = _SILENCE + pcm + _SILENCE
    for start in range(0, len(padded), len(_SILENCE)):
        recognizer.accept(padded[start : start + len(_SILENCE)])
    alternatives = recognizer.finish()
    return alternatives[0].text if alternatives else ""


def pcm_of(path: Path) -> bytes:
    """A recording, ready to be recognized."""
    return read_recording(path).pcm
