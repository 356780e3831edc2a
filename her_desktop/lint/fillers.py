"""What sentences that are made from templates say in slots and gaps. Receives a language; emits words for each type.

Text is a word that no rule knows, so that it cannot lead to another rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import count
from typing import cast

from her_desktop.language import Language, tokenize
from her_desktop.nlg import spoken
from her_desktop.nlu.interpret import Grammar
from her_desktop.nlu.sample import Fillers
from her_desktop.nlu.template import VALUE_TYPES
from her_desktop.nlu.values import ValueType, spans

_NAME = "Ada"
_WORD = "blim"
_NUMBER, _DURATION, _TIME, _DATE = "7", "PT10M", "18:30", "2026-01-09"


def fillers(grammar: Grammar, now: datetime) -> Fillers:
    """Words for each type of slot; a type that the language cannot read has none.

    Args:
        grammar: all rules.
        now: what dates and times are relative to.
    """
    language = grammar.language
    names = (_NAME,) if _NAME.casefold() not in language.not_names else ()
    values = {kind: tuple(_read(kind, _said(kind, language, now), language, now)) for kind in VALUE_TYPES}
    return {"text": (_unknown_word(grammar),), "name": names, "proper": names, **values}


def _unknown_word(grammar: Grammar) -> str:
    words = (f"{_WORD}{'o' * number}" for number in count())
    return next(word for word in words if not grammar.knows(word))


def _said(kind: str, language: Language, now: datetime) -> Iterator[str]:
    """How a value could be said."""
    if kind == "number":
        yield _NUMBER
    if kind == "time":
        yield _TIME
    if kind == "date":
        yield from (language.near_days[day] for day in sorted(language.near_days) if day > 0)
    if spoken.known(language.code):
        if kind == "duration":
            yield spoken.spoken_duration(_DURATION, language.code)
        if kind == "date":
            yield spoken.spoken_date(_DATE, language.code, now, {})


def _read(kind: str, said: Iterable[str], language: Language, now: datetime) -> Iterator[str]:
    """Those that are read as one value from beginning to end."""
    for text in said:
        tokens = tokenize(text, language.contractions)
        found = spans(cast(ValueType, kind), tokens, language, now)
        if any((span.start, span.end) == (0, len(tokens)) for span in found):
            yield text
