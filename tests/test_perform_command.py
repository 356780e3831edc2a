"""`her-desktop perform`: what it prints, what it writes, and its exit codes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from her_desktop.cli.common import run
from her_desktop.cli.main import main

TEA = """\
topic: tea
rules:
  - id: tea.like
    samples: ["do you like tea"]
    hears: ["do you like (tea|cocoa)"]
    act: inform
    says: ["I have never had any."]
  - {id: tea.number, samples: ["a number"], hears: ["a number"], act: inform, says: ["One.", "Two.", "Three.", "Four."]}
  - {id: tea.any, samples: ["what a day"], hears: ["*"], tier: fallback, act: inform, says: ["Hm."]}
"""

HOLDS = """\
Title: Tea
Packs: tea.yaml

HE
Do you like tea?

HER
I have never had any.
[[rule: tea.like]]
"""

WRONG = HOLDS.replace("I have never had any.", "Yes, a lot.")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "tea.yaml").write_text(TEA, encoding="utf-8")
    return tmp_path


class Done:
    """What a call of the command came to."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def objects(self) -> list[dict[str, Any]]:
        """Standard output, where each line of it is an object."""
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def perform(capsys: pytest.CaptureFixture[str]) -> Any:
    def performed(*arguments: object) -> Done:
        code = run(main, ["perform", *map(str, arguments)])
        return Done(code, *capsys.readouterr())

    return performed


def written(folder: Path, text: str, name: str = "tea") -> Path:
    path = folder / f"{name}.fountain"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_holds_is_told_in_a_line_and_is_code_0(folder: Path, perform: Any) -> None:
    done = perform(written(folder, HOLDS))
    assert (done.code, done.err) == (0, "")
    (line,) = done.out.splitlines()
    assert line.startswith(f"{folder}/tea.fountain: holds, 2 lines, ")


def test_what_does_not_hold_is_told_with_its_line_and_is_code_1(folder: Path, perform: Any) -> None:
    done = perform(written(folder, WRONG))
    assert done.code == 1
    assert "tea.fountain: does not hold, 2 lines" in done.out
    assert "tea.fountain:8: expected “Yes, a lot.”, got “I have never had any.”" in done.out


def test_a_folder_stands_for_all_below_it_and_a_sum_ends_it(folder: Path, perform: Any) -> None:
    written(folder, HOLDS)
    (folder / "more").mkdir()
    written(folder / "more", WRONG.replace("tea.yaml", "../tea.yaml"))
    done = perform(folder)
    assert done.code == 1
    assert "2 screenplays, 4 lines: 1 hold, 1 do not, in " in done.out.splitlines()[-1]


def test_as_json_each_screenplay_is_an_object(folder: Path, perform: Any) -> None:
    done = perform(written(folder, HOLDS), written(folder, WRONG, "wrong"), "--json")
    assert done.code == 1
    assert [one["holds"] for one in done.objects] == [True, False]
    assert done.objects[1]["faults"][0]["line"] == 8
    assert {"file", "title", "lines", "holds", "took_s", "faults"} <= done.objects[0].keys()


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("tea.fountain", "Title: Tea\n\nHER\n[[no such: thing]]\n", "tea.fountain:4"),
        ("tea.fountain", "Title: Tea\nPacks: nowhere.yaml\n\nHE\nHi.\n\nHER\n...\n", "nowhere.yaml"),
        ("nowhere.fountain", "", "nowhere.fountain"),
        ("empty", "", "there is no *.fountain in it"),
    ],
)
def test_bad_input_is_one_line_and_code_2(folder: Path, perform: Any, name: str, text: str, line: str) -> None:
    (folder / "empty").mkdir()
    if text:
        written(folder, text)
    done = perform(folder / name)
    assert (done.code, done.out) == (2, "")
    assert len(done.err.splitlines()) == 1
    assert line in done.err


def test_a_rule_that_was_left_out_is_told_and_is_code_2(folder: Path, perform: Any) -> None:
    broken = "  - {id: tea.bad, samples: [a], hears: ['(a'], act: inform, says: [b]}\n"
    (folder / "tea.yaml").write_text(TEA + broken, encoding="utf-8")
    done = perform(written(folder, HOLDS))
    assert (done.code, done.out) == (2, "")
    assert f"tea.yaml:{TEA.count(chr(10)) + 1}: " in done.err


