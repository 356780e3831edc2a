"""Templates with one part changed. Receives the text of a template; emits each changed text, and what was changed.

Left out is what cannot change which sentences fit: what becomes wider at an end that is not anchored, where any words
may stand already, and a gap beside a slot that takes any words. What a template only refers to is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from her_desktop.nlu.template import Absent, Edge, Gap, Group, Node, Reference, Slot, Word, parse

Kind = Literal["word", "optional", "gap", "alternative", "anchor", "absent"]


class Edit(msgspec.Struct, frozen=True):
    """A template with one part changed."""

    kind: Kind
    column: int
    """Where the part begins, counted from 1."""
    told: str
    """What was changed: `drops “really” from “do you really feel”`."""
    text: str
    """The changed template."""


_Found = tuple[Kind, int, str, Group]
"""Kind, column, what was changed, and the group with it."""


def edits(template: str) -> Iterator[Edit]:
    """Every template that has one part less or one that is wider, each text once."""
    tree = parse(template)
    seen = {text_of(tree)}
    for kind, column, told, changed in _edits(tree, top=True):
        if (text := text_of(changed)) not in seen:
            seen.add(text)
            yield Edit(kind, column, f"{told} “{template}”", text)


def text_of(tree: Group) -> str:
    """The text of a whole template; parsed again it gives the same tree, but for the columns."""
    separator = {"choice": "|", "any_order": ";"}.get(tree.kind)
    if separator:
        return separator.join(text_of(item) if isinstance(item, Group) else _written(item) for item in tree.items)
    return " ".join(map(_written, tree.items))


def _written(node: Node) -> str:
    match node:
        case Word(text):
            return text
        case Gap(most):
            return "*" if most is None else f"*{most}"
        case Edge(kind):
            return "^" if kind == "start" else "$"
        case Absent(item):
            return f"!{_written(item)}"
        case Reference(kind, name):
            return f"~{name}" if kind == "concept" else f"<{name}>"
        case Slot(name, kind):
            return f"{{{name}}}" if kind == "text" else f"{{{name}:{kind}}}"
        case Group(kind="optional", items=(Group() as inner,)):
            return f"[{text_of(inner)}]"
    return f"({text_of(node)})"


def _edits(group: Group, *, top: bool = False) -> Iterator[_Found]:
    """A group with one part of it changed, its own parts first."""
    yield from _of_sequence(group, top=top) if group.kind == "sequence" else _of_choice(group)
    for at, item in enumerate(group.items):
        if isinstance(item, Group):
            for kind, column, told, changed in _edits(item):
                yield kind, column, told, _with(group, at, changed)


def _of_choice(group: Group) -> Iterator[_Found]:
    for at, item in enumerate(group.items if group.kind == "choice" else ()):
        yield "alternative", item.column, f"drops the alternative “{_bare(item)}” from", _with(group, at)


def _of_sequence(group: Group, *, top: bool) -> Iterator[_Found]:
    loose = _loose_ends(group) if top else frozenset()
    alone = sum(not isinstance(item, Absent | Edge) for item in group.items) == 1
    for at, item in enumerate(group.items):
        yield from _of_item(group, at, item, alone=alone, loose=at in loose)
        if at and _can_part(group.items[at - 1], item):
            before = _bare(group.items[at - 1])
            told = f"lets any words stand between “{before}” and “{_bare(item)}” in"
            yield "gap", item.column, told, _with(group, at, Gap(None, item.column), item)


def _of_item(group: Group, at: int, item: Node, *, alone: bool, loose: bool) -> Iterator[_Found]:
    shown = _bare(item)
    match item:
        case Edge():
            yield "anchor", item.column, f"drops the anchor “{shown}” from", _with(group, at)
        case Absent():
            yield "absent", item.column, f"drops “{shown}” from", _with(group, at)
        case Gap(most) if most is not None and not loose:
            yield "gap", item.column, f"widens “{shown}” to any number of words in", _with(group, at, _any(item))
        case Group(kind="optional") if not alone:
            yield "alternative", item.column, f"drops “{shown}” from", _with(group, at)
            if not loose:
                yield "gap", item.column, f"lets any words stand for “{shown}” in", _with(group, at, _any(item))
        case Word() | Reference() | Group(kind="choice" | "any_order" | "sequence") if not alone:
            yield "word", item.column, f"drops “{shown}” from", _with(group, at)
            if not loose:
                inner = item if isinstance(item, Group) else Group("sequence", (item,), item.column)
                instead = Group("optional", (inner,), item.column)
                yield "optional", item.column, f"no longer needs “{shown}” in", _with(group, at, instead)


def _loose_ends(group: Group) -> frozenset[int]:
    """The first and the last part, which are not anchored: what is optional there can as well be missing."""
    places = [at for at, item in enumerate(group.items) if not isinstance(item, Absent)]
    ends = {places[0], places[-1]} if places else set()
    return frozenset(at for at in ends if not isinstance(group.items[at], Edge))


def _can_part(before: Node, after: Node) -> bool:
    """Whether a gap between two parts lets other sentences fit."""
    return not any(
        isinstance(item, Gap | Edge | Absent) or (isinstance(item, Slot) and item.type == "text")
        for item in (before, after)
    )


def _with(group: Group, at: int, *instead: Node) -> Group:
    return Group(group.kind, (*group.items[:at], *instead, *group.items[at + 1 :]), group.column)


def _any(item: Node) -> Gap:
    return Gap(None, item.column)


def _bare(item: Node) -> str:
    """A part as it is told: an alternative without the brackets that it does not have."""
    return text_of(item) if isinstance(item, Group) and item.kind == "sequence" else _written(item)
