"""The form of the journal's file, and the steps from each form to the next. A step is never changed, only added."""

from __future__ import annotations

import sqlite3
from typing import Any

import msgspec

from her_desktop.memory.transaction import transaction

_FIRST = (
    """CREATE TABLE IF NOT EXISTS entries (
      seq INTEGER PRIMARY KEY, session INTEGER NOT NULL, turn INTEGER NOT NULL,
      at TEXT NOT NULL, kind TEXT NOT NULL, data TEXT NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS entries_by_session ON entries (session, turn)",
    "CREATE INDEX IF NOT EXISTS entries_by_kind ON entries (kind)",
)

_SECOND = (
    "DROP INDEX entries_by_session",
    "DROP INDEX entries_by_kind",
    "CREATE INDEX entries_by_session ON entries (session)",
    "CREATE INDEX entries_by_kind ON entries (kind, session)",
    "CREATE INDEX entries_by_turn ON entries (turn)",
    # What was said, as a table of its own to look things up in; the words themselves stay in the entries.
    """CREATE VIEW spoken AS SELECT seq, json_extract(data, '$.text') AS text
      FROM entries WHERE kind IN ('final_transcript', 'reply')""",
    """CREATE VIRTUAL TABLE spoken_words USING fts5(
      text, content = 'spoken', content_rowid = 'seq', prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2')""",
    "INSERT INTO spoken_words (spoken_words) VALUES ('rebuild')",
    "CREATE TABLE snapshots (seq INTEGER PRIMARY KEY, form TEXT NOT NULL, state BLOB NOT NULL)",
    "CREATE TABLE files (sha256 TEXT PRIMARY KEY, content BLOB NOT NULL)",
    "CREATE TABLE chores (name TEXT PRIMARY KEY)",
)


def _to_first(database: sqlite3.Connection) -> None:
    """The entries."""
    for statement in _FIRST:
        database.execute(statement)


def _to_second(database: sqlite3.Connection) -> None:
    """Facts with the time at which they were told and their history; search, snapshots, and the files in force."""
    kept: dict[tuple[str, str], str] = {}
    facts = database.execute(
        "SELECT seq, at, kind, data FROM entries WHERE kind IN ('fact_learned', 'fact_forgotten') ORDER BY seq"
    ).fetchall()
    for seq, at, kind, text in facts:
        data: dict[str, Any] = msgspec.json.decode(text)
        name = (data["subject"], data["predicate"])
        if kind == "fact_learned":
            data |= {"told_at": at, "replaces": kept.get(name, "")}
            kept[name] = data["fact"]
        else:
            data |= {"why": ""}
            kept.pop(name, None)
        database.execute("UPDATE entries SET data = ? WHERE seq = ?", (msgspec.json.encode(data).decode(), seq))
    for statement in _SECOND:
        database.execute(statement)


STEPS = (_to_first, _to_second)
"""The step at place N leads from form N to form N + 1; form 0 is an empty file."""

FORM = len(STEPS)
"""The form that this version reads and writes."""


def form_of(database: sqlite3.Connection) -> int:
    """The form that a file has."""
    return int(database.execute("PRAGMA user_version").fetchone()[0])


def migrate(database: sqlite3.Connection) -> None:
    """Bring a file of an older form into today's; where that fails, it stays as it was.

    Raises:
        sqlite3.Error: it cannot be written.
    """
    form = form_of(database)
    if form >= FORM:
        return
    with transaction(database):
        for step in STEPS[form:]:
            step(database)
        database.execute(f"PRAGMA user_version = {FORM}")
