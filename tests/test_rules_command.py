"""The rule author's tools on the command line: what they print, as text and as JSON, and their exit codes."""

import json
import os
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from her_desktop.memory.journal import Journal
from tests.test_command_line import her
from tests.trace.packs import OTHERWISE

TEA = """\
topic: tea
rules:
  - id: tea.offer
    samples: [i want tea]
    hears: ["i want [some] (tea|chai)"]
    act: offer
    says: ["With milk{, user.name}?"]
    expects: [{id: milk, samples: ["yes"], hears: [^yes$], says: [With milk.]}]
  - id: tea.strong
    priority: 7
    samples: [i want strong tea, i want chai]
    hears: ["strong tea", "i want chai"]
    act: inform
    says: ["Strong."]
  - id: tea.timer
    tier: command
    samples: [tea for ten minutes]
    hears: ["tea for {time:duration}"]
    act: inform
    says: ["It draws {time}."]
  - id: tea.name
    samples: [i am ada]
    hears: ["i am {name:name}"]
    act: inform
    learns: {name: "{name|title}"}
    says: ["Hello {name|title}."]
  - id: tea.late
    samples: [tea at night]
    hears: ["tea at night"]
    needs: ["hour >= 22"]
    act: inform
    says: ["It is late."]
gambits:
  - {id: tea.idle, act: inform, says: [Shall I put the kettle on?]}
"""


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    folder = tmp_path / "packs"
    folder.mkdir()
    (folder / "tea.yaml").write_text(TEA, encoding="utf-8")
    (folder / "otherwise.yaml").write_text(OTHERWISE, encoding="utf-8")
    return folder


def rules(packs: Path, *arguments: object, **more: Any) -> subprocess.CompletedProcess[str]:
    home = more.pop("home", packs.parent / "home")
    return her("rules", *arguments, "--packs", packs, "--now", "2026-11-22T15:05", home=home, **more)


def test_the_order_is_a_table_with_the_winner_first_and_a_reason_for_each_loser(packs: Path) -> None:
    done = rules(packs, "test", "i want tea, strong tea for ten minutes")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    head = next(line for line in lines if "own words" in line)
    assert head.split()[0] == "tier"
    assert head.split()[-1] == "id"
    ranks = [line.split() for line in lines if line.strip()[:1].isdigit() and line.split()[0].isdigit()]
    assert [(row[0], row[1], row[-1]) for row in ranks if row[1] in ("command", "global", "fallback")] == [
        ("1", "command", "tea.timer"), ("2", "global", "tea.strong"), ("3", "global", "tea.offer"),
        ("4", "fallback", "otherwise.anything"),
    ]  # fmt: skip
    assert "outranked by tea.timer on tier: global after command" in done.stdout
    assert "{time} = “ten minutes”, which is PT10M" in done.stdout
    assert "she says  It draws ten minutes." in done.stdout
    assert not (packs.parent / "home").exists()


def test_conditions_near_misses_repairs_and_other_readings_are_shown(packs: Path) -> None:
    done = rules(packs, "test", "tee at night", "--heard", "tea at knight")
    assert "heard 1  “tea at knight”" in done.stdout
    assert "“tee” taken for “tea”" in done.stdout or "“knight” taken for “night”" in done.stdout
    assert "condition is false: hour >= 22 (hour = 15)" in done.stdout
    assert "tea.timer" in done.stdout.split("came near")[1]


def test_what_was_said_before_is_in_the_state(packs: Path) -> None:
    done = rules(packs, "test", "yes", "--after", "i am ada", "--after", "i want tea")
    assert "tea.offer/milk answers" in done.stdout
    assert "answer" in done.stdout
    assert "With milk, Ada?" in rules(packs, "test", "i want tea", "--after", "i am ada").stdout


def test_as_json_it_prints_the_entries_that_a_conversation_would_journal(packs: Path) -> None:
    tested = [json.loads(line) for line in rules(packs, "test", "i want tea", "--json").stdout.splitlines()]
    talked = rules(packs, "watch", "--json", said="i want tea\n")
    chat = [json.loads(line) for line in talked.stdout.splitlines()]
    envelope = ("seq", "session", "turn", "at", "decided_at")
    tested = [{key: value for key, value in entry.items() if key not in envelope} for entry in tested]
    wanted = [{key: value for key, value in entry.items() if key not in envelope} for entry in chat]
    assert tested == [entry for entry in wanted if entry in tested]
    assert {"final_transcript", "interpreted", "decision", "question_opened", "reply"} == {e["kind"] for e in tested}


