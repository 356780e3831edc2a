"""The command line is a contract: replies, exit codes, one-line errors, JSON lines."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from her_desktop.memory.journal import Journal
from tests.shipped import loaded

NO_DISPLAY = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}


def her(
    *arguments: object, said: str = "", home: Path | None = None, within_s: int = 60, **env: str
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "her_desktop", *map(str, arguments)]
    if home:
        command += ["--home", str(home)]
        loaded()  # so that the compiled rules lie beside the packs, as after a first start
    environment = os.environ | NO_DISPLAY | env
    return subprocess.run(
        command, input=said, capture_output=True, text=True, env=environment, check=False, timeout=within_s
    )


def entries(done: subprocess.CompletedProcess[str], kind: str) -> list[dict[str, Any]]:
    return [entry for line in done.stdout.splitlines() if (entry := json.loads(line))["kind"] == kind]


def said_by_her(done: subprocess.CompletedProcess[str]) -> list[str]:
    return [reply["text"] for reply in entries(done, "reply")]


SAID = "hello\nmy name is Ada\nare your feelings real\nwhat is my name\n"


def test_four_lines_get_four_replies_and_she_knows_the_name(tmp_path: Path) -> None:
    done = her("chat", "--json", said=SAID, home=tmp_path)
    assert done.returncode == 0, done.stderr
    replies = said_by_her(done)
    assert len(replies) == 4
    assert "Ada" in replies[-1]


def test_the_same_seed_gives_the_same_replies(tmp_path: Path) -> None:
    runs = [
        her("chat", "--json", "--seed", seed, said=SAID, home=tmp_path / name) for seed, name in [(7, "a"), (7, "b")]
    ]
    assert said_by_her(runs[0]) == said_by_her(runs[1])


def test_seed_nought_is_a_seed(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("seed = 7\n", encoding="utf-8")
    done = her("chat", "--json", "--seed", 0, said="hello\n", home=tmp_path)
    assert entries(done, "session_started")[0]["seed"] == 0


def test_a_named_home_wins_over_the_environment(tmp_path: Path) -> None:
    done = her("--home", tmp_path / "named", "chat", said="hello\n", HER_DESKTOP_HOME=str(tmp_path / "environment"))
    assert done.returncode == 0
    assert (tmp_path / "named" / "journal.sqlite").exists()
    assert not (tmp_path / "environment").exists()


def test_the_journal_is_for_its_owner_alone(tmp_path: Path) -> None:
    her("chat", said="hello\n", home=tmp_path)
    assert stat.S_IMODE((tmp_path / "journal.sqlite").stat().st_mode) == 0o600


def test_whoever_reads_only_the_first_line_is_not_told_of_a_broken_pipe(tmp_path: Path) -> None:
    her("chat", said=SAID * 20, home=tmp_path)
    command = f"{sys.executable} -m her_desktop trace show --home '{tmp_path}' | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, timeout=60)
    assert done.stderr == ""


def test_json_entries_are_what_is_journalled(tmp_path: Path) -> None:
    done = her("chat", "--json", said=SAID, home=tmp_path)
    printed = [json.loads(line) for line in done.stdout.splitlines()]
    with Journal(tmp_path, read_only=True) as journal:
        kept = [json.loads(json.dumps(recorded.flat(), default=list)) for recorded in journal.entries()]
    assert [{**entry, "at": ""} for entry in printed] == [{**entry, "at": ""} for entry in kept]
    assert all({"seq", "session", "turn", "at", "kind"} <= entry.keys() for entry in printed)


def test_replies_keep_the_fields_of_the_contract(tmp_path: Path) -> None:
    done = her("chat", "--json", said=SAID, home=tmp_path)
    heard = entries(done, "final_transcript")[0]
    assert (heard["text"], heard["recognizer"]) == ("hello", "typed")
    assert heard["alternatives"][0]["confidence"] == 1
    decision = entries(done, "decision")[0]
    assert {"rule", "tier", "order", "losers"} <= decision.keys()
    for reply in entries(done, "reply"):
        assert {"text", "act", "tone", "techniques", "spans"} <= reply.keys()
        assert "".join(span["text"] for span in reply["spans"]) == reply["text"]
    learned = entries(done, "fact_learned")[0]
    assert (learned["subject"], learned["predicate"], learned["object"], learned["source_turn"]) == (
        "user",
        "name",
        "Ada",
        2,
    )


def test_global_options_may_stand_before_the_command(tmp_path: Path) -> None:
    done = her("--home", tmp_path, "--json", "--now", "2026-11-22T23:10", "chat", said="what time is it\n")
    assert "11:10" in said_by_her(done)[0]


def test_without_a_display_it_says_so_and_talks_in_the_terminal(tmp_path: Path) -> None:
    done = her(said="hello\n", home=tmp_path)
    assert done.returncode == 0
    assert "no display" in done.stderr
    assert "her  " in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "line"),
    [
        (["dance"], 2, "No such command"),
        (["chat", "--now", "yesterday"], 2, "--now"),
        (["chat", "--packs", "/nowhere"], 2, "/nowhere"),
        (["chat", "--language", "tlh"], 2, "language tlh"),
        (["listen", "nowhere.wav"], 2, "nowhere.wav"),
        (["listen"], 2, "FILE.wav"),
        (["say"], 2, "name a TEXT"),
        (["say", "hello", "--out", "hello.mp3"], 2, "must end in .wav"),
        (["trace", "show", "--home", "/nowhere"], 2, "no journal yet"),
        (["chat", "--home", "/proc/nowhere"], 3, "name another folder"),
    ],
)
def test_bad_input_is_one_line_and_the_documented_exit_code(
    tmp_path: Path, arguments: list[str], code: int, line: str
) -> None:
    done = her(*arguments, home=None if "--home" in arguments else tmp_path)
    assert done.returncode == code
    assert done.stdout == ""
    assert done.stderr.startswith("her-desktop: ")
    assert len(done.stderr.splitlines()) == 1
    assert line in done.stderr


def test_a_broken_rule_is_told_by_file_and_line_and_the_rest_works(tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    packs.mkdir()
    (packs / "tea.yaml").write_text(
        "topic: tea\nrules:\n"
        "  - {id: tea.hot, samples: [tea], hears: [tea], act: offer, says: [With milk?]}\n"
        "  - {id: tea.cold, samples: [ice], hears: ['ice (tea'], act: offer, says: [Cold.]}\n",
        encoding="utf-8",
    )
    done = her("chat", "--packs", packs, said="tea\n", home=tmp_path / "home")
    assert done.returncode == 0
    assert "With milk?" in done.stdout
    assert "tea.yaml:4" in done.stderr
    assert "no rule for somebody in danger" in done.stderr


def test_a_second_program_on_the_same_profile_is_refused(tmp_path: Path) -> None:
    with Journal(tmp_path):
        done = her("chat", said="hello\n", home=tmp_path)
    assert done.returncode == 3
    assert "another Her Desktop is using it" in done.stderr


def test_settings_that_do_not_fit_name_the_file(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("rate_wpm = 'fast'\n", encoding="utf-8")
    done = her("chat", said="hello\n", home=tmp_path)
    assert done.returncode == 2
    assert "settings.toml" in done.stderr
    assert "rate_wpm" in done.stderr


def test_markup_control_characters_and_broken_text_are_only_words(tmp_path: Path) -> None:
    said = (
        b"<script>alert(1)</script>\n\x00\x1b[31mred\x07\n\xff\xfe\xed\xa0\x80\n\xe2\x80\xaehello\n"
        + b"a " * 10_000
        + b"\n"
    )
    command = [sys.executable, "-m", "her_desktop", "chat", "--json", "--home", str(tmp_path)]
    done = subprocess.run(command, input=said, capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    kinds = [json.loads(line)["kind"] for line in done.stdout.splitlines()]
    assert kinds.count("reply") == 5
    assert "failure" not in kinds


def test_trace_shows_what_was_kept(tmp_path: Path) -> None:
    her("chat", said=SAID, home=tmp_path)
    listed = her("trace", "list", home=tmp_path)
    assert "4 turns" in listed.stdout
    shown = her("trace", "show", "--turn", 2, home=tmp_path)
    assert "fact_learned" in shown.stdout
    as_json = her("trace", "show", "--turn", 2, "--json", home=tmp_path)
    assert {json.loads(line)["turn"] for line in as_json.stdout.splitlines()} == {2}


def test_help_names_every_command() -> None:
    done = her("--help")
    assert done.returncode == 0
    for command in ("chat", "listen", "say", "models", "rules", "trace", "doctor", "completion"):
        assert command in done.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_lines_are_printed(shell: str) -> None:
    assert "_HER_DESKTOP_COMPLETE" in her("completion", shell).stdout
