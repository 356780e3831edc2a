"""Snapshots and files in force are kept beside the entries; parts of the record are read without the rest."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from her_desktop.events import FinalTranscript, SessionStarted, StateChanged
from her_desktop.memory.journal import Journal
from her_desktop.memory.snapshots import Snapshot
from her_desktop.trouble import Trouble

NOW = datetime(2026, 11, 22, 23, 10, tzinfo=UTC)


def filled(home: Path) -> Journal:
    journal = Journal(home)
    for session in (1, 2):
        journal.begin_session()
        for turn in (2 * session - 1, 2 * session):
            entries = [FinalTranscript.typed(f"turn {turn}"), StateChanged(state="listening", cause="she answered")]
            journal.append(turn, NOW, entries, durable=True)
    return journal


def test_entries_are_read_between_two_places(tmp_path: Path) -> None:
    with filled(tmp_path) as journal:
        assert [one.seq for one in journal.entries(after=2, before=6)] == [3, 4, 5]
        assert [one.seq for one in journal.entries(kinds=[FinalTranscript], after=2)] == [3, 5, 7]
        assert [one.seq for one in journal.entries(2, [FinalTranscript, StateChanged], before=7)] == [5, 6]
        assert [one.seq for one in journal.turn(3)] == [5, 6]
        assert journal.turn(99) == ()
        assert journal.last_seq == 8


def test_each_session_is_summed_up(tmp_path: Path) -> None:
    with filled(tmp_path) as journal:
        journal.begin_session()
        started = SessionStarted(version="1", language="en", seed=0, packs={}, country="", front="memory")
        journal.append(0, NOW, [started], durable=False)
        rows = [(one.session, one.entries, one.first_words) for one in journal.sessions()]
    assert rows == [(1, 4, "turn 1"), (2, 4, "turn 3"), (3, 1, "")]


def test_the_nearest_snapshot_of_the_same_form_is_found(tmp_path: Path) -> None:
    with filled(tmp_path) as journal:
        assert journal.snapshot(None, "f") is None
        for seq in (2, 4, 8):
            journal.keep_snapshot(seq, "f", b"state %d" % seq)
        assert journal.snapshot(None, "f") == Snapshot(8, b"state 8")
        assert journal.snapshot(8, "f") == Snapshot(4, b"state 4")
        assert journal.snapshot(2, "f") is None
        assert journal.snapshot(None, "g") is None
        journal.keep_snapshot(8, "g", b"other")
        assert journal.snapshot(8, "f") is None


def test_files_in_force_come_back_as_they_were(tmp_path: Path) -> None:
    content = b"topic: tea\n" * 1000
    sha256 = hashlib.sha256(content).hexdigest()
    with filled(tmp_path) as journal:
        assert journal.lacking([sha256]) == {sha256}
        journal.keep_files({sha256: content})
        journal.keep_files({sha256: content})
        assert journal.lacking([sha256, "0" * 64]) == {"0" * 64}
    with Journal(tmp_path, read_only=True) as journal:
        assert journal.file(sha256) == content
        assert journal.file("0" * 64) is None


def test_a_file_that_is_not_what_its_hash_says_is_not_kept(tmp_path: Path) -> None:
    with filled(tmp_path) as journal:
        with pytest.raises(Trouble, match="not that of the file"):
            journal.keep_files({"0" * 64: b"something else"})
        assert journal.lacking(["0" * 64]) == {"0" * 64}
        journal._database.execute("INSERT INTO files VALUES (?, ?)", ("0" * 64, b"damaged"))
        with pytest.raises(Trouble, match="damaged"):
            journal.file("0" * 64)
