"""Receives the words of a text. Emits the stretches that are spoken in one go: sentences, or parts of long ones."""

from __future__ import annotations

from collections.abc import Sequence

LONGEST_WORDS = 60
"""Longer sentences are spoken in parts: the engine's time grows with the square of the length."""

LONGEST_CHARACTERS = 600

_OPENERS = "\"'([{«“\u2018"
_CLOSERS = "\"')]}»”\u2019"
_ENDS = (".", "!", "?", "…", "。", "\uff01", "\uff1f")
_ABBREVIATIONS = frozenset(
    ["mr.", "mrs.", "ms.", "dr.", "prof.", "st.", "jr.", "sr.", "e.g.", "i.e.", "vs.", "cf.", "approx.", "gen.", "mt."]
)


def sentences(words: Sequence[str]) -> list[range]:
    """Split words into sentences; each word belongs to exactly one of the ranges, in order."""
    found, first, characters = [], 0, 0
    for index, word in enumerate(words):
        characters += len(word) + 1
        following = words[index + 1] if index + 1 < len(words) else ""
        is_long = index + 1 - first >= LONGEST_WORDS or characters + len(following) > LONGEST_CHARACTERS
        if not following or is_long or _ends_sentence(word, following):
            found.append(range(first, index + 1))
            first, characters = index + 1, 0
    return found


def _ends_sentence(word: str, following: str) -> bool:
    bare = word.rstrip(_CLOSERS)
    if not bare.endswith(_ENDS):
        return False
    is_initial = len(bare) == 2 and bare[0].isupper() and bare != "I."
    return not (is_initial or bare.lstrip(_OPENERS).lower() in _ABBREVIATIONS or following[0].islower())