def test_what_is_missing_is_code_3(folder: Path, perform: Any, tmp_path: Path) -> None:
    (folder / "home").mkdir()
    (folder / "home" / "settings.toml").write_text('recognizer = "no-such-model"\n', encoding="utf-8")
    done = perform(written(folder, HOLDS), "--spoken", "--home", folder / "home")
    assert (done.code, done.out) == (3, "")
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (("--update", "--mutate", 3), "--update rewrites what --mutate would try"),
        (("--spoken", "--mutate", 3), "leave out --spoken"),
        (("--step", "--update"), "goes with no other"),
        (("--step", "--spoken"), "goes with no other"),
        (("--step", "--lcov", "a.info"), "goes with no other"),
        (("--step", "--mutate", "all"), "goes with no other"),
        (("--mutate", "some"), "must be a number or all"),
        (("--mutate", "0"), "must be a number or all"),
    ],
)
def test_what_cannot_be_done_at_once_is_refused_before_anything(
    folder: Path, perform: Any, options: tuple[object, ...], line: str
) -> None:
    path = written(folder, WRONG)
    done = perform(path, *options)
    assert (done.code, done.out) == (2, "")
    assert line in done.err
    assert path.read_text(encoding="utf-8") == WRONG


def test_update_rewrites_and_shows_the_difference(folder: Path, perform: Any) -> None:
    path = written(folder, WRONG)
    done = perform(path, "--update")
    assert done.code == 0
    assert path.read_text(encoding="utf-8") == HOLDS
    assert "-Yes, a lot." in done.out
    assert "+I have never had any." in done.out
    assert "rewritten; read it before you keep it" in done.err
    assert perform(path).code == 0


def test_update_as_json_prints_objects_alone(folder: Path, perform: Any) -> None:
    path = written(folder, WRONG)
    done = perform(path, "--update", "--json")
    assert done.code == 0
    first, second = done.objects
    assert (first["file"], first["holds"]) == (str(path), False)
    assert second["file"] == str(path)
    assert "+I have never had any." in second["diff"].splitlines()


def test_coverage_is_a_table_and_files(folder: Path, perform: Any) -> None:
    files = [folder / name for name in ("a.html", "a.info", "a.xml")]
    options = ("--coverage", "--html", files[0], "--lcov", files[1], "--cobertura", files[2])
    done = perform(written(folder, HOLDS), *options)
    assert done.code == 0
    assert "tea.yaml:8: tea.number never spoke." in done.out
    assert [f"{file}: written" for file in files] == done.err.splitlines()
    assert "I have never had any." in files[0].read_text(encoding="utf-8")
    assert "tea.yaml\n" in files[1].read_text(encoding="utf-8")
    assert ElementTree.parse(files[2]).getroot().tag == "coverage"


def test_coverage_as_json_is_an_object_behind_the_others(folder: Path, perform: Any) -> None:
    done = perform(written(folder, HOLDS), "--coverage", "--json")
    assert done.objects[-1]["total"]["rules"] == {"reached": 1, "of": 3}


def test_a_file_that_cannot_be_written_is_code_2(folder: Path, perform: Any) -> None:
    done = perform(written(folder, HOLDS), "--lcov", folder / "nowhere" / "a.info")
    assert done.code == 2
    assert "name a file that can be written" in done.err


def test_mutants_are_told_with_two_figures(folder: Path, perform: Any) -> None:
    done = perform(written(folder, HOLDS), "--mutate", 3)
    assert done.code == 0
    assert "Mutation score " in done.out.splitlines()[-1]
    assert "noticed in any way " in done.out.splitlines()[-1]
    result = perform(folder / "tea.fountain", "--mutate", 3, "--json").objects[-1]
    assert len(result["mutants"]) == 3
    assert 0 <= result["score"] <= result["noticed"] <= 1


def test_mutants_are_not_tried_on_what_does_not_hold(folder: Path, perform: Any) -> None:
    done = perform(written(folder, WRONG), "--mutate", 3)
    assert done.code == 1
    assert "mend them first" in done.err


