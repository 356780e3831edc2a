"""Every rule in force as a tree of packs, rules and what belongs to them, in one order; and looking in it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from her_desktop.dialogue.book import RuleBook
from her_desktop.dialogue.rules import Quarantined, Rule

Kind = Literal["pack", "rule", "answer", "follow_up", "gambit", "confirm", "broken"]


class Node(msgspec.Struct, frozen=True, gc=False):
    """One line of the tree."""

    id: str
    """A rule's id; for a pack its file, for what is broken its place."""
    name: str
    kind: Kind
    depth: int
    parent: int
    """Its number in the order; -1 for a pack."""
    size: int
    """How many nodes lie below it: those that follow it."""
    text: str
    """What it is found by, in small letters."""


class Catalog(msgspec.Struct, frozen=True):
    """All nodes, each followed by those below it."""

    nodes: tuple[Node, ...]
    at: dict[str, int]
    """Id to number."""
    rules: int
    packs: int
    broken: int

    def above(self, number: int) -> Iterator[int]:
        """The nodes above one, the nearest first."""
        while (number := self.nodes[number].parent) >= 0:
            yield number

    def pack_of(self, number: int) -> int:
        """The pack that a node is in."""
        return next(iter([*self.above(number)][::-1]), number)

    def found(self, words: str) -> list[int]:
        """The nodes that hold these words in their id, samples, templates or wordings, with all above them."""
        sought = words.casefold().strip()
        numbers: set[int] = set()
        for number, node in enumerate(self.nodes):
            if sought in node.text:
                numbers.add(number)
                numbers.update(self.above(number))
        return sorted(numbers)


def catalog(book: RuleBook) -> Catalog:
    """Make the tree of a book: packs in the order of their files, broken rules first in theirs."""
    grow = _Grow()
    for rule in book.rules.values():
        grow.pack(_file(rule.place)).append(_Draft(rule.id, _kind(rule), _belonging(rule), _text(rule)))
    for broken in book.quarantined:
        grow.broken.setdefault(_file(broken.place), []).append(broken)
        grow.pack(_file(broken.place))
    nodes = tuple(grow.nodes())
    ids = {node.id: number for number, node in enumerate(nodes)}
    return Catalog(nodes, ids, len(book.rules), len(grow.rules), len(book.quarantined))


def _file(place: str) -> str:
    """The file of a place: `file:line` or `file:line:column`."""
    name, _, rest = place.rpartition(":")
    before, _, line = name.rpartition(":")
    return before if before and line.isdigit() and rest.isdigit() else name


class _Draft(msgspec.Struct, frozen=True, gc=False):
    """What is kept of a rule until all are there: of a hundred thousand, the rules themselves would be too much."""

    id: str
    kind: Kind
    belonging: tuple[str, ...]
    text: str


class _Grow:
    def __init__(self) -> None:
        self.rules: dict[str, list[_Draft]] = {}
        self.broken: dict[str, list[Quarantined]] = {}

    def pack(self, file: str) -> list[_Draft]:
        return self.rules.setdefault(file, [])

    def nodes(self) -> Iterator[Node]:
        number = 0
        for file in sorted(self.rules):
            below = [*self._broken(file, number), *self._rules(file, number + len(self.broken.get(file, ())))]
            yield Node(file, file.removesuffix(".yaml"), "pack", 0, -1, len(below), file.casefold())
            yield from (msgspec.structs.replace(node, parent=max(node.parent, number)) for node in below)
            number += 1 + len(below)

    def _broken(self, file: str, pack: int) -> Iterator[Node]:
        for broken in self.broken.get(file, ()):
            name = broken.rule or broken.place
            yield Node(_broken_id(broken), name, "broken", 1, pack, 0, f"{name} {broken.why}".casefold())

    def _rules(self, file: str, last: int) -> Iterator[Node]:
        """The rules of a pack, which stand in the book one after the other, each before what belongs to it."""
        rules = self.rules[file]
        places = {rule.id: number for number, rule in enumerate(rules, last + 1)}
        parents = {name: places[rule.id] for rule in rules for name in rule.belonging}
        depths: dict[str, int] = {}
        sizes = _sizes(rules)
        for rule in rules:
            parent = parents.get(rule.id, -1)
            above = rules[parent - last - 1].id if parent >= 0 else ""
            depths[rule.id] = depths[above] + 1 if above else 1
            name = rule.id.removeprefix(f"{above}/") if above else rule.id
            yield Node(rule.id, name, rule.kind, depths[rule.id], parent, sizes[rule.id], rule.text)


def _broken_id(broken: Quarantined) -> str:
    return f"broken:{broken.line}"


def _sizes(rules: Sequence[_Draft]) -> dict[str, int]:
    sizes: dict[str, int] = {}
    for rule in reversed(rules):
        sizes[rule.id] = sum(sizes.get(name, 0) + 1 for name in rule.belonging)
    return sizes


def _belonging(rule: Rule) -> tuple[str, ...]:
    return (*rule.rejoinders, *((rule.follow_up,) if rule.follow_up else ()))


def _kind(rule: Rule) -> Kind:
    if rule.parent:
        return "answer"
    return "rule" if rule.prompt == "heard" else rule.prompt


def _text(rule: Rule) -> str:
    spec = rule.spec
    said = (rule.saying(variant).say for variant in range(len(spec.says)))
    return "\n".join((rule.id, *spec.samples, *spec.hears, *said, spec.plain)).casefold()
