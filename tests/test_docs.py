"""What the pages show is what the program does."""

import re
import subprocess
import sys
from pathlib import Path

from her_desktop.dialogue.packs import load_language, load_packs
from her_desktop.paths import resources
from her_desktop.skills import VALUES

ROOT = Path(__file__).parent.parent


def test_the_conversation_in_the_readme_is_the_one_that_comes_out(tmp_path: Path) -> None:
    shown = re.search(
        r"\$ printf '(.*)' \| her-desktop chat\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL
    )
    assert shown
    said = shown.group(1).replace("\\n", "\n")
    command = [sys.executable, "-m", "her_desktop", "chat", "--home", str(tmp_path)]
    done = subprocess.run(command, input=said, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == shown.group(2)


def test_the_pack_in_the_rules_page_works(tmp_path: Path) -> None:
    text = re.search(r"```yaml\n(.*?)```", (ROOT / "docs" / "rules.md").read_text("utf-8"), re.DOTALL)
    assert text
    (tmp_path / "tea.yaml").write_text(text.group(1), encoding="utf-8")
    book = load_packs([tmp_path], load_language(resources() / "dialogue" / "en"), VALUES)
    assert [broken.line for broken in book.quarantined] == []
    assert list(book.rules) == ["tea.offer", "tea.offer/1", "tea.offer/later", "tea.enough", "tea.weather"]


def test_the_pack_in_the_rules_page_has_no_fault_beside_the_shipped_ones(tmp_path: Path) -> None:
    text = re.search(r"```yaml\n(.*?)```", (ROOT / "docs" / "rules.md").read_text("utf-8"), re.DOTALL)
    assert text
    (tmp_path / "tea.yaml").write_text(text.group(1), encoding="utf-8")
    command = [sys.executable, "-m", "her_desktop", "rules", "check", str(tmp_path / "tea.yaml")]
    packs = ["--packs", str(resources() / "dialogue" / "en")]
    done = subprocess.run([*command, *packs], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout


def test_the_repertoire_is_what_the_packs_say(tmp_path: Path) -> None:
    page = tmp_path / "repertoire.md"
    command = [sys.executable, "-m", "her_desktop", "rules", "repertoire", "--out", str(page), "--home", str(tmp_path)]
    subprocess.run(command, check=True, timeout=60)
    assert page.read_text("utf-8") == (ROOT / "docs" / "repertoire.md").read_text("utf-8")


def test_every_page_that_is_named_exists() -> None:
    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name} names {target}"
