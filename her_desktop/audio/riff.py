"""Receives the bytes of a WAV file. Emits its samples, whatever width, channels and rate they were written with.

The standard library's `wave` reads neither floating point nor (before Python 3.12) the extensible header, and it stops
at a file that was cut short; recordings that people bring have all three.
"""

from __future__ import annotations

import struct
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE
_LENGTH_UNKNOWN = 0x7FFF_0000
"""Programs that write to a pipe promise at least this many bytes, because they cannot know."""

_KINDS = {
    (_PCM, 8): "u1",
    (_PCM, 16): "<i2",
    (_PCM, 24): "i3",
    (_PCM, 32): "<i4",
    (_FLOAT, 32): "<f4",
    (_FLOAT, 64): "<f8",
}


class NotWavError(ValueError):
    """The bytes are not a WAV file that can be read; the text says why."""


class Format(msgspec.Struct, frozen=True):
    """What the header says about the samples."""

    tag: int
    channels: int
    rate_hz: int
    bits: int

    def __str__(self) -> str:
        channels = {1: "mono", 2: "stereo"}.get(self.channels, f"{self.channels} channels")
        return f"{self.rate_hz} Hz, {channels}, {self.bits} bit{' float' if self.tag == _FLOAT else ''}"


class Contents(msgspec.Struct, frozen=True):
    """The samples of a file, its format, and whether the file ends before its header says."""

    samples: npt.NDArray[np.float32]
    """Mono, shape (samples,), -1 to 1: the channels' mean."""
    format: Format
    truncated: bool


def parse(data: bytes) -> Contents:
    """Read the bytes of a WAV file.

    Raises:
        NotWavError: they are not one, or it is written in a way that is not read here.
    """
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        raise NotWavError("it is not a WAV file")
    form, body, promised = _chunks(data)
    kind = _kind(form)
    frame_bytes = form.channels * form.bits // 8
    whole = body[: len(body) // frame_bytes * frame_bytes]
    samples = _numbers(whole, kind).reshape(-1, form.channels).mean(axis=1, dtype=np.float32)
    return Contents(samples, form, truncated=len(body) < promised < _LENGTH_UNKNOWN)


def _chunks(data: bytes) -> tuple[Format, bytes, int]:
    """Find the format and the samples: (format, bytes that are there, bytes that the header promises)."""
    form, at = None, 12
    while at + 8 <= len(data):
        name, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        body = data[at + 8 : at + 8 + size]
        if name == b"fmt ":
            form = _format(body)
        elif name == b"data" and form is not None:
            return form, body, size
        at += 8 + size + size % 2
    raise NotWavError("it holds no audio: the file ends before its samples" if form else "its header is cut off")


def _format(body: bytes) -> Format:
    try:
        tag, channels, rate_hz, _, _, bits = struct.unpack_from("<HHIIHH", body)
        if tag == _EXTENSIBLE:
            tag = struct.unpack_from("<H", body, 24)[0]
    except struct.error as error:
        raise NotWavError("its header is cut off") from error
    return Format(tag, channels, rate_hz, bits)


def _kind(form: Format) -> str:
    kind = _KINDS.get((form.tag, form.bits))
    if kind is None:
        raise NotWavError(
            f"its samples are written in a way that is not read here (format {form.tag}, {form.bits} bit)"
        )
    if form.channels == 0 or not 1_000 <= form.rate_hz <= 768_000:
        raise NotWavError(f"its header makes no sense ({form})")
    return kind


def _numbers(body: bytes, kind: str) -> npt.NDArray[np.float32]:
    numbers: npt.NDArray[np.float32] = _scaled(body, kind).astype(np.float32)
    return numbers


def _scaled(body: bytes, kind: str) -> npt.NDArray[Any]:
    if kind == "i3":
        wide = np.zeros((len(body) // 3, 4), np.uint8)
        wide[:, 1:] = np.frombuffer(body, np.uint8).reshape(-1, 3)
        return np.asarray(wide.view("<i4")[:, 0] / 2.0**31)
    raw: npt.NDArray[Any] = np.frombuffer(body, kind)
    if kind == "u1":
        return (raw - 128.0) / 128
    if raw.dtype.kind == "f":
        return np.asarray(np.clip(np.nan_to_num(raw, posinf=1, neginf=-1), -1, 1))
    return np.asarray(raw / 2.0 ** (8 * raw.itemsize - 1))
