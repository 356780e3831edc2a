"""Every project under `examples/` passes as it is, and does what its README says."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob("*/README.md"))
LIGHTHOUSE = ROOT / "examples" / "lighthouse"

PLUGINS = ("-p", "her_desktop.screenplay.for_pytest.plugin", "-p", "no:her_desktop", "-p", "no:pytest-qt")
"""The plugin of this checkout, also where it is not installed."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the lighthouse, which can be changed."""
    return Path(shutil.copytree(LIGHTHOUSE, tmp_path / "lighthouse"))


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    done = [sys.executable, "-m", *command]
    return subprocess.run(done, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


def run_tests(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return run(folder, "pytest", "--color=no", "-p", "no:cacheprovider", *PLUGINS, *options)


def test_there_are_examples() -> None:
    assert LIGHTHOUSE in EXAMPLES


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_an_example_passes(example: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(example, tmp_path / example.name))
    done = run_tests(folder, "-q")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "passed" in done.stdout


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_the_proofreader_finds_nothing_in_the_packs_of_an_example(example: Path, tmp_path: Path) -> None:
    done = run(example, "her_desktop", "--home", str(tmp_path), "--packs", "packs", "rules", "check")
    assert done.returncode == 0, done.stdout
    assert done.stdout.startswith("Nothing wrong in ")


def test_a_changed_rule_fails_with_the_lines_that_the_readme_shows(project: Path) -> None:
    pack = project / "packs" / "lamp.yaml"
    rule = pack.read_text(encoding="utf-8")
    assert "(high|tall) is" in rule
    pack.write_text(rule.replace("(high|tall) is", "(high|tall) was"), encoding="utf-8")
    done = run_tests(project, "-q", "tests/stairs.fountain")
    assert done.returncode == 1
    assert shown(project, "expected rule: lamp.stairs") in done.stdout


def test_the_readme_quotes_a_screenplay_as_it_stands(project: Path) -> None:
    assert shown(project, "VISITOR") in (project / "tests" / "stairs.fountain").read_text(encoding="utf-8")


def test_the_readme_names_each_file(project: Path) -> None:
    told = (project / "README.md").read_text(encoding="utf-8")
    for pack in (project / "packs").iterdir():
        assert f"`packs/{pack.name}`" in told
    for name in re.findall(r"`((?:packs|tests)/[\w.]+)`", told):
        assert (project / name).is_file(), name


def shown(project: Path, words: str) -> str:
    """The block of the README that holds these words."""
    blocks = re.findall(
        r"^```\w*\n(.*?)^```", (project / "README.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    (block,) = (block for block in blocks if words in block)
    return str(block)
