"""How she calls people and techniques aloud: the table `resources/spoken_names.yaml`."""

from __future__ import annotations

from functools import cache

import msgspec

from her_desktop.nlg.wording import Value
from her_desktop.paths import resources

FILE = resources() / "spoken_names.yaml"

_ByLanguage = dict[str, str]


class SpokenNames(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table."""

    people: dict[str, _ByLanguage]
    """By the subject of facts."""
    techniques: dict[str, _ByLanguage]
    """By id. Those that nobody needs to name are not there."""


@cache
def table() -> SpokenNames:
    """The table, read once."""
    return msgspec.yaml.decode(FILE.read_bytes(), type=SpokenNames)


def person(subject: str, language: str, skill: str) -> Value:
    """Somebody whom facts are about, as a value that this skill computed."""
    return _value(table().people[subject], language, f"skill:{skill}({subject})")


def technique(name: str, language: str, skill: str) -> Value:
    """A technique, by its id."""
    return _value(table().techniques.get(name, {}) or {language: name}, language, f"skill:{skill}({name})")


def listed(values: list[Value]) -> Value:
    """Several values as one, which is said as a list; one alone stays as it is.

    There must be at least one.
    """
    text = ", ".join(value.text for value in values)
    return values[0] if len(values) == 1 else Value(text, values[0].origin, values[0].source, items=tuple(values))


def _value(words: _ByLanguage, language: str, source: str) -> Value:
    return Value(words.get(language) or words.get(language.partition("-")[0]) or next(iter(words.values())),
                 "computed", source)  # fmt: skip
