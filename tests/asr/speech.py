"""Speech for tests that need some: a real voice from the embedded recognizer's wheel, and a scripted recognizer."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from her_desktop.asr.hearing import Hearing
from her_desktop.audio.wav import read_recording
from her_desktop.events import Alternative, AudioChunk, Entry

BLOCK_BYTES = 640
SENTENCE = "ever tried ever failed no matter try again fail again fail better"


@cache
def beckett() -> bytes:
    """The sentence as the actor says it: 10 s, mono int16 at 16 kHz. Skips the test where the wheel is missing."""
    spec = importlib.util.find_spec("moonshine_voice")
    if spec is None or spec.origin is None:
        pytest.skip("the package moonshine-voice is not installed")
    return read_recording(Path(spec.origin).parent / "assets" / "beckett.wav").pcm


def silence(ms: int) -> bytes:
    """A quiet room: noise far below any voice, and never all zeros."""
    return np.random.default_rng(ms).integers(-3, 4, ms * 16, np.int16).tobytes()


def feed(hearing: Hearing, pcm: bytes, block_bytes: int = BLOCK_BYTES, rate_hz: int = 16_000) -> list[Entry]:
    """Give audio block by block; returns all that comes of it."""
    blocks = (AudioChunk(pcm[at : at + block_bytes], rate_hz) for at in range(0, len(pcm), block_bytes))
    return [entry for block in blocks for entry in hearing.accept(block)]


def ticking() -> Iterator[float]:
    """A clock that goes on by a quarter of a second each time it is read."""
    now_s = 100.0
    while True:
        yield now_s
        now_s += 0.25


class ScriptedRecognizer:
    """Another implementation of the edge: keeps the audio it is given, and understands what the script says."""

    name = "vosk:script"

    def __init__(self, text: str = "hello there", partials: tuple[str, ...] = ()) -> None:
        self.text, self.partials = text, partials
        self.utterances: list[bytes] = []
        self._pcm = b""

    def start(self) -> None:
        self._pcm = b""

    def accept(self, pcm: bytes) -> str:
        self._pcm += pcm
        half_seconds = len(self._pcm) // 16_000
        return self.partials[min(half_seconds, len(self.partials) - 1)] if self.partials else ""

    def finish(self) -> tuple[Alternative, ...]:
        self.utterances.append(self._pcm)
        self._pcm = b""
        return (Alternative(self.text),) if self.text else ()
