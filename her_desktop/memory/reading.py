"""Reads entries, by their place and kind, and what there is of each session, without reading all of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import msgspec

from her_desktop.events import Entry, Recorded, entry_from

LAST = 2**63 - 1
"""After every entry there can be."""

_COLUMNS = "SELECT seq, session, turn, at, data FROM entries"

_SESSIONS = """
SELECT s.session,
  (SELECT at FROM entries WHERE seq = s.first), (SELECT at FROM entries WHERE seq = s.last),
  COALESCE(r.replies, 0), s.entries,
  COALESCE((SELECT json_extract(data, '$.text') FROM entries WHERE seq = h.first), '')
FROM (SELECT session, MIN(seq) AS first, MAX(seq) AS last, COUNT(*) AS entries FROM entries GROUP BY session) s
LEFT JOIN (SELECT session, COUNT(*) AS replies FROM entries WHERE kind = 'reply' GROUP BY session) r USING (session)
LEFT JOIN (SELECT session, MIN(seq) AS first FROM entries WHERE kind = 'final_transcript' GROUP BY session) h
  USING (session)
ORDER BY s.session
"""


_FIRED = """
SELECT json_extract(data, '$.rule') AS rule, COUNT(*), MAX(seq), turn, at
FROM entries WHERE kind IN ('reply', 'volunteered') GROUP BY rule
"""

_RECEIVED = """
SELECT json_extract(data, '$.wording') AS wording, SUM(json_extract(data, '$.reward')), COUNT(*)
FROM entries WHERE kind = 'wording_rewarded' AND json_extract(data, '$.rule') = ? GROUP BY wording
"""


class Fired(msgspec.Struct, frozen=True):
    """How often a rule spoke, be it in answer or by itself, and when last."""

    times: int
    seq: int
    """Number of the entry in which it last did."""
    turn: int
    at: datetime


class Summary(msgspec.Struct, frozen=True):
    """What there is of a session."""

    session: int
    began: datetime
    ended: datetime
    turns: int
    """How often she replied."""
    entries: int
    first_words: str
    """What he said first; empty where he said nothing."""


class Extent(msgspec.Struct, frozen=True):
    """How much is kept."""

    entries: int
    sessions: int
    turns: int
    """How often she replied."""
    since: datetime | None
    """When the first entry was written; None where there is none."""
    cleared: int
    """How many turns have lost words because something was forgotten."""


_EXTENT = """
SELECT (SELECT COUNT(*) FROM entries), (SELECT COUNT(DISTINCT session) FROM entries),
  (SELECT COUNT(*) FROM entries WHERE kind = 'reply'), (SELECT at FROM entries ORDER BY seq LIMIT 1),
  (SELECT COUNT(DISTINCT json_extract(mark.value, '$.turn')) FROM entries, json_each(data, '$.turns') mark
    WHERE kind = 'turns_marked')
"""

_USES = """
SELECT DISTINCT json_extract(data, '$.fact') AS fact, turn FROM entries WHERE kind = 'fact_used' ORDER BY fact, turn
"""


def extent(database: sqlite3.Connection) -> Extent:
    """How much is kept."""
    entries, sessions_, turns, since, cleared = database.execute(_EXTENT).fetchone()
    return Extent(entries, sessions_, turns, datetime.fromisoformat(since) if since else None, cleared)


def uses(database: sqlite3.Connection) -> dict[str, tuple[int, ...]]:
    """Id of each fact that went into replies, to the turns of these."""
    found: dict[str, list[int]] = {}
    for fact, turn in database.execute(_USES).fetchall():
        found.setdefault(str(fact), []).append(int(turn))
    return {fact: tuple(turns) for fact, turns in found.items()}


def chosen(
    database: sqlite3.Connection, session: int | None, kinds: Iterable[type[Entry]], after: int, before: int
) -> Iterator[Recorded]:
    """Entries of one session or all, of some kinds or all, between two others."""
    names = [str(kind.__struct_config__.tag) for kind in kinds]
    where, values = "seq > ? AND seq < ?", [after, before]
    if session is not None:
        where, values = f"{where} AND session = ?", [*values, session]
    if names:  # the numbers of the entries first: an index has them, and only entries that are wanted are then read
        where = f"seq IN (SELECT seq FROM entries WHERE kind IN ({','.join('?' * len(names))}) AND {where})"  # noqa: S608 -- only marks
    yield from _recorded(database.execute(f"{_COLUMNS} WHERE {where} ORDER BY seq", [*names, *values]))


def of_turn(database: sqlite3.Connection, turn: int) -> tuple[Recorded, ...]:
    """The entries of one turn."""
    return tuple(_recorded(database.execute(f"{_COLUMNS} WHERE turn = ? ORDER BY seq", (turn,))))


def _recorded(rows: Iterable[Sequence[Any]]) -> Iterator[Recorded]:
    for seq, session, turn, at, data in rows:
        yield Recorded(seq, session, turn, datetime.fromisoformat(at), entry_from(data))


def sessions(database: sqlite3.Connection) -> Iterator[Summary]:
    """What there is of each session, the first one first."""
    for session, began, ended, turns, entries, words in database.execute(_SESSIONS):
        yield Summary(session, datetime.fromisoformat(began), datetime.fromisoformat(ended), turns, entries, str(words))


def stepped(database: sqlite3.Connection, turn: int, by: int) -> int | None:
    """The turn that stands so many turns behind another, or before it where `by` is negative; at most the first one."""
    where, order = ("turn > 0 AND turn < ?", "DESC") if by < 0 else ("turn > ?", "ASC")
    turns = f"SELECT DISTINCT turn FROM entries WHERE {where} ORDER BY turn {order} LIMIT ?"  # noqa: S608 -- constants
    found = [int(number) for (number,) in database.execute(turns, (turn, abs(by)))]
    return found[-1] if found and (by < 0 or len(found) == by) else None


def heard(database: sqlite3.Connection) -> Iterator[tuple[int, int, int]]:
    """Number, session and turn of everything that he said, in order; read from the indexes alone."""
    said = "FROM entries WHERE kind = 'final_transcript'"
    by_turn = "SELECT seq, turn FROM entries INDEXED BY entries_by_turn WHERE turn >= 0"
    turns: dict[int, int] = dict(database.execute(f"{by_turn} AND seq IN (SELECT seq {said})"))
    for session, seq in database.execute(f"SELECT session, seq {said} ORDER BY session, seq"):
        yield seq, session, turns[seq]


def fired(database: sqlite3.Connection) -> dict[str, Fired]:
    """Rule id to how often it spoke; a rule that never did is missing."""
    rows = database.execute(_FIRED).fetchall()
    return {str(rule): Fired(times, seq, turn, datetime.fromisoformat(at)) for rule, times, seq, turn, at in rows}


def received(database: sqlite3.Connection, rule: str) -> dict[str, tuple[int, int]]:
    """For each wording of a rule that was counted: how often it was received well, and how often it was counted."""
    rows = database.execute(_RECEIVED, (rule,)).fetchall()
    return {str(wording): (int(liked), int(counted)) for wording, liked, counted in rows}


def bounds(database: sqlite3.Connection, session: int | None) -> tuple[int, int]:
    """Numbers of the first and the last entry of a session, or of all there can be."""
    if session is None:
        return 0, LAST
    first, last = database.execute("SELECT MIN(seq), MAX(seq) FROM entries WHERE session = ?", (session,)).fetchone()
    return (1, 0) if first is None else (int(first), int(last))
