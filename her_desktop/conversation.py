"""One whole turn, as a pure function: no device, no clock, no randomness that it was not handed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import reduce

import msgspec

from her_desktop.dialogue import policy
from her_desktop.dialogue.rules import Rule, RuleBook
from her_desktop.dialogue.state import QUESTION_LASTS_TURNS, State, apply
from her_desktop.events import (
    Decision,
    Entry,
    FactLearned,
    FactUsed,
    FinalTranscript,
    QuestionClosed,
    QuestionOpened,
    Reply,
    SkillCalled,
)
from her_desktop.language import Language
from her_desktop.memory.facts import Fact
from her_desktop.nlg.reflection import can_reflect, reflect
from her_desktop.nlg.wording import Value, Wording, fill, parse_wording, realize
from her_desktop.nlu.interpret import Grammar, grammar, interpret
from her_desktop.skills import SKILLS
from her_desktop.skills.ask import Ask
from her_desktop.trouble import Trouble

Lap = Callable[[str], None]
"""Told after each stage by its name, so that whoever has a clock can time it."""


class Turn(msgspec.Struct, frozen=True):
    """What one turn recorded, what she says, and the state after it."""

    entries: tuple[Entry, ...]
    reply: Reply
    state: State


class Conversation(msgspec.Struct, frozen=True):
    """What stays the same over a conversation: the rules, the language and the country he has set."""

    book: RuleBook
    language: Language
    grammar: Grammar
    country: str = ""

    @classmethod
    def of(cls, book: RuleBook, language: Language, country: str = "") -> Conversation:
        """Join rules and language."""
        return cls(book, language, grammar(language, {rule.id: rule.programs for rule in book.rules.values()}), country)


def respond(
    conversation: Conversation,
    state: State,
    heard: FinalTranscript,
    now: datetime,
    seed: int,
    lap: Lap = lambda _stage: None,
) -> Turn:
    """Answer one utterance.

    Args:
        conversation: the rules, the language and the country.
        state: what came before; it is not changed.
        heard: a final transcript, spoken or typed.
        now: the time of the turn.
        seed: of the dice that choose among wordings.
        lap: told when a stage is done: `understood`, `chose`, `worded`.

    Returns:
        The entries of the turn in their order, the reply, and the state after them.
    """
    heard_state = apply(state, heard)
    found = interpret(heard, conversation.grammar, policy.active(conversation.book, heard_state))
    lap("understood")
    decision = policy.decide(conversation.book, heard_state, found, now)
    rule = conversation.book.rules[decision.rule]
    lap("chose")
    words = heard.alternatives[decision.alternative].text
    worded = _Wording(conversation, heard_state, words, decision, rule, now, seed).entries()
    lap("worded")
    entries = (heard, found.entry, decision, *worded)
    reply = next(entry for entry in worded if isinstance(entry, Reply))
    return Turn(entries, reply, reduce(apply, entries, state))


class _Wording:
    def __init__(
        self, conversation: Conversation, state: State, words: str, decision: Decision, rule: Rule,
        now: datetime, seed: int,
    ) -> None:  # fmt: skip
        self._conversation, self._state, self._words = conversation, state, words
        self._decision, self._rule, self._now, self._seed = decision, rule, now, seed

    def entries(self) -> tuple[Entry, ...]:
        called, values = self._skill()
        learned = tuple(self._learn())
        facts = reduce(apply, learned, self._state).facts
        reply, wording = self._reply({**values, **_known(facts), **self._slots()})
        used = [
            FactUsed(fact=f.id, subject=f.subject, predicate=f.predicate, object=f.object, source_turn=f.source_turn)
            for name, f in facts.items()
            if name in wording.names
        ]
        return (*called, *learned, *used, *self._questions(), reply)

    def _skill(self) -> tuple[tuple[SkillCalled, ...], Mapping[str, Value]]:
        if not (name := self._rule.spec.skill):
            return (), {}
        state, conversation = self._state, self._conversation
        ask = Ask(
            self._decision.slots, state.turn, state.heard_before, state.said, self._now, conversation.language.code,
            conversation.country,
        )  # fmt: skip
        answer = SKILLS[name](ask)
        output = "; ".join(value.text for value in answer.values.values())
        return (SkillCalled(skill=name, input=answer.input, output=output),), answer.values

    def _learn(self) -> Iterable[FactLearned]:
        turn = self._state.turn
        for predicate, value in self._rule.spec.learns.items():
            yield FactLearned(
                fact=f"user.{predicate}@{turn}", subject="user", predicate=predicate, object=self._taught(value),
                source_turn=turn, words=self._words,
            )  # fmt: skip

    def _taught(self, value: str | bool | int) -> str:
        if not isinstance(value, str):
            return str(value).lower()
        return "".join(span.text for span in fill(parse_wording(value), self._slots(), "", self._reflect))

    def _slots(self) -> dict[str, Value]:
        return {
            name: Value(words, "mirrored", "heard:" + ",".join(map(str, self._decision.slot_words[name])))
            for name, words in self._decision.slots.items()
        }

    def _reply(self, values: Mapping[str, Value]) -> tuple[Reply, Wording]:
        spec, rule = self._rule.spec, self._rule
        usable = [at for at, wording in enumerate(rule.wordings) if self._usable(wording, values)]
        if not usable:
            raise Trouble(
                f"rule {rule.id}", "none of its wordings can be said with what is known", f"mend {rule.place}"
            )
        last = self._state.variants.get(rule.id)
        fresh = [at for at in usable if at != last] or usable
        die = self._die()
        variant = fresh[int(die * len(fresh))]
        spans = realize(rule.wordings[variant], values, f"{rule.id}#{variant}", self._reflect)
        reply = Reply(
            text="".join(span.text for span in spans), act=spec.act, tone=spec.tone, techniques=spec.technique,
            spans=spans, rule=rule.id, variant=variant, of=len(rule.wordings), choice=tuple(fresh), die=die,
            ends=spec.ends,
        )  # fmt: skip
        return reply, rule.wordings[variant]

    def _usable(self, wording: Wording, values: Mapping[str, Value]) -> bool:
        reflected = (values[name].text for name in wording.reflected if name in values)
        return wording.needs <= values.keys() and all(can_reflect(t, self._conversation.language) for t in reflected)

    def _die(self) -> float:
        """A number from 0 to 1 that depends on seed, turn and rule alone, so that other rules never change it."""
        digest = hashlib.sha256(f"{self._seed}/{self._state.turn}/{self._rule.id}".encode()).digest()
        return int.from_bytes(digest[:6], "big") / 2**48

    def _reflect(self, text: str) -> str:
        return reflect(text, self._conversation.language)

    def _questions(self) -> Iterable[Entry]:
        question, turn = self._state.question, self._state.turn
        if question and self._rule.parent == question.rule:
            yield QuestionClosed(reply=question.reply, cause="answered")
        elif question and (self._rule.rejoinders or turn - question.turn >= QUESTION_LASTS_TURNS):
            cause = (
                "she asked something else" if self._rule.rejoinders else f"no answer in {QUESTION_LASTS_TURNS} turns"
            )
            yield QuestionClosed(reply=question.reply, cause=cause)
        if self._rule.rejoinders:
            yield QuestionOpened(reply=f"{turn}:{self._rule.id}", rule=self._rule.id)


def _known(facts: Mapping[str, Fact]) -> dict[str, Value]:
    return {name: Value(fact.object, "remembered", fact.id) for name, fact in facts.items()}
