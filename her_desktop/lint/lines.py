"""The lines of one rule. Receives packs; emits wordings and samples that stand in a rule twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from her_desktop.lint.finding import Finding
from her_desktop.lint.work import Work


def doubled(work: Work) -> Iterator[Finding]:
    """Every line that is the same as one before it."""
    for rule in work.book.rules.values():
        says = [" ".join(rule.saying(at).say.split()) for at in range(len(rule.spec.says))]
        for at, text in _again(says):
            why, fix = f"the wording “{text}” stands there twice.", "keep one of the two."
            yield Finding(work.sources.of(rule, "says", at), rule.id, "doubled", why, fix)
        for at, text in _again(rule.spec.samples):
            why, fix = f"the sample “{text}” stands there twice.", "keep one of the two."
            yield Finding(work.sources.of(rule, "samples", at), rule.id, "doubled", why, fix, "note")


def _again(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    for at, line in enumerate(lines):
        if line in lines[:at]:
            yield at, line
