"""Wordings: templates of what she says. `parse.py` reads them, once; `realization.py` fills them in.

`{slot}` a value, `{slot|you}` the same changed by a filter, `[text {slot}]` said only where all its values are there,
`{, user.name}` short for `[, {user.name}]`, `{n|one: a note|other: {n} notes}` the text that fits the number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from her_desktop.events import Origin

PLURALS = frozenset({"zero", "one", "two", "few", "many", "other"})
"""The plural categories of Unicode CLDR; each language uses some of them."""

_TEXT = frozenset({"text", "name", "proper"})
_EXACT = frozenset({"number", "duration", "date", "time"})
_LIST = frozenset({"list"})


class Filter(msgspec.Struct, frozen=True):
    """What a filter may be put on, and whether another may follow it."""

    suits: frozenset[str]
    """Types of slots: text, name, proper, number, duration, date, time, list."""
    last: bool = False


FILTERS: Mapping[str, Filter] = {
    "you": Filter(_TEXT | _LIST),
    "back": Filter(_TEXT),
    "title": Filter(_TEXT | _LIST),
    "first": Filter(_TEXT | _LIST),
    "a": Filter(_TEXT, last=True),
    "spoken": Filter(_EXACT, last=True),
    "or": Filter(_LIST, last=True),
    "count": Filter(_LIST, last=True),
}
"""The allow-list. `filters.py` has their functions."""


class WordingError(ValueError):
    """A wording that cannot be parsed, or that cannot be said with the values there are."""


class Value(msgspec.Struct, frozen=True):
    """Something a hole is filled with, and where it came from."""

    text: str
    origin: Origin
    source: str
    canonical: str = ""
    """Its exact form: number `42`, duration `PT10M`, date `2026-11-23`, time `18:30`. Empty where there is none."""
    kind: str = ""
    """Type of slot: text, name, proper, number, duration, date, time. Empty is text."""
    items: tuple[Value, ...] = ()
    """Of a list: its values, each with its own origin; `text` is then not said."""


class Hole(msgspec.Struct, frozen=True, tag=True, array_like=True):
    """A place for a value, as its filters change it, the first one first."""

    name: str
    filters: tuple[str, ...] = ()


class Optional(msgspec.Struct, frozen=True, tag=True, array_like=True):
    """A part that is said only where all its values are there and can be said."""

    parts: tuple[Part, ...]


class Plural(msgspec.Struct, frozen=True, tag=True, array_like=True):
    """The text that fits a number, or the length of a list."""

    name: str
    cases: dict[str, tuple[Part, ...]]
    """By plural category, or by the exact number as digits, which goes first. `other` is always there."""


Part = str | Hole | Optional | Plural


class Wording(msgspec.Struct, frozen=True):
    """One parsed wording."""

    text: str
    parts: tuple[Part, ...]

    @property
    def needs(self) -> frozenset[str]:
        """Names that must have a value."""
        return frozenset(part.name for part in walk(self.parts, into_optional=False))

    @property
    def reflected(self) -> frozenset[str]:
        """Names that must be turned from me to you."""
        found = walk(self.parts, into_optional=False)
        return frozenset(part.name for part in found if isinstance(part, Hole) and "you" in part.filters)

    @property
    def names(self) -> frozenset[str]:
        """All names that it mentions."""
        return frozenset(part.name for part in walk(self.parts))


def walk(parts: Iterable[Part], into_optional: bool = True) -> Iterator[Hole | Plural]:
    """Everything in some parts that wants a value, however deep."""
    for part in parts:
        if isinstance(part, Optional):
            if into_optional:
                yield from walk(part.parts)
        elif not isinstance(part, str):
            yield part
            for case in part.cases.values() if isinstance(part, Plural) else ():
                yield from walk(case, into_optional)
