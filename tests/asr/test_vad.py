from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from her_desktop.asr.vad import FRAME_SAMPLES, VoiceActivity, rms
from her_desktop.audio.wav import read_recording
from tests.recordings import recording

_SECOND = np.random.default_rng(7).normal(0, 1_000, 16_000).astype(np.int16).tobytes()


@given(st.lists(st.integers(1, 3_000), max_size=30))
def test_frames_hold_every_sample_once_and_in_order_however_the_blocks_are_cut(sizes: list[int]) -> None:
    detector, at, heard = VoiceActivity(), 0, b""
    for size in sizes:
        heard += b"".join(frame.pcm for frame in detector.accept(_SECOND[at : at + size]))
        at += size
    heard += b"".join(frame.pcm for frame in detector.flush())
    given_ = _SECOND[:at]
    assert heard[: len(given_)] == given_
    assert len(heard) - len(given_) < FRAME_SAMPLES * 2


def test_noise_a_tone_and_silence_are_no_voice() -> None:
    tone = (np.sin(np.arange(16_000) * 2 * np.pi * 220 / 16_000) * 8_000).astype(np.int16).tobytes()
    for sound in (_SECOND, bytes(32_000), tone):
        frames = VoiceActivity().accept(sound)
        assert np.mean([frame.probability > 0.5 for frame in frames]) < 0.2


def test_the_level_is_the_root_mean_square() -> None:
    assert rms(b"") == 0
    assert rms(np.full(100, -16_384, np.int16).tobytes()) == pytest.approx(0.5)
    assert VoiceActivity().accept(np.full(512, 3_277, np.int16).tobytes())[0].level == pytest.approx(0.1, abs=0.001)


@pytest.mark.recordings
def test_a_voice_is_found_from_its_first_tenth_of_a_second_without_any_lead_in() -> None:
    pcm = read_recording(recording("speechbrain-spk2_snt1.wav").path).pcm
    samples = np.frombuffer(pcm, np.int16)
    begin = int(np.argmax(np.abs(samples.astype(int)) > 1_500)) * 2
    frames = VoiceActivity().accept(pcm[begin : begin + 200 * 32])
    assert sum(frame.probability >= 0.5 for frame in frames) >= 3


@pytest.mark.recordings
def test_a_voice_after_long_silence_is_found_as_soon_as_without_it() -> None:
    pcm = read_recording(recording("rhasspy3-what_time_is_it.wav").path).pcm
    frames = VoiceActivity().accept(pcm)
    after = VoiceActivity().accept(bytes(FRAME_SAMPLES * 2 * 100) + pcm)[100:]
    begins = [next(at for at, frame in enumerate(found) if frame.probability > 0.5) for found in (frames, after)]
    assert begins[1] <= begins[0] + 1


@pytest.mark.recordings
def test_after_a_reset_the_same_sound_is_judged_the_same() -> None:
    pcm = read_recording(recording("rhasspy3-what_time_is_it.wav").path).pcm
    detector = VoiceActivity()
    first = [frame.probability for frame in detector.accept(pcm)]
    detector.reset()
    assert max(first) > 0.9
    assert [frame.probability for frame in detector.accept(pcm)] == pytest.approx(first, abs=0.01)
