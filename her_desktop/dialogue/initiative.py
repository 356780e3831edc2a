"""What she brings up herself: follow-ups that are due, then gambits; and how she asks about a command.

Follow-ups come first, the one that is due longest before the others. Among gambits: those of the active topic, then
priority, then the one that spoke longest ago, then id.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import msgspec

from her_desktop.dialogue.book import RuleBook
from her_desktop.dialogue.conditions import Conditions
from her_desktop.dialogue.policy import conditions_of, first_false
from her_desktop.dialogue.rules import Rule
from her_desktop.dialogue.state import Promise, State
from her_desktop.events import Condition

_AFTER = re.compile(r"(\d+) (minute|hour|day|week)")


class Prompted(msgspec.Struct, frozen=True):
    """A rule that she could bring up, with the value of everything that decides whether she may."""

    rule: Rule
    conditions: tuple[Condition, ...]

    @property
    def barred(self) -> str:
        """The first thing that keeps it back, in words; empty where nothing does."""
        return first_false(self.conditions)


def due(rule: Rule, now: datetime) -> datetime:
    """When a follow-up that is planned now is due."""
    found = _AFTER.match(rule.after)
    assert found, "checked when the pack was loaded"
    return now + timedelta(**{f"{found.group(2)}s": int(found.group(1))})


def prompts(book: RuleBook, state: State, now: datetime) -> list[Prompted]:
    """All that she could bring up, in its order; what is barred is among it."""
    conditions = Conditions(state, now)
    promised = sorted(state.promises, key=lambda promise: (promise.due, promise.rule))
    found = []
    for promise in promised:
        if promise.rule in book.rules:
            rule = book.rules[promise.rule]
            found.append(Prompted(rule, (*_timely(promise, state, now), *conditions_of(rule, conditions, {}))))
    gambits = [rule for rule in _gambits(book) if not rule.notice]
    gambits.sort(
        key=lambda rule: (rule.topic != state.topic, -rule.spec.priority, state.spoke.get(rule.id, 0), rule.id)
    )
    return found + [Prompted(rule, conditions_of(rule, conditions, {})) for rule in gambits]


def notice(book: RuleBook, state: State, now: datetime, *, goodbye: bool) -> Prompted | None:
    """What must be said now beside whatever she answers, or beside a goodbye; None where nothing must."""
    conditions, beside = Conditions(state, now), "goodbye" if goodbye else True
    must = (Prompted(rule, conditions_of(rule, conditions, {})) for rule in _gambits(book) if rule.notice == beside)
    return min((one for one in must if not one.barred), key=lambda one: one.rule.id, default=None)


def _gambits(book: RuleBook) -> list[Rule]:
    return [book.rules[name] for name in book.unprompted if book.rules[name].prompt == "gambit"]


def _timely(promise: Promise, state: State, now: datetime) -> Iterator[Condition]:
    yield Condition("due", promise.due <= now, {"due": promise.due.isoformat(timespec="minutes")})
    if promise.facts:
        kept = {fact.id for fact in state.facts.values()}
        yield Condition("still known", kept.issuperset(promise.facts), {"facts": ", ".join(promise.facts)})


def confirmation(book: RuleBook, state: State, now: datetime) -> Rule | None:
    """The rule that may ask whether a command was heard right; None where there is none."""
    conditions = Conditions(state, now)
    asking = (book.rules[name] for name in book.unprompted if book.rules[name].prompt == "confirm")
    free = (rule for rule in asking if not first_false(conditions_of(rule, conditions, {})))
    return min(free, key=lambda rule: (-rule.spec.priority, rule.id), default=None)
