"""The words of a text, those of a fact that stand there in any form, and marks in their place.

A word is what templates take for one (`language.py`); signs such as an emoji are words of their own here, so that
nothing is left of them either.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from functools import lru_cache
from itertools import accumulate

import msgspec

from her_desktop.memory.forms import (
    SILENT,
    all_forms,
    forms,
    has_no_case,
    inner,
    is_slip,
    parts_of,
    plain,
    spelled,
    spots,
    tight,
)  # fmt: skip

MARK = "▮▮▮"
"""What stands in the place of a word that was removed."""

SIGN = "▯"
"""What stands in the place of a sign that was removed."""

Stretch = tuple[int, int, str]
"""Begin and end in characters, and what is put there instead."""

_MARKS = MARK[0] + SIGN[0]
_SHORTEST, _SHORTEST_APART = 3, 5


def tokens(text: str) -> list[re.Match[str]]:
    """The words and signs of a text, with their places."""
    kinds = {letter: unicodedata.category(letter) for letter in set(text)}
    joining = "".join(sorted(letter for letter, kind in kinds.items() if kind in SILENT))
    signs = "".join(sorted(letter for letter, kind in kinds.items() if kind[0] == "S" or kind in ("Cn", "Co")))
    return list(_pattern(joining, signs).finditer(text))


@lru_cache(maxsize=256)
def _pattern(joining: str, signs: str) -> re.Pattern[str]:
    letter = f"(?:[^\\W_]|[{re.escape(joining)}])" if joining else "[^\\W_]"
    word = f"[^\\W_]{letter}*(?:[.,:'’-][^\\W_]{letter}*)*"
    return re.compile(f"{word}|[{re.escape(signs)}]{'[' + re.escape(signs + joining) + ']*'}" if signs else word)


def replaced(text: str, stretches: Iterable[Stretch]) -> str:
    """The text with something else in these stretches, which are in order."""
    pieces, at = [], 0
    for begin, end, instead in stretches:
        pieces += [text[at:begin], instead]
        at = end
    return "".join([*pieces, text[at:]])


def all_words(text: str) -> list[Stretch]:
    """Every word and sign."""
    return [_marked(token) for token in tokens(text)]


def _marked(token: re.Match[str]) -> Stretch:
    return token.start(), token.end(), MARK if token[0][:1].isalnum() else SIGN


class Words(msgspec.Struct, frozen=True):
    """Words that are looked for: phrases, which count as a whole, and words that count by themselves."""

    phrases: frozenset[tuple[str, ...]] = frozenset()
    single: frozenset[str] = frozenset()
    """Words that go wherever the fact was found."""
    telling: frozenset[str] = frozenset()
    """Those of them that tell by themselves that the fact is meant: all but small ones."""
    near: frozenset[str] = frozenset()
    """Those of them that count with a slip of a key, too."""
    common: frozenset[str] = frozenset()
    """Words that are never taken for another form of one that is looked for."""

    @classmethod
    def of(cls, texts: Iterable[str], common: Set[str] = frozenset(), *, slips: bool = False) -> Words:
        """The words of some texts.

        Args:
            texts: each one a phrase.
            common: words that say nothing by themselves: they go only as part of the whole phrase.
            slips: whether a word with one letter wrong counts as well.
        """
        small = _plain(frozenset(common))
        found = [[token[0] for token in tokens(text) if token[0][0] not in _MARKS] for text in texts]
        single = {part for words in found for word in words for part in _keys(plain(word), small)}
        names = {plain(word) for words in found for word in _names(words)} & single
        phrases = frozenset(tuple(map(plain, words)) for words in found if words)
        telling = frozenset(names | {word for word in single if _tells(word, small)})
        return cls(phrases, frozenset(single), telling, telling if slips else frozenset(), small)

    def __or__(self, other: Words) -> Words:
        return Words(*(getattr(self, field) | getattr(other, field) for field in self.__struct_fields__))

    def has(self, word: str) -> bool:
        """Whether a word of a text tells by itself that the fact is meant."""
        return _is(word, self.telling, self.near, self.common)

    def mentioned(self, text: str) -> bool:
        """Whether a phrase stands in a text, or a word that tells by itself."""
        found = [token[0] for token in tokens(text)]
        return any(map(self.has, found)) or bool(self._phrased(found)) or bool(self._apart(found))

    def marked(self, text: str) -> list[Stretch]:
        """Where one of the words stands."""
        found = tokens(text)
        words = [token[0] for token in found]
        places = self._phrased(words) | self._apart(words)
        places.update(at for at, word in enumerate(words) if _is(word, self.single, self.near, self.common))
        return [_marked(found[at]) for at in sorted(places)]

    def pieces(self, text: str) -> Iterator[str]:
        """The letters or parts of words that are spelled apart in a text."""
        found = [token[0] for token in tokens(text)]
        yield from (plain(found[at]) for at in self._apart(found))

    def _phrased(self, found: Sequence[str]) -> set[int]:
        kinds, places = [forms(word) for word in found], set[int]()
        for phrase in self.phrases:
            for at in range(len(found) - len(phrase) + 1):
                if all(_stands(word, kinds[at + n]) for n, word in enumerate(phrase)):
                    places.update(range(at, at + len(phrase)))
        return places

    def _apart(self, found: Sequence[str]) -> set[int]:
        """Where a word stands in several: `u m b e r`, `umber tide`."""
        written = [tight(word) for word in found]
        text, ends = "".join(written), list(accumulate(map(len, written)))
        begins = {end - len(word): at for at, (end, word) in enumerate(zip(ends, written, strict=True))}
        begins[len(text)], places = len(found), set[int]()
        for begin, end in spots(spelled(self.telling), text):
            if (first := begins.get(begin)) is not None and (last := begins.get(end)) is not None:
                apart = last - first > 1 and (end - begin >= _SHORTEST_APART or last - first == end - begin)
                places.update(range(first, last) if apart else ())
        return places


@lru_cache(maxsize=64)
def _plain(words: frozenset[str]) -> frozenset[str]:
    return frozenset(map(plain, words))


def _names(words: Sequence[str]) -> list[str]:
    """Words that are written as names are; the first one is only where all are."""
    capital = [len(word) > 1 and word[0].isupper() for word in words]
    return [word for at, word in enumerate(words) if capital[at] and (at > 0 or all(capital))]


def _keys(word: str, common: Set[str]) -> Iterator[str]:
    """A plain word of a fact, and the parts that it is joined of; short forms of small words are small, too."""
    parts = [part for part in parts_of(word) if part not in common] if any(map(str.isalpha, word)) else [word]
    if word not in common and not word.endswith("n't") and any(len(part) > 1 or part.isdigit() for part in parts):
        yield from {word, *(part for part in parts if len(part) > 1 or part.isdigit())}
    elif len(word) == 1 and word not in common:  # a letter, or a sign
        yield word


def _tells(word: str, common: Set[str]) -> bool:
    """Whether a word is more than a small one."""
    if word in common:
        return False
    sign = not word.isascii() and not word[0].isalnum()
    return sign or len(word) >= _SHORTEST or any(map(str.isdigit, word)) or has_no_case(word)


@lru_cache(maxsize=262_144)
def _is(word: str, keys: frozenset[str], near: frozenset[str], common: frozenset[str]) -> bool:
    """Whether a word of a text is one that is looked for, in any form."""
    if (whole := plain(word)) in keys:
        return True
    if whole in common:
        return False
    found = forms(word)
    return not found.isdisjoint(all_forms(keys)) or any(key in whole for key in inner(keys)) or is_slip(word, near)


def _stands(word: str, found: frozenset[str]) -> bool:
    """Whether a word of a phrase is there; without spaces between words, it may be inside of another."""
    return word in found or any(key in one for key in inner(frozenset((word,))) for one in found)


Mask = Callable[[str], list[Stretch]]
"""Which stretches of a text are to be replaced."""
