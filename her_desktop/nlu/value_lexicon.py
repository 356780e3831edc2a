"""All that a language's file says about values, compiled and kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from her_desktop.language import Language, ValueWords
from her_desktop.nlu.template import TemplateError
from her_desktop.nlu.value_calendar import UNITS
from her_desktop.nlu.value_phrases import Branch, plant
from her_desktop.trouble import Trouble

_KINDS = ("number", "duration", "time", "date")


class Lexicon(NamedTuple):
    """What a language says about values, ready to be looked up."""

    code: str
    words: ValueWords
    phrases: Mapping[str, Branch]
    """By type of value (number, duration, time, date)."""
    no_values: Mapping[str, Branch]
    """Likewise."""
    parts_of_day: Branch
    parts_of_day_before: Branch
    names: Mapping[str, Mapping[str, int]]
    """By part (unit, month, weekday): word to its number."""


def lexicon_of(language: Language) -> Lexicon:
    """The compiled phrases of a language, kept for as long as few others are used.

    Raises:
        Trouble: a phrase or a sum in its file is not of the right form.
    """
    return _compiled(_Same(language))


class _Same:
    """A language by which it is, not by what it holds: looking it up must cost less than reading a word."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __hash__(self) -> int:
        return id(self.language)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.language is other.language


@lru_cache(maxsize=8)
def _compiled(same: _Same) -> Lexicon:
    language, words = same.language, same.language.values
    hours = {phrase: str(hour) for phrase, hour in words.parts_of_day.items()}
    hours_before = {phrase: str(hour) for phrase, hour in words.parts_of_day_before.items()}
    days = {"days": words.days, "feasts": words.feasts, "coming": _named(words.coming), "past": _named(words.past)}
    spared = {kind: {"no_values": _named(words.no_values.get(kind, ()))} for kind in _KINDS}
    return Lexicon(
        code=language.code,
        words=words,
        phrases={
            "number": _tree(language, {"numbers": words.numbers}),
            "duration": _tree(language, {"durations": words.durations}),
            "time": _tree(language, {"times": words.times}),
            "date": _tree(language, days),
        },
        no_values={kind: _tree(language, phrases) for kind, phrases in spared.items()},
        parts_of_day=_tree(language, {"parts_of_day": hours}),
        parts_of_day_before=_tree(language, {"parts_of_day": hours, "parts_of_day_before": hours_before}),
        names={
            "unit": _numbered(words.units.get(unit, ()) for unit in UNITS),
            "month": _numbered(words.months, 1),
            "weekday": _numbered(words.weekdays),
        },
    )


def _tree(language: Language, groups: Mapping[str, Mapping[str, str]]) -> Branch:
    root = Branch()
    for group, phrases in groups.items():
        for phrase, text in phrases.items():
            try:
                plant(root, group, phrase, text, language.contractions)
            except (TemplateError, RecursionError) as error:
                what = f"the values of the language “{language.code}”, {group}"
                raise Trouble(what, f"{phrase}: {error}", "mend its language.yaml") from error
    return root


def _named(phrases: Iterable[str]) -> dict[str, str]:
    return dict.fromkeys(sorted(phrases), "")


def _numbered(names: Iterable[Iterable[str]], first: int = 0) -> dict[str, int]:
    return {word.casefold(): number for number, words in enumerate(names, first) for word in words}