def test_packs_without_a_fallback_are_told_so(packs: Path) -> None:
    (packs / "otherwise.yaml").unlink()
    done = rules(packs, "test", "blah")
    assert done.returncode == 0
    assert "no rule may answer" in done.stdout


def test_why_not_names_the_word_and_the_smallest_change(packs: Path) -> None:
    done = rules(packs, "why-not", "tea.offer", "i want coffee")
    assert done.returncode == 0
    assert "at “coffee” it wants" in done.stdout
    assert "If you had said “i want tea”, it would have answered." in done.stdout
    found = json.loads(rules(packs, "why-not", "tea.offer", "i want coffee", "--json").stdout)
    assert (found["cause"], found["winner"]) == ("words", "otherwise.anything")
    assert found["changes"] == [{"said": "i want tea", "words": 1}]


def test_why_not_looks_at_other_readings_and_at_what_came_before(packs: Path) -> None:
    done = rules(packs, "why-not", "tea.offer/milk", "yes", "--after", "i want tea")
    assert "did answer" in done.stdout
    done = rules(packs, "why-not", "tea.late", "tea at knight", "--heard", "tea at night")
    assert "hour would have to be at least 22 (it is 15)" in done.stdout


def watching(packs: Path, home: Path) -> list[str]:
    """The command that talks and watches packs."""
    return [sys.executable, "-m", "her_desktop", "rules", "watch", "--packs", str(packs), "--home", str(home)]


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("why-not", "tea.ofer", "hello"), "did you mean tea.offer"),
        (("sample", "tea.ofer"), "did you mean tea.offer"),
        (("sample", "tea.idle"), "she brings it up herself"),
        (("test", "  "), "the SENTENCE has no words"),
        (("test",), "SENTENCE"),
        (("bench", "nowhere.txt"), "nowhere.txt"),
        (("dance",), "No such command"),
    ],
)
def test_bad_input_is_one_line_and_code_2(packs: Path, arguments: tuple[str, ...], line: str) -> None:
    done = rules(packs, *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert line in done.stderr


def test_samples_are_accepted_and_those_of_another_rule_are_marked(packs: Path) -> None:
    done = rules(packs, "sample", "tea.offer")
    plain, marked = done.stdout.splitlines()[0], [line for line in done.stdout.splitlines() if "answers:" in line]
    assert plain == "i want tea"
    assert marked == ["i want chai  (tea.strong answers: outranked by tea.strong on priority: 0 after 7)"]
    as_json = [json.loads(line) for line in rules(packs, "sample", "tea.offer", "--json").stdout.splitlines()]
    assert {one["sentence"] for one in as_json} == {"i want tea", "i want chai", "i want some tea", "i want some chai"}
    assert {one["winner"] for one in as_json if one["reason"]} == {"tea.strong"}


def test_samples_fill_typed_slots_and_answers_are_tried_with_their_question_open(packs: Path) -> None:
    assert rules(packs, "sample", "tea.timer", "--most", 1).stdout == "tea for ten minutes\n"
    assert rules(packs, "sample", "tea.offer/milk").stdout == "yes\n"


def test_bench_prints_the_figures_of_the_contract(packs: Path, tmp_path: Path) -> None:
    said = tmp_path / "said.txt"
    said.write_text("i want tea\n\nnothing of this\nstrong tea\n", encoding="utf-8")
    done = rules(packs, "bench", said, "--json", "--cached", tmp_path / "compiled")
    figures = json.loads(done.stdout)
    assert list(figures)[:7] == ["rules", "load_s", "memory_mb", "utterances", "matched", "median_ms", "p99_ms"]
    assert (figures["rules"], figures["utterances"], figures["matched"]) == (8, 3, 2)
    assert 0 < figures["median_ms"] <= figures["p99_ms"]
    assert figures["load_s"] > 0
    assert (tmp_path / "compiled").exists()
    assert "median_ms" in rules(packs, "bench", said).stdout
    assert not (packs.parent / "home").exists()


def test_bench_without_an_utterance_says_so(packs: Path, tmp_path: Path) -> None:
    (tmp_path / "said.txt").write_text("\n \n", encoding="utf-8")
    done = rules(packs, "bench", tmp_path / "said.txt")
    assert done.returncode == 2
    assert "there is no utterance in it" in done.stderr


def test_watch_tells_what_an_edit_changes_and_swaps_it(packs: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    rules(packs, "watch", said="i am ada\ni want tea\n")
    command = watching(packs, home)
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, bufsize=1
    ) as talk:
        assert talk.stdin
        assert talk.stdout
        talk.stdin.write("i want tea\n")
        assert talk.stdout.readline() == "you  i want tea\n"
        assert talk.stdout.readline() == "her  With milk, Ada?\n"
        broken = "  - {id: tea.bad, samples: [a], hears: ['(a'], act: inform, says: [b]}\n"
        (packs / "tea.yaml").write_text(
            TEA.replace("With milk{", "With honey{").replace("gambits:", broken + "gambits:"), encoding="utf-8"
        )
        said, told = talk.communicate("i want tea\n", timeout=30)
    assert said.splitlines() == ["you  i want tea", "her  With honey, Ada?"]
    assert "2 saved turns would be answered otherwise" in told
    assert "session 1, turn 2: “i want tea”" in told
    assert "was tea.offer: “With milk, Ada?”" in told
    assert "now tea.offer: “With honey, Ada?”" in told
    line = TEA[: TEA.index("gambits:")].count("\n") + 1
    assert f"tea.yaml:{line}: rule tea.bad" in told
    assert "swapped between two turns: 1 rule changed · 1 rule left out; state kept" in told
    with Journal(home, read_only=True) as journal:
        assert "packs_changed" in [recorded.kind for recorded in journal.entries()]


def test_watch_keeps_the_old_packs_while_a_file_cannot_be_read(packs: Path, tmp_path: Path) -> None:
    command = watching(packs, tmp_path / "home")
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, bufsize=1
    ) as talk:
        assert talk.stdin
        assert talk.stdout
        talk.stdin.write("strong tea\n")
        talk.stdout.readline()
        assert talk.stdout.readline() == "her  Strong.\n"
        (packs / "tea.yaml").write_text(TEA + "  : : [\n", encoding="utf-8")
        said, told = talk.communicate("strong tea\n", timeout=30)
    assert said.endswith("her  Strong.\n")
    last = TEA.count("\n") + 1
    assert f"her-desktop: tea.yaml:{last}:3: the whole file" in told
    assert "until it is mended she speaks from the packs as they were" in told
    assert "swapped" not in told


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_at_a_keyboard_an_edit_is_told_while_she_waits(packs: Path, tmp_path: Path) -> None:
    ours, its = os.openpty()
    command = watching(packs, tmp_path / "home")
    with subprocess.Popen(command, stdin=its, stdout=its, stderr=its, close_fds=True) as talk:
        os.close(its)
        try:
            _until(ours, "you  ")
            os.write(ours, b"i want t")
            (packs / "tea.yaml").write_text(TEA.replace("With milk{", "With honey{"), encoding="utf-8")
            told = _until(ours, "state kept\x1b[0m\r\nyou  i want t")
            assert "no saved turn would be answered otherwise" in told
            os.write(ours, b"ea\r")
            _until(ours, "With honey?\x1b[0m\r\nyou  ")
            os.write(ours, b"\x04")
            assert talk.wait(30) == 0
        finally:
            talk.kill()
    os.close(ours)


def _until(terminal: int, wanted: str, within_s: float = 30) -> str:
    """Read until something was shown; a bounded wait on a real process."""
    shown, until_s = "", time.monotonic() + within_s
    while wanted not in shown:
        ready, _, _ = select.select([terminal], [], [], max(0, until_s - time.monotonic()))
        assert ready, f"“{wanted}” was never shown, only:\n{shown}"
        shown += os.read(terminal, 4096).decode(errors="replace")
    return shown
