"""What a check found: where, what is wrong, and how to mend it. Receives nothing; emits one line each."""

from __future__ import annotations

from typing import Literal

import msgspec

Severity = Literal["error", "note"]


class Spot(msgspec.Struct, frozen=True, order=True):
    """A place in a file; line and column are counted from 1."""

    file: str
    """The whole path."""
    name: str
    """The file's name alone."""
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.name}:{self.line}:{self.column}"


class Finding(msgspec.Struct, frozen=True):
    """One thing that a check found."""

    spot: Spot
    rule: str
    """Empty where it is about no rule in particular."""
    check: str
    """Which check it was."""
    why: str
    fix: str
    severity: Severity = "error"
    """An error fails the check, a note does not."""

    @property
    def order(self) -> tuple[object, ...]:
        """By file and line."""
        return (self.spot, self.rule, self.check, self.why)

    @property
    def line(self) -> str:
        """The finding as one line."""
        mark = "note: " if self.severity == "note" else ""
        rule = f"{self.rule}: " if self.rule else ""
        return f"{self.spot}: {mark}{rule}{self.why} Fix: {self.fix}"

    def flat(self) -> dict[str, str | int]:
        """As one flat mapping, for machines."""
        spot = self.spot
        return {
            "place": str(spot), "file": spot.file, "line": spot.line, "column": spot.column, "rule": self.rule,
            "check": self.check, "why": self.why, "fix": self.fix, "severity": self.severity,
        }  # fmt: skip


def summary(findings: list[Finding], rules: int, files: int) -> str:
    """The last line: how many findings, in how much."""
    errors = sum(finding.severity == "error" for finding in findings)
    notes = len(findings) - errors
    found = [counted(errors, "error")] if errors else []
    found += [counted(notes, "note")] if notes else []
    return f"{' and '.join(found) or 'Nothing wrong'} in {counted(rules, 'rule')} of {counted(files, 'file')}."


def counted(number: int, thing: str) -> str:
    """So many things."""
    return f"{number} {thing}{'' if number == 1 else 's'}"
