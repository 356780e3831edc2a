"""The rule language's sentence templates, parsed to a typed tree with the column of every part.

`[optional]` `(one|other)` `(a;b)` any order, `{slot:type}` `{slot:~concept}`, `<expansion>`, `~concept`, `*` any words,
`*3` at most three, `!word` must be absent from the group in which it stands, `^` `$` the edges of the utterance. A
template may be found anywhere unless it is anchored.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

WORD_TYPES = ("text", "name", "proper")
"""Slots that take words one by one."""
VALUE_TYPES = ("number", "duration", "time", "date")
"""Slots that take a whole stretch of words with one value (`values.py`)."""
SLOT_TYPES = (*WORD_TYPES, *VALUE_TYPES)

_TOKEN = re.compile(r"\s*(?:(?P<word>[^\s\[\](){}<>|;~*!^$]+)|(?P<gap>\*\d*)|(?P<ref>[~!])|(?P<mark>[\[\](){}<>|;^$]))")
_NAME = re.compile(r"[a-z_]\w*(:\w+)?")
_MOST_GAP_WORDS = 50
_CLOSING = {"[": "]", "(": ")"}


class TemplateError(ValueError):
    """A template that cannot be parsed: what is wrong, and at which column (counted from 1)."""

    def __init__(self, why: str, column: int) -> None:
        self.column = column
        super().__init__(f"{why}, at column {column} of the template")


class Word(msgspec.Struct, frozen=True):
    """A word that must be there."""

    text: str
    column: int


class Group(msgspec.Struct, frozen=True):
    """`sequence`: one after the other; `choice`: one of them; `any_order`: all of them; `optional`: or not at all."""

    kind: Literal["sequence", "choice", "any_order", "optional"]
    items: tuple[Node, ...]
    column: int


class Slot(msgspec.Struct, frozen=True):
    """One or more words that are kept under a name."""

    name: str
    type: str
    """One of `SLOT_TYPES`, or `~` and the name of a concept."""
    column: int


class Reference(msgspec.Struct, frozen=True):
    """`<expansion>` or `~concept`: named parts that packs define."""

    kind: Literal["expansion", "concept"]
    name: str
    column: int


class Gap(msgspec.Struct, frozen=True):
    """Any words, at most so many; None means without limit."""

    most: int | None
    column: int


class Absent(msgspec.Struct, frozen=True):
    """Something that must not be among the words of the group in which it stands; at the top, nowhere at all."""

    item: Node
    column: int


class Edge(msgspec.Struct, frozen=True):
    """The beginning or the end of the utterance."""

    kind: Literal["start", "end"]
    column: int


Node = Word | Group | Slot | Reference | Gap | Absent | Edge


def parse(template: str) -> Group:
    """Parse a template.

    Raises:
        TemplateError: with the column of the first thing that does not fit.
    """
    return _Parser(template).parse()


class _Parser:
    def __init__(self, template: str) -> None:
        found = list(_TOKEN.finditer(template))
        self._marks = [match.group(match.lastgroup or 0) for match in found] + [""]
        self._columns = [match.end() - len(mark) + 1 for match, mark in zip(found, self._marks, strict=False)]
        self._columns.append(len(template.rstrip()) + 1)
        self._at = 0

    def parse(self) -> Group:
        tree = self._alternatives("")
        if self._peek():
            raise TemplateError(f"unexpected “{self._peek()}”", self._column)
        return tree

    @property
    def _column(self) -> int:
        return self._columns[self._at]

    def _peek(self) -> str:
        return self._marks[self._at]

    def _next(self) -> str:
        mark = self._marks[self._at]
        if not mark:
            raise TemplateError("something is missing here", self._column)
        self._at += 1
        return mark

    def _alternatives(self, closing: str) -> Group:
        column, separator = self._column, ""
        parts = [self._sequence()]
        while self._peek() in ("|", ";") and closing:
            mark = self._next()
            if separator and mark != separator:
                raise TemplateError("“|” and “;” do not mix in one group", self._column)
            separator = mark
            parts.append(self._sequence())
        if len(parts) == 1:
            return parts[0]
        return Group("any_order" if separator == ";" else "choice", tuple(parts), column)

    def _sequence(self) -> Group:
        column, items = self._column, []
        while (mark := self._peek()) and mark not in ("|", ";", "]", ")", "}", ">"):
            items.append(self._item())
        return Group("sequence", tuple(items), column)

    def _item(self) -> Node:
        column, text = self._column, self._next()
        match text[0]:
            case "[" | "(":
                return self._group(text, column)
            case "{":
                return self._slot(column)
            case "<":
                return Reference("expansion", self._name("<", ">", column), column)
            case "~":
                return Reference("concept", self._next(), column)
            case "!":
                return Absent(self._item(), column)
            case "*":
                return self._gap(text[1:], column)
            case "^" | "$":
                return Edge("start" if text == "^" else "end", column)
        return Word(text, column)

    def _group(self, opening: str, column: int) -> Group:
        inner = self._alternatives(_CLOSING[opening])
        if self._peek() != _CLOSING[opening]:
            raise TemplateError(f"“{opening}” is never closed", column)
        self._next()
        if not inner.items:
            raise TemplateError("an empty group", column)
        return Group("optional", (inner,), column) if opening == "[" else inner

    def _gap(self, most: str, column: int) -> Gap:
        if most and not 0 < int(most[:4]) <= _MOST_GAP_WORDS:
            raise TemplateError(f"a gap of *1 to *{_MOST_GAP_WORDS} words, or * for any number", column)
        return Gap(int(most) if most else None, column)

    def _slot(self, column: int) -> Slot:
        if self._peek().endswith(":") and self._marks[self._at + 1] == "~":
            name, mark = self._next()[:-1], self._next()
            if not _NAME.fullmatch(name):
                raise TemplateError("“{” wants a name and “}”", column)
            return Slot(name, mark + self._name("~", "}", column), column)
        name, _, kind = self._name("{", "}", column).partition(":")
        if kind and kind not in SLOT_TYPES:
            raise TemplateError(f"“{kind}” is no slot type (there are {', '.join(SLOT_TYPES)} and ~concepts)", column)
        return Slot(name, kind or "text", column)

    def _name(self, opening: str, closing: str, column: int) -> str:
        name = self._peek()
        if not _NAME.fullmatch(name) or self._marks[self._at + 1] != closing:
            raise TemplateError(f"“{opening}” wants a name and “{closing}”", column)
        self._at += 2
        return name
