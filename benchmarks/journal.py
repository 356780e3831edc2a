"""The record at a million entries: looking words up, opening, reading and writing a turn, forgetting.

`python -m benchmarks.journal [ENTRIES]`. Peer in the same run: a scan of the same entries with SQL's LIKE. The target
for a search is 50 ms at the 99th percentile.
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.journal_made import QUERIES, fill, talk
from benchmarks.table import print_table
from her_desktop.events import FactForgotten, FactLearned, FinalTranscript, TurnsMarked
from her_desktop.memory.facts import Fact
from her_desktop.memory.journal import Journal

SCANS, TURNS = 5, 200
TARGET_MS = 50
NOW = datetime(2026, 11, 22, 23, 10, tzinfo=UTC)


def main() -> None:
    """Print the figures."""
    entries = int(sys.argv[1]) if sys.argv[1:] else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        talked, home = Path(folder) / "talked", Path(folder) / "home"
        home.mkdir()
        turns = talk(talked)
        size = (talked / "journal.sqlite").stat().st_size
        print(f"a real conversation of {turns} turns: {size / turns / 1000:.1f} kB on disk per turn")
        began = time.perf_counter()
        last = fill(home, talked, entries)
        size = (home / "journal.sqlite").stat().st_size
        took_s = time.perf_counter() - began
        print(f"{entries:,} entries, {last:,} turns: {size / 1e9:.2f} GB, written in {took_s:.0f} s\n")
        _searches(home)
        _turns(home, last)
        _forget(home, last)


def _searches(home: Path) -> None:
    """Each search is for other words, so that none finds its answer ready."""
    rows = []
    with Journal(home, read_only=True) as journal:
        for name, queries in QUERIES.items():
            session = journal.last_session // 2 if name == "common, in a session" else None
            each = iter(queries)
            took = _spread(len(queries), lambda e=each, s=session: journal.search(next(e), 50, s))  # type: ignore[misc]  # bound now
            rows.append([name, queries[0], *took])
    with closing(sqlite3.connect(home / "journal.sqlite")) as database:
        query = "SELECT seq FROM spoken WHERE text LIKE ? ORDER BY seq DESC LIMIT 50"
        for name in ("common", "rare"):
            each = iter(QUERIES[name])
            took = _spread(SCANS, lambda e=each: database.execute(query, (f"% {next(e)} %",)).fetchall())  # type: ignore[misc]  # bound now
            rows.append([f"{name}, by LIKE", QUERIES[name][0], *took])
    print_table(["search, ms", "such as", "p50", "p99", "n"], rows)
    print(f"target: {TARGET_MS} ms at p99\n")


def _turns(home: Path, last: int) -> None:
    def opened() -> None:
        with Journal(home) as journal:
            assert journal.turn(last // 2)

    rows = [["open to write, and read a turn", *_spread(20, opened)]]
    with Journal(home) as journal:
        rows.append(["what there is of each session", *_spread(5, journal.sessions)])
        entries = [recorded.entry for recorded in journal.turn(last // 2)]
        rows.append(["read a turn", *_spread(TURNS, lambda: journal.turn(last // 3))])
        rows.append(
            ["write a turn, durably", *_spread(TURNS, lambda: journal.append(last, NOW, entries, durable=True))]
        )
    print_table(["ms", "p50", "p99", "n"], rows)


def _forget(home: Path, last: int) -> None:
    learned = FactLearned(
        fact=f"user.name@{last + 1}", subject="user", predicate="name", object="Zerlina", source_turn=last + 1,
        words="my name is Zerlina", told_at=NOW,
    )  # fmt: skip
    fact = Fact(learned.fact, "user", "name", "Zerlina", last + 1, learned.words, NOW)
    gone = FactForgotten(fact=fact.id, subject="user", predicate="name", object="", source_turn=last + 1)
    everywhere = Fact("user.name@2", "user", "name", "Ada", 2, "My name is Ada.", NOW)
    with Journal(home) as journal:
        journal.append(last + 1, NOW, [FinalTranscript.typed(learned.words), learned, gone], durable=True)
        began = time.perf_counter()
        journal.forget([fact], last + 2, NOW)
        print(f"\nforget a fact of one turn, words and bytes: {time.perf_counter() - began:.1f} s")
        began = time.perf_counter()
        (record,) = journal.forget([everywhere], last + 2, NOW)
        took_s, entry = time.perf_counter() - began, record.entry
        assert isinstance(entry, TurnsMarked)
        print(f"forget one that shaped {len(entry.turns):,} turns: {took_s:.1f} s")


def _spread(times: int, work: Callable[[], object]) -> list[str]:
    ms = sorted(_ms(work) for _ in range(times))
    return [f"{statistics.median(ms):.2f}", f"{ms[-(-99 * times // 100) - 1]:.2f}", str(times)]


def _ms(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
