"""Receives the record, at the desk. Emits what she knows at some moment, and what of her replies a fact has shaped."""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import reduce
from typing import Literal

import msgspec

from her_desktop.events import FactForgotten, FactLearned, Recorded, Reply
from her_desktop.memory.facts import Facts, fold
from her_desktop.memory.journal import Journal
from her_desktop.trace.reader import Past
from her_desktop.trouble import Trouble
from her_desktop.ui.pages.memory_facts import Row, moment, rows


class Shaped(msgspec.Struct, frozen=True):
    """A reply that a fact has shaped."""

    turn: int
    when: str
    how: Literal["said", "leaned"]
    """The fact is said in it; or she leaned on it unsaid: a condition asked for it, or it answers from such a turn."""
    text: str


def facts_at(journal: Journal, before: int | None = None) -> Facts:
    """What she knew before an entry, or knows now. Folds only the entries that teach or forget."""
    nothing: Facts = {}
    entries = journal.entries(kinds=(FactLearned, FactForgotten), before=before)
    return reduce(fold, [recorded.entry for recorded in entries], nothing)


def answered(entries: Sequence[Recorded]) -> int | None:
    """The number of the entry after her reply in a turn, or after the turn where she gave none; None for no turn."""
    replies = (one.seq for one in entries if isinstance(one.entry, Reply))
    return next(replies, entries[-1].seq) + 1 if entries else None


def known(past: Past, before: int | None) -> tuple[Row, ...]:
    """What the page tells of all that she knew before an entry, or knows now."""
    return rows(facts_at(past.journal, before), past.journal.uses())


def shaped(past: Past, name: str) -> tuple[Shaped, ...]:
    """The replies that a fact has shaped, the last one first.

    Raises:
        Trouble: nothing is known of that name any more.
    """
    facts = facts_at(past.journal)
    if name not in facts:
        raise Trouble(name, "she knows nothing of that name any more", "look at the memory again")
    fact, uses = facts[name], past.journal.uses()
    said = {turn for one in (fact, *fact.earlier) for turn in uses.get(one.id, ())}
    marks = past.journal.reach([fact], _common(past))
    leaned = {one.turn for entry in marks for one in entry.turns if one.how == "leaned"}
    found = (_shaped(past.journal, turn, said) for turn in sorted(said | leaned, reverse=True))
    return tuple(one for one in found if one)


def _shaped(journal: Journal, turn: int, said: Set[int]) -> Shaped | None:
    replies = [one for one in journal.turn(turn) if isinstance(one.entry, Reply)]
    if not replies or not isinstance(reply := replies[-1].entry, Reply):
        return None
    return Shaped(turn, moment(replies[-1].at), "said" if turn in said else "leaned", reply.text)


def reach(past: Past, names: Sequence[str]) -> int:
    """From how many turns words would be taken, if these facts were forgotten."""
    facts = facts_at(past.journal)
    found = past.journal.reach([facts[name] for name in names if name in facts], _common(past))
    return len({one.turn for marks in found for one in marks.turns})


def _common(past: Past) -> frozenset[str]:
    """Words that say nothing by themselves, as forgetting takes them."""
    return frozenset(past.present.language.common | past.present.language.determiners)
