from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from her_desktop.tts.sentences import LONGEST_CHARACTERS, LONGEST_WORDS, sentences


def split(text: str) -> list[str]:
    words = text.split()
    return [" ".join(words[i] for i in stretch) for stretch in sentences(words)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Hello there.", ["Hello there."]),
        ("Hello. How are you? Fine!", ["Hello.", "How are you?", "Fine!"]),
        ("Mr. Smith met Dr. Jones.", ["Mr. Smith met Dr. Jones."]),
        ("It costs 3.5 dollars.", ["It costs 3.5 dollars."]),
        ("Fruit, e.g. Apples, is good.", ["Fruit, e.g. Apples, is good."]),
        ("J. R. Smith called.", ["J. R. Smith called."]),
        ("It was I. You knew.", ["It was I.", "You knew."]),
        ("Wait... what do you mean?", ["Wait... what do you mean?"]),
        ("He said \u201cNo.\u201d Then he left.", ["He said \u201cNo.\u201d", "Then he left."]),
        ("No. I do not.", ["No.", "I do not."]),
        ("At 9 p.m. we sleep.", ["At 9 p.m. we sleep."]),
        ("no end at all", ["no end at all"]),
    ],
)
def test_sentences_end_where_a_reader_would_say_so(text: str, parts: list[str]) -> None:
    assert split(text) == parts


@given(st.lists(st.text(alphabet='aA1.!?,\u2026")', min_size=1, max_size=6), max_size=200))
def test_each_word_belongs_to_exactly_one_sentence_in_order(words: list[str]) -> None:
    assert [i for stretch in sentences(words) for i in stretch] == list(range(len(words)))


def test_a_text_without_an_end_is_spoken_in_parts() -> None:
    assert max(len(stretch) for stretch in sentences(["word"] * 1000)) == LONGEST_WORDS
    long = ["w" * 100] * 100
    assert max(sum(len(long[i]) + 1 for i in stretch) for stretch in sentences(long)) <= LONGEST_CHARACTERS + 1
