from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from her_desktop.asr.endpointing import Endpointer, Endpointing
from her_desktop.events import SpeechEnded, SpeechStarted
from tests.asr.timeline import run

_VOICE = SpeechStarted("voice")


def test_speech_begins_after_100_ms_of_voice_and_ends_after_700_ms_of_silence() -> None:
    assert run("...####.......") == [(400, _VOICE), (1_400, SpeechEnded("silence", speech_ms=400, waited_ms=700))]


def test_a_word_of_200_ms_at_the_very_beginning_is_heard() -> None:
    assert run("##.......") == [(100, _VOICE), (900, SpeechEnded("silence", speech_ms=200, waited_ms=700))]


def test_a_click_is_no_speech() -> None:
    assert run("....#....", frame_ms=100, settings=Endpointing(start_ms=150)) == []


def test_a_pause_within_a_sentence_does_not_end_it() -> None:
    assert run("####......####.......") == [
        (100, _VOICE),
        (2_100, SpeechEnded("silence", speech_ms=1_400, waited_ms=700)),
    ]


def test_two_sentences_with_a_long_pause_are_two() -> None:
    causes = [event.cause for _, event in run("###.........###.........")]
    assert causes == ["voice", "silence", "voice", "silence"]


def test_the_silence_that_ends_speech_can_be_set() -> None:
    (_, (at_ms, ended)) = run("####...............", Endpointing(end_silence_ms=1_200))
    assert at_ms == 1_600
    assert isinstance(ended, SpeechEnded)
    assert ended.waited_ms == 1_200


def test_in_between_neither_begins_speech_nor_ends_it() -> None:
    assert run("~~~~~~~~~~") == []
    assert run("##~~~~~~~~~~.......")[-1] == (1_900, SpeechEnded("silence", speech_ms=1_200, waited_ms=700))


def test_speech_without_end_is_cut_after_15_s_and_what_follows_is_speech_again() -> None:
    decided = run("#" * 200)
    assert [event.cause for _, event in decided] == ["voice", "too_long", "voice"]
    assert decided[1] == (15_000, SpeechEnded("too_long", speech_ms=15_000, waited_ms=0))


def test_the_talk_key_begins_speech_at_once_and_only_its_release_ends_it() -> None:
    endpointer = Endpointer()
    assert endpointer.press() == SpeechStarted("key")
    assert [endpointer.accept(0.05, 100) for _ in range(300)] == [None] * 300
    assert [endpointer.accept(0.9, 100) for _ in range(3)] == [None] * 3
    assert endpointer.accept(0.05, 100) is None
    assert endpointer.release() == SpeechEnded("key_released", speech_ms=300, waited_ms=100)
    assert endpointer.state == "waiting"


def test_a_key_that_is_held_without_a_word_has_no_speech_in_it() -> None:
    endpointer = Endpointer()
    endpointer.press()
    endpointer.accept(0.05, 500)
    assert endpointer.release() == SpeechEnded("key_released", speech_ms=0, waited_ms=500)
    assert endpointer.voiced_ms == 0


def test_a_key_pressed_in_the_middle_of_speech_keeps_it_open() -> None:
    endpointer = Endpointer()
    for _ in range(5):
        endpointer.accept(0.9, 100)
    assert endpointer.press() is None
    assert [endpointer.accept(0.05, 100) for _ in range(20)] == [None] * 20
    assert endpointer.release() == SpeechEnded("key_released", speech_ms=500, waited_ms=2_000)


def test_a_key_that_is_released_without_having_been_pressed_changes_nothing() -> None:
    endpointer = Endpointer()
    assert endpointer.release() is None
    for _ in range(5):
        endpointer.accept(0.9, 100)
    assert endpointer.release() is None
    assert endpointer.state == "voice"


def test_the_end_of_a_recording_ends_speech_and_only_speech() -> None:
    endpointer = Endpointer()
    assert endpointer.end("end_of_recording") is None
    endpointer.accept(0.9, 200)
    assert endpointer.end("end_of_recording") == SpeechEnded("end_of_recording", speech_ms=200, waited_ms=0)


def test_the_wait_can_grow_while_he_speaks() -> None:
    endpointer = Endpointer()
    endpointer.accept(0.9, 200)
    endpointer.end_silence_ms = 1_500
    assert endpointer.accept(0.05, 1_400) is None
    assert endpointer.accept(0.05, 100) == SpeechEnded("silence", speech_ms=200, waited_ms=1_500)


@given(st.text("#.~", max_size=120), st.sampled_from([10, 20, 50, 100]))
def test_whatever_is_heard_speech_begins_and_ends_in_turns_and_its_times_fit(line: str, frame_ms: int) -> None:
    began_ms = 0
    for index, (at_ms, event) in enumerate(run(line, frame_ms=frame_ms)):
        if index % 2 == 0:
            assert event == _VOICE
            began_ms = at_ms
        else:
            assert isinstance(event, SpeechEnded)
            assert event.waited_ms >= 700 or event.cause == "too_long"
            # Speech counts from its first voice, which lies before the moment at which it was noticed.
            assert at_ms - began_ms <= event.speech_ms + event.waited_ms <= at_ms - began_ms + 200


@pytest.mark.parametrize("frame_ms", [10, 20, 50, 100])
def test_the_length_of_a_frame_changes_nothing_that_is_decided(frame_ms: int) -> None:
    events = [event for _, event in run("..####...##.........####.......", frame_ms=frame_ms)]
    assert events == [event for _, event in run("..####...##.........####.......")]
