"""What she knows of him: typed statements, each with the turn and the words that taught it, folded from entries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

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
    """The utterance that taught it."""
    told_at: datetime
    earlier: tuple[Fact, ...] = ()
    """What it corrected, the oldest first; none of these has earlier ones of its own."""

    @property
    def name(self) -> str:
        """`subject.predicate`, under which it is kept and wordings use it."""
        return f"{self.subject}.{self.predicate}"


SUBJECTS: Mapping[str, str] = {
    "user": "", "mother": "her", "father": "him", "sister": "her", "brother": "him", "wife": "her", "husband": "him",
    "girlfriend": "her", "boyfriend": "him", "partner": "them", "daughter": "her", "son": "him", "friend": "them",
    "boss": "them", "pet": "them", "child": "them", "teacher": "them", "roommate": "them", "cousin": "them",
    "grandmother": "her", "grandfather": "him", "aunt": "her", "uncle": "him", "colleague": "them", "neighbor": "them",
    "she": "",
}  # fmt: skip
"""Whom facts can be about, and the pronoun by which he may mean them; `user` is himself, `she` the program."""

Facts = Mapping[str, Fact]
"""By `subject.predicate`; a correction replaces what was there and keeps it as history."""


def statement(name: str) -> tuple[str, str]:
    """Subject and predicate of what a rule learns: `name` is about him, `sister.name` about somebody else."""
    subject, dot, predicate = name.rpartition(".")
    return (subject, predicate) if dot else ("user", predicate)


def forgotten(fact: Fact, why: str) -> FactForgotten:
    """The entry that takes a fact back; what it said does not stand in it."""
    return FactForgotten(
        fact=fact.id, subject=fact.subject, predicate=fact.predicate, object="", source_turn=fact.source_turn, why=why
    )


def fold(facts: Facts, entry: Entry) -> Facts:
    """The facts after an entry."""
    match entry:
        case FactLearned():
            name = f"{entry.subject}.{entry.predicate}"
            before = facts.get(name)
            earlier = (*before.earlier, msgspec.structs.replace(before, earlier=())) if before else ()
            fact = Fact(
                entry.fact, entry.subject, entry.predicate, entry.object, entry.source_turn, entry.words, entry.told_at,
                earlier,
            )  # fmt: skip
            return {**facts, name: fact}
        case FactForgotten():
            return {key: fact for key, fact in facts.items() if key != f"{entry.subject}.{entry.predicate}"}
    return facts
