"""The journal: every trace entry, append-only, in one SQLite file of the profile (WAL), with one writer at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType

from her_desktop.events import Entry, Recorded, TurnsMarked
from her_desktop.memory import files, forgetting, reading, snapshots
from her_desktop.memory import search as spoken_words
from her_desktop.memory.database import Unswept, clearly, locked, needs_sweep, open_to_read, open_to_write, sweep
from her_desktop.memory.facts import Fact
from her_desktop.memory.reading import Extent, Fired, Summary
from her_desktop.memory.search import Hit
from her_desktop.memory.snapshots import Snapshot
from her_desktop.memory.transaction import transaction
from her_desktop.memory.writing import Row, insert, row
from her_desktop.trouble import Trouble


class Journal:
    """The open journal of a profile. What cannot be read or written raises `Trouble`, from any of its methods.

    Entries that must survive a crash are written with `durable=True`: they and all before them are on disk when
    `append` returns. Others are kept in memory until then, or until `flush`.
    """

    def __init__(self, home: Path, *, read_only: bool = False, lasting: bool = True) -> None:
        """Open or make the journal.

        Args:
            home: the profile.
            read_only: another program may write it meanwhile; nothing is written by this one.
            lasting: False where the whole profile is thrown away soon: what is written may not survive a power cut.

        Raises:
            Trouble: another program writes it, it is damaged, or the folder cannot be written.
        """
        self.path = home / "journal.sqlite"
        self._pending: list[Row] = []
        self._lock = None if read_only else locked(home)
        try:
            with clearly(self.path):
                self._database = open_to_read(self.path) if read_only else open_to_write(self.path, lasting=lasting)
                self._seq, self._session = self._most("seq"), self._most("session")
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

    @property
    def last_seq(self) -> int:
        """Number of the last entry; 0 where there is none."""
        return self._seq

    def begin_session(self) -> int:
        """Number the session that begins now."""
        self._session += 1
        return self._session

    def append(self, turn: int, at: datetime, entries: Iterable[Entry], *, durable: bool) -> tuple[Recorded, ...]:
        """Put entries at the end. Where they cannot be written, nothing of them is kept."""
        records = self._numbered(turn, at, entries)
        rows = [row(record) for record in records]
        if durable:
            self._write(self._pending + rows)
            self._pending = []
        else:
            self._pending += rows
        self._seq += len(records)
        return records

    def flush(self) -> None:
        """Write what is pending, in one transaction; where it cannot be written, it stays pending."""
        if self._pending:
            self._write(self._pending)
            self._pending = []

    def _numbered(self, turn: int, at: datetime, entries: Iterable[Entry], after: int = 0) -> tuple[Recorded, ...]:
        first = self._seq + after + 1
        return tuple(Recorded(seq, self._session, turn, at, entry) for seq, entry in enumerate(entries, first))

    def _write(self, rows: list[Row]) -> None:
        with clearly(self.path), transaction(self._database):
            insert(self._database, rows)

    def entries(
        self,
        session: int | None = None,
        kinds: Iterable[type[Entry]] = (),
        *,
        after: int = 0,
        before: int | None = None,
    ) -> Iterator[Recorded]:
        """What is kept, in order: of one session or all, of some kinds or all; after one entry and before another."""
        self.flush()
        with clearly(self.path):
            yield from reading.chosen(self._database, session, kinds, after, reading.LAST if before is None else before)

    def turn(self, number: int) -> tuple[Recorded, ...]:
        """The entries of a turn; 0 is what came before the first turn of each session."""
        self.flush()
        with clearly(self.path):
            return reading.of_turn(self._database, number)

    def sessions(self) -> tuple[Summary, ...]:
        """What there is of each session, the first one first."""
        self.flush()
        with clearly(self.path):
            return tuple(reading.sessions(self._database))

    def extent(self) -> Extent:
        """How much is kept, and since when."""
        self.flush()
        with clearly(self.path):
            return reading.extent(self._database)

    def uses(self) -> dict[str, tuple[int, ...]]:
        """Id of each fact that went into replies, to the turns of these, the first one first."""
        self.flush()
        with clearly(self.path):
            return reading.uses(self._database)

    def stepped(self, turn: int | None, by: int) -> int | None:
        """The turn so many turns after another, or before it where `by` is negative; None stands for what comes last.

        Going back ends at the first turn; going forward leads to None beyond the last one.
        """
        self.flush()
        with clearly(self.path):
            return reading.stepped(self._database, reading.LAST if turn is None else turn, by)

    def heard(self) -> list[tuple[int, int, int]]:
        """Of everything that he said, in order: the number of the entry, its session, and its turn."""
        self.flush()
        with clearly(self.path):
            return list(reading.heard(self._database))

    def fired(self) -> dict[str, Fired]:
        """Rule id to how often it spoke and when last; a rule that never did is missing."""
        self.flush()
        with clearly(self.path):
            return reading.fired(self._database)

    def received(self, rule: str) -> dict[str, tuple[int, int]]:
        """For each wording of a rule that was counted: how often it was received well, and how often it was counted."""
        self.flush()
        with clearly(self.path):
            return reading.received(self._database, rule)

    def search(self, words: str, limit: int = 50, session: int | None = None) -> list[Hit]:
        """What was said that holds all of these words, `"side by side"` or as they `begin*`, the newest first."""
        self.flush()
        with clearly(self.path):
            bounds = reading.bounds(self._database, session)
            return list(spoken_words.find(self._database, words, limit, *bounds))

    def keep_snapshot(self, seq: int, form: str, state: bytes) -> None:
        """Keep the state after an entry; those that another form of fold has made are dropped."""
        self.flush()
        with clearly(self.path), transaction(self._database):
            snapshots.keep(self._database, seq, form, state)

    def snapshot(self, before: int | None, form: str) -> Snapshot | None:
        """The last state that is kept in this form from before an entry, or of all; None where there is none."""
        with clearly(self.path):
            return snapshots.latest(self._database, self._seq + 1 if before is None else before, form)

    def lacking(self, hashes: Iterable[str]) -> set[str]:
        """Those SHA-256 hashes whose files are not kept."""
        with clearly(self.path):
            return files.lacking(self._database, hashes)

    def keep_files(self, contents: Mapping[str, bytes]) -> None:
        """Keep the files that decide replies, under their SHA-256 hashes."""
        with clearly(self.path), transaction(self._database):
            files.keep(self._database, contents)

    def file(self, sha256: str) -> bytes | None:
        """A file that is kept; None where it is not."""
        with clearly(self.path):
            return files.content_of(self._database, sha256)

    def forget(
        self,
        facts: Sequence[Fact],
        turn: int,
        at: datetime,
        *,
        common: Set[str] = frozenset(),
        first: Iterable[Entry] = (),
    ) -> tuple[Recorded, ...]:
        """Take the words of facts, and of what they corrected, out of the whole record and off the disk.

        Args:
            facts: what is forgotten; that it is was recorded already, or is in `first`.
            turn: the turn to which this belongs, at that time.
            at: when.
            common: words of the language, in lower case, that go only where the whole of a fact stands.
            first: what is recorded in the same transaction, so that nobody is told of a forgetting that was cut short.

        Returns:
            What was recorded: `first`, and for each fact in which turns words were removed.

        Raises:
            Unswept: the words are out of the record, but their bytes are still on the disk.
        """
        if not facts:
            return ()
        self.flush()
        with clearly(self.path), transaction(self._database):
            told = self._numbered(turn, at, first)
            insert(self._database, [row(record) for record in told])
            marks = forgetting.forget(self._database, facts, common)
            records = (*told, *self._numbered(turn, at, marks, len(told)))
            insert(self._database, [row(record) for record in records[len(told) :]])
        self._seq += len(records)
        self._sweep(records)
        return records

    def reach(self, facts: Sequence[Fact], common: Set[str] = frozenset()) -> tuple[TurnsMarked, ...]:
        """For each fact, the turns that forgetting it would clear, and how they have to do with it; nothing is changed.

        Args:
            facts: what might be forgotten.
            common: words of the language, as in `forget`.
        """
        self.flush()
        with clearly(self.path):
            return forgetting.reach(self._database, facts, common)

    def erase(self) -> None:
        """Take everything out: entries, states, files that were kept; and their bytes off the disk.

        What is written next is numbered from 1, as in a new profile.

        Raises:
            Unswept: everything is out of the record, but its bytes are still on the disk.
        """
        with clearly(self.path), transaction(self._database):
            for table in ("entries", "snapshots", "files"):
                self._database.execute(f"DELETE FROM {table}")  # noqa: S608 -- names of ours
            spoken_words.rebuild(self._database)
            needs_sweep(self._database)
        self._pending, self._seq, self._session = [], 0, 0
        self._sweep(())

    def _sweep(self, records: tuple[Recorded, ...]) -> None:
        """Take the bytes off the disk of what is out of the record."""
        try:
            swept = sweep(self._database)
        except sqlite3.Error:  # the words are out already: the disk may be full, and the bytes go at the next opening
            swept = False
        if not swept:
            raise Unswept(self.path, records)

    def look_again(self) -> None:
        """Take note of what another program has written since; for a journal that is open to read."""
        with clearly(self.path):
            self._seq, self._session = self._most("seq"), self._most("session")

    def interrupt(self) -> None:
        """Cut short what is being read, from any thread; the reader gets `Trouble`."""
        with suppress(sqlite3.ProgrammingError):  # it was let go of meanwhile
            self._database.interrupt()

    def close(self) -> None:
        """Write what is pending and let go of the file."""
        try:
            self.flush()
        finally:
            self._database.close()
            self._unlock()

    def _most(self, column: str) -> int:
        return int(self._database.execute(f"SELECT COALESCE(MAX({column}), 0) FROM entries").fetchone()[0])  # noqa: S608 -- a name of ours

    def _unlock(self) -> None:
        if self._lock:
            self._lock.release()
