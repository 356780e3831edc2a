"""Takes words out of an entry: every text of it that is not the author's own, each in the way that its field needs.

What stands where a word was is one mark, so that numbers of words, and places of words, stay what they were.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, cast

import msgspec

from her_desktop.events import (
    Condition,
    Entry,
    FactForgotten,
    FactLearned,
    FactUsed,
    Reply,
    Span,
    Suppressed,
    WordSpoken,
)
from her_desktop.memory.fields import HIS, INSIDE, OTHER, REASON, ROLES
from her_desktop.memory.masks import Masks, moved
from her_desktop.memory.words import MARK, Stretch, Words, all_words, replaced

OWN_NAMES = frozenset(
    {
        "turns",
        "session_turns",
        "hour",
        "weekday",
        "topic",
        "asked",
        "days",
        "talks",
        "last turn",
        "turns since",
        "error",
    }
)
"""Names in conditions whose values are not his words; all others are slots, facts and functions."""

_HELD = re.compile(r"\b(?:heard|held):")
_PLACES = re.compile(r"((?:heard|held):(?:[\d,]+|turn \d+|repaired)|[\w.]+@[\w.]+|turn \d+)")
_CALLED = re.compile(r"([^()]*\()(.*)(\)[^()]*)", re.DOTALL)
_FAILED = re.compile(r"(fails at “)(.*)(”: wants .*)", re.DOTALL)
_NAME = r"(?:\w[\w ]*|\w+\('[^']*'[^()]*\)) = "
_FALSE = re.compile(rf"(condition is false: .*?\()({_NAME}.*)(\))", re.DOTALL)
_NAMED = re.compile(rf"((?:^|, ){_NAME})", re.DOTALL)
_AUTHORS = ("outranked by ", "not clear: ", "towards safety ")


class Redactor:
    """Takes words out of the entries of one turn, which come in their order."""

    def __init__(self, masks: Masks) -> None:
        self._masks = masks
        self._said: tuple[list[str], list[str]] = ([], [])
        self._changes: Mapping[type, Callable[[Any], Any]] = {
            Span: self._span, Condition: self._condition, FactLearned: self._learned, FactUsed: self._named,
            FactForgotten: self._named, Reply: self._spoken, Suppressed: self._spoken, WordSpoken: self._word,
        }  # fmt: skip

    def entry(self, entry: Entry) -> Entry:
        """The entry without the words."""
        return cast(Entry, self._struct(entry))

    def _struct(self, value: Any) -> Any:
        return self._changes.get(type(value), self._by_fields)(value)

    def _by_fields(self, value: Any) -> Any:
        changes = {HIS: self._his, OTHER: self._other, REASON: self._reason, INSIDE: self._struct}
        changed = {
            field: _each(getattr(value, field), changes[role])
            for field, role in ROLES[type(value)].items()
            if role in changes
        }
        return msgspec.structs.replace(value, **changed)

    def _his(self, text: str) -> str:
        return replaced(text, self._masks.his(text))

    def _other(self, text: str) -> str:
        return replaced(text, self._masks.other(text))

    def _reason(self, text: str) -> str:
        """Why a rule did not win: the heard word and the values in it are his, the rest is the author's."""
        if text.startswith(_AUTHORS):
            return text
        if failed := _FAILED.fullmatch(text):
            return failed[1] + self._his(failed[2]) + failed[3]
        if not (false := _FALSE.fullmatch(text)):
            return self._other(text)
        pieces = _NAMED.split(false[2])
        values = [self._value(name, value) for name, value in zip(pieces[1::2], pieces[2::2], strict=True)]
        return false[1] + "".join(name + value for name, value in zip(pieces[1::2], values, strict=True)) + false[3]

    def _value(self, name: str, value: str) -> str:
        """The value that a name had in a condition."""
        name = name.removeprefix(", ").removesuffix(" = ")
        if any(f"fact('{fact}')" == name for fact in self._masks.names):
            return _wholly(value)
        if name in OWN_NAMES or "('" in name:
            return value
        return self._his(value)

    def _condition(self, condition: Condition) -> Condition:
        names = {name: self._kept_type(name, value) for name, value in condition.names.items()}
        return msgspec.structs.replace(condition, names=names)

    def _kept_type(self, name: str, value: Any) -> Any:
        if isinstance(value, bool) or value is None:
            return value
        text = self._value(name, str(value))
        return value if text == str(value) else text

    def _learned(self, entry: FactLearned) -> FactLearned:
        """A fact that stays keeps what it says, and of the words that taught it what says the same."""
        if entry.fact in self._masks.facts:
            return msgspec.structs.replace(entry, object=_wholly(entry.object), words=_wholly(entry.words))
        kept = {begin for begin, _, _ in Words.of([entry.object]).marked(entry.words)}
        out = [stretch for stretch in self._masks.words(entry.words) if stretch[0] not in kept]
        return msgspec.structs.replace(entry, words=replaced(entry.words, out))

    def _named(self, entry: FactUsed | FactForgotten) -> FactUsed | FactForgotten:
        gone = entry.fact in self._masks.facts
        return msgspec.structs.replace(entry, object=_wholly(entry.object)) if gone else entry

    def _stretches(self, span: Span) -> list[Stretch]:
        """Which words of a span go. The author's stay, and those of facts that are kept."""
        if span.origin == "author":
            return []
        named = {one for one in re.split(r"[|;() ]+", span.source) if "@" in one}
        if not named.isdisjoint(self._masks.facts) or (self._masks.taught and _HELD.search(span.source)):
            return all_words(span.text)
        return [] if span.origin == "remembered" and named else self._masks.other(span.text)

    def _span(self, span: Span) -> Span:
        text, source = replaced(span.text, self._stretches(span)), span.source
        if span.origin != "author" and (called := _CALLED.fullmatch(source)):
            inner = [piece if at % 2 else self._other(piece) for at, piece in enumerate(_PLACES.split(called[2]))]
            source = called[1] + "".join(inner) + called[3]
        return Span(text, span.origin, source)

    def _spoken(self, entry: Reply | Suppressed) -> Reply | Suppressed:
        stretches, at = list[Stretch](), 0
        for span in entry.spans:
            stretches += [(at + begin, at + end, instead) for begin, end, instead in self._stretches(span)]
            at += len(span.text)
        if at != len(entry.text):  # spans that are not the text: the text by itself
            stretches = self._masks.other(entry.text)
        text = replaced(entry.text, stretches)
        changed: dict[str, Any] = {"text": text, "spans": tuple(map(self._span, entry.spans))}
        if isinstance(entry, Reply):
            self._said = (entry.text.split(), text.split())
            changed["seen"] = tuple(moved(seen, text, stretches) for seen in entry.seen)
        return msgspec.structs.replace(entry, **changed)

    def _word(self, entry: WordSpoken) -> WordSpoken:
        before, after = self._said
        if entry.index < len(before) == len(after) and before[entry.index] == entry.text:
            return msgspec.structs.replace(entry, text=after[entry.index])
        return msgspec.structs.replace(entry, text=self._other(entry.text))


def _wholly(text: str) -> str:
    stretches = all_words(text)
    return replaced(text, stretches) if stretches else MARK * bool(text)


def _each(value: Any, change: Callable[[Any], Any]) -> Any:
    """A value with each text or structure in it changed."""
    match value:
        case tuple():
            return tuple(_each(one, change) for one in value)
        case dict():
            return {key: _each(one, change) for key, one in value.items()}
        case str() | msgspec.Struct():
            return change(value)
    return value
