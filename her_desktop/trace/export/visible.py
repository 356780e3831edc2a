"""Makes visible what has no picture of its own: control characters, and those that turn the direction of writing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_KEPT = frozenset("\n\t\u200c\u200d")
"""Ends of lines and tabs, and the joiners that Persian and the pictures of people are written with."""

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


@lru_cache(maxsize=4096)
def is_hidden(character: str) -> bool:
    """Whether a character would steer the page or be left out of it, instead of being seen."""
    return unicodedata.category(character) in _HIDDEN and character not in _KEPT


def code(character: str) -> str:
    """A character as its number, as in `U+202E`, between single angle quotation marks."""
    return f"\u2039U+{ord(character):04X}\u203a"


def parts(text: str) -> Iterator[tuple[str, bool]]:
    """A text as stretches that are shown as they are (False) and hidden characters as their numbers (True)."""
    if text.isprintable():
        if text:
            yield text, False
        return
    begin = 0
    for at, character in enumerate(text):
        if is_hidden(character):
            if at > begin:
                yield text[begin:at], False
            yield code(character), True
            begin = at + 1
    if begin < len(text):
        yield text[begin:], False


def visible(text: str) -> str:
    """A text with its hidden characters as their numbers."""
    return text if text.isprintable() else "".join(part for part, _ in parts(text))
