from __future__ import annotations

import pytest

from her_desktop.asr.doubt import doubt, unfinished
from her_desktop.events import Alternative, Word

GHOSTS = frozenset({"oh", "the", "uh", "you"})
NEVER_LAST = frozenset({"and", "because", "my", "um"})


def _heard(text: str, confidence: float) -> tuple[Alternative, ...]:
    return (Alternative(text, confidence, tuple(Word(word, confidence=confidence) for word in text.split())),)


def test_nothing_and_only_signs_are_not_understood() -> None:
    assert doubt((), 500, GHOSTS) == doubt(_heard("♪ ♪ .", 0.9), 500, GHOSTS) == "nothing was understood"


def test_words_without_a_voice_are_not_his() -> None:
    assert doubt(_heard("thank you for watching", 0.9), 0, GHOSTS) == "there was no voice in it"


@pytest.mark.parametrize("word", ["you", "The", "Oh,", "uh"])
def test_an_unsure_stop_word_on_hardly_any_voice_is_a_ghost(word: str) -> None:
    assert doubt(_heard(word, 0.2), 128, GHOSTS) == "a single unsure word (0.20) on 128 ms of voice"


@pytest.mark.parametrize(("confidence", "voiced_ms"), [(0.6, 128), (0.2, 400)])
def test_a_sure_one_or_one_with_voice_behind_it_is_not(confidence: float, voiced_ms: int) -> None:
    assert doubt(_heard("you", confidence), voiced_ms, GHOSTS) == ""


@pytest.mark.parametrize("words", ["no", "the house", "you you"])
def test_a_word_that_the_language_does_not_name_and_two_that_it_names_are_his(words: str) -> None:
    assert doubt(_heard(words, 0.01), 32, GHOSTS) == ""


def test_ghosts_are_those_of_the_language_that_is_spoken() -> None:
    german = frozenset({"äh", "der", "weiss"})
    assert doubt(_heard("the", 0.2), 128, german) == ""
    assert doubt(_heard("Äh", 0.2), 128, german) == doubt(_heard("Weiß", 0.2), 128, german) != ""


def test_a_recognizer_that_goes_round_in_circles_is_not_believed() -> None:
    looped = "And so I do not know what to say. I do not know what to say, I do not know what to say."
    assert "i do not know what to say" in doubt(_heard(looped, 0.9), 5_000, GHOSTS)


@pytest.mark.parametrize(
    "text",
    [
        "no no no no no no no no no",
        "ha ha ha ha ha ha ha ha ha",
        "row row row your boat",
        "I know, I know, I know",
        "1 2 1 2 1 2",
        "call me maybe call me maybe",
    ],
)
def test_people_repeat_themselves_too(text: str) -> None:
    assert doubt(_heard(text, 0.9), 2_000, GHOSTS) == ""


def test_a_sentence_that_the_recognizer_is_unsure_of_is_still_his() -> None:
    assert doubt(_heard("brought wendy owne's house coffee", 0.3), 2_000, GHOSTS) == ""


def test_a_recognizer_without_confidences_is_believed() -> None:
    assert doubt((Alternative("the rail sat on hat"),), 2_000, GHOSTS) == ""


@pytest.mark.parametrize("text", ["I was there AND", "because", "it is my", "a coffee, and...", "Well, um,"])
def test_some_words_cannot_end_a_sentence(text: str) -> None:
    assert unfinished(text, NEVER_LAST)


@pytest.mark.parametrize("text", ["", "turn it on", "what are you up to", "I think so.", "who is that?"])
def test_most_can(text: str) -> None:
    assert not unfinished(text, NEVER_LAST)
