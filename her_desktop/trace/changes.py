"""A change that would let a rule answer: other words, a condition less, a priority or a tier. Tried, never guessed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from her_desktop.conversation import Conversation, respond, weigh
from her_desktop.dialogue.book import with_rule
from her_desktop.dialogue.policy import Standing
from her_desktop.dialogue.rules import TIERS, Rule, Tier
from her_desktop.dialogue.state import State, apply
from her_desktop.events import Condition, FinalTranscript, QuestionOpened

_TIER_WEIGHT = 10
"""Another tier is only worth naming where nothing smaller helps."""

_DECLARED: tuple[Tier, ...] = ("command", "global", "generic")
"""Tiers that may be suggested: nothing is ever told to stand among safety."""


class Moment(msgspec.Struct, frozen=True):
    """Something that he says: to whom, after what, and when."""

    conversation: Conversation
    state: State
    """Before he was heard."""
    heard: FinalTranscript
    now: datetime

    @property
    def heard_state(self) -> State:
        """After he was heard: what conditions lean on."""
        return apply(self.state, self.heard)

    @property
    def asked(self) -> str:
        """The rule whose question is open; empty for none."""
        return self.state.question.rule if self.state.question else ""

    def standings(self) -> list[Standing]:
        """Every rule that fits, the one that answers first."""
        return weigh(self.conversation, self.heard_state, self.heard, self.now)[1]

    def says(self, text: str) -> Moment:
        """The same moment with other words."""
        return msgspec.structs.replace(self, heard=FinalTranscript.typed(text))

    def after(self, *sentences: str) -> Moment:
        """The same words, after some others were said and answered."""
        state = self.state
        for text in sentences:
            state = respond(self.conversation, state, FinalTranscript.typed(text), self.now, 0).state
        return msgspec.structs.replace(self, state=state)

    def speaking_of(self, topic: str) -> Moment:
        """The same words, when another topic is the active one."""
        return msgspec.structs.replace(self, state=msgspec.structs.replace(self.state, topic=topic))

    def being_asked(self, rule: str) -> Moment:
        """The same words, when she has just asked what a rule asks."""
        opened = QuestionOpened(reply=f"{self.state.turn}:{rule}", rule=rule)
        return msgspec.structs.replace(self, state=apply(self.state, opened))


class Change(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What to change; everything that is empty stays."""

    asked: str = ""
    """The rule whose question she would have to have asked, where no words of his lead her to it."""
    topic: str = ""
    """The topic of which they would have to be speaking."""
    first: tuple[str, ...] = ()
    """What he would have to say before, so that her question is open."""
    said: str = ""
    """What he would have to say instead."""
    words: int = 0
    """How many words of it are other ones."""
    without: tuple[str, ...] = ()
    """Conditions to leave out; `once` is one."""
    cooldown_turns: int | None = None
    priority: int | None = None
    tier: Tier | None = None

    @property
    def size(self) -> int:
        """How much it changes: words, conditions and numbers each count one."""
        numbers = (self.cooldown_turns is not None) + (self.priority is not None)
        before = len(self.first) + bool(self.asked) + bool(self.topic)
        return self.words + len(self.without) + before + numbers + _TIER_WEIGHT * (self.tier is not None)

    @property
    def kind(self) -> frozenset[str]:
        """Which things it changes."""
        return frozenset(name for name, default in _UNCHANGED.items() if getattr(self, name) != default)

    def applied(self, moment: Moment, rule: Rule) -> Moment:
        """The moment with the change made."""
        spec, replace = rule.spec, msgspec.structs.replace
        spec = replace(
            spec,
            needs=tuple(text for text in spec.needs if text not in self.without),
            once=spec.once and "once" not in self.without,
            cooldown_turns=spec.cooldown_turns if self.cooldown_turns is None else self.cooldown_turns,
            priority=spec.priority if self.priority is None else self.priority,
        )
        changed = replace(rule, spec=spec, tier=self.tier or rule.tier)
        conversation = replace(moment.conversation, book=with_rule(moment.conversation.book, changed))
        made = replace(moment, conversation=conversation).after(*self.first)
        made = made.being_asked(self.asked) if self.asked else made
        made = made.speaking_of(self.topic) if self.topic else made
        return made.says(self.said) if self.said else made

    @property
    def line(self) -> str:
        """The change as a plain sentence."""
        parts = list(self._parts())
        made = " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
        return f"{made[:1].upper()}{made[1:]}, it would have answered."

    def _parts(self) -> list[str]:
        parts = []
        if self.asked:
            parts.append(f"if she had just asked what {self.asked} asks")
        if self.topic:
            parts.append(f"if the topic had been {self.topic}")
        if self.first:
            then = (*self.first, *([self.said] if self.said else []))
            parts.append(f"if you had first said {' and then '.join(f'“{text}”' for text in then)}")
        if self.said and not self.first:
            parts.append(f"if you had said “{self.said}”")
        parts += [f"without {text}" if text == "once" else f"without the condition “{text}”" for text in self.without]
        numbers = {"cooldown_turns": self.cooldown_turns, "priority": self.priority, "tier": self.tier}
        return parts + [f"with “{name}: {value}”" for name, value in numbers.items() if value is not None]


_UNCHANGED = {
    "asked": "", "topic": "", "first": (), "said": "", "without": (), "cooldown_turns": None, "priority": None, "tier": None,
}  # fmt: skip


def completed(moment: Moment, rule: Rule, change: Change) -> Change | None:
    """The change, with whatever else is needed until the rule answers; None where its words do not fit even so."""
    for _ in TIERS:
        standings = change.applied(moment, rule).standings()
        mine = next((standing for standing in standings if standing.rule.id == rule.id), None)
        if mine is None or mine.unclear:
            return None
        more = _freed(change, mine) if mine.barred else _raised(change, standings, mine)
        if more is None or more == change:
            return more
        change = more
    return None


def _freed(change: Change, mine: Standing) -> Change:
    """Also without the conditions that are false."""
    replace = msgspec.structs.replace
    for condition in (condition for condition in mine.conditions if not condition.value):
        if condition.text.startswith("cooldown of "):
            change = replace(change, cooldown_turns=_rested(condition))
        else:
            change = replace(change, without=(*change.without, condition.text))
    return change


def _rested(condition: Condition) -> int:
    """The longest cool-down that would be over by now."""
    return max(0, int(condition.names["turns since"]) - 1)


def _raised(change: Change, standings: Sequence[Standing], mine: Standing) -> Change | None:
    """Also with the least priority that wins; in another tier, where its own comes too late."""
    winner, replace = standings[0], msgspec.structs.replace
    if winner is mine:
        return change
    if winner.tier != mine.tier:
        tier = next((tier for tier in reversed(_DECLARED) if TIERS.index(tier) <= TIERS.index(winner.tier)), None)
        return None if tier is None or mine.tier == "answer" else replace(change, tier=tier, priority=None)
    least = winner.rule.spec.priority
    return replace(change, priority=least if mine.key[2:] < winner.key[2:] else least + 1)
