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


def bounds(database: sqlite3.Connection, session: int | None) -> tuple[int, int]:
    """Numbers of the first and the last entry of a session, or of all there can be."""
    if session is None:
        return 0, LAST
    first, last = database.execute("SELECT MIN(seq), MAX(seq) FROM entries WHERE session = ?", (session,)).fetchone()
    return (1, 0) if first is None else (int(first), int(last))
