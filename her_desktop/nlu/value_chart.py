"""The words of one utterance, and which of them can be which part of a phrase: found once each, and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from her_desktop.language import Token
from her_desktop.nlu.value_calendar import NOTHING, Length
from her_desktop.nlu.value_lexicon import Lexicon
from her_desktop.nlu.value_numbers import cardinal, ordinal
from her_desktop.nlu.value_phrases import Branch, Meaning, Part, atoms

MOST_NUMBERS = 64
"""So many words of an utterance may begin a number. Whoever reads out more gets no more; the work stays small."""

_MOST_LETTERS = 100
"""No word for a value is longer."""


class Reading(NamedTuple):
    """A part that ends before the atom `end`: a number (of a unit, month or weekday likewise), or a length of time."""

    end: int
    number: Decimal
    exact: bool = True
    """For a time of day: false where it may be in the morning or in the evening."""
    length: Length = NOTHING


class Match(NamedTuple):
    """A phrase that ends before the atom `end`, and its parts."""

    end: int
    meaning: Meaning
    parts: Mapping[Part, Reading]

    @property
    def total(self) -> Decimal:
        """What the sum of the phrase comes to."""
        terms = self.meaning.terms
        return sum(
            (term.sign * (self.parts[term.part].number if term.part else term.number) for term in terms), Decimal(0)
        )

    @property
    def length(self) -> Length:
        """The same, where each term is a length or has a unit."""
        total = NOTHING
        for term in self.meaning.terms:
            one = self.parts[term.part].length if term.part else Length.of(term.number, term.unit)
            total = total.plus(one.times(term.sign))
        return total


class Chart:
    """One utterance.

    Words are taken apart to atoms (`6pm` is two). `edges` tells for each place between atoms which token begins there;
    None inside of a token.
    """

    def __init__(
        self, tokens: tuple[Token, ...], lexicon: Lexicon, today: date, readers: Mapping[Part, Reader]
    ) -> None:
        self.atoms: list[str] = []
        self.edges: list[int | None] = []
        for position, token in enumerate(tokens):
            if found := atoms(token.norm):
                self.atoms += found
                self.edges += [position, *([None] * (len(found) - 1))]
        self.edges.append(len(tokens))
        self.lexicon, self.today, self._readers = lexicon, today, readers
        self._kept: dict[tuple[Part, int], tuple[Reading, ...]] = {}
        self._live: dict[str, bool] = {}
        self._numbers: set[int] = set()

    def begins(self, tree: Branch, at: int) -> bool:
        """Whether a phrase of the tree, or a part of one, can begin here."""
        return at < len(self.atoms) and (self.atoms[at] in tree.words or self._alive(self.atoms[at]))

    def walk(self, tree: Branch, at: int) -> Iterator[Match]:
        """Every phrase of the tree that begins here."""
        return self._walk(tree, at, {}) if self.begins(tree, at) else iter(())

    def readings(self, part: Part, at: int) -> tuple[Reading, ...]:
        """All ways in which a part can begin here."""
        if at >= len(self.atoms) or not self._alive(self.atoms[at]):
            return ()
        if (part, at) not in self._kept:
            self._kept[part, at] = tuple(self._readers[part](self, at))
        return self._kept[part, at]

    def may_count(self, at: int) -> bool:
        """Whether a number may still be read here: there is an end to how many."""
        if len(self._numbers) < MOST_NUMBERS:
            self._numbers.add(at)
        return at in self._numbers

    def _walk(self, tree: Branch, at: int, parts: dict[Part, Reading]) -> Iterator[Match]:
        if tree.meaning:
            yield Match(at, tree.meaning, parts)
        if at < len(self.atoms):
            if after := tree.words.get(self.atoms[at]):
                yield from self._walk(after, at + 1, parts)
            for part, after in tree.parts.items():
                for reading in self.readings(part, at):
                    yield from self._walk(after, reading.end, {**parts, part: reading})

    def _alive(self, atom: str) -> bool:
        """Whether any part of a phrase can begin with it: told cheaply, and once for each word."""
        if atom not in self._live:
            self._live[atom] = self._can_begin(atom)
        return self._live[atom]

    def _can_begin(self, atom: str) -> bool:
        lexicon, words = self.lexicon, self.lexicon.words
        return len(atom) <= _MOST_LETTERS and (
            atom[0].isdigit()
            or atom in words.articles
            or atom in lexicon.phrases["number"].words
            or atom in lexicon.phrases["duration"].words
            or any(atom in names for names in lexicon.names.values())
            or cardinal(atom, lexicon.code) is not None
            or ordinal(atom, lexicon.code) is not None
            or any(atom.endswith(ending) for ending in words.fractions)
        )


Reader = Callable[[Chart, int], Iterator[Reading]]
"""Reads one part of a phrase at a place of a chart."""
