"""The forms in which a word of a fact may stand in a text: case, accents, endings, ordinals, umlauts, a slip of a key.

What is looked for and what stands there are both reduced in the same way; they are the same word where a form of one
is a form of the other. This takes too much rather than too little.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

import jellyfish

SILENT = ("Mn", "Mc", "Me", "Cf")
"""Categories of what has no sound by itself."""

_JOINED = re.compile("[.,:'-]")
_WHOLE = re.compile(r"(\d+)\.0")
_COUNTED = re.compile(r"(\d+)[^\W\d_]+")
_UMLAUT = re.compile("([aou])e")
_ENDINGS = (
    ("s", 3), ("n", 4), ("e", 4), ("en", 4), ("ens", 4), ("er", 4), ("ers", 4), ("ern", 4), ("ner", 4), ("erin", 4),
    ("erinnen", 4),
)  # fmt: skip
"""Endings, and how many letters have to be left."""
_HISSING = ("ses", "xes", "zes", "ches", "shes", "oes")
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "\u0131": "i"})
_FOREIGN = frozenset(map(chr, _LETTERS))
_SHORTEST_SLIP, _SHORTEST_SPELLED = 6, 3


@lru_cache(maxsize=65_536)
def plain(word: str) -> str:
    """A word without case, accents and what has no sound."""
    return folded(word)


def folded(text: str) -> str:
    """A text without case, accents and what has no sound."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    letters = set(apart)
    changed = {
        ord(one): _LETTERS.get(ord(one)) for one in letters if one in _FOREIGN or unicodedata.category(one) in SILENT
    }
    return apart.translate(changed) if changed else apart


def parts_of(word: str) -> list[str]:
    """What a plain word is joined of."""
    return [part for part in _JOINED.split(word) if part]


@lru_cache(maxsize=65_536)
def forms(word: str) -> frozenset[str]:
    """All that a word may stand for: `Theodore's` is also `theodore`, `47th` is `47`, `Säckinger` is `sacking`."""
    whole = plain(word)
    if number := _WHOLE.fullmatch(whole):
        return frozenset((whole, number[1]))
    found = _wholes(whole)
    counted = {number[1] for one in found if (number := _COUNTED.fullmatch(one))}
    return frozenset(counted.union(found, *(_stems(one) for one in found if one.isalpha())))


def _wholes(whole: str) -> set[str]:
    """A plain word, its parts, and these written as one."""
    parts = parts_of(whole)
    if not any(map(str.isalpha, whole)):
        return {whole, *(parts if "-" in whole else ())}
    return {whole, "".join(parts), *(part for part in parts if len(part) > 1 or part.isdigit())}


def _stems(word: str) -> Iterator[str]:
    for one in {word, _UMLAUT.sub(r"\1", word) if len(word) > 3 else word}:
        yield one
        yield from (one[: -len(end)] for end, least in _ENDINGS if one.endswith(end) and len(one) - len(end) >= least)
        if one.endswith(_HISSING):
            yield one[:-2]
        if one.endswith("ies"):
            yield one[:-3] + "y"


@lru_cache(maxsize=1_024)
def all_forms(words: frozenset[str]) -> frozenset[str]:
    """The forms of several words."""
    return frozenset(form for word in words for form in forms(word))


def is_slip(word: str, meant: Iterable[str]) -> bool:
    """Whether a word is one of some longer words with one letter wrong, missing, too much, or changed in place."""
    found = [one for one in _wholes(plain(word)) if one.isalpha() and len(one) >= _SHORTEST_SLIP - 1]
    return any(
        abs(len(one) - len(other)) <= 1 and jellyfish.damerau_levenshtein_distance(one, other) <= 1
        for other in meant if len(other) >= _SHORTEST_SLIP and other.isalpha() for one in found
    )  # fmt: skip


@lru_cache(maxsize=1_024)
def inner(words: frozenset[str]) -> tuple[str, ...]:
    """Those in scripts that are written without spaces: they may be inside of a word of a text."""
    return tuple(sorted(word for word in words if not word.isascii() and has_no_case(word)))


def has_no_case(word: str) -> bool:
    """Whether letters of it are neither capital nor small."""
    return any(unicodedata.category(letter) == "Lo" for letter in word)


@lru_cache(maxsize=1_024)
def spelled(words: frozenset[str]) -> tuple[str, ...]:
    """Those that may be spelled letter by letter, without what joins their parts."""
    written = {tight(word) for word in words}
    return tuple(sorted(word for word in written if len(word) >= _SHORTEST_SPELLED and word.isalpha()))


@lru_cache(maxsize=65_536)
def tight(word: str) -> str:
    """A plain word without what joins its parts."""
    return "".join(parts_of(plain(word)))


def spots(keys: Iterable[str], text: str) -> Iterator[tuple[int, int]]:
    """Begin and end of each place where one stands in a text, alone or not."""
    for key in keys:
        at = text.find(key)
        while at >= 0:
            yield at, at + len(key)
            at = text.find(key, at + 1)
