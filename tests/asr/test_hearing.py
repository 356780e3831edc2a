from __future__ import annotations

import time

import numpy as np
import pytest

from her_desktop.asr.endpointing import Endpointing
from her_desktop.asr.hearing import Hearing
from her_desktop.asr.moonshine import MoonshineRecognizer
from her_desktop.audio.resample import Resampler
from her_desktop.audio.wav import read_recording
from her_desktop.dialogue.packs import load_language
from her_desktop.events import (
    AudioChunk,
    FinalTranscript,
    PartialTranscript,
    PartLost,
    PartReady,
    SpeechDiscarded,
    SpeechEnded,
    SpeechStarted,
    Timing,
    kind_of,
)
from her_desktop.paths import resources
from tests.asr.speech import ScriptedRecognizer, beckett, feed, silence, ticking
from tests.recordings import recording, recordings

_ENOUGH_MS = 1_000

ENGLISH = load_language(resources() / "dialogue" / "en")


def _hearing(recognizer: ScriptedRecognizer | None = None, *, hands_free: bool = True) -> Hearing:
    clock = ticking()
    return Hearing(recognizer or ScriptedRecognizer(), lambda: next(clock), ENGLISH, hands_free=hands_free)


def _word() -> bytes:
    """The first two words of the recording, without the pause before and after them."""
    voiced = np.abs(np.frombuffer(beckett(), np.int16).astype(int)) > 1_500
    begin = int(np.argmax(voiced))
    return beckett()[begin * 2 : (begin + 12_800) * 2]


def test_one_utterance_comes_in_one_order() -> None:
    hearing = _hearing(ScriptedRecognizer("ever tried", partials=("", "ever", "ever tried")))
    entries = feed(hearing, silence(500) + _word() + silence(_ENOUGH_MS))
    assert [kind_of(entry) for entry in entries] == [
        "speech_started", "partial_transcript", "partial_transcript", "speech_ended", "final_transcript", "timing",
    ]  # fmt: skip
    final = next(entry for entry in entries if isinstance(entry, FinalTranscript))
    assert (final.text, final.recognizer) == ("ever tried", "vosk:script")


def test_how_long_the_recognizer_took_is_read_from_the_clock_that_was_handed_in() -> None:
    entries = feed(_hearing(), _word() + silence(_ENOUGH_MS))
    assert entries[-1] == Timing(stage="recognized", ms=250.0)


def test_the_first_sound_is_not_lost_and_the_recognizer_gets_one_unbroken_piece_of_what_was_heard() -> None:
    recognizer, sound = ScriptedRecognizer(), silence(900) + _word() + silence(_ENOUGH_MS)
    feed(_hearing(recognizer), sound)
    (piece,) = recognizer.utterances
    begin_ms = sound.index(piece) / 32
    assert 500 <= begin_ms <= 900
    assert begin_ms + len(piece) / 32 >= 900 + len(_word()) / 32


def test_a_pause_within_a_sentence_is_given_to_the_recognizer_whole_once_he_goes_on() -> None:
    recognizer, sound = ScriptedRecognizer(), silence(400) + _word() + silence(550) + _word() + silence(_ENOUGH_MS)
    entries = feed(_hearing(recognizer), sound)
    (piece,) = recognizer.utterances
    assert piece in sound
    assert len(piece) / 32 > 2 * len(_word()) / 32 + 550
    assert sum(isinstance(entry, SpeechEnded) for entry in entries) == 1


def test_two_sentences_are_two_utterances_and_share_no_audio() -> None:
    recognizer, sound = ScriptedRecognizer(), silence(400) + _word() + silence(1_200) + _word() + silence(1_200)
    feed(_hearing(recognizer), sound)
    first, second = recognizer.utterances
    assert sound.index(first) + len(first) <= sound.index(second, len(first))


@pytest.mark.parametrize("block_bytes", [2, 300, 641, 4_096, 10**6])
def test_the_length_of_the_blocks_changes_nothing(block_bytes: int) -> None:
    recognizer, reference = ScriptedRecognizer(), ScriptedRecognizer()
    sound = silence(200) + _word() + silence(800)
    entries = feed(_hearing(recognizer), sound, block_bytes)
    assert entries == feed(_hearing(reference), sound)
    assert recognizer.utterances == reference.utterances


def test_the_talk_key_holds_one_utterance_open_from_press_to_release() -> None:
    recognizer = ScriptedRecognizer("ever tried")
    hearing = _hearing(recognizer, hands_free=False)
    feed(hearing, silence(500))
    assert hearing.press() == [SpeechStarted("key")]
    assert hearing.press() == []
    assert feed(hearing, silence(900) + _word() + silence(2_000)) == []
    assert hearing.state == "key"
    ended, final, _ = hearing.release()
    assert isinstance(ended, SpeechEnded)
    assert ended.cause == "key_released"
    assert isinstance(final, FinalTranscript)
    assert len(recognizer.utterances[0]) / 32 >= 2_900 + len(_word()) / 32
    assert hearing.release() == []


def test_without_hands_free_a_voice_alone_begins_nothing() -> None:
    assert feed(_hearing(hands_free=False), _word() + silence(_ENOUGH_MS)) == []


