from __future__ import annotations

import numpy as np
import pytest

from her_desktop.audio.resample import Resampler, resample


def _tone(rate_hz: int, tone_hz: float = 440, seconds: float = 1.0) -> np.ndarray:
    return (np.sin(np.arange(int(rate_hz * seconds)) * 2 * np.pi * tone_hz / rate_hz) * 10_000).astype(np.int16)


def _loudest_hz(samples: np.ndarray, rate_hz: int = 16_000) -> float:
    return float(np.argmax(np.abs(np.fft.rfft(samples))) * rate_hz / len(samples))


def _in_blocks(resampler: Resampler, samples: np.ndarray, block: int) -> np.ndarray:
    parts = [resampler.accept(samples[at : at + block].tobytes()) for at in range(0, len(samples), block)]
    return np.frombuffer(b"".join([*parts, resampler.flush()]), np.int16)


@pytest.mark.parametrize("rate_hz", [8_000, 22_050, 44_100, 48_000, 96_000])
def test_a_second_at_any_rate_becomes_a_second_of_the_same_tone(rate_hz: int) -> None:
    heard = _in_blocks(Resampler(rate_hz), _tone(rate_hz), rate_hz // 50)
    assert len(heard) == pytest.approx(16_000, abs=2)
    assert _loudest_hz(heard) == pytest.approx(440, abs=2)


def test_blocks_of_odd_sizes_leave_no_seams() -> None:
    whole = _in_blocks(Resampler(44_100), _tone(44_100), 44_100)
    pieces = _in_blocks(Resampler(44_100), _tone(44_100), 617)
    assert np.max(np.abs(whole.astype(int) - pieces.astype(int))) <= 1


def test_a_tone_that_16_khz_cannot_hold_is_gone_rather_than_folded_down() -> None:
    heard = _in_blocks(Resampler(48_000), _tone(48_000, tone_hz=12_000), 960)
    assert np.sqrt(np.mean(heard.astype(float) ** 2)) < 50


def test_audio_at_the_wanted_rate_passes_unchanged_and_at_once() -> None:
    block = _tone(16_000)[:320].tobytes()
    resampler = Resampler(16_000)
    assert resampler.accept(block) == block
    assert resampler.flush() == b""


def test_the_output_lags_at_most_40_ms_at_the_rates_of_microphones() -> None:
    for rate_hz in (44_100, 48_000):
        resampler = Resampler(rate_hz)
        heard_bytes = sum(
            len(resampler.accept(_tone(rate_hz)[at : at + 960].tobytes())) for at in range(0, rate_hz, 960)
        )
        assert heard_bytes // 2 >= 16_000 - 640


def test_after_a_flush_a_new_stream_begins() -> None:
    resampler = Resampler(48_000)
    first = _in_blocks(resampler, _tone(48_000), 960)
    assert np.array_equal(first, _in_blocks(resampler, _tone(48_000), 960))


def test_a_whole_recording_keeps_its_length_in_time() -> None:
    samples = _tone(8_000).astype(np.float32) / np.float32(32_768)
    assert len(resample(samples, 8_000)) == 16_000
    assert resample(samples, 16_000) is samples
