"""Journals of an older form open, with everything that they hold; a step is taken wholly or not at all."""

import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from functools import reduce
from pathlib import Path

import pytest

from her_desktop.events import FactForgotten, FactLearned, FinalTranscript
from her_desktop.memory.database import locked
from her_desktop.memory.facts import Facts, fold
from her_desktop.memory.journal import Journal
from her_desktop.memory.migrations import FORM, form_of
from her_desktop.trouble import Exit, Trouble

FIRST = Path(__file__).parent / "form_1.sql"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A profile as the first version left it, with a conversation."""
    with closing(sqlite3.connect(tmp_path / "journal.sqlite")) as database:
        database.executescript(FIRST.read_text("utf-8"))
        database.execute("PRAGMA journal_mode = WAL")
    return tmp_path


def form(home: Path) -> int:
    with closing(sqlite3.connect(home / "journal.sqlite")) as database:
        return form_of(database)


def test_a_journal_of_the_first_form_opens_with_all_that_it_holds(home: Path) -> None:
    with closing(sqlite3.connect(home / "journal.sqlite")) as database:
        (before,) = database.execute("SELECT COUNT(*) FROM entries").fetchone()
    with Journal(home) as journal:
        entries = list(journal.entries())
        assert len(entries) == before
        said = [one.entry.text for one in entries if isinstance(one.entry, FinalTranscript)]
        assert said[:3] == ["hello", "my name is Theodore Twombly", "what is my name"]
        (summary,) = journal.sessions()
        assert (summary.turns, summary.entries, summary.first_words) == (len(said), before, "hello")
        assert [hit.text for hit in journal.search("theodore") if hit.who == "you"] == ["my name is Theodore Twombly"]
        assert {recorded.turn for recorded in journal.turn(2)} == {2}
    assert form(home) == FORM


def test_facts_of_the_first_form_get_the_time_they_were_told_and_their_history(home: Path) -> None:
    with Journal(home) as journal:
        learned = [(one.at, one.entry) for one in journal.entries(kinds=[FactLearned])]
        nothing: Facts = {}
        facts = reduce(fold, (entry for _, entry in learned), nothing)
    names = [entry for _, entry in learned if isinstance(entry, FactLearned) and entry.predicate == "name"]
    assert [entry.object for entry in names] == ["Theodore Twombly", "Bartholomew"]
    assert [entry.replaces for entry in names] == ["", names[0].fact]
    assert all(isinstance(entry, FactLearned) and entry.told_at == at for at, entry in learned)
    assert [one.object for one in facts["user.name"].earlier] == ["Theodore Twombly"]


def test_a_fact_that_was_forgotten_in_the_first_form_was_so_for_no_known_reason(home: Path) -> None:
    gone = '{"kind":"fact_forgotten","fact":"a.b@1","subject":"a","predicate":"b","object":"","source_turn":1}'
    with closing(sqlite3.connect(home / "journal.sqlite")) as database, database:
        database.execute(
            "INSERT INTO entries VALUES (9999, 1, 9, '2026-11-22T20:00:00+00:00', 'fact_forgotten', ?)", (gone,)
        )
    with Journal(home) as journal:
        (entry,) = [recorded.entry for recorded in journal.entries(kinds=[FactForgotten])]
    assert isinstance(entry, FactForgotten)
    assert entry.why == ""


def test_reading_brings_an_older_journal_into_form(home: Path) -> None:
    with Journal(home, read_only=True) as journal:
        assert journal.search("name")
    assert form(home) == FORM
    locked(home).release()  # and lets go of the lock


def test_reading_an_older_journal_that_is_being_written_is_refused_in_one_line(home: Path) -> None:
    lock = locked(home)
    with pytest.raises(Trouble, match="another Her Desktop is using it") as caught:
        Journal(home, read_only=True)
    lock.release()
    assert caught.value.exit_code == Exit.MISSING
    assert form(home) == 1


PROGRAM = """
import os, signal, sqlite3, sys
from pathlib import Path
left = int(sys.argv[2])
class Dying(sqlite3.Connection):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.set_trace_callback(step)
def step(statement):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
plain = sqlite3.connect
sqlite3.connect = lambda *args, **kwargs: plain(*args, **kwargs, factory=Dying)
from her_desktop.memory.journal import Journal
Journal(Path(sys.argv[1])).close()
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no such end")
def test_a_kill_in_the_middle_of_a_step_leaves_the_old_form_whole(home: Path) -> None:
    before = (home / "journal.sqlite").read_bytes()
    forms = []
    for statements in (6, 8, 12, 16, 20, 1000):
        (home / "journal.sqlite").write_bytes(before)
        for left in ("journal.sqlite-wal", "journal.sqlite-shm"):
            (home / left).unlink(missing_ok=True)
        done = subprocess.run([sys.executable, "-c", PROGRAM, str(home), str(statements)], check=False)
        assert done.returncode == (0 if statements == 1000 else -signal.SIGKILL)
        forms.append(form(home))
        with Journal(home) as journal:
            assert journal.search("theodore")
    assert forms[0] == 1
    assert forms[-1] == FORM
    assert set(forms) == {1, FORM}
