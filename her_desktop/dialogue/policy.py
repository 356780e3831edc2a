"""The policy: conditions, then one total order. State and interpretation in, decision out.

The order: tier (safety, answer to her open question, command, active topic, global, generic, fallback), then priority,
then specificity (most words of its own, fewest of his words left over, fewest filled in), then the recognizer's rank,
then repair cost, then id. File order never matters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from her_desktop.dialogue.book import RuleBook
from her_desktop.dialogue.conditions import Conditions
from her_desktop.dialogue.rules import TIERS, Rule, Tier, topic_key
from her_desktop.dialogue.state import State
from her_desktop.events import Candidate, Condition, Decision, Interpreted, Loser
from her_desktop.nlu.interpret import Interpretation, fit
from her_desktop.nlu.repair import slip
from her_desktop.trouble import Trouble

_SHOWN = 4
"""How many of the words that a rule wanted its reason names; the interpretation has them all."""

_MORE_IS_BETTER = ("priority", "own words")

_LIMITS = ("once", "cooldown of ")

Order = tuple[tuple[str, Any], ...]


class NothingFits(Trouble):
    """No rule matched; the packs lack a fallback that takes any words."""

    def __init__(self) -> None:
        super().__init__("packs", "no rule fits these words", 'add a rule with tier: fallback and hears: ["*"]')


class Standing(msgspec.Struct, frozen=True):
    """A rule that fits, and everything that its place in the order depends on."""

    candidate: Candidate
    rule: Rule
    tier: Tier
    conditions: tuple[Condition, ...]
    order: Order
    unclear: str = ""
    """Why its repair is not made."""

    @property
    def barred(self) -> str:
        """What keeps the rule out, in words; empty where nothing does."""
        return first_false(self.conditions) or self.unclear

    @property
    def rests(self) -> bool:
        """Whether it is kept out only because it spoke before."""
        failed = [condition for condition in self.conditions if not condition.value]
        return bool(failed) and all(condition.text.startswith(_LIMITS) for condition in failed)

    @property
    def key(self) -> tuple[Any, ...]:
        """What is compared, smaller first: the printed order, with the sign that says which end of it wins."""
        signed = (-value if field in _MORE_IS_BETTER else value for field, value in self.order[1:])
        return (TIERS.index(self.tier), *signed)


def first_false(needs: Iterable[Condition]) -> str:
    """The first condition that is not met, in words, with the value of all that it names; empty where all are."""
    for condition in needs:
        if not condition.value:
            values = ", ".join(f"{name} = {value}" for name, value in condition.names.items())
            return f"condition is false: {condition.text} ({values})"
    return ""


def opened(state: State) -> tuple[str, ...]:
    """What opens rules that are not always heard: her open question, the active topic."""
    question = (state.question.rule,) if state.question else ()
    return (*question, topic_key(state.topic))


def stand(book: RuleBook, state: State, found: Interpretation, now: datetime) -> list[Standing]:
    """Every rule that fits, the ones that may speak first, in their order."""
    conditions = Conditions(state, now)
    standings = [_stand(book.rules[c.rule], c, conditions, found) for c in found.candidates]
    return barring(barring(standings, _too_bold), _unclear([one for one in standings if _guessed(one)]))


def settled(standings: Sequence[Standing]) -> bool:
    """Whether a rule fits that is about these words in particular, even one that rests; else a repair is looked for."""
    return any(_particular(standing) and (not standing.barred or standing.rests) for standing in standings)


def _particular(standing: Standing) -> bool:
    """An answer to her question that takes any words is not, lest it swallows what was misheard."""
    if standing.tier == "answer":
        takes_any = dict(standing.order)["words filled in"] > 0
        return standing.candidate.literals > 0 and not takes_any
    return standing.candidate.literals > 0 and standing.tier not in ("generic", "fallback")


def barring(standings: Iterable[Standing], why: Callable[[Standing], str]) -> list[Standing]:
    """The same rules, in their order, without those for which there is a reason against a repair."""
    barred = [msgspec.structs.replace(one, unclear=one.unclear or why(one)) for one in standings]
    return sorted(barred, key=lambda standing: (bool(standing.barred), standing.key))


def decide(standings: Sequence[Standing], found: Interpretation, entry: Interpreted) -> Decision:
    """The decision, and why each rule that was considered did not win.

    Raises:
        NothingFits: no rule may speak.
    """
    if not standings or standings[0].barred:
        raise NothingFits
    winner = standings[0]
    missed = [Loser(c.rule, unmatched(c)) for c in entry.candidates if not c.matched]
    return Decision(
        rule=winner.rule.id,
        tier=winner.tier,
        order=winner.order,
        template=winner.candidate.template,
        losers=(*(Loser(other.rule.id, other.barred or outranked(winner, other)) for other in standings[1:]), *missed),
        conditions=winner.conditions,
        slots=winner.candidate.slots,
        slot_words=winner.candidate.slot_words,
        values=winner.candidate.values,
        repairs=winner.candidate.repairs,
        unused=tuple(_unused(winner.candidate, found)),
        alternative=winner.candidate.alternative,
    )


def _stand(rule: Rule, candidate: Candidate, conditions: Conditions, found: Interpretation) -> Standing:
    tier: Tier = rule.tier
    if tier == "global" and rule.topic == conditions.state.topic:
        tier = "topic"
    left_over, filled_in = fit(candidate, found.words[candidate.alternative])
    order: Order = (
        ("tier", tier),
        ("priority", rule.spec.priority),
        ("own words", candidate.literals),
        ("words left over", left_over),
        ("words filled in", filled_in),
        ("alternative", candidate.alternative),
        ("repair cost", len(candidate.repairs)),
        ("id", rule.id),
    )
    slots: dict[str, str | float] = {**candidate.slots, **candidate.values}
    slots |= {name: float(slots[name]) for name, kind in rule.slot_types.items() if kind == "number" and name in slots}
    return Standing(candidate, rule, tier, conditions_of(rule, conditions, slots), order)


def conditions_of(rule: Rule, conditions: Conditions, slots: Mapping[str, str | float]) -> tuple[Condition, ...]:
    """Everything that decides whether a rule may speak now, each with its value."""
    return (*_limits(rule, conditions.state), *(conditions.of(text, slots) for text in rule.spec.needs))


def _too_bold(standing: Standing) -> str:
    """Why a guess towards safety is not made: only a slip, something that is no word at all, is taken for one."""
    slips = all(slip(repair) for repair in standing.candidate.repairs)
    return "" if standing.tier != "safety" or slips else "towards safety only a slip in a long word is repaired"


def _unclear(guessed: Sequence[Standing]) -> Callable[[Standing], str]:
    """Why a guess is not made: two rules would fit with one. A guess towards safety does not give way."""
    fitting = [standing for standing in guessed if not standing.barred and not _too_bold(standing)]

    def why(standing: Standing) -> str:
        if standing.tier == "safety" or not _guessed(standing):
            return ""
        other = next((other.rule.id for other in fitting if other.rule.id != standing.rule.id), "")
        return f"not clear: with a repair {other} would fit too" if other else ""

    return why


def _guessed(standing: Standing) -> bool:
    return any(repair.kind != "heard_as" for repair in standing.candidate.repairs)


def _limits(rule: Rule, state: State) -> Iterable[Condition]:
    last = state.spoke.get(rule.id, 0)
    if rule.spec.once:
        yield Condition("once", last == 0, {"last turn": last})
    if rule.spec.cooldown_turns:
        since = state.turn - last
        rested = not last or since > rule.spec.cooldown_turns
        yield Condition(f"cooldown of {rule.spec.cooldown_turns} turns", rested, {"turns since": since})


def outranked(winner: Standing, other: Standing) -> str:
    """The first field of the order on which one rule stands behind another."""
    for (field, ours), (_, theirs) in zip(winner.order, other.order, strict=True):
        if ours != theirs:
            return f"outranked by {winner.rule.id} on {field}: {theirs} after {ours}"
    return f"outranked by {winner.rule.id}"


def unmatched(candidate: Candidate) -> str:
    """Where a template that does not fit gave up, and what it wanted there."""
    where = f"at “{candidate.failed_at}”" if candidate.failed_at else "at the end"
    more = f" or {len(candidate.wanted) - _SHOWN} more" if len(candidate.wanted) > _SHOWN else ""
    return f"fails {where}: wants {' or '.join(candidate.wanted[:_SHOWN])}{more}"


def _unused(candidate: Candidate, found: Interpretation) -> Iterable[str]:
    tokens = found.lines[candidate.alternative].tokens
    used = {tokens[position].index for position in candidate.tokens}
    return dict.fromkeys(token.surface for token in tokens if token.index not in used)
