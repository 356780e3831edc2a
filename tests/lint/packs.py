"""Small packs for checks: `found(tmp_path, "…rules…")` writes them, loads them and gives what the checks find."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from her_desktop.conversation import Conversation
from her_desktop.dialogue.packs import load_language, load_packs
from her_desktop.language import Language
from her_desktop.lint.check import check
from her_desktop.lint.finding import Finding, Spot
from her_desktop.lint.work import Work
from her_desktop.paths import resources
from her_desktop.skills import VALUES


def rule(name: str, sample: str, hears: str = "", more: str = "", says: str = "[A.]") -> str:
    """One rule as it stands in a pack: its sample is its template, too, where none is named."""
    more = f"{more}, " if more else ""
    return (
        f'  - {{id: tea.{name}, samples: [{sample}], hears: ["{hears or sample}"], {more}act: inform, says: {says}}}\n'
    )


WHOLE = (
    rule("danger", "help me now", "^help me now $", "tier: safety")
    + rule("anything", "what a day", "*", "tier: fallback")
)  # fmt: skip
"""What a pack needs besides the rules that a test is about."""


@cache
def language(code: str = "en") -> Language:
    return load_language(resources() / "dialogue" / code)


def work(folder: Path, rules: str, code: str = "en", more: str = "") -> Work:
    (folder / "tea.yaml").write_text(f"topic: tea\n{more}rules:\n{rules}{WHOLE}", encoding="utf-8")
    return work_of([folder], code)


def work_of(paths: list[Path], code: str = "en") -> Work:
    book = load_packs(paths, language(code), VALUES)
    return Work(paths, Conversation.of(book, language(code)))


def found(folder: Path, rules: str, code: str = "en", more: str = "") -> list[Finding]:
    """Everything that the checks find in one pack of some rules."""
    return check(work(folder, rules, code, more))


def lines(findings: list[Finding]) -> list[str]:
    return [finding.line for finding in findings]


def spot(folder: Path, text: str) -> Spot:
    """Where a text stands in that pack for the first time."""
    path = folder / "tea.yaml"
    rows = path.read_text(encoding="utf-8").splitlines()
    line = next(number for number, row in enumerate(rows) if text in row)
    return Spot(str(path.resolve()), path.name, line + 1, rows[line].index(text) + 1)
