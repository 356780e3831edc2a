"""Copies of the folded state, so that a long record need not be folded from its beginning."""

from __future__ import annotations

import sqlite3

import msgspec


class Snapshot(msgspec.Struct, frozen=True):
    """The state after an entry, encoded by whoever folds it."""

    seq: int
    state: bytes


def keep(database: sqlite3.Connection, seq: int, form: str, state: bytes) -> None:
    """Keep the state after an entry; those of other forms are dropped."""
    database.execute("DELETE FROM snapshots WHERE form != ?", (form,))
    database.execute("INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?)", (seq, form, state))


def latest(database: sqlite3.Connection, before: int, form: str) -> Snapshot | None:
    """The last snapshot of this form from before an entry."""
    query = "SELECT seq, state FROM snapshots WHERE seq < ? AND form = ? ORDER BY seq DESC LIMIT 1"
    row = database.execute(query, (before, form)).fetchone()
    return Snapshot(*row) if row else None


def drop(database: sqlite3.Connection) -> None:
    """Drop all of them."""
    database.execute("DELETE FROM snapshots")
