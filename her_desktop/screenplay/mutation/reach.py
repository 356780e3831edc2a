"""Which rules a performance considered. Receives what was recorded; emits the rules that spoke, and those near them.

A mutant is tried only where its rule was considered as the packs are: it answered, it stood behind the one that did, it
came near the words, it was brought up or could have been, it asked whether a command was meant. A wider template may
fit words elsewhere, to which it was not near; that is not tried, and such a mutant may be told as a survivor wrongly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from her_desktop.dialogue.book import RuleBook
from her_desktop.events import CommandHeld, CommandResumed, Decision, Entry, FollowUpPlanned, Interpreted, Volunteered
from her_desktop.screenplay.performance import Performance


class Reach(msgspec.Struct, frozen=True):
    """The rules that a performance considered."""

    spoke: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    """With those that spoke."""


def reach(performance: Performance, book: RuleBook) -> Reach:
    """The rules that a performance considered."""
    entries = [one.entry for played in performance.played for one in played.entries]
    spoke = frozenset(_spoke(entries))
    return Reach(spoke, spoke.union(_near(entries), _herself(entries, book)) & book.rules.keys())


def _spoke(entries: Iterable[Entry]) -> Iterator[str]:
    for entry in entries:
        match entry:
            case Decision() | Volunteered() | CommandResumed():
                yield entry.rule
            case CommandHeld():
                yield entry.asking


def _near(entries: Iterable[Entry]) -> Iterator[str]:
    for entry in entries:
        match entry:
            case Decision() | Volunteered():
                yield from (loser.rule for loser in entry.losers)
            case Interpreted():
                yield from (candidate.rule for candidate in entry.candidates)
            case FollowUpPlanned():
                yield entry.rule


def _herself(entries: Iterable[Entry], book: RuleBook) -> Iterator[str]:
    """What she could have brought up, and who could have asked: that she did not is recorded nowhere."""
    decisions = [entry for entry in entries if isinstance(entry, Decision) and entry.rule in book.rules]
    prompts = {"gambit"} if any(book.rules[entry.rule].spec.volunteers for entry in decisions) else set()
    prompts |= {"confirm"} if any(entry.repairs for entry in decisions) else set()
    yield from (name for name in book.unprompted if book.rules[name].prompt in prompts)
