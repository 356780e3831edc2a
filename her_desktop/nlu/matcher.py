"""Walks a program over the tokens of an utterance, keeping for each step the one best way to have reached it.

Best is: most words of the template itself, then most words in slots, then fewest in gaps, then the earliest beginning.
The work is words times steps, whatever the template. Where nothing fits, the result tells where the best try gave up.
"""

from __future__ import annotations

import msgspec

from her_desktop.language import Language, Token
from her_desktop.nlu.program import Program, Step


class Match(msgspec.Struct, frozen=True):
    """The template fits: which tokens it used, which of them are its own words, what its slots caught."""

    tokens: tuple[int, ...]
    literals: int
    slots: dict[str, tuple[int, ...]]


class Miss(msgspec.Struct, frozen=True):
    """The template does not fit: how many of its words were found, where it gave up, what it wanted there."""

    literals: int
    failed_at: int | None
    """Index of the token; None at the end of the utterance."""
    wanted: tuple[str, ...]


class _Way(msgspec.Struct, frozen=True):
    literals: int
    slotted: int
    gaps: int
    start: int
    trail: tuple[object, ...] = ()
    """(the trail before, token index, slot name): a linked list, shared between ways."""

    @property
    def rank(self) -> tuple[int, int, int, int]:
        return (-self.literals, -self.slotted, self.gaps, self.start)

    def taking(self, step: Step, position: int) -> _Way:
        """The way that goes on from here by taking the token at a position."""
        literal, slotted = bool(step.words), bool(step.slot)
        trail = (self.trail, position, step.slot)
        gap = not literal and not slotted
        return _Way(self.literals + literal, self.slotted + slotted, self.gaps + gap, self.start, trail)


def match(program: Program, tokens: tuple[Token, ...], language: Language) -> Match | Miss:
    """Look for the template in the utterance."""
    for position, token in enumerate(tokens):
        if token.norm in program.absent:
            return Miss(0, position, (f"no “{token.norm}”",))
    return _Walk(program, tokens, language).run()


class _Walk:
    def __init__(self, program: Program, tokens: tuple[Token, ...], language: Language) -> None:
        self._steps, self._tokens, self._language = program.steps, tokens, language
        self._best: _Way | None = None
        self._miss: tuple[int, int] = (-1, 0)
        self._wanted: dict[str, None] = {}
        fillers = [token.norm in language.fillers for token in tokens]
        self._first = next((i for i, filler in enumerate(fillers) if not filler), 0)
        self._last = len(tokens) - next((i for i, filler in enumerate(reversed(fillers)) if not filler), 0)

    def run(self) -> Match | Miss:
        ways: dict[int, _Way] = {}
        for position in range(len(self._tokens) + 1):
            self._enter(ways, 0, _Way(0, 0, 0, position), position)
            ways = self._advance(ways, position)
        if self._best:
            return self._matched(self._best)
        literals, position = self._miss
        return Miss(max(literals, 0), position if position < len(self._tokens) else None, tuple(self._wanted))

    def _enter(self, ways: dict[int, _Way], at: int, way: _Way, position: int) -> None:
        stack = [at]
        while stack:
            here = stack.pop()
            if here in ways and ways[here].rank <= way.rank:
                continue
            ways[here] = way
            step = self._steps[here]
            if step.op == "fork":
                stack.extend(reversed(step.to))
            elif step.op == "accept":
                self._accept(way)
            elif step.op in ("start", "end"):
                if self._at_edge(step.op, position):
                    stack.append(here + 1)
                else:
                    self._note(way, position, f"the {step.op} of what you say")

    def _at_edge(self, edge: str, position: int) -> bool:
        return position <= self._first if edge == "start" else position >= self._last

    def _accept(self, way: _Way) -> None:
        if self._best is None or way.rank < self._best.rank:
            self._best = way

    def _advance(self, ways: dict[int, _Way], position: int) -> dict[int, _Way]:
        after: dict[int, _Way] = {}
        for at, way in ways.items():
            step = self._steps[at]
            if step.op != "take":
                continue
            if position < len(self._tokens) and self._takes(step, self._tokens[position]):
                self._enter(after, at + 1, way.taking(step, position), position + 1)
            else:
                self._note(way, position, *(sorted(step.words)[:3] or [f"a {step.type}"]))
        return after

    def _takes(self, step: Step, token: Token) -> bool:
        if step.words:
            return token.norm in step.words
        match step.type:
            case "name":
                return token.norm not in self._language.not_names
            case "proper":
                return token.surface[:1].isupper() and token.norm not in self._language.not_names
            case "number":
                return token.norm.isdigit()
        return True

    def _note(self, way: _Way, position: int, *wanted: str) -> None:
        if (way.literals, position) > self._miss:
            self._miss, self._wanted = (way.literals, position), {}
        if (way.literals, position) == self._miss:
            self._wanted |= dict.fromkeys(wanted)

    def _matched(self, way: _Way) -> Match:
        used: list[tuple[int, str]] = []
        trail = way.trail
        while trail:
            before, position, slot = trail
            used.append((position, slot))  # type: ignore[arg-type]  # a trail is (trail, int, str), which cannot name itself
            trail = before  # type: ignore[assignment]  # likewise
        used.reverse()
        slots: dict[str, tuple[int, ...]] = {}
        for position, slot in used:
            if slot:
                slots[slot] = (*slots.get(slot, ()), position)
        return Match(tuple(position for position, _ in used), way.literals, slots)
