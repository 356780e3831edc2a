"""How much of what was said was understood."""

import re
from pathlib import Path

import jiwer

from her_desktop.asr import Recognizer
from her_desktop.audio.wav import read_recording
from her_desktop.events import SAMPLE_RATE_HZ


def plain(text: str) -> str:
    """Lower case, without punctuation."""
    return " ".join(re.sub(r"[^a-z0-9' ]", " ", text.lower().replace("’", "'")).split())


def word_error_rate(said: str, heard: str) -> float:
    """Share of the words that were heard wrongly, 0 to 1 and beyond."""
    return float(jiwer.wer(plain(said), plain(heard) or "nothing"))


def recognized(recognizer: Recognizer, pcm: bytes) -> str:
    """What a recognizer makes of one utterance."""
    recognizer.start()
    step = SAMPLE_RATE_HZ  # half a second of 16-bit samples
    for start in range(0, len(pcm), step):
        recognizer.accept(pcm[start : start + step])
    alternatives = recognizer.finish()
    return alternatives[0].text if alternatives else ""


def pcm_of(path: Path) -> bytes:
    """A recording, ready to be recognized."""
    return read_recording(path).pcm
