"""A template compiled to steps that the matcher walks: each consuming step takes one token, or the program ends.

Concepts and expansions are written out here, so the matcher knows nothing of packs.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain, permutations

import msgspec

from her_desktop.language import Language, Token, tokenize
from her_desktop.nlu.template import Absent, Edge, Gap, Group, Node, Reference, Slot, TemplateError, Word, parse

_MOST_ANY_ORDER = 4
_MOST_DEPTH = 20
_MOST_SLOT_WORDS = 3
_MOST_STEPS = 20_000


class Step(msgspec.Struct, frozen=True, array_like=True):
    """One step. `take` consumes a token, `fork` goes on at each of `to`, `start`/`end` check the edges."""

    op: str
    words: frozenset[str] = frozenset()
    """take: one of these; empty takes any token of the slot's type."""
    slot: str = ""
    type: str = "text"
    to: tuple[int, ...] = ()

    @property
    def wants(self) -> tuple[str, ...]:
        """What the step takes, in words."""
        if self.op != "take":
            return (f"the {self.op} of what you say",)
        return tuple(sorted(self.words)) or (f"a {self.type}",)


class Program(msgspec.Struct, frozen=True, array_like=True):
    """A compiled template."""

    template: str
    steps: tuple[Step, ...]
    absent: frozenset[str]
    needs: tuple[frozenset[str], ...]
    """Of each of these sets an utterance must hold a word; without any the template may fit every utterance."""
    begins: frozenset[str] | None
    """The words that it can begin with; None where it may begin with any."""
    closures: tuple[tuple[int, ...], ...]
    """For each step that is entered, what can be reached from it without taking a token: takes, edges, the end."""


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
    try:
        needs = builder.add(parse(template), 0)
    except RecursionError as error:
        raise TemplateError("nested too deeply", 1) from error
    builder.step(Step("accept"))
    steps = tuple(builder.steps)
    entered = {0, *(at + 1 for at, step in enumerate(steps) if step.op in ("take", "start", "end"))}
    known: dict[int, tuple[int, ...]] = {}
    closures = tuple(_closure(steps, at, known) if at in entered else () for at in range(len(steps)))
    return Program(template, steps, frozenset(builder.absent), needs, _begins(steps, closures[0]), closures)


def _closure(steps: tuple[Step, ...], at: int, known: dict[int, tuple[int, ...]]) -> tuple[int, ...]:
    """Forks never lead in a circle without a take between them, so this ends."""
    if at not in known:
        ways = (_closure(steps, to, known) for to in steps[at].to)
        known[at] = tuple(dict.fromkeys(chain(*ways))) if steps[at].op == "fork" else (at,)
    return known[at]


def _begins(steps: tuple[Step, ...], closure: tuple[int, ...]) -> frozenset[str] | None:
    if all(steps[at].words for at in closure):
        return frozenset().union(*(steps[at].words for at in closure))
    return None


class _Words(msgspec.Struct, frozen=True):
    """One of many words: what the single words of a concept come to."""

    words: frozenset[str]
    column: int


_Needs = tuple[frozenset[str], ...]


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

    def add(self, node: Node | _Words, depth: int) -> _Needs:
        """Add the steps of a node; returns the sets of which an utterance that fits must hold a word."""
        if depth > _MOST_DEPTH:
            raise TemplateError("nested too deeply, or it refers to itself", node.column)
        match node:
            case Word():
                return tuple(self._take(frozenset([token.norm])) for token in self._tokens(node.text))
            case Group():
                return self._group(node, depth)
            case Slot():
                self._slot(Step("take", slot=node.name, type=node.type))
            case Gap():
                self._gap(node.most)
            case Absent():
                self.absent |= self._words(node.item, depth)
            case Edge():
                self.step(Step(node.kind))
            case _Words():
                return (self._take(node.words),)
            case Reference():
                return self._reference(node, depth)
        return ()

    def _take(self, words: frozenset[str]) -> frozenset[str]:
        self.step(Step("take", words))
        return words

    def _group(self, node: Group, depth: int) -> _Needs:
        match node.kind:
            case "sequence":
                return tuple(need for item in node.items for need in self.add(item, depth + 1))
            case "choice":
                return self._choice(node.items, depth)
            case "optional":
                self._choice((*node.items, Group("sequence", (), node.column)), depth)
                return ()
        if len(node.items) > _MOST_ANY_ORDER:
            raise TemplateError(f"at most {_MOST_ANY_ORDER} parts in any order", node.column)
        orders = tuple(Group("sequence", order, node.column) for order in permutations(node.items))
        return self._choice(orders, depth)

    def _choice(self, items: tuple[Node | _Words, ...], depth: int) -> _Needs:
        items = self._merged(items)
        if len(items) == 1:
            return self.add(items[0], depth + 1)
        fork = self.step(Step("fork"))
        starts, leaves, needs = [], [], []
        for item in items:
            starts.append(len(self.steps))
            needs.append(self.add(item, depth + 1))
            leaves.append(self.step(Step("fork")))
        self.steps[fork] = Step("fork", to=tuple(starts))
        for leave in leaves:
            self.steps[leave] = Step("fork", to=(len(self.steps),))
        return (frozenset().union(*(min(need, key=len) for need in needs)),) if all(needs) else ()

    def _merged(self, items: tuple[Node | _Words, ...]) -> tuple[Node | _Words, ...]:
        """The items, with all that are single words made into one."""
        single, others = set[str](), list[Node | _Words]()
        for item in items:
            word = self._single(item)
            single |= word
            others += [] if word else [item]
        return (*others, *([_Words(frozenset(single), items[0].column)] if single else []))

    def _single(self, item: Node | _Words) -> frozenset[str]:
        match item:
            case Group(kind="sequence", items=(Word(text),)) if len(tokens := self._tokens(text)) == 1:
                return frozenset([tokens[0].norm])
            case _Words(words):
                return words
        return frozenset()

    def _slot(self, take: Step) -> None:
        at = self.step(take)
        if take.type == "text":
            self.step(Step("fork", to=(at, at + 2)))
        else:
            self._up_to(take, _MOST_SLOT_WORDS - 1)

    def _gap(self, most: int | None) -> None:
        if most is not None:
            return self._up_to(Step("take"), most)
        at = self.step(Step("fork", to=(len(self.steps) + 1, len(self.steps) + 3)))
        self.step(Step("take"))
        self.step(Step("fork", to=(at,)))
        return None

    def _up_to(self, take: Step, most: int) -> None:
        end = len(self.steps) + 2 * most
        for _ in range(most):
            self.step(Step("fork", to=(len(self.steps) + 1, end)))
            self.step(take)

    def _reference(self, node: Reference, depth: int) -> _Needs:
        if node.kind == "expansion":
            if node.name not in self._lexicon.expansions:
                raise TemplateError(f"no pack defines <{node.name}>", node.column)
            return self.add(parse(self._lexicon.expansions[node.name]), depth + 1)
        single, phrases = self._concept(node, depth)
        if not phrases:
            return (self._take(single),)
        members: list[Node | _Words] = [parse(phrase) for phrase in phrases]
        return self._choice((*members, *([_Words(single, node.column)] if single else [])), depth + 1)

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
        plain = text.isascii() and text.isalpha() and text.islower() and text not in self._lexicon.language.contractions
        return (Token(text, text, 0),) if plain else tokenize(text, self._lexicon.language.contractions)
