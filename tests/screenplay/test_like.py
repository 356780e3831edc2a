"""Dots in what she is to say stand for words, and are looked for in linear time."""

import re
import time

import pytest

from her_desktop.screenplay.check import _pattern


@pytest.mark.parametrize(
    ("wanted", "said", "holds"),
    [
        ("Hello ... you", "Hello you and you", True),
        ("I ... you ... me", "I see you, you see me", True),
        ("... you", "and you", True),
        ("Hi...", "Hi there", True),
        ("I can ... you.", "I cannot hear you.", False),
        ("one ... two ... one", "one two", False),
    ],
)
def test_dots_stand_for_words(wanted: str, said: str, holds: bool) -> None:
    assert (re.fullmatch(_pattern(wanted), said) is not None) == holds


def test_many_dots_are_looked_for_without_going_back() -> None:
    pattern, said = re.compile(_pattern(" ... ".join("a" * 14) + " ... z")), "a " * 2_000 + "b"
    since = time.process_time()
    assert not pattern.fullmatch(said)
    assert time.process_time() - since < 2
