from __future__ import annotations

import math

import pytest

from her_desktop.ui.level import Meter, follow, loudness


def test_loudness_goes_from_quiet_to_loud_and_never_outside() -> None:
    assert loudness(0.0) == loudness(math.nan) == 0.0
    assert loudness(10 ** (-52 / 20)) == pytest.approx(0.0, abs=1e-9)
    assert loudness(10 ** (-32 / 20)) == pytest.approx(0.5)
    assert loudness(1.0) == 1.0


def test_the_level_rises_faster_than_it_falls() -> None:
    risen = follow(Meter(), 1.0)
    fallen = follow(Meter(1.0), 0.0)
    assert risen.value > 0.5
    assert 1.0 - fallen.value < 0.3


def test_a_few_missing_blocks_are_overlooked_and_a_stalled_device_is_not() -> None:
    meter = Meter(0.8)
    for _ in range(6):
        meter = follow(meter, None)
    assert meter.value == 0.8
    for _ in range(40):
        meter = follow(meter, None)
    assert meter.value == 0.0


def test_the_hiss_of_a_quiet_room_draws_nothing() -> None:
    meter = Meter()
    for rms in (0.001, 0.0015, 0.0008, 0.0019):
        meter = follow(meter, rms)
    assert meter.shown == 0.0
