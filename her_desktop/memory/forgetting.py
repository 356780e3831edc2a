"""Forgetting: which turns a fact has shaped, and taking its words out of everything that is recorded of them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Literal, cast

import msgspec

from her_desktop.events import Decision, Entry, FinalTranscript, Interpreted, MarkedTurn, TurnsMarked, entry_from
from her_desktop.memory import search, snapshots, sought
from her_desktop.memory.database import needs_sweep
from her_desktop.memory.facts import Fact
from her_desktop.memory.masks import Masks, masks_of
from her_desktop.memory.redaction import Redactor
from her_desktop.memory.rough import Rough, Row
from her_desktop.memory.sought import Sought
from her_desktop.memory.words import Stretch, Words

How = Literal["taught", "used", "mentioned", "leaned"]
Marks = dict[int, How]
"""By turn, in what way it had to do with a fact."""

_STRENGTH: tuple[How, ...] = ("taught", "used", "mentioned", "leaned")
_SURE = _STRENGTH[:3]
"""Where one of these is known of a turn, it needs not be looked at for its words."""

_SAYING = (
    "final_transcript", "partial_transcript", "speech_discarded", "command_held", "command_resumed", "skill_called",
    "reply", "suppressed", "rehearsed", "fact_learned", "failure", "technique_switched",
)  # fmt: skip
"""Kinds in which words come up first; all others of a turn repeat them."""

_DECIDING = ("decision", "volunteered")
_READ = re.compile(r'"source":"[^"]*\bturn (\d+)|"input":"[^"]*\bturn (\d+)')


def forget(database: sqlite3.Connection, facts: Sequence[Fact], common: Set[str]) -> tuple[TurnsMarked, ...]:
    """Take the words of facts out of all entries, and out of everything that is made of entries.

    Args:
        database: the journal, in a transaction.
        facts: what is forgotten, each with what it corrected.
        common: words that say nothing by themselves.

    Returns:
        For each fact, the turns from which words were removed.
    """
    wanted, marks = _found(database, facts, common)
    for turn in sorted({0}.union(*marks)):
        _clear(database, turn, [one for one, turns in zip(wanted, marks, strict=True) if turn in turns], wanted, common)
    search.rebuild(database)
    snapshots.drop(database)
    needs_sweep(database)
    return tuple(_entry(fact, turns) for fact, turns in zip(facts, marks, strict=True))


def reach(database: sqlite3.Connection, facts: Sequence[Fact], common: Set[str]) -> tuple[TurnsMarked, ...]:
    """What `forget` would return, without changing anything."""
    _, marks = _found(database, facts, common)
    return tuple(_entry(fact, turns) for fact, turns in zip(facts, marks, strict=True))


def _found(database: sqlite3.Connection, facts: Sequence[Fact], common: Set[str]) -> tuple[list[Sought], list[Marks]]:
    """What to look for, and for each of it the turns that have to do with it."""
    wanted = [sought.of(database, fact, common) for fact in facts]
    marks = _marks(database, wanted)
    _follow(database, marks)
    return wanted, marks


def _entry(fact: Fact, turns: Mapping[int, How]) -> TurnsMarked:
    return TurnsMarked(fact=fact.id, turns=tuple(MarkedTurn(turn, turns[turn]) for turn in sorted(turns) if turn))


# ---- which turns ----


def _marks(database: sqlite3.Connection, facts: Sequence[Sought]) -> list[Marks]:
    marks: list[Marks] = [dict.fromkeys(fact.taught, "taught") for fact in facts]
    looks = [(fact, fact.id_pattern, Rough(fact.words), turns) for fact, turns in zip(facts, marks, strict=True)]
    for turn, kind, data in _rows(database, _SAYING):
        row = Row(data)
        for fact, used, rough, turns in looks:
            if kind != "fact_learned" and used.search(data):
                _mark(turns, turn, "used")
            elif turns.get(turn) not in _SURE and rough(row) and _mentions(data, fact):
                _mark(turns, turn, "mentioned")
    for turn, kind, data in _rows(database, ("fact_used", "fact_learned", "follow_up_planned")):
        for _, used, _, turns in looks:
            if used.search(data):
                _mark(turns, turn, "used" if kind == "fact_used" else "leaned")
    for fact, turns in zip(facts, marks, strict=True):
        for turn in _leaning(database, fact):
            _mark(turns, turn, "leaned")
    return marks


def _mark(marks: Marks, turn: int, how: How) -> None:
    if turn not in marks or _STRENGTH.index(how) < _STRENGTH.index(marks[turn]):
        marks[turn] = how


def _rows(database: sqlite3.Connection, kinds: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    marks = ",".join("?" * len(kinds))
    rows = database.execute(f"SELECT turn, kind, data FROM entries WHERE kind IN ({marks})", kinds)  # noqa: S608 -- only marks
    return cast(Iterator[tuple[int, str, str]], rows)


def _mentions(data: str, fact: Sought) -> bool:
    """Whether an entry says what the fact says, in any of its texts that are not the author's."""
    found: list[bool] = []

    def look(text: str) -> list[Stretch]:
        found.append(fact.words.mentioned(text))
        return []

    Redactor(Masks(look, look, look, fact.ids)).entry(entry_from(data))
    return any(found)


