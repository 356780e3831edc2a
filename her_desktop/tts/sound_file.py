"""Reads what the engines write: WAV (espeak-ng, Windows) and AIFF or AIFF-C (macOS, whatever the file's name says)."""

from __future__ import annotations

import io
import struct
import wave

import numpy as np

from her_desktop.audio import Sound

_RATES_HZ = range(4_000, 200_000)
_BIG_ENDIAN = {b"NONE", b"twos"}
_LITTLE_ENDIAN = {b"sowt"}


def read_sound(data: bytes) -> Sound:
    """Decode a sound file to mono int16; several channels are averaged.

    Raises:
        ValueError: the file is neither 16-bit WAV nor 16-bit AIFF, or is cut off.
    """
    try:
        if data[:4] == b"FORM" and data[8:12] in {b"AIFF", b"AIFC"}:
            return _read_aiff(data)
        return _read_wav(data)
    except (EOFError, KeyError, struct.error, wave.Error) as error:
        raise ValueError(f"not a sound file that can be read: {error or 'it is cut off'}") from error


def _read_wav(data: bytes) -> Sound:
    with wave.open(io.BytesIO(data)) as file:
        _need_16_bit(file.getsampwidth() * 8)
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2")
        return _mono(samples, file.getnchannels(), file.getframerate())


def _read_aiff(data: bytes) -> Sound:
    chunks = _chunks(data)
    common = chunks[b"COMM"]
    channels, frames, bits = struct.unpack(">hLh", common[:8])
    _need_16_bit(bits)
    encoding = common[18:22] or b"NONE"
    if encoding not in _BIG_ENDIAN | _LITTLE_ENDIAN:
        raise ValueError(f"AIFF-C encoding {encoding!r} cannot be read")
    offset = 8 + struct.unpack(">L", chunks[b"SSND"][:4])[0]
    raw = chunks[b"SSND"][offset : offset + frames * channels * 2]
    samples = np.frombuffer(raw, "<i2" if encoding in _LITTLE_ENDIAN else ">i2")
    return _mono(samples, channels, _extended_float(common[8:18]))


def _chunks(data: bytes) -> dict[bytes, bytes]:
    found, at = {}, 12
    while at + 8 <= len(data):
        name, size = struct.unpack(">4sL", data[at : at + 8])
        found[name] = data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
    return found


def _extended_float(data: bytes) -> int:
    """AIFF keeps its rate as an 80-bit float; whole hertz are enough here."""
    exponent, mantissa = struct.unpack(">HQ", data)
    return int(mantissa >> (16383 + 63 - (exponent & 0x7FFF)))


def _need_16_bit(bits: int) -> None:
    if bits != 16:
        raise ValueError(f"{bits}-bit sound cannot be read")


def _mono(samples: np.ndarray, channels: int, rate_hz: int) -> Sound:
    if channels < 1 or rate_hz not in _RATES_HZ:
        raise ValueError(f"{channels} channels at {rate_hz} Hz cannot be read")
    if channels > 1:
        samples = samples[: len(samples) // channels * channels].reshape(-1, channels).mean(axis=1)
    return Sound(samples.astype(np.int16).tobytes(), rate_hz)
