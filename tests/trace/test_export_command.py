"""`trace export` on the command line: where it writes, what it says, and how it fails."""

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from html5lib import HTMLParser

from her_desktop.events import SessionEnded
from her_desktop.memory.journal import Journal
from her_desktop.screenplay.perform import perform
from her_desktop.screenplay.read import read
from tests.trace.export_sessions import NOON, talked, typed
from tests.trace.talking import Talking


def run(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "her_desktop", "--home", str(home), "trace", "export", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A profile with two sessions: one in which something was said, one without a word."""
    with Journal(tmp_path) as journal:
        journal.begin_session()
        journal.append(1, NOON, [one.entry for one in typed(("hello", "Good morning."))], durable=True)
        journal.begin_session()
        journal.append(0, NOON, [SessionEnded(cause="the input ended")], durable=True)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a.html", "<!doctype html>"),
        ("a.jsonl", "{"),
        ("a.fountain", "Title: Session 1"),
        ("a.VTT", "WEBVTT"),
        ("a.json", "{"),
    ],
)
def test_the_ending_names_the_format(home: Path, tmp_path: Path, name: str, begins: str) -> None:
    done = run("--session", "1", "--out", str(tmp_path / name), home=home)
    assert (done.returncode, done.stdout) == (0, "")
    assert "session 1, 1 turn, as" in done.stderr
    text = (tmp_path / name).read_text("utf-8")
    assert text.startswith(begins)
    assert "Good morning." in text
    assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


def test_a_screenplay_has_a_file_beside_it_where_more_was_known(tmp_path: Path) -> None:
    for _ in range(2):
        with Talking(tmp_path / "home") as talk:
            talk.says("my name is Ada", "what is my name")
    out = tmp_path / "plays" / "mine.fountain"
    out.parent.mkdir()
    done = run("--as", "fountain", "--session", "2", "--out", str(out), home=tmp_path / "home")
    assert (done.returncode, done.stdout) == (0, "")
    assert f"{out.with_name('mine.profile.json')}: belongs to it" in done.stderr
    assert {one.name: stat.S_IMODE(one.stat().st_mode) for one in out.parent.iterdir()} == {
        "mine.fountain": 0o600, "mine.profile.json": 0o600,
    }  # fmt: skip
    assert perform(read(out)).holds


def test_a_screenplay_that_is_printed_tells_what_belongs_beside_it(tmp_path: Path) -> None:
    for _ in range(2):
        with Talking(tmp_path) as talk:
            talk.says("my name is Ada")
    done = run("--as", "fountain", "--session", "2", home=tmp_path)
    assert done.stdout.startswith("Title: Session 2\n")
    assert "session-2.profile.json" in done.stderr


def test_a_named_format_goes_before_the_ending(home: Path, tmp_path: Path) -> None:
    assert run("--session", "1", "--format", "vtt", "--out", str(tmp_path / "a.html"), home=home).returncode == 0
    assert (tmp_path / "a.html").read_text("utf-8").startswith("WEBVTT")


def test_without_a_file_it_is_printed(home: Path) -> None:
    done = run("--session", "1", "--format", "jsonl", home=home)
    assert json.loads(done.stdout.splitlines()[0])["text"] == "hello"
    assert done.stderr == ""


def test_with_json_the_entries_are_printed_or_what_was_written_where(home: Path, tmp_path: Path) -> None:
    assert json.loads(run("--json", "--session", "1", home=home).stdout.splitlines()[0])["kind"] == "final_transcript"
    out = tmp_path / "a.html"
    told = json.loads(run("--json", "--session", "1", "--out", str(out), home=home).stdout)
    assert told == {"file": str(out), "format": "html", "session": 1, "turns": 1, "entries": 5}


@pytest.mark.parametrize("form", ["html", "jsonl", "fountain", "vtt", "chrome"])
def test_a_session_without_a_turn_is_exported_as_such(home: Path, form: str) -> None:
    done = run("--format", form, "--session", "2", home=home)
    assert done.returncode == 0
    assert done.stdout
    assert done.stderr == "She answered nothing in session 2; it is exported as it is.\n"


@pytest.mark.parametrize(
    ("arguments", "code", "why"),
    [
        (["--session", "9"], 2, "session 9: nothing is recorded of it"),
        (["--out", "a.txt"], 2, "its ending names no format"),
        (["--format", "pdf"], 2, "'pdf' is not one of"),
        (["--format", "html", "--out", "."], 3, "Is a directory"),
        (["--out", "/dev/null/a.html"], 3, "Not a directory"),
    ],
)
def test_what_cannot_be_is_told_in_one_line(home: Path, arguments: list[str], code: int, why: str) -> None:
    done = run(*arguments, home=home)
    assert done.returncode == code
    assert why in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_the_journal_is_never_written_over(home: Path) -> None:
    before = (home / "journal.sqlite").read_bytes()
    done = run("--format", "html", "--out", str(home / "journal.sqlite"), home=home)
    assert done.returncode == 2
    assert (home / "journal.sqlite").read_bytes() == before


def test_without_a_journal_there_is_nothing_to_export_and_nothing_is_made(tmp_path: Path) -> None:
    done = run(home=tmp_path / "nobody")
    assert done.returncode == 2
    assert "holds no journal yet" in done.stderr
    assert not (tmp_path / "nobody").exists()


def test_a_real_conversation_becomes_a_screenplay_that_passes(tmp_path: Path) -> None:
    talked(tmp_path / "home")
    out = tmp_path / "mine.fountain"
    assert run("--out", str(out), home=tmp_path / "home").returncode == 0
    assert perform(read(out)).holds
    assert "Packs" not in out.read_text("utf-8")


def test_whoever_reads_may_stop_reading(home: Path) -> None:
    command = [sys.executable, "-m", "her_desktop", "--home", str(home), "trace", "export", "--session", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


def test_a_real_conversation_becomes_a_page_without_a_fault(tmp_path: Path) -> None:
    talked(tmp_path)
    parser = HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(run(home=tmp_path).stdout)
    assert parser.errors == []
    assert not list(tree.iter("script"))
    assert not list(tree.iter("img"))
    assert sum(1 for one in tree.iter("article") if one.get("id")) == 15
