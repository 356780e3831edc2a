"""Receives facts, and which replies they went into. Emits what the page "memory" tells of each. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

from her_desktop.memory.facts import SUBJECTS, Fact, Facts
from her_desktop.skills.telling import PREDICATES


class Before(msgspec.Struct, frozen=True):
    """What was known before it was corrected."""

    object: str
    words: str
    turn: int
    when: str


class Row(msgspec.Struct, frozen=True):
    """A fact, as the page tells it."""

    name: str
    subject: str
    """Whom it is about, in words: you, your sister."""
    predicate: str
    object: str
    words: str
    turn: int
    """The turn that taught it; 0 where it was written by hand or imported."""
    when: str
    replies: int
    """In how many replies it was said."""
    history: tuple[Before, ...] = ()
    """What it has corrected, the last one first."""

    def holds(self, words: Iterable[str]) -> bool:
        """Whether all of these words, in lower case, stand somewhere in it."""
        told = " ".join((self.subject, self.predicate, self.object, self.words, *(one.object for one in self.history)))
        return all(word in told.casefold() for word in words)


def rows(facts: Facts, uses: Mapping[str, tuple[int, ...]]) -> tuple[Row, ...]:
    """All facts: those about him first, then about each other person, in the order in which she would tell them.

    Args:
        facts: what is known.
        uses: id of a fact to the turns in whose replies it was said.
    """
    return tuple(_row(fact, uses) for fact in sorted(facts.values(), key=_order))


def _order(fact: Fact) -> tuple[int, str, int, str]:
    subjects = list(SUBJECTS)
    who = subjects.index(fact.subject) if fact.subject in subjects else len(subjects)
    what = PREDICATES.index(fact.predicate) if fact.predicate in PREDICATES else len(PREDICATES)
    return who, fact.subject, what, fact.predicate


def _row(fact: Fact, uses: Mapping[str, tuple[int, ...]]) -> Row:
    turns = {turn for one in (fact, *fact.earlier) for turn in uses.get(one.id, ())}
    earlier = tuple(
        Before(one.object, one.words, one.source_turn, moment(one.told_at)) for one in reversed(fact.earlier)
    )
    return Row(
        name=fact.name, subject=whom(fact.subject), predicate=fact.predicate.replace("_", " "), object=fact.object,
        words=fact.words, turn=fact.source_turn, when=moment(fact.told_at), replies=len(turns), history=earlier,
    )  # fmt: skip


def whom(subject: str) -> str:
    """Whom a fact is about, in words."""
    return "you" if subject == "user" else f"your {subject.replace('_', ' ')}"


def moment(at: datetime) -> str:
    """When something was, on the clock of this machine: `Sun 22 Nov 2026, 23:14`."""
    local = at.astimezone()
    return f"{local:%a} {local.day} {local:%b %Y, %H:%M}"


def day(at: datetime) -> str:
    """The day of it: `22 November 2026`."""
    local = at.astimezone()
    return f"{local.day} {local:%B %Y}"


def counted(number: int, thing: str, many: str = "") -> str:
    """A number of things: `1 fact`, `1,000 facts`."""
    return f"{number:,} {thing if number == 1 else many or f'{thing}s'}"
