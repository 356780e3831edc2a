"""From a decision to the reply: the skill is asked, what he told is kept, a wording is chosen and filled in."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import reduce

import msgspec

from her_desktop.dialogue import adaptation, initiative
from her_desktop.dialogue.book import RuleBook
from her_desktop.dialogue.initiative import Prompted
from her_desktop.dialogue.rules import Rule
from her_desktop.dialogue.state import QUESTION_LASTS_TURNS, OpenQuestion, State, apply
from her_desktop.events import (
    CommandHeld,
    Decision,
    Draw,
    Entry,
    FactLearned,
    FactUsed,
    FollowUpPlanned,
    Loser,
    QuestionClosed,
    QuestionOpened,
    Reply,
    SkillCalled,
    Span,
    Volunteered,
)
from her_desktop.language import Language
from her_desktop.memory.facts import Facts
from her_desktop.nlg.filters import Idiom
from her_desktop.nlg.parse import parse_wording
from her_desktop.nlg.realization import fill, joined, realize, unfit
from her_desktop.nlg.wording import Value, Wording
from her_desktop.skills import SKILLS
from her_desktop.skills.ask import Ask
from her_desktop.trouble import Trouble

_QUESTION_MARKS = ("?", "\uff1f", "\u061f", ";")
"""What a question ends with: in Latin, East Asian, Arabic and Greek script."""


class Setting(msgspec.Struct, frozen=True):
    """What a reply leans on besides the decision."""

    book: RuleBook
    language: Language
    idiom: Idiom
    country: str
    adapts: bool
    state: State
    """After he was heard."""
    now: datetime
    seed: int


class _Said(msgspec.Struct, frozen=True):
    """A wording that was chosen, filled in, and how it was chosen."""

    variant: int
    wording: Wording
    spans: tuple[Span, ...]
    choice: tuple[int, ...]
    die: float
    draws: tuple[Draw, ...]

    @property
    def asks(self) -> bool:
        """Whether it is a question."""
        return _asks(self.wording)


def answer(setting: Setting, decision: Decision, words: str, *, held: bool = False) -> tuple[Entry, ...]:
    """The entries of her answer, the reply the last of them.

    Args:
        setting: what it leans on.
        decision: which rule answers, and what its slots caught.
        words: the utterance, as the decision understood it.
        held: whether it is a command that was held before, and not what he said in this turn.
    """
    return _Answer(setting, setting.book.rules[decision.rule], decision, words, held=held).entries()


def ask_first(setting: Setting, asking: Rule, decision: Decision, command: str) -> tuple[Entry, ...]:
    """The entries of her question whether a command was meant; nothing is done yet."""
    held = CommandHeld(rule=decision.rule, asking=asking.id, text=command)
    values = {"heard": Value(command, "mirrored", "heard:repaired")}
    *entries, reply = _Answer(setting, asking, msgspec.structs.replace(decision, slots={}), command, values).entries()
    return (*entries, held, reply)


class _Answer:
    def __init__(
        self, setting: Setting, rule: Rule, decision: Decision, words: str, values: Mapping[str, Value] | None = None,
        *, held: bool = False,
    ) -> None:  # fmt: skip
        self._setting, self._rule, self._decision, self._words = setting, rule, decision, words
        self._from = "held" if held else "heard"
        self._given = dict(values or {})
        self._idiom = setting.idiom

    def entries(self) -> tuple[Entry, ...]:
        called, values = self._skill()
        learned = tuple(self._learn())
        then = reduce(apply, (self._decision, *learned), self._setting.state)
        facts = then.facts
        prompt, losers = self._prompt(then)
        said = self._say(self._rule, {**values, **_known(facts), **self._slots(), **self._given}, values, prompt)
        if prompt and said.asks:
            prompt = None
        more = self._brought_up(prompt, _known(facts), losers) if prompt else None
        used = _used(facts, (*said.spans, *(more[0].spans if more else ())))
        asking = prompt.rule if prompt else self._rule
        return (
            *called, *learned, *used, *(more[1:] if more else ()), *self._planned(learned), *self._questions(asking),
            self._reply(said, prompt.rule if prompt else None, more[0] if more else None),
        )  # fmt: skip

    def _skill(self) -> tuple[tuple[SkillCalled, ...], Mapping[str, Value]]:
        if not (name := self._rule.spec.skill):
            return (), {}
        state, setting = self._setting.state, self._setting
        ask = Ask(
            self._decision.slots, state.turn, state.heard_before, state.said, setting.now, setting.language.code,
            setting.country,
        )  # fmt: skip
        answer = SKILLS[name](ask)
        output = "; ".join(value.text for value in answer.values.values())
        return (SkillCalled(skill=name, input=answer.input, output=output),), answer.values

    def _learn(self) -> Iterable[FactLearned]:
        turn = self._setting.state.turn
        for predicate, value in self._rule.spec.learns.items():
            yield FactLearned(
                fact=f"user.{predicate}@{turn}", subject="user", predicate=predicate, object=self._taught(value),
                source_turn=turn, words=self._words,
            )  # fmt: skip

    def _taught(self, value: str | bool | int) -> str:
        if not isinstance(value, str):
            return str(value).lower()
        spans = fill(parse_wording(value), self._slots(), "", self._idiom, self._setting.now)
        return "".join(span.text for span in spans)

    def _slots(self) -> dict[str, Value]:
        decision, kinds = self._decision, self._rule.slot_types
        mended = {repair.word for repair in decision.repairs}
        found = {}
        for name, words in decision.slots.items():
            source = f"{self._from}:" + ",".join(map(str, decision.slot_words[name]))
            source += "|repaired" if mended.intersection(words.split()) else ""
            kind = kinds.get(name, "text")
            found[name] = Value(words, "mirrored", source, canonical=decision.values.get(name, ""), kind=kind)
        return found

    def _say(
        self, rule: Rule, values: Mapping[str, Value], asked: Iterable[str] = (), prompt: Prompted | None = None
    ) -> _Said:
        """Choose a wording: one that tells what the skill was asked for, and does not ask where she goes on to ask."""
        wordings, setting = rule.wordings, self._setting
        usable = [at for at, wording in enumerate(wordings) if not unfit(wording, values, self._idiom, setting.now)]
        if not usable:
            raise Trouble(
                f"rule {rule.id}", "none of its wordings can be said with what is known", f"mend {rule.place}"
            )
        usable = [at for at in usable if not wordings[at].names.isdisjoint(asked)] or usable
        if prompt:
            usable = [at for at in usable if not _asks(wordings[at])] or usable
        last = setting.state.variants.get(rule.id)
        fresh = tuple(at for at in usable if at != last) or tuple(usable)
        seed = f"{setting.seed}/{setting.state.turn}/{rule.id}"
        die = _die(seed)
        draws = adaptation.draws(setting.state, rule, fresh, seed) if setting.adapts else ()
        best = max(draws, key=lambda draw: (draw.value, -draw.variant), default=None)
        variant = best.variant if best else fresh[int(die * len(fresh))]
        spans = realize(wordings[variant], values, f"{rule.id}#{variant}", self._idiom, setting.now)
        return _Said(variant, wordings[variant], spans, fresh, die, draws)

    def _prompt(self, then: State) -> tuple[Prompted | None, tuple[Loser, ...]]:
        """The first thing that she may bring up now and that can be said; and what came before it, and why not."""
        rule, losers = self._rule, list[Loser]()
        if not rule.spec.volunteers or rule.guards or rule.rejoinders or rule.spec.ends or self._waits():
            return None, ()
        for prompt in initiative.prompts(self._setting.book, then, self._setting.now):
            if rule.spec.volunteers == "follow_up" and prompt.rule.prompt != "follow_up":
                continue
            if not (barred := prompt.barred or self._unsayable(prompt, _known(then.facts))):
                return prompt, tuple(losers)
            losers.append(Loser(prompt.rule.id, barred))
        return None, ()

    def _waits(self) -> bool:
        """Whether another question of hers is still open: it is not talked over."""
        question = self._setting.state.question
        return question is not None and self._rule.parent != question.rule

    def _unsayable(self, prompt: Prompted, values: Mapping[str, Value]) -> str:
        reasons = [unfit(wording, values, self._idiom, self._setting.now) for wording in prompt.rule.wordings]
        return "" if "" in reasons else reasons[0]

    def _brought_up(
        self, prompt: Prompted, values: Mapping[str, Value], losers: tuple[Loser, ...]
    ) -> tuple[_Said, Volunteered]:
        rule = prompt.rule
        said = self._say(rule, values)
        return said, Volunteered(
            rule=rule.id, cause="follow_up" if rule.prompt == "follow_up" else "gambit", losers=losers,
            conditions=prompt.conditions, variant=said.variant, of=len(rule.spec.says), choice=said.choice,
            die=said.die,
        )  # fmt: skip

    def _reply(self, said: _Said, added: Rule | None, more: _Said | None) -> Reply:
        rule, spec = self._rule, self._rule.spec
        saying = rule.saying(said.variant)
        spans, used = said.spans, tuple(saying.technique or ())
        if added and more:
            spans = (*spans, Span(" ", "author", f"{added.id}#{more.variant}"), *more.spans)
            used = tuple(dict.fromkeys((*used, *(added.saying(more.variant).technique or ()))))
        return Reply(
            text="".join(span.text for span in spans), act=spec.act, tone=saying.tone or "neutral", techniques=used,
            spans=joined(spans), rule=rule.id, variant=said.variant, of=len(spec.says), choice=said.choice,
            die=said.die, draws=said.draws, ends=spec.ends,
        )  # fmt: skip

    def _planned(self, learned: Iterable[FactLearned]) -> Iterable[FollowUpPlanned]:
        if name := self._rule.follow_up:
            due = initiative.due(self._setting.book.rules[name], self._setting.now)
            yield FollowUpPlanned(rule=name, due=due, facts=tuple(fact.fact for fact in learned))

    def _lets_go(self, question: OpenQuestion, asking: Rule) -> str:
        """Why she stops waiting for an answer; empty where she still waits. A command is asked about only once."""
        rules = self._setting.book.rules
        if asking.rejoinders:
            return "she asked something else"
        if question.rule in rules and rules[question.rule].prompt == "confirm":
            return "he spoke of something else"
        waited = self._setting.state.turn - question.turn
        return f"no answer in {QUESTION_LASTS_TURNS} turns" if waited >= QUESTION_LASTS_TURNS else ""

    def _questions(self, asking: Rule) -> Iterable[Entry]:
        question, turn = self._setting.state.question, self._setting.state.turn
        if question and self._rule.parent == question.rule:
            yield QuestionClosed(reply=question.reply, cause="answered")
        elif question and (cause := self._lets_go(question, asking)):
            yield QuestionClosed(reply=question.reply, cause=cause)
        if asking.rejoinders:
            yield QuestionOpened(reply=f"{turn}:{asking.id}", rule=asking.id)


def _asks(wording: Wording) -> bool:
    return wording.text.rstrip(' ”“"»«)]}').endswith(_QUESTION_MARKS)


def _die(seed: str) -> float:
    """A number from 0 to 1 that depends on seed, turn and rule alone, so that other rules never change it."""
    return int.from_bytes(hashlib.sha256(seed.encode()).digest()[:6], "big") / 2**48


def _known(facts: Facts) -> dict[str, Value]:
    return {name: Value(fact.object, "remembered", fact.id) for name, fact in facts.items()}


def _used(facts: Facts, spans: Iterable[Span]) -> list[FactUsed]:
    """The facts that really went into what she says, by the sources of its words."""
    sources = {source for span in spans for source in re.split(r"[|;() ]+", span.source)}
    return [
        FactUsed(fact=f.id, subject=f.subject, predicate=f.predicate, object=f.object, source_turn=f.source_turn)
        for f in facts.values()
        if f.id in sources
    ]
