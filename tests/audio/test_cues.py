from __future__ import annotations

from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest

from her_desktop.asr.endpointing import Endpointer
from her_desktop.asr.vad import FRAME_MS, VoiceActivity
from her_desktop.audio import Sound
from her_desktop.audio.cues import PEAK, cues
from her_desktop.events import SAMPLE_RATE_HZ

CUES = cues()
SECOND = bytes(SAMPLE_RATE_HZ * 2)


def wave(sound: Sound) -> npt.NDArray[np.float64]:
    return np.frombuffer(sound.pcm, np.int16).astype(np.float64) / 32768


def test_there_is_one_for_each_state_that_waits_for_him_and_for_a_lost_microphone() -> None:
    assert set(CUES) == {"listening", "hearing", "asleep", "lost"}


@pytest.mark.parametrize("state", CUES)
def test_each_is_short_soft_and_has_no_hard_edge(state: str) -> None:
    sound, heard = CUES[state], wave(CUES[state])
    assert sound.rate_hz == SAMPLE_RATE_HZ
    assert 40 <= sound.ms <= 120
    assert PEAK * 0.9 <= np.max(np.abs(heard)) <= 0.15
    assert max(abs(heard[0]), abs(heard[-1])) < 0.002
    assert abs(float(np.mean(heard))) < 0.01


def test_no_two_sound_alike() -> None:
    def spectrum(sound: Sound) -> npt.NDArray[np.float64]:
        """Of its beginning and of its end."""
        power = np.concatenate([np.abs(np.fft.rfft(half, 4096)) for half in np.array_split(wave(sound), 2)])
        return np.asarray(power / np.linalg.norm(power))

    for one, other in combinations(CUES.values(), 2):
        assert float(spectrum(one) @ spectrum(other)) < 0.75


def begun(sound: bytes) -> list[object]:
    """What the detector and the endpointing make of a sound in a silent room."""
    frames = VoiceActivity().accept(SECOND + sound + SECOND)
    endpointer = Endpointer()
    return [event for event in (endpointer.accept(frame.probability, FRAME_MS) for frame in frames) if event]


@pytest.mark.parametrize("state", CUES)
@pytest.mark.parametrize("loudness", [0.05, 0.3, 1.0, 3.0])
def test_she_does_not_take_them_for_a_voice(state: str, loudness: float) -> None:
    played = (wave(CUES[state]) * loudness * 32767).astype(np.int16).tobytes()
    assert begun(played) == []
    assert begun(played * 3) == []
