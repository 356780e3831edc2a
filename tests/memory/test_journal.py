"""The journal: what was promised is on disk, one program writes at a time, and what is wrong is one clear line."""

import os
import signal
import sqlite3
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from her_desktop import paths
from her_desktop.events import ENTRIES, FactLearned, FinalTranscript, StateChanged, entry_from, kind_of
from her_desktop.memory.journal import Journal
from her_desktop.trouble import Exit, Trouble

NOW = datetime(2026, 11, 22, 23, 10, tzinfo=UTC)
FACT = FactLearned(
    fact="user.name@1",
    subject="user",
    predicate="name",
    object="Ada",
    source_turn=1,
    words="my name is Ada",
    told_at=NOW,
)


def test_what_was_written_comes_back_in_order(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        session = journal.begin_session()
        written = journal.append(1, NOW, [FinalTranscript.typed("my name is Ada"), FACT], durable=True)
    with Journal(tmp_path) as journal:
        assert tuple(journal.entries(session)) == written
        assert [recorded.seq for recorded in written] == [1, 2]
        assert [recorded.entry for recorded in journal.entries(kinds=[FactLearned])] == [FACT]
        assert journal.begin_session() == session + 1


@given(st.text())
def test_any_text_survives_the_journal(text: str) -> None:
    import msgspec  # noqa: PLC0415 -- hypothesis runs this body often; the import is cached

    try:
        data = msgspec.json.encode(FinalTranscript.typed(text))
    except UnicodeEncodeError:
        return  # a lone surrogate, which the front ends replace before it comes here
    assert entry_from(data) == FinalTranscript.typed(text)


def test_every_kind_of_entry_has_a_name_of_its_own() -> None:
    names = {kind.__struct_config__.tag for kind in ENTRIES}
    assert len(names) == len(ENTRIES)
    assert kind_of(FACT) == "fact_learned"


def test_a_second_program_is_told_who_holds_the_profile(tmp_path: Path) -> None:
    with Journal(tmp_path), pytest.raises(Trouble, match="another Her Desktop is using it") as caught:
        Journal(tmp_path)
    assert caught.value.exit_code == Exit.MISSING


def test_reading_needs_no_lock(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        journal.append(1, NOW, [FACT], durable=True)
        with Journal(tmp_path, read_only=True) as reader:
            assert [recorded.entry for recorded in reader.entries()] == [FACT]


def test_a_damaged_journal_is_named_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "journal.sqlite").write_bytes(b"this is not a database, it is a poem" * 100)
    with pytest.raises(Trouble, match=r"journal\.sqlite"):
        Journal(tmp_path)
    assert (tmp_path / "journal.sqlite").read_bytes().startswith(b"this is not")


def test_a_journal_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "journal.sqlite")
    database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(Trouble, match="newer version"):
        Journal(tmp_path)


def test_a_full_disk_is_told_and_what_was_kept_stays(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        journal.append(1, NOW, [FACT], durable=True)
        pages = journal._database.execute("PRAGMA page_count").fetchone()[0]
        journal._database.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(Trouble, match="full"):
            journal.append(2, NOW, [FinalTranscript.typed("x" * 100_000)], durable=True)
        journal._database.execute("PRAGMA max_page_count = 100000")
        journal.append(2, NOW, [StateChanged(state="listening", cause="there is room again")], durable=True)
    with Journal(tmp_path, read_only=True) as reader:
        assert [recorded.seq for recorded in reader.entries()] == [1, 2]


def test_what_was_durable_survives_a_kill(tmp_path: Path) -> None:
    program = f"""
import os, signal
from pathlib import Path
from datetime import datetime, UTC
from her_desktop.memory.journal import Journal
from her_desktop.events import FinalTranscript
journal = Journal(Path({str(tmp_path)!r}))
journal.append(1, datetime.now(UTC), [FinalTranscript.typed("keep this")], durable=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    killed = subprocess.run([sys.executable, "-c", program], check=False)
    assert killed.returncode == -signal.SIGKILL
    with Journal(tmp_path) as journal:
        assert [recorded.entry for recorded in journal.entries()] == [FinalTranscript.typed("keep this")]


def test_the_profile_is_for_its_owner_alone(tmp_path: Path) -> None:
    home = paths.open_home(tmp_path / "new" / "profile")
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


@pytest.mark.skipif(not Path("/proc/version").exists(), reason="needs a folder that even root cannot write")
def test_a_profile_that_cannot_be_written_is_one_clear_line() -> None:
    with pytest.raises(Trouble, match="name another folder with --home"):
        paths.open_home(Path("/proc/her-desktop"))
    assert os.access("/proc", os.R_OK)


def test_a_reader_that_was_let_go_of_can_still_be_cut_short(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.close()
    journal.interrupt()
