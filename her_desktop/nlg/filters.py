"""What filters make of a value. Each word keeps its origin; words that a filter adds are computed, and name it.

The library's functions are in `spoken.py` and `articles.py`; which filter may stand on what is in `wording.FILTERS`.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol

import msgspec

from her_desktop.events import Span
from her_desktop.nlg import articles, spoken
from her_desktop.nlg.reflection import LONGEST_SENTENCE, LONGEST_WORDS, Mirror, Mirroring
from her_desktop.nlg.wording import Value, WordingError


class Spoken(Mirroring, Protocol):
    """What wording needs of a language."""

    @property
    def code(self) -> str:
        """Its code in CLDR: `en`, `de`, `en-GB`."""

    @property
    def near_days(self) -> Mapping[int, str]:
        """Words for days by their distance from today: -1 for yesterday."""

    @property
    def determiners(self) -> frozenset[str]:
        """Words that stand where an article would: a, the, my, some."""


class Idiom(msgspec.Struct, frozen=True):
    """How she says things in one language."""

    language: str
    mirror: Mirror
    near_days: Mapping[int, str] = {}
    determiners: frozenset[str] = frozenset()

    @classmethod
    def of(cls, language: Spoken) -> Idiom:
        """Made once from the language's data."""
        return cls(language.code, Mirror.of(language), language.near_days, language.determiners)


def filtered(value: Value, filters: tuple[str, ...], idiom: Idiom, now: datetime) -> list[Span]:
    """Say a value as its filters change it, the first one first.

    Raises:
        WordingError: it cannot be said so: it cannot be turned from me to you, or has no exact form.
    """
    for name in filters:
        if name not in CHANGES:
            return SAYINGS[name](value, idiom, now)
        value = _changed(value, name, idiom)
    return _said(value, idiom, now)


def _changed(value: Value, name: str, idiom: Idiom) -> Value:
    if value.items:
        return msgspec.structs.replace(value, items=tuple(_changed(item, name, idiom) for item in value.items))
    text = CHANGES[name](value.text, idiom)
    same_words = text.casefold() == value.text.casefold()
    return msgspec.structs.replace(value, text=text, source=value.source if same_words else f"{value.source}|{name}")


def _you(text: str, idiom: Idiom, longest: int = LONGEST_WORDS) -> str:
    turned = idiom.mirror.turned(text, longest)
    if turned is None:
        raise WordingError(f"“{text}” cannot be turned from me to you")
    return turned


def _back(text: str, idiom: Idiom) -> str:
    return _you(text, idiom, LONGEST_SENTENCE)


def _title(text: str, _idiom: Idiom) -> str:
    return text if any(c.isupper() for c in text) else string.capwords(text)


def _first(text: str, _idiom: Idiom) -> str:
    return text.split(maxsplit=1)[0] if text.split() else ""


def _said(value: Value, idiom: Idiom, now: datetime, style: spoken.Style = "standard") -> list[Span]:
    if not value.items:
        return [Span(value.text, value.origin, value.source)]
    first, *between = spoken.glue(len(value.items), idiom.language, style)
    source = f"filter:{'or' if style == 'or' else 'and'}({'; '.join(item.text for item in value.items)})"
    spans = [Span(first, "computed", source)]
    for item, after in zip(value.items, between, strict=True):
        spans += [*_said(item, idiom, now), Span(after, "computed", source)]
    return spans


def _either(value: Value, idiom: Idiom, now: datetime) -> list[Span]:
    return _said(value, idiom, now, "or")


def _count(value: Value, idiom: Idiom, _now: datetime) -> list[Span]:
    text = spoken.spoken_number(str(len(value.items)), idiom.language)
    return [Span(text, "computed", f"filter:count({'; '.join(item.text for item in value.items)})")]


def _a(value: Value, idiom: Idiom, now: datetime) -> list[Span]:
    said = _said(value, idiom, now)
    first = _first(value.text, idiom)
    if not first or first.casefold() in idiom.determiners:
        return said
    return [Span(f"{articles.article(value.text)} ", "computed", f"filter:a({value.text})"), *said]


def _spoken(value: Value, idiom: Idiom, now: datetime) -> list[Span]:
    exact, language = value.canonical, idiom.language
    try:
        match value.kind:
            case "number":
                text = spoken.spoken_number(exact or value.text, language)
            case "duration":
                text = spoken.spoken_duration(exact, language)
            case "date":
                text = spoken.spoken_date(exact, language, now, idiom.near_days)
            case "time":
                text = spoken.spoken_time(exact, language)
            case _:
                raise ValueError(f"“{value.text}” has no exact form")
    except ValueError as error:
        raise WordingError(str(error)) from error
    return _attributed(text, value)


def _attributed(text: str, value: Value) -> list[Span]:
    """Words that the value has already keep its origin, the others are computed from it."""
    own = set(re.findall(r"\w+", value.text.casefold()))
    made = f"filter:spoken({value.canonical} from {value.source})"
    return [
        Span(word, value.origin, value.source)
        if own.issuperset(re.findall(r"\w+", word.casefold()))
        else Span(word, "computed", made)
        for word in re.findall(r"\s*\S+", text)
    ]


CHANGES: Mapping[str, Callable[[str, Idiom], str]] = {"you": _you, "back": _back, "title": _title, "first": _first}
"""Filters that change the words of a value, and of each value in a list."""

SAYINGS: Mapping[str, Callable[[Value, Idiom, datetime], list[Span]]] = {
    "a": _a,
    "spoken": _spoken,
    "or": _either,
    "count": _count,
}
"""Filters that say a value: the last ones."""