def test_a_key_pressed_by_mistake_is_discarded_with_the_reason() -> None:
    hearing = _hearing(ScriptedRecognizer("you"))
    hearing.press()
    feed(hearing, silence(600))
    entries = hearing.release()
    assert entries[1] == SpeechDiscarded(why="there was no voice in it", text="you")
    assert not any(isinstance(entry, FinalTranscript) for entry in entries)


def test_what_is_not_understood_is_discarded_with_the_reason() -> None:
    entries = feed(_hearing(ScriptedRecognizer("")), _word() + silence(_ENOUGH_MS))
    assert SpeechDiscarded(why="nothing was understood") in entries


def test_he_is_waited_for_where_his_last_word_cannot_end_a_sentence() -> None:
    ended = [
        next(entry for entry in feed(_hearing(ScriptedRecognizer(partials=(text,))), _word() + silence(2_500))
             if isinstance(entry, SpeechEnded))
        for text in ("I was there and", "I was there")
    ]  # fmt: skip
    assert 1_500 <= ended[0].waited_ms < 1_600
    assert 700 <= ended[1].waited_ms < 800


def test_the_end_of_a_recording_ends_the_utterance_with_the_last_sample() -> None:
    recognizer, sound = ScriptedRecognizer(), silence(300) + _word()[:-100]
    hearing = _hearing(recognizer)
    feed(hearing, sound)
    entries = hearing.end_of_recording()
    assert isinstance(entries[0], SpeechEnded)
    assert entries[0].cause == "end_of_recording"
    assert sound.endswith(recognizer.utterances[0].rstrip(b"\0")[-600:])
    assert hearing.end_of_recording() == []


def test_a_reset_in_the_middle_of_speech_says_what_became_of_it() -> None:
    hearing = _hearing(ScriptedRecognizer(partials=("ever",)))
    feed(hearing, _word())
    ended, discarded = hearing.reset("she began to speak")
    assert isinstance(ended, SpeechEnded)
    assert ended.cause == "interrupted"
    assert discarded == SpeechDiscarded(why="she began to speak", text="ever")
    assert hearing.reset() == []
    assert hearing.state == "waiting"
    assert feed(hearing, silence(_ENOUGH_MS)) == []


def test_after_a_reset_hearing_begins_afresh() -> None:
    recognizer = ScriptedRecognizer()
    hearing = _hearing(recognizer)
    feed(hearing, _word())
    hearing.reset()
    assert any(isinstance(entry, FinalTranscript) for entry in feed(hearing, _word() + silence(_ENOUGH_MS)))


def test_the_level_follows_the_last_block() -> None:
    hearing = _hearing()
    hearing.accept(AudioChunk(np.full(320, 16_384, np.int16).tobytes()))
    assert hearing.level == pytest.approx(0.5)
    hearing.accept(AudioChunk(bytes(640)))
    assert hearing.level == 0


def test_a_microphone_that_gives_only_zeros_is_said_once() -> None:
    hearing = _hearing()
    entries = feed(hearing, bytes(32_000 * 12))
    assert [type(entry) for entry in entries] == [PartLost]
    assert [type(entry) for entry in feed(hearing, silence(100))] == [PartReady]


@pytest.mark.speech
def test_a_microphone_at_48_khz_is_understood_as_well() -> None:
    fast = Resampler(16_000, 48_000)
    sound = fast.accept(beckett() + silence(_ENOUGH_MS)) + fast.flush()
    entries = feed(Hearing(MoonshineRecognizer(), time.perf_counter, ENGLISH), sound, 1_920, 48_000)
    said = " ".join(entry.text.lower() for entry in entries if isinstance(entry, FinalTranscript))
    assert "no matter" in said
    assert "fail better" in said


@pytest.mark.speech
@pytest.mark.recordings
@pytest.mark.parametrize(
    ("name", "text"),
    [("rhasspy3-what_time_is_it.wav", "what time is it"), ("rhasspy3-turn_on_the_lamp.wav", "turn on the lamp")],
)
def test_real_commands_are_heard_with_partial_text_on_the_way(name: str, text: str) -> None:
    hearing = Hearing(MoonshineRecognizer(), time.perf_counter, ENGLISH, Endpointing())
    entries = feed(hearing, read_recording(recording(name).path).pcm) + hearing.end_of_recording()
    assert [entry.text.lower().strip(".,?") for entry in entries if isinstance(entry, FinalTranscript)] == [text]
    assert any(isinstance(entry, PartialTranscript) for entry in entries)


@pytest.mark.speech
@pytest.mark.recordings
def test_the_murmur_of_a_crowd_is_not_answered(whole: bool) -> None:
    for spoken in recordings("noise")[0 if whole else -1 :]:
        hearing = Hearing(MoonshineRecognizer(), time.perf_counter, ENGLISH)
        entries = feed(hearing, read_recording(spoken.path).pcm) + hearing.end_of_recording()
        assert any(isinstance(entry, SpeechDiscarded) for entry in entries)
        assert not any(isinstance(entry, FinalTranscript) for entry in entries)
