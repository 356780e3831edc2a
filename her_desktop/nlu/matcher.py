"""Walks a program over the tokens of an utterance, keeping for each step the one best way to have reached it.

Best is: most words of the template itself, then most words in slots, then fewest in gaps, then the earliest beginning.
The work is words times steps, whatever the template. Where nothing fits, the result tells where the best try gave up.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from her_desktop.language import Language, Token
from her_desktop.nlu.program import Program, Step


class Match(msgspec.Struct, frozen=True):
    """The template fits: which tokens it used, how many of them are its own words, what its slots caught."""

    tokens: tuple[int, ...]
    literals: int
    slots: dict[str, tuple[int, ...]]


class Miss(msgspec.Struct, frozen=True):
    """The template does not fit: how many of its words were found, where it gave up, what it wanted there."""

    literals: int
    failed_at: int | None
    """Index of the token; None at the end of the utterance."""
    wanted: tuple[str, ...]


class _Taken(NamedTuple):
    """A token on the way, and the ones before it: a linked list that ways share."""

    before: _Taken | None
    position: int
    slot: str


class _Way(NamedTuple):
    rank: int
    """What makes a way better, in one number, smaller first: literals, slotted words, gap words, beginning."""
    literals: int
    trail: _Taken | None


_LITERAL, _SLOTTED, _GAP = -(1 << 48), -(1 << 32), 1 << 16


def match(program: Program, tokens: tuple[Token, ...], language: Language) -> Match | Miss:
    """Look for the template in the utterance."""
    found = _Walk(program, tokens, language).run()
    for position, token in enumerate(tokens):
        if token.norm in program.absent:
            return Miss(found.literals, position, (f"no “{token.norm}”",))
    return found


class _Walk:
    def __init__(self, program: Program, tokens: tuple[Token, ...], language: Language) -> None:
        self._program, self._tokens, self._language = program, tokens, language
        self._best: _Way | None = None
        self._furthest = (0, 0)
        self._stuck: list[int] = []
        fillers = [token.norm in language.fillers for token in tokens]
        self._first = fillers.index(False) if False in fillers else len(tokens)
        self._last = len(tokens) - (fillers[::-1].index(False) if False in fillers else len(tokens))

    def run(self) -> Match | Miss:
        ways: dict[int, _Way] = {}
        begins = self._program.begins
        for position, token in enumerate(self._tokens):
            if begins is None or token.norm in begins:
                self._enter(ways, 0, _Way(position, 0, None), position)
            if ways:
                ways = self._advance(ways, position, token)
        end = len(self._tokens)
        if begins is None:
            self._enter(ways, 0, _Way(end, 0, None), end)
        for at, way in ways.items():
            self._note(at, way, end)
        return self._matched(self._best) if self._best else self._missed()

    def _enter(self, ways: dict[int, _Way], at: int, way: _Way, position: int) -> None:
        for target in self._program.closures[at]:
            known = ways.get(target)
            if known is not None and known.rank <= way.rank:
                continue
            ways[target] = way
            op = self._program.steps[target].op
            if op == "accept":
                if self._best is None or way.rank < self._best.rank:
                    self._best = way
            elif op != "take":
                if position <= self._first if op == "start" else position >= self._last:
                    self._enter(ways, target + 1, way, position)
                else:
                    self._note(target, way, position)

    def _advance(self, ways: dict[int, _Way], position: int, token: Token) -> dict[int, _Way]:
        after: dict[int, _Way] = {}
        for at, way in ways.items():
            step = self._program.steps[at]
            if step.op != "take":
                continue
            if token.norm in step.words if step.words else self._fills(step, token):
                worth = _LITERAL if step.words else _SLOTTED if step.slot else _GAP
                taken = _Taken(way.trail, position, step.slot)
                self._enter(after, at + 1, _Way(way.rank + worth, way.literals + bool(step.words), taken), position + 1)
            elif way.literals:
                self._note(at, way, position)
        return after

    def _fills(self, step: Step, token: Token) -> bool:
        match step.type:
            case "name":
                return token.norm not in self._language.not_names
            case "proper":
                return token.surface[:1].isupper() and token.norm not in self._language.not_names
            case "number":
                return token.norm.isdigit()
        return True

    def _note(self, at: int, way: _Way, position: int) -> None:
        reached = (way.literals, position)
        if reached > self._furthest:
            self._furthest, self._stuck = reached, []
        if reached == self._furthest and self._program.steps[at].op != "accept":
            self._stuck.append(at)

    def _missed(self) -> Miss:
        literals, position = self._furthest
        wanted = dict.fromkeys(word for at in self._stuck for word in self._program.steps[at].wants)
        return Miss(literals, position if position < len(self._tokens) else None, tuple(wanted))

    def _matched(self, way: _Way) -> Match:
        used: list[_Taken] = []
        taken = way.trail
        while taken:
            used.append(taken)
            taken = taken.before
        used.reverse()
        slots: dict[str, tuple[int, ...]] = {}
        for one in used:
            if one.slot:
                slots[one.slot] = (*slots.get(one.slot, ()), one.position)
        return Match(tuple(one.position for one in used), way.literals, slots)
