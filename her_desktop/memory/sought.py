"""What is looked for when a fact is forgotten: its words in every form, and where it was taught."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Set

import msgspec

from her_desktop.events import CommandHeld, CommandResumed, Decision, Recorded
from her_desktop.memory import reading
from her_desktop.memory.facts import Fact
from her_desktop.memory.forms import plain
from her_desktop.memory.words import MARK, Words, tokens

_NO_WORDS = frozenset({"true", "false", "", MARK})
"""What a rule writes down by itself, without words of his."""


class Sought(msgspec.Struct, frozen=True):
    """A fact that is forgotten, with everything that it corrected."""

    name: str
    ids: frozenset[str]
    words: Words
    taught: frozenset[int]
    """The turns that taught it."""
    since: int
    """The first turn in which it could be leaned on."""

    @property
    def id_pattern(self) -> re.Pattern[str]:
        """Where one of its ids stands."""
        return re.compile(f"(?:{'|'.join(map(re.escape, sorted(self.ids)))})(?![\\w.])")


def of(database: sqlite3.Connection, fact: Fact, common: Set[str]) -> Sought:
    """Find out what to look for.

    Args:
        database: the journal.
        fact: what is forgotten.
        common: words that say nothing by themselves.
    """
    all_of_it = (*fact.earlier, fact)
    ids = frozenset(one.id for one in all_of_it)
    learned = list(_learned(database, ids))
    taught = frozenset(turn for turn, _ in learned)
    texts = {one.object for one in all_of_it}
    for turn, told in learned:
        texts |= {told, *_caught(reading.of_turn(database, turn) if turn else (), told)}
    held = frozenset(turn for one in taught if one for turn in _held(database, one))
    words = Words.of(sorted(texts - _NO_WORDS), common, slips=True)
    return Sought(fact.name, ids, words, taught | held, min(taught, default=0))


def _learned(database: sqlite3.Connection, ids: frozenset[str]) -> Iterator[tuple[int, str]]:
    """The turns that taught it, with what was understood; 0 where it was written by hand or imported."""
    for (data,) in database.execute("SELECT data FROM entries WHERE kind = 'fact_learned' ORDER BY seq"):
        entry = msgspec.json.decode(data, type=_Learned)
        if entry.fact in ids:
            yield entry.source_turn, entry.object


class _Learned(msgspec.Struct):
    fact: str
    object: str
    source_turn: int


def _caught(turn: Iterable[Recorded], told: str) -> Iterator[str]:
    """What the slots of the teaching turn caught that the fact was made of, as it was said and as it was read."""
    for recorded in turn:
        if isinstance(decision := recorded.entry, Decision) and told not in _NO_WORDS:
            pairs = [(text, decision.values.get(name, "")) for name, text in decision.slots.items()]
            close = [pair for pair in pairs if any(text and _within(text, told) for text in pair)]
            typed = [pair for pair in pairs if pair[1]]
            yield from (text for pair in close or typed for text in pair)


def _within(text: str, whole: str) -> bool:
    """Whether the words of a text stand in another."""
    inner, outer = ([plain(token[0]) for token in tokens(one)] for one in (text, whole))
    return any(outer[at : at + len(inner)] == inner for at in range(len(outer) - len(inner) + 1))


def _held(database: sqlite3.Connection, turn: int) -> Iterator[int]:
    """Where a turn resumed what was said before it and held: the turn in which that was said."""
    resumed = {one.entry.text for one in reading.of_turn(database, turn) if isinstance(one.entry, CommandResumed)}
    if resumed:
        held = [
            one.turn
            for one in reading.chosen(database, None, (CommandHeld,), 0, reading.LAST)
            if isinstance(one.entry, CommandHeld) and one.entry.text in resumed and one.turn < turn
        ]
        yield from held[-1:]
