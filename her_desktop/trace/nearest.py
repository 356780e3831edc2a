"""The fewest words to change in an utterance so that a template fits: left out, put in, or said instead of others.

The template is walked like the matcher does, but a way may also go on where it should not, at the price of a word.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, count, groupby
from typing import Any

import jellyfish
import msgspec

from her_desktop.language import Token
from her_desktop.nlu.line import Line
from her_desktop.nlu.program import Program
from her_desktop.nlu.template import VALUE_TYPES

MOST_PLACES = 20_000
"""Words times steps; a larger template is not tried."""

_CLEARLY_ALIKE = 0.75

Fillers = Mapping[str, tuple[str, ...]]
"""Slot type to words that such a slot may catch."""


class Edited(msgspec.Struct, frozen=True):
    """An utterance with a few words changed."""

    text: str
    words: int
    """How many words were changed."""
    kept: int
    """How many words of the template were heard."""


def nearest(program: Program, line: Line, fillers: Fillers, usual: frozenset[str]) -> Edited | None:
    """The nearest utterance that a template fits; None where there is none, or the template is very large.

    Args:
        program: the template.
        line: what was heard.
        fillers: what to put where a slot wants something.
        usual: words to take first, where there is a choice.
    """
    if (len(line.tokens) + 1) * len(program.steps) > MOST_PLACES:
        return None
    return _Search(program, line, fillers, usual).run()


def one_word(line: Line, words: Iterable[str]) -> Iterator[str]:
    """The utterance with one word changed: each left out, then each of `words` instead of one, or put in."""
    tokens = line.tokens
    for at in range(len(tokens)):
        yield written((*tokens[:at], *tokens[at + 1 :]), tokens)
    for word in words:
        for at in range(len(tokens)):
            yield written((*tokens[:at], word, *tokens[at + 1 :]), tokens)
            yield written((*tokens[:at], word, *tokens[at:]), tokens)
        yield written((*tokens, word), tokens)


def written(parts: Iterable[Token | str], heard: Sequence[Token]) -> str:
    """Tokens and words as text; a short form all of whose words are still there together is written as it was said."""
    whole = Counter(token.index for token in heard)
    shown: list[str] = []
    for _, run in groupby(parts, key=lambda part: (part.index, "") if isinstance(part, Token) else (-1, part)):
        same = list(run)
        tokens = [part for part in same if isinstance(part, Token)]
        if tokens and len(tokens) == whole[tokens[0].index]:
            shown.append(tokens[0].surface)
        else:
            shown += [part.norm if isinstance(part, Token) else part for part in same]
    return " ".join(shown)


_Trail = Any
"""What a way holds, last first: (the trail before, a word or the tokens from one to another)."""


class _Search:
    """Dijkstra's way from the first word and step to the end: by words changed, then by words of the template heard.

    `kept` counts these down, so that less comes first.
    """

    def __init__(self, program: Program, line: Line, fillers: Fillers, usual: frozenset[str]) -> None:
        self._program, self._line, self._fillers, self._usual = program, line, fillers, usual
        self._end = len(line.tokens)
        self._absent = list(accumulate((norm in program.absent for norm in line.norms), initial=0))
        self._heap: list[tuple[int, int, int, int, int, _Trail]] = []
        self._order = count()

    def run(self) -> Edited | None:
        for position in range(self._end + 1):
            self._go_on(self._must_go(0, position), 0, position, self._program.first, ((), (0, position)))
        done: set[tuple[int, int]] = set()
        while self._heap:
            cost, kept, _, position, at, trail = heapq.heappop(self._heap)
            if (position, at) in done:
                continue
            done.add((position, at))
            if self._program.steps[at].op == "accept":
                return self._edited(cost, kept, (trail, (position, self._end)))
            self._take(cost, kept, position, at, trail)
        return None

    def _go_on(self, cost: int, kept: int, position: int, targets: Iterable[int], trail: _Trail) -> None:
        for at in targets:
            step = self._program.steps[at]
            if step.op == "start":
                self._at_start(cost, kept, position, step.then, trail)
            elif step.op == "end":
                last = max(position, self._line.last)
                self._go_on(cost + last - position, kept, last, step.then, trail)
            else:
                whole = cost + self._must_go(position, self._end) if step.op == "accept" else cost
                heapq.heappush(self._heap, (whole, kept, next(self._order), position, at, trail))

    def _at_start(self, cost: int, kept: int, position: int, then: tuple[int, ...], trail: _Trail) -> None:
        """What stands before the beginning is left out; a way that took something already cannot begin again."""
        first = self._line.first
        if position <= first:
            self._go_on(cost, kept, position, then, trail)
        elif trail == ((), (0, position)):
            over = position - first - self._must_go(first, position)
            self._go_on(cost + over, kept, position, then, ((), (0, first)))

    def _take(self, cost: int, kept: int, position: int, at: int, trail: _Trail) -> None:
        step, line = self._program.steps[at], self._line
        heard = line.tokens[position] if position < self._end else None
        if heard:
            for end in self._fitting(at, position):
                price = self._must_go(position, end)
                self._go_on(cost + price, kept - bool(step.words), end, step.then, (trail, (position, end)))
            self._go_on(cost + 1, kept, position + 1, (at,), trail)
        if word := self._word(at, heard.norm if heard else ""):
            price = len(word.split())
            if heard:
                self._go_on(cost + price, kept, position + 1, step.then, (trail, word))
            self._go_on(cost + price, kept, position, step.then, (trail, word))

    def _must_go(self, start: int, end: int) -> int:
        """How many of some heard tokens the template forbids anywhere; they are left out."""
        return self._absent[end] - self._absent[start]

    def _fitting(self, at: int, position: int) -> Iterator[int]:
        """Up to which tokens a step takes what was heard."""
        step, line = self._program.steps[at], self._line
        norm = line.norms[position]
        if step.words:
            if norm in step.words and norm not in step.barred:
                yield position + 1
        elif step.type in VALUE_TYPES:
            yield from (span.end for span in line.values(step.type).get(position, ()))
        elif norm not in step.barred and line.fills(step.type, line.tokens[position]):
            yield position + 1

    def _word(self, at: int, heard: str) -> str:
        """What to say for a step: the word most like the one that was heard."""
        step = self._program.steps[at]
        words = step.words - step.barred - self._program.absent
        if not step.words:
            return self._fillers.get(step.type, ("",))[0] if step.slot else ""
        if step.of or not words:
            return ""
        return min(words, key=lambda word: (-_alike(word, heard), word not in self._usual, word))

    def _edited(self, cost: int, kept: int, trail: _Trail) -> Edited:
        parts: list[Token | str] = []
        while trail:
            trail, piece = trail
            parts = [*([piece] if isinstance(piece, str) else self._line.tokens[slice(*piece)]), *parts]
        left = [part for part in parts if isinstance(part, str) or part.norm not in self._program.absent]
        return Edited(written(left, self._line.tokens), cost, -kept)


def _alike(word: str, heard: str) -> float:
    """How like two words are: only a clear likeness comes before what is usual."""
    likeness = jellyfish.jaro_similarity(word, heard)
    return round(likeness, 1) if likeness >= _CLEARLY_ALIKE else 0.0
