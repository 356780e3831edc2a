"""Words as people count them, and where they stand: “it’s”, “well-known”, “6:30” and a forgotten “▮▮▮” are one each."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

FORGOTTEN = "▮"
"""What stands in the record where words were that he wanted forgotten."""


def word_places(text: str) -> list[tuple[int, int]]:
    """Where each word of a text begins and ends, in characters; markup, dashes and signs by themselves are no words."""
    return [found.span() for found in _pattern(_signs(text)).finditer(text)]


def word_count(text: str) -> int:
    """How many words a text has."""
    return len(word_places(text))


def _signs(text: str) -> str:
    """The accents and vowel signs of a text that are characters of their own."""
    if text.isascii():
        return ""
    return "".join(sorted(letter for letter in set(text) if unicodedata.category(letter) in ("Mn", "Mc")))


@lru_cache(maxsize=64)
def _pattern(signs: str) -> re.Pattern[str]:
    letter = f"(?:[^\\W_]|[{FORGOTTEN}{re.escape(signs)}])"
    joined = f"(?:['’.‐‑-]|(?<=\\d)[,:](?=\\d)){letter}+"  # noqa: RUF001 -- apostrophes and hyphens as they are written
    return re.compile(f"{letter}+(?:{joined})*")
