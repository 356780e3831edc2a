from __future__ import annotations

from her_desktop.tts.tones import TONES, Tone, tone_named


def test_neutral_changes_nothing_and_an_unknown_tone_is_neutral() -> None:
    assert TONES["neutral"] == Tone(speed=1.0, pitch_steps=0)
    assert tone_named("operatic") == TONES["neutral"]


def test_every_other_tone_is_different_and_small() -> None:
    assert len({(tone.speed, tone.pitch_steps) for tone in TONES.values()}) == len(TONES)
    assert all(0.9 <= tone.speed <= 1.1 and abs(tone.pitch_steps) <= 10 for tone in TONES.values())
