"""The policy: conditions, then one total order. State and interpretation in, decision out.

The order: tier (safety, answer to her open question, command, active topic, global, generic, fallback), then priority,
then specificity (most words of its own, fewest of his words left over, fewest filled in), then the recognizer's rank,
then repair cost, then id. File order never matters.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec

from her_desktop.dialogue import conditions
from her_desktop.dialogue.rules import TIERS, Rule, RuleBook, Tier
from her_desktop.dialogue.state import State
from her_desktop.events import Candidate, Condition, Decision, Loser
from her_desktop.nlu.interpret import Interpretation, fit
from her_desktop.trouble import Trouble

_SHOWN = 4
"""How many of the words that a rule wanted its reason names; the interpretation has them all."""

_MORE_IS_BETTER = ("priority", "own words")

Order = tuple[tuple[str, Any], ...]


class NothingFits(Trouble):
    """No rule matched; the packs lack a fallback that takes any words."""

    def __init__(self) -> None:
        super().__init__("packs", "no rule fits these words", 'add a rule with tier: fallback and hears: ["*"]')


class _Standing(msgspec.Struct, frozen=True):
    candidate: Candidate
    rule: Rule
    tier: Tier
    conditions: tuple[Condition, ...]
    order: Order

    @property
    def barred(self) -> str:
        """The condition that keeps the rule out, in words; empty where none does."""
        for condition in self.conditions:
            if not condition.value:
                values = ", ".join(f"{name} = {value}" for name, value in condition.names.items())
                return f"condition is false: {condition.text} ({values})"
        return ""

    @property
    def key(self) -> tuple[Any, ...]:
        """What is compared, smaller first: the printed order, with the sign that says which end of it wins."""
        signed = (-value if field in _MORE_IS_BETTER else value for field, value in self.order[1:])
        return (TIERS.index(self.tier), *signed)


def active(book: RuleBook, state: State) -> set[str]:
    """Ids of the rules that may speak now: all at the top of a pack, and the answers to her open question."""
    parent = state.question.rule if state.question else ""
    return {rule.id for rule in book.rules.values() if not rule.parent or rule.parent == parent}


def decide(book: RuleBook, state: State, heard: Interpretation, now: datetime) -> Decision:
    """Choose the rule that answers.

    Raises:
        NothingFits: no rule matched.
    """
    matched = [_stand(book.rules[c.rule], c, state, heard, now) for c in heard.entry.candidates if c.matched]
    fit = sorted((standing for standing in matched if not standing.barred), key=lambda standing: standing.key)
    if not fit:
        raise NothingFits
    winner = fit[0]
    barred = [Loser(standing.rule.id, standing.barred) for standing in matched if standing.barred]
    missed = [Loser(c.rule, _miss(c)) for c in heard.entry.candidates if not c.matched]
    return Decision(
        rule=winner.rule.id,
        tier=winner.tier,
        order=winner.order,
        template=winner.candidate.template,
        losers=(*(Loser(other.rule.id, _outranked(winner, other)) for other in fit[1:]), *barred, *missed),
        conditions=winner.conditions,
        slots=winner.candidate.slots,
        slot_words=winner.candidate.slot_words,
        unused=tuple(_unused(winner.candidate, heard)),
        alternative=winner.candidate.alternative,
    )


def _stand(rule: Rule, candidate: Candidate, state: State, heard: Interpretation, now: datetime) -> _Standing:
    tier: Tier = rule.tier
    if tier == "global" and rule.topic == state.topic:
        tier = "topic"
    left_over, filled_in = fit(candidate, len(heard.tokens[candidate.alternative]))
    order: Order = (
        ("tier", tier),
        ("priority", rule.spec.priority),
        ("own words", candidate.literals),
        ("words left over", left_over),
        ("words filled in", filled_in),
        ("alternative", candidate.alternative),
        ("repair cost", 0),
        ("id", rule.id),
    )
    return _Standing(candidate, rule, tier, (*_limits(rule, state), *_needs(rule, state, now)), order)


def _needs(rule: Rule, state: State, now: datetime) -> Iterable[Condition]:
    return (conditions.evaluate(text, state, now) for text in rule.spec.needs)


def _limits(rule: Rule, state: State) -> Iterable[Condition]:
    last = state.spoke.get(rule.id, 0)
    if rule.spec.once:
        yield Condition("once", last == 0, {"last turn": last})
    if rule.spec.cooldown_turns:
        since = state.turn - last
        rested = not last or since > rule.spec.cooldown_turns
        yield Condition(f"cooldown of {rule.spec.cooldown_turns} turns", rested, {"turns since": since})


def _outranked(winner: _Standing, other: _Standing) -> str:
    for (field, ours), (_, theirs) in zip(winner.order, other.order, strict=True):
        if ours != theirs:
            return f"outranked by {winner.rule.id} on {field}: {theirs} after {ours}"
    return f"outranked by {winner.rule.id}"


def _miss(candidate: Candidate) -> str:
    where = f"at “{candidate.failed_at}”" if candidate.failed_at else "at the end"
    more = f" or {len(candidate.wanted) - _SHOWN} more" if len(candidate.wanted) > _SHOWN else ""
    return f"fails {where}: wants {' or '.join(candidate.wanted[:_SHOWN])}{more}"


def _unused(candidate: Candidate, heard: Interpretation) -> Iterable[str]:
    tokens = heard.tokens[candidate.alternative]
    used = {tokens[position].index for position in candidate.tokens}
    return dict.fromkeys(token.surface for token in tokens if token.index not in used)
