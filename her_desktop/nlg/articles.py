"""“a” or “an”, by a library that knows how words sound. Loaded by the first wording that needs it."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inflect import engine

LANGUAGES = frozenset({"en"})
"""Languages whose indefinite article depends on nothing but the sound of the word after it, and has a library."""

_NUMBER = re.compile(r"\d\w{0,11}")
"""The library counts no further than a trillion."""


def has_articles(language: str) -> bool:
    """Whether an article can be chosen in the language: `en` or `en-GB`."""
    return re.split("[-_]", language)[0] in LANGUAGES


def article(text: str) -> str:
    """The article that goes before some words: `a` or `an`."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    sounded = " ".join(plain.split())
    if digits := _NUMBER.match(sounded):
        sounded = str(_engine().number_to_words(digits.group(), andword=""))
    return str(_engine().a(sounded)).split(maxsplit=1)[0]


@cache
def _engine() -> engine:
    from inflect import engine  # noqa: PLC0415 -- see above

    return engine()
