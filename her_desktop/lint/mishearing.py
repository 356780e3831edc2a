"""What a recognizer makes of a sentence. Receives one; emits the same with a word put in, left out or misheard.

Misheard is a word that sounds alike or is a letter away, from the vocabulary of the packs; or a word with one letter
wrong. The same dice give the same errors.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from typing import Literal

import msgspec

from her_desktop.language import Language, tokenize
from her_desktop.nlu.repair import alike

Kind = Literal["insertion", "deletion", "substitution"]
KINDS: tuple[Kind, ...] = ("insertion", "deletion", "substitution")

_LEAST_LETTERS = 2
"""In a shorter word no letter is changed."""


class Misheard(msgspec.Struct, frozen=True):
    """A sentence with one error in it."""

    kind: Kind
    sentence: str
    word: str = ""
    """substitution: the word that was said."""
    heard: str = ""
    """substitution: what was written for it."""
    real: bool = False
    """substitution: whether that is a word of the packs."""


class Vocabulary:
    """The words of packs, by what could be heard for what."""

    def __init__(self, words: Iterable[str], language: Language) -> None:
        self._language = language
        self._near: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        self._letters = sorted({letter for word in words for letter in word if letter.isalpha()}) or ["x"]
        for word in sorted(words):
            for place in _places(word):
                self._near[place].append(word)
        self.alike = cache(self._alike)

    def _alike(self, said: str) -> tuple[str, ...]:
        """The other words that could be heard for one."""
        places = ((letter, length + more) for letter, length in _places(said) for more in (-1, 0, 1))
        near = dict.fromkeys(chain.from_iterable(self._near.get(place, ()) for place in places))
        return tuple(word for word in near if word != said and alike(word, said, self._language.sounds))

    def errors(self, sentence: str, dice: random.Random, most: int) -> Iterator[Misheard]:
        """Errors of each kind, at most so many of each."""
        words = [token.surface for token in {token.index: token for token in tokenize(sentence, {})}.values()]
        yield from self._insertions(words, dice, most)
        yield from _deletions(words, dice, most)
        heard = list(self._substitutions(words, dice, most))
        yield from dice.sample(heard, min(most, len(heard)))

    def _insertions(self, words: list[str], dice: random.Random, most: int) -> Iterator[Misheard]:
        weak = sorted(self._language.weak)
        for at in _some(len(words) + 1 if weak else 0, dice, most):
            yield Misheard("insertion", " ".join([*words[:at], dice.choice(weak), *words[at:]]))

    def _substitutions(self, words: list[str], dice: random.Random, most: int) -> Iterator[Misheard]:
        for at in _some(len(words), dice, most):
            said = words[at].casefold()
            near = self.alike(said)
            heard = dict.fromkeys(dice.sample(near, min(2, len(near))), True)
            if len(said) >= _LEAST_LETTERS and said.isalpha():
                heard.setdefault(self._one_letter_wrong(said, dice), False)
            for other, real in heard.items():
                if other != said:
                    sentence = " ".join([*words[:at], other, *words[at + 1 :]])
                    yield Misheard("substitution", sentence, said, other, real)

    def _one_letter_wrong(self, word: str, dice: random.Random) -> str:
        at = dice.randrange(len(word))
        letter = dice.choice(self._letters)
        return dice.choice([
            word[:at] + word[at + 1 :], word[:at] + letter + word[at + 1 :], word[:at] + letter + word[at:],
            word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
        ])  # fmt: skip


def _deletions(words: list[str], dice: random.Random, most: int) -> Iterator[Misheard]:
    for at in _some(len(words) if len(words) > 1 else 0, dice, most):
        yield Misheard("deletion", " ".join([*words[:at], *words[at + 1 :]]))


def _some(places: int, dice: random.Random, most: int) -> list[int]:
    return dice.sample(range(places), min(most, places))


def _places(word: str) -> tuple[tuple[str, int], ...]:
    """Where a word is looked for: under its first letter and its last, with its length. One error leaves one."""
    return ((f"{word[0]}…", len(word)), (f"…{word[-1]}", len(word))) if word else ()
