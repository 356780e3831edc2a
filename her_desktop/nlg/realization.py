"""Fills wordings in: spans that each know where their words came from, with sentence case and clean spaces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal

from her_desktop.events import Span
from her_desktop.nlg import spoken
from her_desktop.nlg.filters import Idiom, filtered
from her_desktop.nlg.sentence_case import sentence_case
from her_desktop.nlg.wording import Hole, Optional, Part, Plural, Value, Wording, WordingError

Values = Mapping[str, Value]
"""What the holes may be filled with, by name."""


def realize(wording: Wording, values: Values, source: str, idiom: Idiom, now: datetime) -> tuple[Span, ...]:
    """What she says: the wording filled in, with a capital at the beginning of each sentence.

    Args:
        wording: what to say.
        values: what the holes may be filled with.
        source: names the template and variant, for the words that were written beforehand.
        idiom: how things are said in her language.
        now: from when dates are said.

    Returns:
        Spans whose joined texts are the reply; none is empty, adjacent spans of one source are one.

    Raises:
        WordingError: it cannot be said with these values: see `unfit`.
    """
    return joined(sentence_case(_said(wording, values, source, idiom, now), idiom.language))


def fill(wording: Wording, values: Values, source: str, idiom: Idiom, now: datetime) -> tuple[Span, ...]:
    """The same, every letter as it was, and perhaps nothing."""
    return joined(_filled(wording, values, source, idiom, now))


def unfit(wording: Wording, values: Values, idiom: Idiom, now: datetime) -> str:
    """Why a wording cannot be said with these values; empty where it can."""
    try:
        _said(wording, values, "", idiom, now)
    except WordingError as error:
        return str(error)
    return ""


def _said(wording: Wording, values: Values, source: str, idiom: Idiom, now: datetime) -> list[Span]:
    spans = _filled(wording, values, source, idiom, now)
    if not spans:
        raise WordingError("nothing is left to say")
    return spans


def _filled(wording: Wording, values: Values, source: str, idiom: Idiom, now: datetime) -> list[Span]:
    return _spaced(_Filling(values, source, idiom, now).spans(wording.parts))


class _Filling:
    def __init__(self, values: Values, source: str, idiom: Idiom, now: datetime) -> None:
        self._values, self._source, self._idiom, self._now = values, source, idiom, now

    def spans(self, parts: Iterable[Part]) -> Iterator[Span]:
        for part in parts:
            match part:
                case str():
                    yield Span(part, "author", self._source)
                case Hole():
                    yield from self._value(part)
                case Optional():
                    yield from self._optional(part)
                case Plural():
                    yield from self._plural(part)

    def _value(self, hole: Hole) -> list[Span]:
        spans = filtered(self._of(hole.name), hole.filters, self._idiom, self._now)
        if not any(span.text for span in spans):
            raise WordingError(f"{hole.name} is empty")
        return spans

    def _of(self, name: str) -> Value:
        if name not in self._values:
            raise WordingError(f"{name} has no value")
        return self._values[name]

    def _optional(self, part: Optional) -> list[Span]:
        try:
            return list(self.spans(part.parts))
        except WordingError:
            return []

    def _plural(self, part: Plural) -> Iterator[Span]:
        value = self._of(part.name)
        try:
            number = spoken.number_of(str(len(value.items)) if value.items else value.canonical or value.text)
        except ValueError as error:
            raise WordingError(f"{part.name}: {error}") from error
        number = Decimal(int(number)) if number == int(number) else number
        case = str(number) if str(number) in part.cases else spoken.plural(number, self._idiom.language)
        case = case if case in part.cases else "other"
        for span in self.spans(part.cases[case]):
            chosen = span.source == self._source and span.origin == "author"
            yield Span(span.text, span.origin, f"{span.source}|{part.name}:{case}") if chosen else span


def _spaced(spans: Iterable[Span]) -> list[Span]:
    """Without empty spans, and without the spaces that a part left out would leave behind."""
    kept: list[Span] = []
    for span in spans:
        doubled = not kept or kept[-1].text[-1].isspace()
        if text := span.text.lstrip() if doubled else span.text:
            kept.append(Span(text, span.origin, span.source))
    while kept and kept[-1].text != kept[-1].text.rstrip():
        last = kept.pop()
        kept += [Span(text, last.origin, last.source)] if (text := last.text.rstrip()) else []
    return kept


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same spans; neighbors of one source are one, and none is empty."""
    found: list[Span] = []
    for span in spans:
        if found and (found[-1].origin, found[-1].source) == (span.origin, span.source):
            found[-1] = Span(found[-1].text + span.text, span.origin, span.source)
        elif span.text:
            found.append(span)
    return tuple(found)
