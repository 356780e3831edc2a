"""Receives mono PCM at any rate, block by block. Emits mono PCM at the rate that hearing works with."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import soxr

from her_desktop.events import SAMPLE_RATE_HZ


class Resampler:
    """Turns a stream of mono int16 blocks into another rate, without seams between the blocks.

    The output lags behind the input by about 20 ms; `flush` brings the rest. Blocks that already have the wanted rate
    pass unchanged.
    """

    def __init__(self, rate_hz: int, to_hz: int = SAMPLE_RATE_HZ) -> None:
        self.rate_hz, self.to_hz = rate_hz, to_hz
        self._stream = None if rate_hz == to_hz else soxr.ResampleStream(rate_hz, to_hz, 1, dtype="float32")

    def accept(self, pcm: bytes) -> bytes:
        """Take a block of whole samples; returns as much as is ready, which may be nothing."""
        return self._pass(pcm, last=False)

    def flush(self) -> bytes:
        """End the stream; returns what was still on its way. A new stream may follow."""
        rest = self._pass(b"", last=True)
        if self._stream is not None:
            self._stream.clear()
        return rest

    def _pass(self, pcm: bytes, *, last: bool) -> bytes:
        if self._stream is None:
            return pcm
        # Not in int16: there soxr adds random dither, and the same recording would not give the same samples twice.
        return to_pcm(self._stream.resample_chunk(np.frombuffer(pcm, np.int16).astype(np.float32) / 32768, last=last))


def resample(samples: npt.NDArray[np.float32], rate_hz: int, to_hz: int = SAMPLE_RATE_HZ) -> npt.NDArray[np.float32]:
    """Bring a whole mono recording of shape (samples,) to another rate."""
    return samples if rate_hz == to_hz else soxr.resample(samples, rate_hz, to_hz)


def to_pcm(samples: npt.NDArray[np.float32]) -> bytes:
    """Turn samples (-1 to 1; louder ones are clipped) into int16."""
    return np.clip(np.rint(samples * 32768), -32768, 32767).astype(np.int16).tobytes()