def _leaning(database: sqlite3.Connection, fact: Sought) -> Iterator[int]:
    """Turns in which a condition asked for the fact, once it was known."""
    query = (
        "SELECT DISTINCT turn FROM entries WHERE kind = ? AND turn >= ? AND (instr(data, ?) > 0 OR instr(data, ?) > 0)"
    )
    for kind in _DECIDING:
        values = (kind, fact.since, f"'{fact.name}'", f'\\"{fact.name}\\"')
        yield from (turn for (turn,) in database.execute(query, values))


def _follow(database: sqlite3.Connection, marks: Sequence[Marks]) -> None:
    """Mark the turns that have read the record of a marked one, and those that have read theirs."""
    readers = [(turn, read) for turn, kind, data in _rows(database, ("skill_called", "reply")) if (read := _read(data))]
    for turns in marks:
        more = [turn for turn, read in readers if turn not in turns and not read.isdisjoint(turns)]
        while more:
            turns.update(dict.fromkeys(more, "leaned"))
            more = [turn for turn, read in readers if turn not in turns and not read.isdisjoint(turns)]


def _read(data: str) -> set[int]:
    """The earlier turns whose record went into a reply or a skill's answer."""
    named = {int(one or other) for one, other in _READ.findall(data)}
    return named | set(msgspec.json.decode(data, type=_Reading).turns)


class _Reading(msgspec.Struct):
    turns: tuple[int, ...] = ()


# ---- taking the words out ----


def _clear(
    database: sqlite3.Connection, turn: int, here: Sequence[Sought], wanted: Sequence[Sought], common: Set[str]
) -> None:
    rows = database.execute("SELECT seq, data FROM entries WHERE turn = ? ORDER BY seq", (turn,)).fetchall()
    entries = [entry_from(data) for _, data in rows]
    words = _with_pieces(_joined(one.words for one in (here or wanted)), rows, entries)
    taught = _said(entries, common) if turn and any(turn in one.taught for one in here) else None
    ids, names = frozenset().union(*(one.ids for one in wanted)), frozenset(one.name for one in wanted)
    redactor = Redactor(masks_of(words, ids, names, taught))
    for (seq, data), entry in zip(rows, entries, strict=True):
        cleared = msgspec.json.encode(redactor.entry(entry)).decode()
        if cleared != data:
            database.execute("UPDATE entries SET data = ? WHERE seq = ?", (cleared, seq))


def _joined(words: Iterable[Words]) -> Words:
    joined = Words()
    for one in words:
        joined |= one
    return joined


def _with_pieces(words: Words, rows: Iterable[tuple[int, str]], entries: Iterable[Entry]) -> Words:
    """The words, and the letters of those that are spelled apart in a turn: each may stand by itself, too."""
    if not Rough(words).apart(Row(" ".join(data for _, data in rows))):
        return words
    pieces: set[str] = set()

    def look(text: str) -> list[Stretch]:
        pieces.update(words.pieces(text))
        return []

    for entry in entries:
        Redactor(Masks(look, look, look)).entry(entry)
    return words | Words(single=frozenset(pieces))


def _said(entries: Iterable[Entry], common: Set[str]) -> Words:
    """All words that he said in a turn, each by itself, and the values that were read from them."""
    texts = [text for entry in entries for text in _texts(entry)]
    return Words(single=Words.of(texts, common).single)


def _texts(entry: Entry) -> Iterator[str]:
    match entry:
        case FinalTranscript():
            yield from (entry.text, *(alternative.text for alternative in entry.alternatives))
        case Decision():
            yield from (*entry.slots.values(), *entry.values.values())
        case Interpreted():
            for candidate in entry.candidates:
                yield from (*candidate.slots.values(), *candidate.values.values())
            yield from (token for tokens in entry.tokens for token in tokens)
