"""`rules check` and `rules robust` as a process: what is printed, exit codes, JSON."""

import json
import sys
from pathlib import Path

import pytest

from her_desktop.paths import resources
from tests.test_command_line import her

TEA = """\
topic: tea
rules:
  - {id: tea.offer, samples: [tea please], hears: [tea please], act: offer, says: [With milk?]}
  - {id: tea.help, tier: safety, samples: [help me now], hears: ["^help me now $"], act: refer, says: [Call somebody.]}
  - {id: tea.any, tier: fallback, samples: [what a day], hears: ["*"], act: auto_negative, says: [So.]}
"""
BROKEN = TEA.replace("[tea please], act", "[tea pleas(e], act")
COLUMN = BROKEN.splitlines()[2].index("(") + 1


@pytest.fixture
def tea(tmp_path: Path) -> Path:
    path = tmp_path / "packs" / "tea.yaml"
    path.parent.mkdir()
    path.write_text(TEA, encoding="utf-8")
    return path


def test_a_clean_pack_is_done_and_summed_up(tmp_path: Path, tea: Path) -> None:
    for given in ([tea], [tea.parent], ["--packs", tea.parent]):
        done = her("rules", "check", *given, home=tmp_path / "home")
        assert (done.returncode, done.stdout, done.stderr) == (0, "Nothing wrong in 3 rules of 1 file.\n", "")


def test_a_broken_pack_fails_with_a_line_for_each_fault(tmp_path: Path, tea: Path) -> None:
    tea.write_text(BROKEN, encoding="utf-8")
    done = her("rules", "check", tea, home=tmp_path / "home")
    assert done.returncode == 1
    told, summary = done.stdout.splitlines()
    assert told.startswith(f"tea.yaml:3:{COLUMN}: tea.offer: ")
    assert "Fix: write the closing bracket." in told
    assert summary == "1 error in 2 rules of 1 file."


def test_json_is_one_object_a_line(tmp_path: Path, tea: Path) -> None:
    tea.write_text(BROKEN, encoding="utf-8")
    done = her("--json", "rules", "check", tea, home=tmp_path / "home")
    (told,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert told.pop("why")
    assert told.pop("fix")
    assert told == {
        "place": f"tea.yaml:3:{COLUMN}", "file": str(tea), "line": 3, "column": COLUMN, "rule": "tea.offer",
        "check": "load", "severity": "error",
    }  # fmt: skip


def test_a_pack_of_which_nothing_works_is_checked_all_the_same(tmp_path: Path, tea: Path) -> None:
    tea.write_text("topic: tea\nrules:\n  - {id: tea.offer, samples: [tea], hears: [(tea]}\n", encoding="utf-8")
    done = her("rules", "check", tea, home=tmp_path / "home")
    assert done.returncode == 1
    assert "tea.yaml:3:" in done.stdout
    assert "1 error and 2 notes in 0 rules of 1 file.\n" in done.stdout


def test_a_note_does_not_fail(tmp_path: Path, tea: Path) -> None:
    tea.write_text(TEA.replace("act: offer", "learns: {thirsty: true}, act: offer"), encoding="utf-8")
    done = her("rules", "check", tea, home=tmp_path / "home")
    assert done.returncode == 0
    assert "note: tea.offer: nothing uses the fact user.thirsty" in done.stdout
    assert done.stdout.endswith("1 note in 3 rules of 1 file.\n")


def test_named_files_are_read_with_the_packs_and_told_alone(tmp_path: Path, tea: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / "words.yaml").write_text('topic: words\nexpansions: {polite: "(please|thanks)"}\n', encoding="utf-8")
    tea.write_text(TEA.replace("hears: [tea please]", 'hears: ["tea <polite>"]'), encoding="utf-8")
    alone = her("rules", "check", tea, home=tmp_path / "home")
    assert "no pack defines <polite>" in alone.stdout
    together = her("rules", "check", tea, "--packs", shared, home=tmp_path / "home")
    assert (together.returncode, together.stdout) == (0, "Nothing wrong in 3 rules of 1 file.\n")


def test_an_error_that_a_file_makes_elsewhere_is_told_with_it(tmp_path: Path, tea: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    greedy = TEA.replace("tea.", "greedy.").replace("topic: tea", "topic: greedy").replace("[tea please]", '["*"]')
    (other / "greedy.yaml").write_text(greedy, encoding="utf-8")
    done = her("rules", "check", other / "greedy.yaml", "--packs", tea, home=tmp_path / "home")
    assert done.returncode == 1
    assert "tea.yaml" in done.stdout


@pytest.mark.timeout(900)
def test_the_shipped_packs_pass(tmp_path: Path) -> None:
    done = her("rules", "check", home=tmp_path, within_s=880)
    assert done.returncode == 0, done.stdout


def test_a_shipped_folder_is_read_in_its_own_language_and_passes(tmp_path: Path) -> None:
    done = her("rules", "check", resources() / "dialogue" / "de", home=tmp_path)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["check", "nowhere.yaml"], "nowhere.yaml"),
        (["check", "--packs", "nowhere"], "nowhere"),
        (["check", Path(__file__).parent], "there are no packs"),
        (["check", "--language", "tlh"], "language tlh"),
        (["robust", "about_her.nam"], "did you mean about_her.name?"),
        (["robust", "no.such"], "there is none that hears anything"),
    ],
)
def test_bad_usage_is_one_line_and_exit_code_2(tmp_path: Path, arguments: list[str | Path], line: str) -> None:
    done = her("rules", *arguments, home=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("her-desktop: ")
    assert len(done.stderr.splitlines()) == 1
    assert line in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="file names may not hold such characters there")
def test_what_would_steer_a_terminal_is_not_printed(tmp_path: Path, tea: Path) -> None:
    tea.write_text(TEA.replace("samples: [tea please]", 'samples: ["\\e[31mtea"]'), encoding="utf-8")
    assert "\x1b" not in her("rules", "check", tea, home=tmp_path / "home").stdout


def test_robust_prints_the_worst_first_and_the_total_last(tmp_path: Path, tea: Path) -> None:
    done = her("rules", "robust", "--packs", tea, "--seed", 3, home=tmp_path / "home")
    assert (done.returncode, done.stderr) == (0, "")
    head, *rows = done.stdout.splitlines()
    assert head.split()[0] == "rule"
    assert rows[-1].startswith("total ")
    shares = [int(row.split()[-1].rstrip("%")) for row in rows[:-1]]
    assert shares == sorted(shares)
    assert len(shares) == 3


def test_robust_is_the_same_for_the_same_seed_and_takes_rules_by_name(tmp_path: Path, tea: Path) -> None:
    runs = [
        her("rules", "robust", "tea.help", "--packs", tea, "--json", "--seed", seed, home=tmp_path / "home")
        for seed in (1, 1, 2)
    ]
    assert runs[0].stdout == runs[1].stdout
    rows = [json.loads(line) for line in runs[0].stdout.splitlines()]
    assert [row["rule"] for row in rows if "share" in row] == ["tea.help", "total"]
    assert {"insertion", "deletion", "substitution", "wrong", "share"} <= rows[0].keys()
    assert 0 < rows[0]["insertion"]["landed"] <= rows[0]["insertion"]["tried"]
