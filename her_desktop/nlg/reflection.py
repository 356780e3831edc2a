"""Turns his words towards her: my to your, I am to you are. Refused where it would not be grammatical.

Every rule is data of the language: phrases and their reflection, the longest first; phrases that cannot be turned; and
where a new sentence begins unheard (“my wife i died”).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple, Protocol

LONGEST_WORDS = 8
"""More of his words than that are not handed back."""

LONGEST_SENTENCE = 16
"""So many where a whole sentence of his is said back."""

_WORD = re.compile(r"(\W*)(.*?)(\W*)", re.DOTALL)
_Phrase = tuple[str, ...]


class Mirroring(Protocol):
    """What reflection needs of a language. Short forms are written out on both sides, unless a phrase names them."""

    @property
    def contractions(self) -> Mapping[str, str]:
        """Short form to full words."""

    @property
    def reflections(self) -> Mapping[str, str]:
        """Phrase to its reflection: `i am` to `you are`. `^` and `$` are the beginning and the end of a clause."""

    @property
    def not_reflected(self) -> Iterable[str]:
        """Phrases that cannot be turned, unless a longer one of `reflections` begins at the same word."""

    @property
    def subjects(self) -> frozenset[str]:
        """Words that can be nothing but the subject of a sentence: i, he, they."""

    @property
    def before_subjects(self) -> frozenset[str]:
        """Words that such a subject may follow inside a sentence: and, because, am.

        After another word a new sentence began, and the words are not handed back.
        """


class _Word(NamedTuple):
    before: str
    surface: str
    after: str
    norms: tuple[str, ...]
    """The word as phrases see it: written out, unless a phrase names its short form."""
    full: tuple[str, ...]
    """Written out in any case."""


class _Unit(NamedTuple):
    norm: str
    word: int
    begins: bool
    """At the beginning of a clause, as far as punctuation shows it."""
    ends: bool


class Mirror:
    """The reflections of one language, looked up by phrase."""

    def __init__(
        self,
        contractions: Mapping[str, str],
        reflections: Mapping[str, str],
        not_reflected: Iterable[str],
        subjects: frozenset[str] = frozenset(),
        before_subjects: frozenset[str] = frozenset(),
    ) -> None:
        self._contractions = contractions
        self._phrases: dict[_Phrase, str | None] = {_phrase(text): said for text, said in reflections.items()}
        self._phrases |= dict.fromkeys(map(_phrase, not_reflected))
        self._vocabulary = {word for phrase in self._phrases for word in phrase}
        self._longest = max((len(phrase) for phrase in self._phrases), default=0)
        self._subjects, self._before_subjects = subjects, before_subjects

    @classmethod
    def of(cls, language: Mirroring) -> Mirror:
        """Made once from the language's data."""
        return cls(
            language.contractions, language.reflections, language.not_reflected, language.subjects,
            language.before_subjects,
        )  # fmt: skip

    def turned(self, text: str, longest: int = LONGEST_WORDS) -> str | None:
        """His words from me to you and back, every other word as he said it; None where that would make nonsense."""
        words = [self._word(word) for word in text.split(maxsplit=longest)]
        if len(words) > longest or self._runs_on(words):
            return None
        units, at = _units(words), 0
        said, touched = [unit.norm for unit in units], set[int]()
        while at < len(units):
            size, turned = self._longest_at(units, at)
            if turned is None:
                return None
            if size:
                said[at : at + size] = [turned] + [""] * (size - 1)
                touched |= {unit.word for unit in units[at : at + size]}
            at += size or 1
        return _written(words, units, said, touched)

    def _word(self, text: str) -> _Word:
        found = _WORD.fullmatch(text)
        assert found, "every text fits"
        before, surface, after = found.groups()
        norm = _norm(surface)
        full = tuple(self._contractions.get(norm, norm).split())
        return _Word(before, surface, after, (norm,) if norm in self._vocabulary else full, full)

    def _runs_on(self, words: list[_Word]) -> bool:
        """Whether a second sentence begins inside: its subject follows a word that no subject follows."""
        for last, word in pairwise(words):
            joined = not last.after and not word.before and last.full and word.full
            if joined and word.full[0] in self._subjects and last.full[-1] not in self._before_subjects:
                return True
        return False

    def _longest_at(self, units: list[_Unit], at: int) -> tuple[int, str | None]:
        """The longest phrase that begins here, as its length and its reflection; an anchored one goes first."""
        for size in range(min(self._longest, len(units) - at), 0, -1):
            found = units[at : at + size]
            if any(unit.ends for unit in found[:-1]):
                continue
            norms = tuple(unit.norm for unit in found)
            begins, ends = ("^",) if found[0].begins else (), ("$",) if found[-1].ends else ()
            for phrase in ((*begins, *norms, *ends), (*begins, *norms), (*norms, *ends), norms):
                if phrase in self._phrases:
                    return size, self._phrases[phrase]
        return 0, ""


def _norm(word: str) -> str:
    return word.casefold().replace("’", "'")


def _phrase(text: str) -> _Phrase:
    return tuple(_norm(text).split())


def _units(words: list[_Word]) -> list[_Unit]:
    units: list[_Unit] = []
    for at, word in enumerate(words):
        begins = at == 0 or bool(words[at - 1].after or word.before)
        ends = at == len(words) - 1 or bool(word.after or words[at + 1].before)
        last = len(word.norms) - 1
        units += [_Unit(norm, at, begins and i == 0, ends and i == last) for i, norm in enumerate(word.norms)]
    return units


def _written(words: list[_Word], units: list[_Unit], said: list[str], touched: set[int]) -> str:
    written: list[str] = []
    for at, word in enumerate(words):
        new = " ".join(text for text, unit in zip(said, units, strict=True) if unit.word == at and text)
        if at in touched and not new and written:
            written[-1] += word.after
        else:
            written.append(word.before + (new if at in touched else word.surface) + word.after)
    return " ".join(filter(None, written))
