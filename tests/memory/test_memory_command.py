"""`memory` and `trace search` on the command line: what is known can be seen, taken along, taken back."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from her_desktop.events import FactForgotten, FactLearned, SessionStarted
from her_desktop.memory.journal import Journal
from tests.memory.talks import heard, learned, teaching, using
from tests.memory.test_forgetting import left_on_disk, write

NOW = datetime(2026, 11, 22, 23, 10, tzinfo=UTC)


def her(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "her_desktop", *arguments, "--home", str(home)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, stdin=subprocess.DEVNULL)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A profile in which he has told two things, and corrected one."""
    home = tmp_path / "home"
    home.mkdir()
    with Journal(home) as journal:
        again = (*heard("no it is Quux"), learned("name", "Quux", 2, "no it is Quux", "user.name@1"))
        write(journal, teaching("name", "Zerlina", 1), again, using("name", "Quux", 2), teaching("town", "Ylvania", 4))
    return home


def test_what_she_knows_is_shown_with_the_words_that_taught_it(home: Path) -> None:
    done = her(home, "memory", "show")
    assert done.returncode == 0
    assert "user.name: Quux\n    you said “no it is Quux” in turn 2" in done.stdout
    assert "Zerlina" not in done.stdout
    assert "Zerlina, as you said “listen it is Zerlina” in turn 1" in her(home, "memory", "show", "--history").stdout
    rows = [json.loads(line) for line in her(home, "memory", "show", "--json").stdout.splitlines()]
    assert [(row["name"], row["object"], len(row["earlier"])) for row in rows] == [
        ("user.name", "Quux", 1), ("user.town", "Ylvania", 0),
    ]  # fmt: skip


def test_where_nothing_is_known_it_says_so(tmp_path: Path) -> None:
    done = her(tmp_path, "memory", "show")
    assert (done.returncode, done.stdout.splitlines()[0][:25]) == (0, "She knows nothing of you ")
    assert not (tmp_path / "journal.sqlite").exists()