def test_what_the_title_page_says_wins_over_the_command_line(folder: Path, perform: Any) -> None:
    """Seed, packs and language: one rule for all."""
    (folder / "other.yaml").write_text(TEA.replace("never had any", "had enough"), encoding="utf-8")
    assert perform(written(folder, HOLDS), "--packs", folder / "other.yaml").code == 0
    left_open = written(folder, HOLDS.replace("Packs: tea.yaml\n", ""), "open")
    assert perform(left_open, "--packs", folder / "tea.yaml").code == 0
    assert perform(left_open, "--packs", folder / "other.yaml").code == 1

    ask = "HE\nA number.\n\nHER\n[[wording: 1]]\n"
    seeded = [written(folder, f"Packs: tea.yaml\nSeed: {seed}\n\n{ask}", f"seed{seed}") for seed in range(1, 7)]
    plain = written(folder, f"Packs: tea.yaml\n\n{ask}", "plain")
    alone = [perform(path).code for path in seeded]
    assert set(alone) == {0, 1}, "the seed decides"
    assert [perform(path, "--seed", 7 - seed).code for seed, path in enumerate(seeded, 1)] == alone
    assert [perform(plain, "--seed", seed).code for seed in range(1, 7)] == alone

    german = "Language: de\n\nHE\nHallo\n\nHER\n[[rule: greeting.*]]\n[[not mentions: Hello]]\n"
    assert perform(written(folder, german, "de"), "--language", "en").code == 0
    assert perform(written(folder, german.removeprefix("Language: de\n"), "de2"), "--language", "de").code == 0


def test_the_help_tells_which_of_them_wins(perform: Any) -> None:
    done = perform("--help")
    assert done.code == 0
    assert "What stands on a title page wins over the command line" in " ".join(done.out.split())


def test_what_options_give_can_be_rewritten_too(folder: Path, perform: Any) -> None:
    path = written(folder, WRONG.replace("Packs: tea.yaml\n", ""))
    done = perform(path, "--packs", folder / "tea.yaml", "--seed", 3, "--update")
    assert done.code == 0
    assert "+I have never had any." in done.out
    assert "I have never had any." in path.read_text("utf-8")


def test_a_screenplay_in_which_she_says_nothing_is_refused(folder: Path, perform: Any) -> None:
    done = perform(written(folder, HOLDS.replace("HER\n", "KEEPER\n").replace("[[rule: tea.like]]\n", "")))
    assert done.code == 2
    assert "tea.fountain:4: HER says nothing in it" in done.err
    assert "Her:" in done.err


def test_trouble_with_the_packs_names_the_screenplay(folder: Path, perform: Any) -> None:
    (folder / "tea.yaml").write_text(TEA.replace("act: inform", "act: infrom", 1), encoding="utf-8")
    done = perform(written(folder, HOLDS))
    assert done.code == 2
    assert "tea.fountain: " in done.err
    assert "tea.yaml:6" in done.err


def test_a_folder_with_the_name_of_a_screenplay_is_no_screenplay(folder: Path, perform: Any) -> None:
    written(folder, HOLDS)
    (folder / "folder.fountain").mkdir()
    assert perform(folder).code == 0


def test_a_report_is_not_written_over_a_screenplay(folder: Path, perform: Any) -> None:
    path = written(folder, HOLDS)
    done = perform(path, "--lcov", path)
    assert done.code == 2
    assert path.read_text("utf-8") == HOLDS


def test_nothing_that_is_told_steers_the_terminal(folder: Path, perform: Any) -> None:
    done = perform(written(folder, HOLDS.replace("[[rule: tea.like]]", "[[tone: \x1b[31mX]]")))
    assert done.code == 2
    assert "\x1b" not in done.err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_ended_from_outside_clears_its_stage_away_and_is_not_code_0(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, sign: signal.Signals
) -> None:
    head, _, exchange = HOLDS.partition("\n\n")
    path = written(folder, head + "\n\n" + (exchange + "\n") * 20_000)
    aside = tmp_path_factory.mktemp("aside")
    command = [sys.executable, "-m", "her_desktop", "perform", str(path)]
    with subprocess.Popen(command, env={**os.environ, "TMPDIR": str(aside)}, stderr=subprocess.PIPE) as running:
        for _ in range(3_000):
            if any(aside.glob("her-desktop-screenplay-*")):
                break
            with suppress(subprocess.TimeoutExpired):
                running.wait(0.02)
        running.send_signal(sign)
        assert running.wait(60) != 0
    assert list(aside.iterdir()) == []
