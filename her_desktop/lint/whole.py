"""What packs need together. Receives packs; emits a note where some words get no answer, or danger has no rule."""

from __future__ import annotations

from collections.abc import Iterator

from her_desktop.lint.finding import Finding
from her_desktop.lint.scenes import conditional
from her_desktop.lint.work import Work

_WORDS = (0, 1, 3, 40)
"""Utterances of so many words that no rule knows are tried."""


def whole(work: Work) -> Iterator[Finding]:
    """What is missing from the packs as a whole."""
    if not work.sources.files:
        return
    place = work.sources.files[0].spot()
    if any(not _answered(work, words) for words in _WORDS):
        why = "some words get no answer: no rule of tier fallback takes any words, at any time."
        fix = "add a rule with tier: fallback and hears: [“*”], without conditions."
        yield Finding(place, "", "whole", why, fix, "note")
    if not work.book.guards:
        why = "no rule has the tier safety: somebody in danger gets whatever else fits."
        fix = "name the shipped packs as well, or write rules of tier safety."
        yield Finding(place, "", "whole", why, fix, "note")


def _answered(work: Work, words: int) -> bool:
    """Whether so many words that no rule knows get an answer from a rule that may always speak."""
    scene = work.scenes.find([])
    assert scene, "without rules there is nothing in the way"
    standings = work.rehearsal.stand(" ".join(work.fillers["text"] * words), scene)
    return any(not conditional(standing.rule) for standing in standings)
