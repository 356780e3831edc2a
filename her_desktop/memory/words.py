"""The words of a text, the forms in which a word of a fact may stand there, and marks in their place.

A word is what templates take for one (`language.py`); signs such as an emoji are words of their own here, so that
nothing is left of them either.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence, Set
from functools import lru_cache

import msgspec

MARK = "▮▮▮"
"""What stands in the place of a word that was removed."""

SIGN = "▯"
"""What stands in the place of a sign that was removed."""

Stretch = tuple[int, int, str]
"""Begin and end in characters, and what is put there instead."""

_SILENT = ("Mn", "Mc", "Me", "Cf")
_JOINED = re.compile("[.,:'-]")
_WHOLE = re.compile(r"(\d+)\.0")
_SHORTEST_PLURAL = 5


def tokens(text: str) -> list[re.Match[str]]:
    """The words and signs of a text, with their places."""
    kinds = {letter: unicodedata.category(letter) for letter in set(text)}
    joining = "".join(sorted(letter for letter, kind in kinds.items() if kind in _SILENT))
    signs = "".join(sorted(letter for letter, kind in kinds.items() if kind[0] == "S" or kind in ("Cn", "Co")))
    return list(_pattern(joining, signs).finditer(text))


@lru_cache(maxsize=256)
def _pattern(joining: str, signs: str) -> re.Pattern[str]:
    letter = f"(?:[^\\W_]|[{re.escape(joining)}])" if joining else "[^\\W_]"
    word = f"[^\\W_]{letter}*(?:[.,:'’-][^\\W_]{letter}*)*"
    return re.compile(f"{word}|[{re.escape(signs)}]{'[' + re.escape(signs + joining) + ']*'}" if signs else word)


@lru_cache(maxsize=65_536)
def plain(word: str) -> str:
    """A word without case, accents and what has no sound."""
    return folded(word)


def folded(text: str) -> str:
    """A text without case, accents and what has no sound."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return apart.translate({ord(letter): None for letter in set(apart) if unicodedata.category(letter) in _SILENT})


@lru_cache(maxsize=65_536)
def forms(word: str) -> frozenset[str]:
    """All that a word of a text may stand for: `Theodore's` is `theodore's` and `theodore`, `cats` also `cat`."""
    whole = plain(word)
    if number := _WHOLE.fullmatch(whole):
        return frozenset((whole, number[1]))
    parts = {part for part in _JOINED.split(whole) if len(part) > 1} if any(map(str.isalpha, whole)) else set()
    found = {whole, *parts}
    return frozenset(found | {one[:-1] for one in found if len(one) >= _SHORTEST_PLURAL and one.endswith("s")})


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
    """Words that go wherever one of the phrases was found."""
    telling: frozenset[str] = frozenset()
    """Those of them that tell by themselves that the fact is meant, such as a surname."""

    @classmethod
    def of(cls, texts: Iterable[str], common: Set[str] = frozenset()) -> Words:
        """The words of some texts.

        Args:
            texts: each one a phrase.
            common: words that say nothing by themselves: they go only as part of the whole phrase.
        """
        found = [[token[0] for token in tokens(text)] for text in texts]
        single = {word for words in found for word in words if plain(word) not in common}
        telling = {plain(word) for words in found for word in _names(words) if word in single}
        phrases = frozenset(tuple(map(plain, words)) for words in found if words)
        return cls(phrases, frozenset(key for word in single for key in _keys(word)), frozenset(telling))

    def __or__(self, other: Words) -> Words:
        return Words(self.phrases | other.phrases, self.single | other.single, self.telling | other.telling)

    def without(self, other: Words) -> Words:
        """The same, less words that another has too."""
        phrases = frozenset(phrase for phrase in self.phrases if phrase not in other.phrases)
        return Words(phrases, self.single - other.single, self.telling - other.single)

    @property
    def rarest(self) -> frozenset[str]:
        """A part of each phrase, and each telling word, one of which is in any text that mentions them."""
        longest = (max((part for word in phrase for part in _JOINED.split(word)), key=len) for phrase in self.phrases)
        return frozenset(longest) | frozenset(max(_JOINED.split(word), key=len) for word in self.telling)

    def mentioned(self, text: str) -> bool:
        """Whether a phrase stands in a text, or a word that tells by itself."""
        found = [forms(token[0]) for token in tokens(text)]
        return any(_is(one, self.telling) for one in found) or bool(self._places(found))

    def marked(self, text: str) -> list[Stretch]:
        """Where one of the words stands."""
        found = tokens(text)
        kinds = [forms(token[0]) for token in found]
        places = self._places(kinds)
        return [_marked(token) for at, token in enumerate(found) if at in places or _is(kinds[at], self.single)]

    def _places(self, found: list[frozenset[str]]) -> set[int]:
        places: set[int] = set()
        for phrase in self.phrases:
            for at in range(len(found) - len(phrase) + 1):
                if all(_is(found[at + n], frozenset((word,))) for n, word in enumerate(phrase)):
                    places.update(range(at, at + len(phrase)))
        return places


def _names(words: Sequence[str]) -> list[str]:
    """Words that are written as names are; the first one is only where all are."""
    capital = [len(word) > 1 and word[0].isupper() for word in words]
    return [word for at, word in enumerate(words) if capital[at] and (at > 0 or all(capital))]


def _keys(word: str) -> Iterable[str]:
    """A word of a fact, and the longer parts that it is joined of."""
    whole = plain(word)
    return (whole, *(part for part in _JOINED.split(whole) if len(part) > 1 and any(map(str.isalpha, whole))))


def _is(word: frozenset[str], keys: frozenset[str]) -> bool:
    """Whether a word of a text is one that is looked for; without spaces between words, it may be inside of it."""
    if not word.isdisjoint(keys):
        return True
    return any(key in one for key in keys if not key.isascii() and _has_no_case(key) for one in word)


@lru_cache(maxsize=4_096)
def _has_no_case(word: str) -> bool:
    return any(unicodedata.category(letter) == "Lo" for letter in word)


Mask = Callable[[str], list[Stretch]]
"""Which stretches of a text are to be replaced."""
