"""The journal: every trace entry, append-only, in one SQLite file of the profile (WAL), with one writer at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from types import TracebackType

import msgspec
from filelock import FileLock, Timeout

from her_desktop.events import Entry, Recorded, entry_from, kind_of
from her_desktop.trouble import Exit, Trouble, missing

_FORM = 1
"""Version of the table and of the entries in it."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS entries (
  seq INTEGER PRIMARY KEY, session INTEGER NOT NULL, turn INTEGER NOT NULL,
  at TEXT NOT NULL, kind TEXT NOT NULL, data TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS entries_by_session ON entries (session, turn);
CREATE INDEX IF NOT EXISTS entries_by_kind ON entries (kind);
"""

_Row = tuple[int, int, int, str, str, str]


class Journal:
    """The open journal of a profile.

    Entries that must survive a crash are written with `durable=True`: they and all before them are on disk when
    `append` returns. Others are kept in memory until then, or until `flush`.
    """

    def __init__(self, home: Path, *, read_only: bool = False) -> None:
        """Open or make the journal.

        Raises:
            Trouble: another program writes it, it is damaged, or the folder cannot be written.
        """
        self.path = home / "journal.sqlite"
        self._pending: list[_Row] = []
        self._lock = None if read_only else _locked(home)
        try:
            self._database = self._connect(read_only)
            self._seq = self._number("seq")
            self._session = self._number("session")
        except sqlite3.Error as error:
            self._unlock()
            raise self._trouble(error) from error
        except Trouble:
            self._unlock()
            raise

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self.close()

    @property
    def last_session(self) -> int:
        """Number of the session that began last; 0 where there is none."""
        return self._session

    def begin_session(self) -> int:
        """Number the session that begins now."""
        self._session += 1
        return self._session

    def append(self, turn: int, at: datetime, entries: Iterable[Entry], *, durable: bool) -> tuple[Recorded, ...]:
        """Put entries at the end.

        Raises:
            Trouble: they cannot be written (the disk is full, the file was taken away). Nothing of them is kept then.
        """
        first = self._seq + 1
        records = [Recorded(seq, self._session, turn, at, entry) for seq, entry in enumerate(entries, first)]
        rows = [(r.seq, r.session, r.turn, r.at.isoformat(), kind_of(r.entry), _json(r.entry)) for r in records]
        if durable:
            self._write(self._pending + rows)
            self._pending = []
        else:
            self._pending += rows
        self._seq += len(records)
        return tuple(records)

    def flush(self) -> None:
        """Write what is pending, in one transaction.

        Raises:
            Trouble: it cannot be written; it stays pending.
        """
        if self._pending:
            self._write(self._pending)
            self._pending = []

    def _write(self, rows: list[_Row]) -> None:
        try:
            with self._database:
                self._database.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?)", rows)
        except sqlite3.Error as error:
            raise self._trouble(error) from error

    def entries(self, session: int | None = None, kinds: Iterable[type[Entry]] = ()) -> Iterator[Recorded]:
        """What is kept, in order: of one session or all, of some kinds or all."""
        self.flush()
        names = [kind.__struct_config__.tag for kind in kinds]
        marks = f"kind IN ({','.join('?' * len(names))})" if names else "1"
        chosen = "1" if session is None else "session = ?"
        query = f"SELECT seq, session, turn, at, data FROM entries WHERE {marks} AND {chosen} ORDER BY seq"  # noqa: S608 -- only marks
        values = [*names, *([] if session is None else [session])]
        try:
            for seq, number, turn, at, data in self._database.execute(query, values):
                yield Recorded(seq, number, turn, datetime.fromisoformat(at), entry_from(msgspec.json.decode(data)))
        except (sqlite3.Error, msgspec.DecodeError) as error:
            raise self._trouble(error) from error

    def close(self) -> None:
        """Write what is pending and let go of the file."""
        try:
            self.flush()
        finally:
            self._database.close()
            self._unlock()

    def _connect(self, read_only: bool) -> sqlite3.Connection:
        if read_only:
            return sqlite3.connect(f"{self.path.resolve().as_uri()}?mode=ro", uri=True)
        database = sqlite3.connect(self.path, check_same_thread=False)
        self.path.chmod(0o600)
        form = database.execute("PRAGMA user_version").fetchone()[0]
        if form > _FORM:
            raise Trouble(
                str(self.path),
                f"written by a newer version (form {form}, this one knows {_FORM})",
                "install the newer one",
            )
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON", f"user_version = {_FORM}"):
            database.execute(f"PRAGMA {pragma}")
        database.executescript(_SCHEMA)
        return database

    def _number(self, column: str) -> int:
        return int(self._database.execute(f"SELECT COALESCE(MAX({column}), 0) FROM entries").fetchone()[0])  # noqa: S608 -- a name of ours

    def _trouble(self, error: Exception) -> Trouble:
        todo = "free some space" if "full" in str(error) else "move the file away, or name another folder with --home"
        return Trouble(f"journal {self.path}", str(error), todo, Exit.MISSING)

    def _unlock(self) -> None:
        if self._lock:
            self._lock.release()


def _locked(home: Path) -> FileLock:
    lock = FileLock(home / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        todo = "close that one, or name another folder with --home"
        raise missing(f"profile {home}", "another Her Desktop is using it", todo) from error
    except OSError as error:
        raise missing(f"profile {home}", str(error.strerror or error), "name another folder with --home") from error
    return lock


def _json(entry: Entry) -> str:
    return msgspec.json.encode(entry).decode()
