"""The phrases of a language compiled to trees: each word or part leads on, and a phrase ends with its meaning."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from itertools import product
from math import prod
from typing import Literal, NamedTuple

import msgspec

from her_desktop.language import tokenize
from her_desktop.nlu.template import Group, Node, Slot, TemplateError, Word, parse
from her_desktop.nlu.value_calendar import UNITS

Part = Literal[
    "whole", "amount", "unit", "duration", "hour", "hour12", "minute", "minute10", "minute_spoken", "five",
    "clock", "clock_dotted", "day", "day_written", "month", "weekday", "year", "date", "date_dotted",
]  # fmt: skip
"""What may stand in braces in a phrase; `value_parts.py` tells how each is read."""

_MOST_FORMS = 500
"""A phrase with more forms is refused: optional parts multiply."""
_ATOM = re.compile(r"\d{4}-\d\d-\d\d|\d+(?:[.,:]\d+)*|[^\W\d_]+")
_TERM = re.compile(r"(?P<sign>[+-]?)(?:(?P<number>\d+(?:\.\d+)?)|\{(?P<part>\w+)\})(?: (?P<unit>[a-z]+))?")
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")

_HOURS = frozenset[str](["hour", "hour12", "clock", "clock_dotted"])
_DAYS = frozenset[str](["weekday", "day", "day_written", "date", "date_dotted"])
_ALLOWED: Mapping[str, frozenset[str]] = {
    "numbers": frozenset(["whole"]),
    "durations": frozenset(["whole", "amount", "unit"]),
    "times": _HOURS | {"minute", "minute10", "minute_spoken", "five"},
    "days": frozenset(["duration"]),
    "coming": _DAYS | {"month", "year"},
    "past": frozenset(["weekday"]),
    "no_values": _HOURS | _DAYS | {"whole", "unit", "month"},
}
_WANTED: Mapping[str, frozenset[str]] = {"times": _HOURS, "coming": _DAYS, "past": frozenset(["weekday"])}
"""Of these parts every form of a phrase has one, where it is no time by itself."""


class Term(NamedTuple):
    """One term of a sum: a number or a part of the phrase, with its sign and, where it has one, its unit."""

    sign: int
    number: Decimal
    part: Part | None
    unit: str


class Meaning(NamedTuple):
    """What a phrase means: the list in the file that it is from, what stands beside it there, and that as a sum."""

    group: str
    text: str
    terms: tuple[Term, ...]


class Branch:
    """A place in a tree of phrases."""

    def __init__(self) -> None:
        self.words: dict[str, Branch] = {}
        self.parts: dict[Part, Branch] = {}
        self.meaning: Meaning | None = None


_Form = tuple[str | Slot, ...]


def atoms(norm: str) -> tuple[str, ...]:
    """A word taken apart where values need it: `6pm` is 6 and pm, `twenty-five` is twenty and five."""
    return (norm,) if norm.isalpha() else tuple(_ATOM.findall(norm))


def plant(root: Branch, group: str, phrase: str, text: str, contractions: Mapping[str, str]) -> None:
    """Add a phrase to a tree. Of two that are the same the one that was there first stays.

    Args:
        root: of the tree.
        group: the list in the language's file.
        phrase: the template.
        text: what stands beside it: a sum, a clock time, a day of the year, or nothing.
        contractions: of the language.

    Raises:
        TemplateError: the phrase or the sum is not of the right form.
    """
    meaning = _meaning(group, text)
    for form in _forms(parse(phrase), contractions):
        _check(form, meaning)
        branch = root
        for item in form:
            if isinstance(item, Slot):
                branch = branch.parts.setdefault(_part(item.name), Branch())
            else:
                branch = branch.words.setdefault(item, Branch())
        branch.meaning = branch.meaning or meaning


def _forms(node: Node, contractions: Mapping[str, str]) -> list[_Form]:
    match node:
        case Word():
            tokens = tokenize(node.text, contractions)
            return [tuple(atom for token in tokens for atom in atoms(token.norm))]
        case Slot():
            return [(node,)]
        case Group(kind="sequence"):
            ways = [_forms(item, contractions) for item in node.items]
            if prod(map(len, ways)) <= _MOST_FORMS:
                return [tuple(item for part in form for item in part) for form in product(*ways)]
            raise TemplateError(f"more than {_MOST_FORMS} forms", node.column)
        case Group(kind="choice" | "optional"):
            found = [form for item in node.items for form in _forms(item, contractions)]
            return [*found, ()] if node.kind == "optional" else found
    raise TemplateError("only words, [optional], (one|other) and {part} stand here", node.column)


def _check(form: _Form, meaning: Meaning) -> None:
    parts = {_part(item.name) for item in form if isinstance(item, Slot)}
    if wrong := parts - _ALLOWED.get(meaning.group, frozenset()):
        raise TemplateError(f"{{{min(wrong)}}} cannot stand in a phrase of this list", 1)
    if missing := {term.part for term in meaning.terms if term.part} - parts:
        raise TemplateError(f"“{meaning.text}” wants {{{min(missing)}}}, which not every form has", 1)
    wanted = frozenset[str]() if meaning.group == "times" and not meaning.terms else _WANTED.get(meaning.group)
    if not form or (wanted and not parts & wanted):
        raise TemplateError(f"one of its forms has none of {', '.join(sorted(wanted or ['a word']))}", 1)
    lengths = meaning.group == "days" or (meaning.group == "durations" and "unit" not in parts)
    if lengths and not all(term.unit or term.part == "duration" for term in meaning.terms):
        raise TemplateError(f"“{meaning.text}” has a number without a unit", 1)


def _part(name: str) -> Part:
    try:
        part: Part = msgspec.convert(name, Part)
    except msgspec.ValidationError as error:
        raise TemplateError(f"there is no part {{{name}}}", 1) from error
    return part


def _meaning(group: str, text: str) -> Meaning:
    if _CLOCK.fullmatch(text) if group == "times" else group == "feasts" and _DAY.fullmatch(text):
        return Meaning(group, text, ())
    terms, at = list[Term](), 0
    while found := _TERM.match(text, at):
        sign, number, part, unit = found.group("sign", "number", "part", "unit")
        terms.append(Term(-1 if sign == "-" else 1, Decimal(number or 0), _part(part) if part else None, unit or ""))
        at = found.end()
    named = group in {"coming", "past", "no_values"}
    if at < len(text) or bool(terms) == named or group == "feasts" or any(t.unit not in ("", *UNITS) for t in terms):
        raise TemplateError(f"“{text}” is not understood", 1)
    return Meaning(group, text, tuple(terms))
