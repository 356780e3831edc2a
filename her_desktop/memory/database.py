"""The SQLite file of a profile: opening it in today's form, one writer at a time, and errors as one clear line."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from her_desktop.events import Recorded
from her_desktop.memory.migrations import FORM, form_of, migrate
from her_desktop.memory.transaction import transaction
from her_desktop.trouble import Exit, Trouble, missing

BUSY_S = 5.0
"""So long the file may be held by a reader before a change of it is given up."""

_SETTINGS = ("journal_mode = WAL", "secure_delete = ON")
_SYNCHRONOUS = {True: "FULL", False: "OFF"}


class Unswept(Trouble):
    """Words are out of the record, and what takes their bytes from the disk could not be finished now."""

    def __init__(self, path: Path, records: tuple[Recorded, ...]) -> None:
        self.records = records
        """What was recorded about it."""
        why = "the words are out of the record, but their bytes stay on the disk while another program reads it"
        todo = "close that one; the bytes go when the profile is next opened"
        super().__init__(f"journal {path}", why, todo, Exit.CHECK_FAILED)


def open_to_write(path: Path, *, lasting: bool = True) -> sqlite3.Connection:
    """Open or make the file, bring it into today's form, and finish what was cut short.

    Args:
        path: the file.
        lasting: whether what is written must outlive the machine's power; it need not where it is thrown away soon.

    Raises:
        Trouble: a newer version has written it.
        sqlite3.Error: it is damaged or cannot be written.
    """
    database = sqlite3.connect(path, timeout=BUSY_S, check_same_thread=False, isolation_level=None)
    try:
        path.chmod(0o600)
        _refuse_newer(path, form_of(database))
        for setting in (*_SETTINGS, f"synchronous = {_SYNCHRONOUS[lasting]}"):
            database.execute(f"PRAGMA {setting}")
        migrate(database)
        if is_unswept(database):
            with suppress(sqlite3.OperationalError):  # the disk may still be full: it stays to be done
                sweep(database)
    except BaseException:
        database.close()
        raise
    return database


def open_to_read(path: Path) -> sqlite3.Connection:
    """Open the file without changing it, once it has today's form.

    Raises:
        Trouble: a newer version has written it, or an older one is writing it.
        sqlite3.Error: it is damaged or not there.
    """
    database = _read_only(path)
    form = form_of(database)
    if form >= FORM:
        _refuse_newer(path, form)
        return database
    database.close()
    lock = locked(path.parent)
    try:
        with closing(open_to_write(path)):
            return _read_only(path)
    finally:
        lock.release()


def _read_only(path: Path) -> sqlite3.Connection:
    uri = f"{path.resolve().as_uri()}?mode=ro"
    return sqlite3.connect(uri, uri=True, timeout=BUSY_S, check_same_thread=False, isolation_level=None)


def _refuse_newer(path: Path, form: int) -> None:
    if form > FORM:
        why = f"written by a newer version (form {form}, this one knows {FORM})"
        raise Trouble(str(path), why, "install the newer one")


def locked(home: Path) -> FileLock:
    """Take the profile's lock, which is let go with `release`.

    Raises:
        Trouble: another program has it.
    """
    lock = FileLock(home / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        todo = "close that one, or name another folder with --home"
        raise missing(f"profile {home}", "another Her Desktop is using it", todo) from error
    except OSError as error:
        raise missing(f"profile {home}", str(error.strerror or error), "name another folder with --home") from error
    return lock


@contextmanager
def clearly(path: Path) -> Iterator[None]:
    """Tell errors of the file as one line."""
    try:
        yield
    except (sqlite3.Error, ValueError) as error:  # a damaged entry is a ValueError
        todo = "free some space" if "full" in str(error) else "move the file away, or name another folder with --home"
        raise Trouble(f"journal {path}", str(error), todo, Exit.MISSING) from error


# ---- words that were removed are gone from the disk too ----


def needs_sweep(database: sqlite3.Connection) -> None:
    """Note, in the transaction that removes words, that their bytes are still to be swept from the disk."""
    database.execute("INSERT OR IGNORE INTO chores VALUES ('sweep')")


def is_unswept(database: sqlite3.Connection) -> bool:
    """Whether words were removed whose bytes may still be on the disk."""
    return database.execute("SELECT 1 FROM chores WHERE name = 'sweep'").fetchone() is not None


def sweep(database: sqlite3.Connection) -> bool:
    """Write the file anew without what was removed, and empty its log.

    Returns:
        Whether it is done; else somebody reads the file, and it is done when the profile is next opened.
    """
    try:
        database.execute("VACUUM")
        busy, _, _ = database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise
        busy = 1
    if not busy:
        with transaction(database):
            database.execute("DELETE FROM chores WHERE name = 'sweep'")
    return not busy
