"""What she brings up herself: follow-ups that are due, then gambits; and how she asks about a command.

Follow-ups come first, the one that is due longest before the others. Among gambits: those of the active topic, then
priority, then the one that spoke longest ago, then id.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import msgspec

from her_desktop.dialogue.book import RuleBook
from her_desktop.dialogue.conditions import Conditions
from her_desktop.dialogue.policy import conditions_of, first_false
from her_desktop.dialogue.rules import Rule
from her_desktop.dialogue.state import State
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
            is_due = Condition("due", promise.due <= now, {"due": promise.due.isoformat(timespec="minutes")})
            rule = book.rules[promise.rule]
            found.append(Prompted(rule, (is_due, *conditions_of(rule, conditions, {}))))
    gambits = [book.rules[name] for name in book.unprompted if book.rules[name].prompt == "gambit"]
    gambits.sort(
        key=lambda rule: (rule.topic != state.topic, -rule.spec.priority, state.spoke.get(rule.id, 0), rule.id)
    )
    return found + [Prompted(rule, conditions_of(rule, conditions, {})) for rule in gambits]


def confirmation(book: RuleBook) -> Rule | None:
    """The rule that asks whether a command was heard right; None where no pack has one."""
    asking = (book.rules[name] for name in book.unprompted if book.rules[name].prompt == "confirm")
    return min(asking, key=lambda rule: (-rule.spec.priority, rule.id), default=None)
