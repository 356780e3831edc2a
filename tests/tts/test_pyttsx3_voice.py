"""Her real voice: pyttsx3 and espeak-ng in their own process."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator

import numpy as np
import pytest

from her_desktop.audio import Sound
from her_desktop.trouble import Exit, Trouble
from her_desktop.tts.pyttsx3_voice import DEFAULT_VOICE, ENGINE, Pyttsx3Voice, list_voices

pytestmark = [
    pytest.mark.speech,
    pytest.mark.skipif(ENGINE != "espeak-ng", reason="these tests know the voices of espeak-ng"),
]


@pytest.fixture(scope="module")
def voice() -> Iterator[Pyttsx3Voice]:
    voice = Pyttsx3Voice()
    yield voice
    voice.close()


def pitch_hz(sound: Sound) -> float:
    """The commonest distance of the voice's pulses, by autocorrelation over 40 ms frames."""
    samples = np.frombuffer(sound.pcm, np.int16).astype(np.float64)
    frame = sound.rate_hz // 25
    lags = range(sound.rate_hz // 400, sound.rate_hz // 80)
    found = []
    for stretch in samples[: len(samples) // frame * frame].reshape(-1, frame):
        likeness = np.correlate(stretch, stretch, "full")[frame - 1 :]
        best = max(lags, key=lambda lag: float(likeness[lag]))
        if likeness[0] > 0 and likeness[best] > 0.5 * likeness[0]:
            found.append(sound.rate_hz / best)
    return float(np.median(found))


def test_a_sentence_becomes_sound_with_a_start_for_each_word(voice: Pyttsx3Voice) -> None:
    text = "Good evening. How was your day?"
    spoken = voice.synthesize(text)
    assert spoken.voice == f"espeak-ng:{DEFAULT_VOICE}"
    assert 1200 < spoken.sound.ms < 4000
    assert len(spoken.word_starts_ms) == len(text.split())
    assert list(spoken.word_starts_ms) == sorted(spoken.word_starts_ms)
    assert spoken.word_starts_ms[0] < 30
    assert spoken.word_starts_ms[-1] < spoken.sound.ms - 100


def test_it_sounds_at_once_and_is_as_loud_as_speech(voice: Pyttsx3Voice) -> None:
    sound = voice.synthesize("Hello, my friend.").sound
    samples = np.frombuffer(sound.pcm, np.int16).astype(np.float64)
    assert np.flatnonzero(np.abs(samples) > 300)[0] * 1000 / sound.rate_hz < 60
    assert 500 < math.sqrt((samples**2).mean()) < 12_000


def test_the_pause_between_two_sentences_stands_where_the_second_one_starts(voice: Pyttsx3Voice) -> None:
    spoken = voice.synthesize("I am glad. You came.")
    samples = np.frombuffer(spoken.sound.pcm, np.int16)
    per_ms = spoken.sound.rate_hz / 1000
    start = int(spoken.word_starts_ms[3] * per_ms)
    assert np.abs(samples[start - int(120 * per_ms) : start - int(25 * per_ms)]).max() < 50
    assert np.abs(samples[start : start + int(80 * per_ms)]).max() > 500


@pytest.mark.parametrize(
    "text",
    [
        *("a", "?!", "...", "\u2014", "\x00", "a\x00b\x07", "\ud800 lone", "\ufeff", "naïve café", "\u4f60\u597d"),
        *("I \u2764 you \U0001f600", "<b>not markup</b> & [[fonemz]]", "{braces}", "99.5 % of 1,000", "x" * 100_000),
    ],
)
def test_odd_text_is_spoken_or_silent_but_never_trouble(voice: Pyttsx3Voice, text: str) -> None:
    spoken = voice.synthesize(text)
    assert len(spoken.word_starts_ms) == len(text.split())
    assert spoken.sound.ms < 60_000


@pytest.mark.parametrize("text", ["", "  \n\t "])
def test_no_words_are_no_sound(voice: Pyttsx3Voice, text: str) -> None:
    spoken = voice.synthesize(text)
    assert (spoken.sound.ms, spoken.word_starts_ms) == (0, ())


def test_ten_thousand_words_are_spoken_to_the_end() -> None:
    hasty = Pyttsx3Voice(rate_wpm=450)
    try:
        spoken = hasty.synthesize("I remember it all so " * 2_000)
    finally:
        hasty.close()
    assert len(spoken.word_starts_ms) == 10_000
    assert spoken.sound.ms > 10_000 * 60
    assert spoken.word_starts_ms[-1] < spoken.sound.ms


def test_no_text_is_ever_lost_however_often_the_settings_change(voice: Pyttsx3Voice) -> None:
    """pyttsx3 cancels a text that follows a setting too closely; one in ten came out empty before the worker waited."""
    lengths_ms = [voice.synthesize("I am here.", ("neutral", "tender")[i % 2]).sound.ms for i in range(120)]
    assert min(lengths_ms) > 500


def test_tones_change_speed_and_pitch_a_little(voice: Pyttsx3Voice) -> None:
    text = "I remember every morning that we walked along the river."
    spoken = {tone: voice.synthesize(text, tone).sound for tone in ("neutral", "tender", "bright", "unheard of")}
    assert spoken["tender"].ms > spoken["neutral"].ms * 1.03 > spoken["bright"].ms
    assert pitch_hz(spoken["tender"]) < pitch_hz(spoken["neutral"]) < pitch_hz(spoken["bright"])
    assert spoken["unheard of"].ms == pytest.approx(spoken["neutral"].ms, abs=60)


def test_a_faster_rate_is_faster(voice: Pyttsx3Voice) -> None:
    quick = Pyttsx3Voice(rate_wpm=220)
    try:
        text = "The rain has stopped and the street is quiet again."
        assert quick.synthesize(text).sound.ms < voice.synthesize(text).sound.ms * 0.85
    finally:
        quick.close()


@pytest.mark.parametrize("name", ["en-us+f3", "en-gb", "gmw/en-us", "EN-US+Annie", "English (America)"])
def test_voices_are_taken_by_id_language_or_name_with_a_variant(name: str) -> None:
    voice = Pyttsx3Voice(name)
    try:
        assert voice.synthesize("Hello.").sound.ms > 200
        assert voice.name == f"espeak-ng:{name}"
    finally:
        voice.close()


@pytest.mark.parametrize("name", ["nobody", "en-us+nobody", "en-us+", "+f3", "en us"])
def test_an_unknown_voice_is_one_clear_line_and_not_another_voice(name: str) -> None:
    voice = Pyttsx3Voice(name)
    try:
        with pytest.raises(Trouble) as caught:
            voice.synthesize("Hello.")
        assert caught.value.line.startswith(f"voice {name}: espeak-ng has no such voice (")
        assert caught.value.exit_code == Exit.BAD_INPUT
    finally:
        voice.close()


def test_listed_voices_have_what_settings_need_and_can_all_be_told_apart() -> None:
    voices = list_voices()
    ids = [voice.id for voice in voices]
    assert len(ids) == len(set(ids)) > 50
    assert DEFAULT_VOICE in ids
    assert {voice.gender for voice in voices if voice.id == "en-us+f3"} == {"Female"}
    assert all(voice.name and voice.language for voice in voices)


@pytest.mark.parametrize("rate_wpm", [0, -5, 59, 451])
def test_a_rate_that_nobody_can_follow_is_refused(rate_wpm: int) -> None:
    with pytest.raises(Trouble, match="between 60 and 450"):
        Pyttsx3Voice(rate_wpm=rate_wpm)


def test_several_threads_speak_one_after_the_other(voice: Pyttsx3Voice) -> None:
    texts = ["One.", "One two three.", "One two three four five six seven.", "Hello there, my friend."] * 3
    alone = {text: voice.synthesize(text).sound.ms for text in set(texts)}
    together: list[tuple[str, int]] = []
    threads = [
        threading.Thread(target=lambda t=text: together.append((t, voice.synthesize(t).sound.ms))) for text in texts
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert len(together) == len(texts)
    assert all(ms == pytest.approx(alone[text], abs=120) for text, ms in together)
