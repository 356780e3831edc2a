"""Receives nothing. Emits the short sounds that tell a change of her state to somebody who does not look."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
import numpy as np
import numpy.typing as npt

from her_desktop.audio import Sound
from her_desktop.events import SAMPLE_RATE_HZ

PEAK = 0.13
"""Of full scale: soft beside a voice."""

_FADE_MS = 18.0


class _Tone(msgspec.Struct, frozen=True):
    """A tone that glides from one pitch to another, in so many beats."""

    from_hz: float
    to_hz: float
    ms: float
    beats: int = 1


_TONES: Mapping[str, _Tone] = {
    "listening": _Tone(784.0, 1174.7, 110),
    "hearing": _Tone(1396.9, 1396.9, 60),
    "asleep": _Tone(1046.5, 784.0, 100),
    "lost": _Tone(740.0, 740.0, 120, beats=2),
}
"""Rising, high and short, falling, halting: told apart also by somebody who has no ear for pitch."""


def cues() -> Mapping[str, Sound]:
    """State to the sound that tells that it has begun; `lost` for a microphone that went away.

    Mono int16 at 16 kHz, at most 120 ms, never louder than `PEAK`.
    """
    return {state: _sound(tone) for state, tone in _TONES.items()}


def _sound(tone: _Tone) -> Sound:
    count = int(SAMPLE_RATE_HZ * tone.ms / 1000)
    at = np.arange(count) / count
    pitch_hz = tone.from_hz * (tone.to_hz / tone.from_hz) ** at
    phase = 2 * np.pi * np.cumsum(pitch_hz) / SAMPLE_RATE_HZ
    wave = (np.sin(phase) + 0.12 * np.sin(2 * phase)) * _shape(count, tone.beats)
    wave *= PEAK / np.max(np.abs(wave))
    return Sound((wave * 32767).astype(np.int16).tobytes(), SAMPLE_RATE_HZ)


def _shape(count: int, beats: int) -> npt.NDArray[np.float64]:
    """Out of silence and back into it, softly, once for each beat."""
    beat = count // beats
    fade = min(beat // 2, int(SAMPLE_RATE_HZ * _FADE_MS / 1000))
    rise = (1 - np.cos(np.linspace(0, np.pi, fade))) / 2
    one = np.concatenate([rise, np.ones(beat - 2 * fade), rise[::-1]])
    return np.pad(np.tile(one, beats), (0, count - beat * beats))
