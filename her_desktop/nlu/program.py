"""A template compiled to steps that the matcher walks: each step that takes a token, an edge, or the end.

Concepts and expansions are written out here, so the matcher knows nothing of packs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from contextlib import contextmanager
from functools import lru_cache
from itertools import permutations
from typing import TYPE_CHECKING

import msgspec

from her_desktop.language import Language, Token, tokenize
from her_desktop.nlu.template import (
    VALUE_TYPES,
    WORD_TYPES,
    Absent,
    Edge,
    Gap,
    Group,
    Node,
    Reference,
    Slot,
    TemplateError,
    Word,
    parse,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_TYPES = {"text": "any word", "proper": "a word with a capital"}

_MOST_ANY_ORDER = 4
_MOST_DEPTH = 20
_MOST_SLOT_WORDS = 3
_MOST_STEPS = 20_000
_MOST_PARTS = 200_000
_MOST_ENTRIES = 200_000
"""How many ways from step to step a program may have: nested choices of gaps multiply them."""


MORE = "…"
"""Stands for no word: the variant goes on."""


class Step(msgspec.Struct, frozen=True, array_like=True):
    """One step. `take` consumes words, `start` and `end` check the edges, `accept` is the end of the template."""

    op: str
    words: frozenset[str] = frozenset()
    """take: one of these; empty takes what the type allows."""
    slot: str = ""
    type: str = "text"
    of: str = ""
    """take: the word that these are heard-as variants of, at a repair; `MORE` for the later words of a variant."""
    barred: frozenset[str] = frozenset()
    """take: never one of these: they must be absent from the group."""
    then: tuple[int, ...] = ()
    """What can come next."""

    @property
    def wants(self) -> tuple[str, ...]:
        """What the step takes, in words; nothing for the variants of a word."""
        if self.op != "take":
            return (f"the {self.op} of what you say",)
        if self.words:
            return () if self.of else tuple(sorted(self.words))
        return (_TYPES.get(self.type, f"a {self.type}"),)


class Program(msgspec.Struct, frozen=True, array_like=True):
    """A compiled template."""

    template: str
    steps: tuple[Step, ...]
    first: tuple[int, ...]
    """The steps that it can begin with."""
    absent: frozenset[str]
    """Words that must be nowhere in the utterance."""
    needs: tuple[frozenset[str], ...]
    """Of each of these sets an utterance must hold a word; without any the template may fit every utterance."""
    begins: frozenset[str] | None
    """The words that it can begin with; None where it may begin with any."""
    slots: dict[str, str] = {}
    """Its slots, those of its expansions too, with their types; one that is held to a concept is text."""

    @property
    def certain(self) -> frozenset[str]:
        """The slots that catch something whenever it fits."""
        return frozenset(name for name in self.slots if not self._fits_without(name))

    def _fits_without(self, slot: str) -> bool:
        seen, ahead = set[int](), list(self.first)
        while ahead:
            step = self.steps[at := ahead.pop()]
            if step.op == "accept":
                return True
            if at not in seen and step.slot != slot:
                seen.add(at)
                ahead += step.then
        return False


class Lexicon(msgspec.Struct, frozen=True):
    """What templates may refer to, as template texts."""

    language: Language
    expansions: Mapping[str, str] = {}
    concepts: Mapping[str, tuple[str, ...]] = {}
    heard_as: Mapping[str, Mapping[str, str]] = {}
    """Concept to what recognizers write to the word of the concept that was said."""


def compile_template(template: str, lexicon: Lexicon) -> Program:
    """Compile one template.

    Raises:
        TemplateError: it cannot be parsed, names something unknown, refers to itself or is too large.
    """
    builder = _Builder(lexicon)
    try:
        needs = builder.top(parse(template))
    except RecursionError as error:
        raise TemplateError("nested too deeply", 1) from error
    if not (builder.drafts or builder.absent):
        raise TemplateError("there is no word in it", 1)
    builder.step(_Draft("accept"))
    steps, first = _linked(builder.drafts)
    return Program(template, steps, first, frozenset(builder.absent), needs, _begins(steps, first), builder.slots)


class _Draft(msgspec.Struct, frozen=True):
    """A step before it is linked; a `fork` goes on at each of `to`, every other one at the next."""

    op: str
    words: frozenset[str] = frozenset()
    slot: str = ""
    type: str = "text"
    of: str = ""
    barred: frozenset[str] = frozenset()
    to: tuple[int, ...] = ()


def _linked(drafts: list[_Draft]) -> tuple[tuple[Step, ...], tuple[int, ...]]:
    """The steps without forks, each with the steps that can come next, and the ones to begin with."""
    number = {at: new for new, at in enumerate(at for at, draft in enumerate(drafts) if draft.op != "fork")}
    steps, entries = [], 0
    for at in number:
        draft = drafts[at]
        then = tuple(number[to] for to in _reached(drafts, at + 1)) if draft.op != "accept" else ()
        entries += len(then)
        if entries > _MOST_ENTRIES:
            raise TemplateError("too many ways through the template", 1)
        steps.append(Step(draft.op, draft.words, draft.slot, draft.type, draft.of, draft.barred, then))
    return tuple(steps), tuple(number[to] for to in _reached(drafts, 0))


def _reached(drafts: list[_Draft], start: int) -> list[int]:
    """What can be reached over forks alone, in their order."""
    seen, found, ahead = set[int](), list[int](), [start]
    while ahead:
        at = ahead.pop()
        if at in seen:
            continue
        seen.add(at)
        if drafts[at].op == "fork":
            ahead += reversed(drafts[at].to)
        else:
            found.append(at)
    return found


def _begins(steps: tuple[Step, ...], first: tuple[int, ...]) -> frozenset[str] | None:
    if len(first) == 1:
        return steps[first[0]].words or None
    if all(steps[at].words for at in first):
        return frozenset().union(*(steps[at].words for at in first))
    return None


class _Words(msgspec.Struct, frozen=True):
    """One of many words: what the single words of a concept come to. `of` says that they are variants of a word."""

    words: frozenset[str]
    column: int
    of: str = ""


class _Member(msgspec.Struct, frozen=True):
    """A phrase that is a heard-as variant of a word."""

    item: Group
    of: str
    column: int


_parsed = lru_cache(maxsize=256)(parse)
"""Expansions are named by many templates."""

_Item = Node | _Words | _Member
_Needs = tuple[frozenset[str], ...]
_Concept = tuple[frozenset[str], tuple[str, ...], dict[str, str]]


class _Builder:
    def __init__(self, lexicon: Lexicon) -> None:
        self.drafts: list[_Draft] = []
        self.absent: frozenset[str] = frozenset()
        self.slots: dict[str, str] = {}
        self._parts = 0
        self._concepts: dict[str, _Concept] = {}
        self._lexicon = lexicon
        self._barred: frozenset[str] = frozenset()
        self._slot_name = ""

    def step(self, draft: _Draft) -> int:
        if len(self.drafts) >= _MOST_STEPS:
            raise TemplateError(f"the template grows beyond {_MOST_STEPS} steps", 1)
        self.drafts.append(draft)
        return len(self.drafts) - 1

    def _count(self) -> None:
        """Also parts that make no step take time: expansions of expansions multiply them."""
        self._parts += 1
        if self._parts > _MOST_PARTS:
            raise TemplateError(f"the template grows beyond {_MOST_PARTS} parts", 1)

    def top(self, tree: Group) -> _Needs:
        """Add a whole template: what must be absent from its top must be nowhere in the utterance."""
        absent, items = self._parted(tree)
        self.absent = absent
        return self.add(Group(tree.kind, items, tree.column), 0)

    def _parted(self, group: Group) -> tuple[frozenset[str], tuple[Node, ...]]:
        """What must be absent from a sequence, also by an expansion of nothing else, and its other items."""
        absent, items = list[Absent](), list[Node]()
        for item in group.items:
            if isinstance(item, Absent):
                absent.append(item)
            elif named := self._only_absent(item):
                absent += named
            else:
                items.append(item)
        return frozenset().union(*(self._words(item.item, 0) for item in absent)), tuple(items)

    def _only_absent(self, item: Node) -> list[Absent]:
        if not (isinstance(item, Reference) and item.kind == "expansion" and item.name in self._lexicon.expansions):
            return []
        items = _parsed(self._lexicon.expansions[item.name]).items
        absent = [one for one in items if isinstance(one, Absent)]
        return absent if len(absent) == len(items) else []

    def add(self, node: _Item, depth: int) -> _Needs:
        """Add the steps of a node; returns the sets of which an utterance that fits must hold a word."""
        self._count()
        if depth > _MOST_DEPTH:
            raise TemplateError(f"nested more than {_MOST_DEPTH} levels deep, or it refers to itself", node.column)
        match node:
            case Word():
                return self._word(node)
            case Group():
                return self._group(node, depth)
            case Slot():
                return self._slot(node, depth)
            case Gap():
                self._gap(node.most)
            case Edge():
                self.step(_Draft(node.kind))
            case _Words():
                return (self._take(node.words, node.of),)
            case _Member():
                return self._variant(node, depth)
            case Reference():
                return self._reference(node, depth)
            case Absent():
                raise TemplateError("“!” cannot stand alone in a group", node.column)
        return ()

    def _word(self, node: Word) -> _Needs:
        """Punctuation by itself is not listened to; anything else that is no word would wait in vain."""
        tokens = self._tokens(node.text)
        if not tokens and any(not unicodedata.category(letter).startswith("P") for letter in node.text):
            raise TemplateError(f"“{node.text}” has no letters or digits, so it is never heard", node.column)
        return tuple(self._take(frozenset([token.norm])) for token in tokens)

    def _take(self, words: frozenset[str], of: str = "") -> frozenset[str]:
        self.step(_Draft("take", words, self._slot_name, of=of, barred=self._barred))
        return words

    def _group(self, node: Group, depth: int) -> _Needs:
        match node.kind:
            case "sequence":
                return self._sequence(node, depth)
            case "choice":
                return self._choice(node.items, depth)
            case "optional":
                self._choice((*node.items, Group("sequence", (), node.column)), depth)
                return ()
        if len(node.items) > _MOST_ANY_ORDER:
            raise TemplateError(f"at most {_MOST_ANY_ORDER} parts in any order", node.column)
        orders = tuple(Group("sequence", order, node.column) for order in permutations(node.items))
        return self._choice(orders, depth)

    def _sequence(self, node: Group, depth: int) -> _Needs:
        absent, items = self._parted(node)
        if not absent:
            return tuple(need for item in items for need in self.add(item, depth + 1))
        if not items:
            raise TemplateError("“!” cannot stand alone in a group", node.column)
        with self._barring(absent):
            return tuple(need for item in items for need in self.add(item, depth + 1))

    @contextmanager
    def _barring(self, words: frozenset[str]) -> Iterator[None]:
        outside, self._barred = self._barred, self._barred | words
        yield
        self._barred = outside

    def _choice(self, items: tuple[_Item, ...], depth: int) -> _Needs:
        items = self._merged(items)
        if len(items) == 1:
            return self.add(items[0], depth + 1)
        fork = self.step(_Draft("fork"))
        starts, leaves, needs = [], [], []
        for item in items:
            starts.append(len(self.drafts))
            needs.append(self.add(item, depth + 1))
            leaves.append(self.step(_Draft("fork")))
        self.drafts[fork] = _Draft("fork", to=tuple(starts))
        for leave in leaves:
            self.drafts[leave] = _Draft("fork", to=(len(self.drafts),))
        return (frozenset().union(*(min(need, key=len) for need in needs)),) if all(needs) else ()

    def _merged(self, items: tuple[_Item, ...]) -> tuple[_Item, ...]:
        """The items, with all that are single words made into one."""
        single, others = set[str](), list[_Item]()
        for item in items:
            word = self._single(item)
            single |= word
            others += [] if word else [item]
        return (*others, *([_Words(frozenset(single), items[0].column)] if single else []))

    def _single(self, item: _Item) -> frozenset[str]:
        match item:
            case Group(kind="sequence", items=(Word(text),)) if len(tokens := self._tokens(text)) == 1:
                return frozenset([tokens[0].norm])
            case _Words(words, _, ""):
                return words
        return frozenset()

    def _slot(self, node: Slot, depth: int) -> _Needs:
        named = node.type.startswith("~")
        kind = "text" if named else node.type
        if (known := self.slots.setdefault(node.name, kind)) != kind and not {kind, known} <= set(WORD_TYPES):
            raise TemplateError(f"{{{node.name}}} is {kind} here and {known} elsewhere in it", node.column)
        if named:
            outside, self._slot_name = self._slot_name, node.name
            needs = self._reference(Reference("concept", node.type[1:], node.column), depth)
            self._slot_name = outside
            return needs
        take = _Draft("take", slot=node.name, type=node.type, barred=self._barred)
        at = self.step(take)
        if node.type == "text":
            self.step(_Draft("fork", to=(at, at + 2)))
        elif node.type not in VALUE_TYPES:
            self._up_to(take, _MOST_SLOT_WORDS - 1)
        return ()

    def _gap(self, most: int | None) -> None:
        take = _Draft("take", slot=self._slot_name, barred=self._barred)
        if most is not None:
            return self._up_to(take, most)
        at = self.step(_Draft("fork", to=(len(self.drafts) + 1, len(self.drafts) + 3)))
        self.step(take)
        self.step(_Draft("fork", to=(at,)))
        return None

    def _up_to(self, take: _Draft, most: int) -> None:
        end = len(self.drafts) + 2 * most
        for _ in range(most):
            self.step(_Draft("fork", to=(len(self.drafts) + 1, end)))
            self.step(take)

    def _reference(self, node: Reference, depth: int) -> _Needs:
        if node.kind == "expansion":
            if node.name not in self._lexicon.expansions:
                raise TemplateError(f"no pack defines <{node.name}>", node.column)
            return self.add(_parsed(self._lexicon.expansions[node.name]), depth + 1)
        single, phrases, variants = self._concept(node, depth)
        if not (single or phrases):
            raise TemplateError(f"~{node.name} has no words", node.column)
        if not phrases and not variants:
            return (self._take(single),)
        members: list[_Item] = [parse(phrase) for phrase in phrases]
        members += [_Member(parse(said), of, node.column) for said, of in variants.items() if self._may_say(of)]
        return self._choice((*members, *([_Words(single, node.column)] if single else [])), depth + 1)

    def _may_say(self, text: str) -> bool:
        """Whether no word of it must be absent where it would stand."""
        return (self._barred | self.absent).isdisjoint(token.norm for token in self._tokens(text))

    def _variant(self, node: _Member, depth: int) -> _Needs:
        first = len(self.drafts)
        needs = self.add(node.item, depth + 1)
        if not needs or not all(isinstance(item, Word) for item in (*node.item.items, *_parsed(node.of).items)):
            raise TemplateError(f"“{node.of}” and what it is heard as must be plain words", node.column)
        for at in range(first, len(self.drafts)):
            self.drafts[at] = msgspec.structs.replace(self.drafts[at], of=node.of if at == first else MORE)
        return needs

    def _concept(self, node: Reference, depth: int) -> _Concept:
        """Its single words, its phrases, and the variants that recognizers write for them."""
        if depth > _MOST_DEPTH:
            raise TemplateError(f"~{node.name} refers to itself", node.column)
        if node.name not in self._lexicon.concepts:
            raise TemplateError(f"no pack defines ~{node.name}", node.column)
        if node.name in self._concepts:
            return self._concepts[node.name]
        single, phrases = set[str](), dict[str, None]()
        variants = dict(self._lexicon.heard_as.get(node.name, {}))
        for member in self._lexicon.concepts[node.name]:
            if member.startswith("~"):
                words, more, others = self._concept(Reference("concept", member[1:], node.column), depth + 1)
                single |= words
                phrases |= dict.fromkeys(more)
                variants |= others
            elif len(tokens := self._tokens(member)) == 1 and member.isalpha():
                single.add(tokens[0].norm)
            else:
                phrases[member] = None
        self._concepts[node.name] = frozenset(single), tuple(phrases), variants
        return self._concepts[node.name]

    def _words(self, node: Node, depth: int) -> frozenset[str]:
        self._count()
        match node:
            case Word():
                return frozenset(token.norm for token in self._tokens(node.text))
            case Group(kind="sequence" | "choice"):
                return frozenset(word for item in node.items for word in self._words(item, depth + 1))
            case Reference(kind="concept"):
                single, phrases, _ = self._concept(node, depth)
                if not phrases:
                    return single
        raise TemplateError("after “!” stands a word, a group of words or a concept of single words", node.column)

    def _tokens(self, text: str) -> tuple[Token, ...]:
        plain = text.isascii() and text.isalpha() and text.islower() and text not in self._lexicon.language.contractions
        return (Token(text, text, 0),) if plain else tokenize(text, self._lexicon.language.contractions)
