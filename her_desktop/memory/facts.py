"""What she knows of him: typed statements, each with the turn and the words that taught it, folded from entries."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from her_desktop.events import Entry, FactForgotten, FactLearned


class Fact(msgspec.Struct, frozen=True):
    """A statement: subject, predicate, object, and where it comes from."""

    id: str
    subject: str
    predicate: str
    object: str
    source_turn: int
    words: str


Facts = Mapping[str, Fact]
"""By `subject.predicate`; a correction replaces what was there."""


def fold(facts: Facts, entry: Entry) -> Facts:
    """The facts after an entry."""
    match entry:
        case FactLearned():
            fact = Fact(entry.fact, entry.subject, entry.predicate, entry.object, entry.source_turn, entry.words)
            return {**facts, f"{fact.subject}.{fact.predicate}": fact}
        case FactForgotten():
            return {key: fact for key, fact in facts.items() if fact.id != entry.fact}
    return facts