def test_what_is_exported_can_be_imported_once(home: Path, tmp_path: Path) -> None:
    file, other = tmp_path / "known.json", tmp_path / "other"
    assert her(home, "memory", "export", str(file)).returncode == 0
    assert json.loads(her(home, "memory", "export").stdout) == json.loads(file.read_text("utf-8"))
    assert her(other, "memory", "import", str(file)).stdout == "3 facts learned, 0 known already\n"
    assert her(other, "memory", "import", str(file)).stdout == "0 facts learned, 3 known already\n"
    assert her(other, "memory", "export").stdout == file.read_text("utf-8")
    with Journal(other, read_only=True) as journal:
        (started,) = [one.entry for one in journal.entries(kinds=[SessionStarted])]
        facts = [one.entry for one in journal.entries(kinds=[FactLearned]) if isinstance(one.entry, FactLearned)]
    assert isinstance(started, SessionStarted)
    assert (started.front, started.packs) == ("memory", {})
    assert [(fact.object, fact.source_turn) for fact in facts] == [("Zerlina", 0), ("Quux", 0), ("Ylvania", 0)]
    assert facts[1].replaces == facts[0].fact


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
def test_only_he_can_read_what_was_exported(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "known.json"
    assert her(home, "memory", "export", str(file)).returncode == 0
    assert file.stat().st_mode & 0o777 == 0o600
    file.chmod(0o644)
    assert her(home, "memory", "export", str(file)).returncode == 0
    assert file.stat().st_mode & 0o777 == 0o600
    gone = her(home, "memory", "export", str(tmp_path / "nowhere" / "known.json"))
    assert (gone.returncode, len(gone.stderr.splitlines())) == (3, 1)


def test_everything_and_something_are_not_forgotten_at_once(home: Path) -> None:
    for more in (["name"], ["--about", "quux"]):
        done = her(home, "memory", "forget", *more, "--all", "--yes")
        assert (done.returncode, done.stdout) == (2, "")
        assert "give one or the other" in done.stderr
    assert left_on_disk(home, "quux", "ylvania")


def test_what_was_told_in_small_letters_is_forgotten_word_by_word(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        write(journal, teaching("likes", "anna bergstrom", 1, "i like"), heard("bergstrom was nice to me"),
              heard("anna said hello"))  # fmt: skip
    done = her(tmp_path, "memory", "forget", "--all", "--yes", "--json")
    assert json.loads(done.stdout)["turns"] == [1, 2, 3]
    assert left_on_disk(tmp_path, "bergstrom", "anna") == []
    assert left_on_disk(tmp_path, "was nice to me", "said hello")


def test_an_import_shows_what_it_replaces_and_asks(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "known.json"
    row = {
        "subject": "user",
        "predicate": "name",
        "object": "Bo",
        "words": "I am Bo",
        "told_at": "2026-11-22T20:00:00Z",
    }
    file.write_text(json.dumps({"version": 1, "facts": [row]}))
    refused = her(home, "memory", "import", str(file))
    assert refused.returncode == 2
    assert "user.name: Quux → Bo" in refused.stderr
    assert her(home, "memory", "import", str(file), "--yes").stdout == "1 fact learned, 0 known already\n"


@pytest.mark.parametrize(("text", "where"), [
    ('{"version": 1,\n "facts": [\n  oops\n]}', "known.json:3"),
    ('{"version": 1, "facts": [{"subject": "user", "predicate": "name", "object": 5}]}', "facts[0].object"),
    ('{"version": 9, "facts": []}', "version 9"),
    ("", "known.json:1"),
])  # fmt: skip
def test_a_document_that_cannot_be_read_names_the_place(home: Path, tmp_path: Path, text: str, where: str) -> None:
    file = tmp_path / "known.json"
    file.write_text(text)
    done = her(home, "memory", "import", str(file))
    assert done.returncode == 2
    assert where in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_fact_is_forgotten_by_its_name(home: Path) -> None:
    asked = her(home, "memory", "forget", "user.name")
    assert (asked.returncode, asked.stdout) == (2, "")
    done = her(home, "memory", "forget", "name", "--yes", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["forgotten"], told["turns"]) == (["user.name"], [1, 2, 3])
    assert told["bytes"] == (home / "journal.sqlite").stat().st_size
    assert left_on_disk(home, "zerlina", "quux") == []
    assert left_on_disk(home, "ylvania")
    with Journal(home, read_only=True) as journal:
        (gone,) = [one.entry for one in journal.entries(kinds=[FactForgotten])]
    assert isinstance(gone, FactForgotten)
    assert (gone.why, gone.object) == ("command", "")


def test_all_about_a_word_or_simply_all_is_forgotten(home: Path) -> None:
    assert her(home, "memory", "forget", "--about", "ylvania", "--yes").returncode == 0
    assert left_on_disk(home, "ylvania") == []
    assert her(home, "memory", "forget", "--all", "--yes").returncode == 0
    assert left_on_disk(home, "zerlina", "quux") == []
    assert her(home, "memory", "show", "--json").stdout == ""
    assert her(home, "memory", "forget", "--all", "--yes").stdout == "She knows nothing of that.\n"


def test_an_unknown_name_is_answered_with_the_nearest_ones(home: Path) -> None:
    done = her(home, "memory", "forget", "nam", "--yes")
    assert (done.returncode, done.stderr) == (
        2,
        "her-desktop: nam: she knows nothing of that name (she knows user.name)\n",
    )
    assert her(home, "memory", "forget").returncode == 2


def test_nothing_is_written_while_a_conversation_is_open(home: Path) -> None:
    with Journal(home):
        done = her(home, "memory", "forget", "--all", "--yes")
        assert (done.returncode, her(home, "memory", "show").returncode) == (3, 0)
    assert "another Her Desktop is using it" in done.stderr
    assert left_on_disk(home, "zerlina")


def test_what_was_said_is_found(home: Path) -> None:
    rows = [json.loads(line) for line in her(home, "trace", "search", "listen", "--json").stdout.splitlines()]
    assert [(row["turn"], row["who"], row["found"]) for row in rows] == [(4, "you", [[0, 6]]), (1, "you", [[0, 6]])]
    assert her(home, "trace", "search", "is listen").stdout == ""
    assert "listen it is Zerlina" in her(home, "trace", "search", "listen it", "--limit", "5").stdout
