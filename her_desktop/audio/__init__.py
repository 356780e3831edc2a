"""Receives blocks from a microphone or a recording, and speech to play. Emits `AudioChunk` and where playback stands.

The only room that imports sounddevice. Each device is behind a small Protocol, and `audio/wav.py` is a real
implementation of both edges: recordings as the microphone, WAV files as the loudspeaker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

import msgspec

from her_desktop.events import BLOCK_MS, SAMPLE_RATE_HZ, AudioChunk

_BLOCK_BYTES = SAMPLE_RATE_HZ * BLOCK_MS // 1000 * 2


def in_blocks(pcm: bytes) -> Iterator[AudioChunk]:
    """A recording (mono int16, 16 kHz) in blocks, as a microphone hands them over; the last one may be shorter."""
    return (AudioChunk(pcm[start : start + _BLOCK_BYTES]) for start in range(0, len(pcm), _BLOCK_BYTES))


class Sound(msgspec.Struct, frozen=True):
    """Sound to play: mono int16 PCM."""

    pcm: bytes
    rate_hz: int

    @property
    def ms(self) -> int:
        """Length in milliseconds."""
        return len(self.pcm) * 500 // self.rate_hz


class Heard(msgspec.Struct, frozen=True):
    """A block from the microphone."""

    chunk: AudioChunk


class RecordingEnded(msgspec.Struct, frozen=True):
    """The recording that played the microphone is over."""


class Played(msgspec.Struct, frozen=True):
    """How far the speaker is with a piece of sound."""

    token: str
    """The name that `play` was given."""
    ms: int
    """How much of it has sounded."""
    level: float
    """Root mean square of the block that sounds now, 0 to 1."""
    done: bool
    """True once, at the end."""


class DeviceLost(msgspec.Struct, frozen=True):
    """A device stopped working or was unplugged."""

    part: str
    """microphone or speaker."""
    why: str


AudioEvent = Heard | RecordingEnded | Played | DeviceLost
Emit = Callable[[AudioEvent], None]
"""Takes an event from any thread and returns at once: it only puts the event into the session's inbox."""


class Microphone(Protocol):
    """Something that hears. Opening returns the device's name; blocks arrive through `emit` until it is closed."""

    def open(self, emit: Emit) -> str:
        """Begin to listen. Raises `Trouble` (exit 3) where there is no microphone or it is refused."""
        ...

    def close(self) -> None:
        """Stop listening. Returns within 0.2 s, also where the device hangs."""
        ...


class Speaker(Protocol):
    """Something that sounds. Opening returns the device's name; progress arrives through `emit`."""

    def open(self, emit: Emit) -> str:
        """Get ready to play. Raises `Trouble` (exit 3) where there is no loudspeaker."""
        ...

    def play(self, token: str, sound: Sound) -> None:
        """Begin to play, instead of what was playing. `Played` with this token follows about every 20 ms."""
        ...

    def stop(self) -> int:
        """Be silent at once. Returns how many milliseconds had sounded; no further `Played` follows for that token."""
        ...

    def close(self) -> None:
        """Let go of the device."""
        ...
