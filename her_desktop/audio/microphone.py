"""A microphone of this machine. Emits `Heard` about every 20 ms, and `DeviceLost` when it goes away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from her_desktop.audio import DeviceLost, Emit, Heard
from her_desktop.audio.devices import choose
from her_desktop.audio.streams import Format, close_stream, open_stream, refresh
from her_desktop.events import BLOCK_MS, SAMPLE_RATE_HZ, AudioChunk


class DeviceMicrophone:
    """The wanted microphone (`HOST API / NAME`), or the best one there is.

    Blocks are mono and 16 kHz where the device can, else in its own rate, which each chunk names; several channels are
    averaged. A device that stalls emits nothing at all, not even that it is lost: the session has to watch the clock.
    After `DeviceLost`, close and open again.
    """

    def __init__(self, wanted: str = "") -> None:
        self._wanted = wanted
        self._stream: Any = None
        self._opening = object()

    def open(self, emit: Emit) -> str:
        """Begin to listen, on a list of devices read anew if no other stream is open; returns `HOST API / NAME`.

        Raises:
            Trouble: there is no microphone, it is busy or refused, or PortAudio is missing (exit 3).
        """
        self.close()
        refresh()
        device = choose("input", self._wanted)
        rates = dict.fromkeys([SAMPLE_RATE_HZ, device.rate_hz])
        formats = [Format(rate, channels) for channels in (1, min(device.channels, 2)) for rate in rates]
        opening = self._opening = object()
        self._stream, _form = open_stream(
            device,
            "input",
            list(dict.fromkeys(formats)),
            callback_of=lambda form: _callback(form, emit),
            finished_callback=lambda: self._finished(opening, emit),
            block_ms=BLOCK_MS,
            latency="low",
        )
        return device.label

    def close(self) -> None:
        """Stop listening. Returns within 0.2 s, also where the device hangs."""
        self._opening = object()
        stream, self._stream = self._stream, None
        if stream is not None:
            close_stream(stream)

    def _finished(self, opening: object, emit: Emit) -> None:
        if opening is self._opening:
            emit(DeviceLost("microphone", "it stopped: unplugged, or the sound server ended"))


def _callback(form: Format, emit: Emit) -> Callable[..., None]:
    def mono(data: Any, _frames: int, _time: Any, _status: Any) -> None:
        emit(Heard(AudioChunk(bytes(data), form.rate_hz)))

    def mixed(data: Any, _frames: int, _time: Any, _status: Any) -> None:
        samples = np.frombuffer(data, np.int16).reshape(-1, form.channels)
        emit(Heard(AudioChunk(samples.mean(axis=1).astype(np.int16).tobytes(), form.rate_hz)))

    return mono if form.channels == 1 else mixed
