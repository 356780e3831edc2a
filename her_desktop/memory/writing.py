"""Writes entries, and takes up in the index what was said in them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import msgspec

from her_desktop.events import Recorded, kind_of
from her_desktop.memory import search

Row = tuple[int, int, int, str, str, str]
"""An entry as it stands in the table."""


def row(record: Recorded) -> Row:
    """Encode an entry."""
    data = msgspec.json.encode(record.entry).decode()
    return record.seq, record.session, record.turn, record.at.isoformat(), kind_of(record.entry), data


def insert(database: sqlite3.Connection, rows: Sequence[Row]) -> None:
    """Put entries at the end, in a transaction."""
    database.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?)", rows)
    if rows:
        search.add(database, rows[0][0], rows[-1][0])
