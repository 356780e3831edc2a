"""A loudspeaker of this machine. Receives sound to play. Emits `Played` about every 20 ms, and `DeviceLost`.

The stream is opened once and stays open, silent when there is nothing to play: so neither the head nor the tail of a
sound is lost, and stopping means that the next block is silent. The callback only copies bytes and puts events.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np
import soxr

from her_desktop.audio import DeviceLost, Emit, Played, Sound
from her_desktop.audio.devices import choose
from her_desktop.audio.streams import Format, close_stream, open_stream, refresh
from her_desktop.events import BLOCK_MS

LATENCY_S = 0.05
"""Sound that waits in the device: less makes gaps on a busy machine, more makes her slow to fall silent.

The size of the blocks is left to PortAudio; with blocks of our own, PulseAudio ran dry many times a second.
"""

_MOST_HELD_S = 1.0
_LOST = "it stopped: unplugged, or the sound server ended"


class _Playing(msgspec.Struct):
    """A sound on its way to the device."""

    token: str
    pcm: bytes
    levels: list[float]
    """Of each block, 0 to 1."""
    total_ms: float
    handed_bytes: int = 0
    sounded_ms: float = 0.0
    told_ms: float = -math.inf


class DeviceSpeaker:
    """The wanted loudspeaker (`HOST API / NAME`), or the best one there is.

    `Played.ms` counts what has sounded: what the device still holds is taken off. A device that is lost while it plays
    emits `DeviceLost` first, then the last `Played` (done, with what had sounded): whoever waits for either is told.
    So does `play` on a device that is lost already. After `DeviceLost`, close and open again.
    """

    def __init__(self, wanted: str = "") -> None:
        self._wanted = wanted
        self._stream: Any = None
        self._form = Format(0, 1)
        self._emit: Emit = lambda _event: None
        self._opening = object()
        self._is_lost = False
        self._playing: _Playing | None = None
        self._lock = threading.Lock()

    def open(self, emit: Emit) -> str:
        """Open the device, on a list of devices read anew if no other stream is open; returns `HOST API / NAME`.

        Raises:
            Trouble: there is no loudspeaker, it is busy or refused, or PortAudio is missing (exit 3).
        """
        self.close()
        refresh()
        device = choose("output", self._wanted)
        opening = self._opening = object()
        self._emit, self._is_lost = emit, False
        self._stream, self._form = open_stream(
            device,
            "output",
            [Format(device.rate_hz, channels) for channels in dict.fromkeys([1, min(device.channels, 2)])],
            callback_of=self._callback_of,
            finished_callback=lambda: self._finished(opening),
            block_ms=0,
            latency=LATENCY_S,
        )
        return device.label

    def play(self, token: str, sound: Sound) -> None:
        """Begin to play, instead of what was playing. A sound of 0 ms is done with the next block."""
        if self._stream is None or self._is_lost:
            self._emit(DeviceLost("speaker", _LOST))
            self._emit(Played(token, 0, 0.0, done=True))
            return
        samples = np.frombuffer(sound.pcm, np.int16)
        if sound.rate_hz != self._form.rate_hz and len(samples):
            samples = soxr.resample(samples, sound.rate_hz, self._form.rate_hz)
        pcm = np.repeat(samples, self._form.channels).tobytes()
        playing = _Playing(token, pcm, _levels(samples, self._form.rate_hz), len(samples) * 1000 / self._form.rate_hz)
        with self._lock:
            self._playing = playing

    def stop(self) -> int:
        """Be silent from the next block on.

        Returns:
            How many milliseconds sounded, with the few (`LATENCY_S`) that the device holds and will still let sound.
        """
        with self._lock:
            playing, self._playing = self._playing, None
        if playing is None:
            return 0
        handed_ms = playing.handed_bytes * 500 / (self._form.rate_hz * self._form.channels)
        return round(min(handed_ms, playing.total_ms))

    def close(self) -> None:
        """Let go of the device, within 0.2 s."""
        self._opening = object()
        with self._lock:
            self._playing = None
        stream, self._stream = self._stream, None
        if stream is not None:
            close_stream(stream)

    def _finished(self, opening: object) -> None:
        if opening is not self._opening:
            return
        self._is_lost = True
        with self._lock:
            playing, self._playing = self._playing, None
        self._emit(DeviceLost("speaker", _LOST))
        if playing:
            self._emit(Played(playing.token, round(min(playing.sounded_ms, playing.total_ms)), 0.0, done=True))

    def _callback_of(self, form: Format) -> Callable[..., None]:
        bytes_per_ms = form.rate_hz * form.channels * 2 / 1000

        def callback(out: Any, _frames: int, times: Any, _status: Any) -> None:
            with self._lock:
                playing = self._playing
                if playing is None:
                    out[:] = bytes(len(out))
                    return
                block = playing.pcm[playing.handed_bytes : playing.handed_bytes + len(out)]
                out[:] = block + bytes(len(out) - len(block))
                held_ms = min(max(times.outputBufferDacTime - times.currentTime, 0.0), _MOST_HELD_S) * 1000
                playing.sounded_ms = max(playing.handed_bytes / bytes_per_ms - held_ms, 0.0)
                playing.handed_bytes += len(out)
                self._tell(playing)

        return callback

    def _tell(self, playing: _Playing) -> None:
        done = playing.sounded_ms >= playing.total_ms
        if done:
            self._playing = None
        elif playing.sounded_ms < playing.told_ms + BLOCK_MS:
            return
        playing.told_ms = playing.sounded_ms
        index = int(playing.sounded_ms) // BLOCK_MS
        level = playing.levels[index] if index < len(playing.levels) and not done else 0.0
        self._emit(Played(playing.token, round(min(playing.sounded_ms, playing.total_ms)), level, done))


def _levels(samples: np.ndarray, rate_hz: int) -> list[float]:
    """Root mean square of each block, 0 to 1."""
    block = rate_hz * BLOCK_MS // 1000
    padded = np.pad(samples.astype(np.float64) / 32768, (0, -len(samples) % block))
    return [float(level) for level in np.sqrt((padded.reshape(-1, block) ** 2).mean(axis=1))]
