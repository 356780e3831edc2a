"""All checks. Receives packs; emits every finding, by file and line."""

from __future__ import annotations

from her_desktop.lint.claims import claims
from her_desktop.lint.finding import Finding
from her_desktop.lint.lines import doubled
from her_desktop.lint.names import facts, subjects, unused
from her_desktop.lint.quarantine import quarantine
from her_desktop.lint.reach import reach
from her_desktop.lint.ties import ties
from her_desktop.lint.whole import whole
from her_desktop.lint.work import Check, Work

CHECKS: tuple[Check, ...] = (quarantine, reach, ties, unused, facts, subjects, claims, doubled, whole)


def check(work: Work) -> list[Finding]:
    """Run all checks: of the files that are looked at, and of errors elsewhere that they may well have made."""
    shown = {str(path) for path in work.only}
    found = {finding.order: finding for one in CHECKS for finding in one(work)}
    return [
        finding
        for _, finding in sorted(found.items())
        if not shown or finding.severity == "error" or finding.spot.file in shown
    ]
