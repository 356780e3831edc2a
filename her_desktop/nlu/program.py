"""A template compiled to steps that the matcher walks: each consuming step takes one token, or the program ends.

Concepts and expansions are written out here, so the matcher knows nothing of packs.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations

import msgspec

from her_desktop.language import Language, Token, tokenize
from her_desktop.nlu.template import Absent, Edge, Gap, Group, Node, Reference, Slot, TemplateError, Word, parse

_MOST_ANY_ORDER = 4
_MOST_DEPTH = 20
_MOST_SLOT_WORDS = 3
_MOST_STEPS = 20_000


class Step(msgspec.Struct, frozen=True):
    """One step. `take` consumes a token, `fork` goes on at each of `to`, `start`/`end` check the edges."""

    op: str
    words: frozenset[str] = frozenset()
    """take: one of these; empty takes any token of the slot's type."""
    slot: str = ""
    type: str = "text"
    to: tuple[int, ...] = ()


class Program(msgspec.Struct, frozen=True):
    """A compiled template."""

    template: str
    steps: tuple[Step, ...]
    absent: frozenset[str]
    vocabulary: frozenset[str]
    """All words that it names; without any it may fit every utterance."""


class Lexicon(msgspec.Struct, frozen=True):
    """What templates may refer to, as template texts."""

    language: Language
    expansions: Mapping[str, str] = {}
    concepts: Mapping[str, tuple[str, ...]] = {}


def compile_template(template: str, lexicon: Lexicon) -> Program:
    """Compile one template.

    Raises:
        TemplateError: it cannot be parsed, names something unknown, refers to itself or is too large.
    """
    builder = _Builder(lexicon)
    builder.add(parse(template), 0)
    builder.step(Step("accept"))
    words = frozenset(word for step in builder.steps for word in step.words)
    return Program(template, tuple(builder.steps), frozenset(builder.absent), words)


class _Builder:
    def __init__(self, lexicon: Lexicon) -> None:
        self.steps: list[Step] = []
        self.absent: set[str] = set()
        self._lexicon = lexicon

    def step(self, step: Step) -> int:
        if len(self.steps) >= _MOST_STEPS:
            raise TemplateError(f"the template grows beyond {_MOST_STEPS} steps", 1)
        self.steps.append(step)
        return len(self.steps) - 1

    def add(self, node: Node, depth: int) -> None:
        if depth > _MOST_DEPTH:
            raise TemplateError("nested too deeply, or it refers to itself", getattr(node, "column", 1))
        match node:
            case Word():
                for token in self._tokens(node.text):
                    self.step(Step("take", frozenset([token.norm])))
            case Group():
                self._group(node, depth)
            case Slot():
                self._slot(Step("take", slot=node.name, type=node.type))
            case Gap(most=None):
                at = self.step(Step("fork", to=(len(self.steps) + 1, len(self.steps) + 3)))
                self.step(Step("take"))
                self.step(Step("fork", to=(at,)))
            case Gap(most=most):
                self._up_to(Step("take"), most or 0)
            case Absent():
                self.absent |= self._words(node.item, depth)
            case Edge():
                self.step(Step(node.kind))
            case Reference():
                self._reference(node, depth)

    def _group(self, node: Group, depth: int) -> None:
        match node.kind:
            case "sequence":
                for item in node.items:
                    self.add(item, depth + 1)
            case "choice":
                self._choice(node.items, depth)
            case "optional":
                self._choice((*node.items, Group("sequence", (), node.column)), depth)
            case "any_order":
                if len(node.items) > _MOST_ANY_ORDER:
                    raise TemplateError(f"at most {_MOST_ANY_ORDER} parts in any order", node.column)
                orders = tuple(Group("sequence", order, node.column) for order in permutations(node.items))
                self._choice(orders, depth)

    def _choice(self, items: tuple[Node, ...], depth: int) -> None:
        fork = self.step(Step("fork"))
        starts, leaves = [], []
        for item in items:
            starts.append(len(self.steps))
            self.add(item, depth + 1)
            leaves.append(self.step(Step("fork")))
        self.steps[fork] = Step("fork", to=tuple(starts))
        for leave in leaves:
            self.steps[leave] = Step("fork", to=(len(self.steps),))

    def _slot(self, take: Step) -> None:
        at = self.step(take)
        if take.type == "text":
            self.step(Step("fork", to=(at, at + 2)))
        else:
            self._up_to(take, _MOST_SLOT_WORDS - 1)

    def _up_to(self, take: Step, most: int) -> None:
        end = len(self.steps) + 2 * most
        for _ in range(most):
            self.step(Step("fork", to=(len(self.steps) + 1, end)))
            self.step(take)

    def _reference(self, node: Reference, depth: int) -> None:
        if node.kind == "expansion":
            if node.name not in self._lexicon.expansions:
                raise TemplateError(f"no pack defines <{node.name}>", node.column)
            self.add(parse(self._lexicon.expansions[node.name]), depth + 1)
            return
        single, phrases = self._concept(node, depth)
        items: list[Node] = [parse(phrase) for phrase in phrases]
        if not items:
            self.step(Step("take", single))
            return
        fork = Group("choice", tuple(items), node.column)
        if single:
            self._words_or(single, fork, depth)
        else:
            self.add(fork, depth + 1)

    def _words_or(self, words: frozenset[str], other: Node, depth: int) -> None:
        fork = self.step(Step("fork"))
        take = self.step(Step("take", words))
        leave = self.step(Step("fork"))
        self.steps[fork] = Step("fork", to=(take, len(self.steps)))
        self.add(other, depth + 1)
        self.steps[leave] = Step("fork", to=(len(self.steps),))

    def _concept(self, node: Reference, depth: int) -> tuple[frozenset[str], tuple[str, ...]]:
        if depth > _MOST_DEPTH:
            raise TemplateError(f"~{node.name} refers to itself", node.column)
        if node.name not in self._lexicon.concepts:
            raise TemplateError(f"no pack defines ~{node.name}", node.column)
        single: set[str] = set()
        phrases: list[str] = []
        for member in self._lexicon.concepts[node.name]:
            if member.startswith("~"):
                words, more = self._concept(Reference("concept", member[1:], node.column), depth + 1)
                single |= words
                phrases += more
            elif len(tokens := self._tokens(member)) == 1 and member.isalpha():
                single.add(tokens[0].norm)
            else:
                phrases.append(member)
        return frozenset(single), tuple(phrases)

    def _words(self, node: Node, depth: int) -> set[str]:
        match node:
            case Word():
                return {token.norm for token in self._tokens(node.text)}
            case Group(kind="sequence" | "choice"):
                return {word for item in node.items for word in self._words(item, depth + 1)}
            case Reference(kind="concept"):
                single, phrases = self._concept(node, depth)
                if not phrases:
                    return set(single)
        raise TemplateError("after “!” stands a word, a group of words or a concept of single words", node.column)

    def _tokens(self, text: str) -> tuple[Token, ...]:
        return tokenize(text, self._lexicon.language.contractions)
