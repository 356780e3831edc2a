"""From a decision to the reply: the skill is asked, what he told is kept, a wording is chosen and filled in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import reduce

import msgspec

from her_desktop.dialogue import adaptation, initiative
from her_desktop.dialogue.book import RuleBook
from her_desktop.dialogue.initiative import Prompted
from her_desktop.dialogue.rules import Rule
from her_desktop.dialogue.state import QUESTION_LASTS_TURNS, State, apply
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
from her_desktop.nlg.realization import fill, realize, unfit
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


def answer(setting: Setting, decision: Decision, words: str) -> tuple[Entry, ...]:
    """The entries of her answer, the reply the last of them.

    Args:
        setting: what it leans on.
        decision: which rule answers, and what its slots caught.
        words: the utterance, as the decision understood it.
    """
    return _Answer(setting, setting.book.rules[decision.rule], decision, words).entries()


def ask_first(setting: Setting, asking: Rule, decision: Decision, command: str) -> tuple[Entry, ...]:
    """The entries of her question whether a command was meant; nothing is done yet."""
    held = CommandHeld(rule=decision.rule, text=command)
    values = {"heard": Value(command, "mirrored", "heard:repaired")}
    return (held, *_Answer(setting, asking, msgspec.structs.replace(decision, slots={}), command, values).entries())


class _Answer:
    def __init__(
        self, setting: Setting, rule: Rule, decision: Decision, words: str, values: Mapping[str, Value] | None = None
    ) -> None:
        self._setting, self._rule, self._decision, self._words = setting, rule, decision, words
        self._given = dict(values or {})
        self._idiom = setting.idiom

    def entries(self) -> tuple[Entry, ...]:
        called, values = self._skill()
        learned = tuple(self._learn())
        facts = reduce(apply, learned, self._setting.state).facts
        prompt, losers = self._prompt(facts)
        said = self._say(self._rule, {**values, **_known(facts), **self._slots(), **self._given}, values, prompt)
        if prompt and said.asks:
            prompt = None
        more = self._brought_up(prompt, _known(facts), losers) if prompt else None
        used = _used(facts, [said.wording, *([more[0].wording] if more else [])])
        asking = prompt.rule if prompt else self._rule
        return (
            *called, *learned, *used, *(more[1:] if more else ()), *self._planned(), *self._questions(asking),
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
        return {
            name: Value(
                words, "mirrored", "heard:" + ",".join(map(str, decision.slot_words[name])),
                canonical=decision.values.get(name, ""), kind=kinds.get(name, "text"),
            )
            for name, words in decision.slots.items()
        }  # fmt: skip

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

    def _prompt(self, facts: Facts) -> tuple[Prompted | None, tuple[Loser, ...]]:
        """The first thing that she may bring up now and that can be said; and what came before it, and why not."""
        rule, losers = self._rule, list[Loser]()
        if not rule.spec.volunteers or rule.rejoinders or rule.spec.ends or self._waits():
            return None, ()
        for prompt in initiative.prompts(self._setting.book, self._setting.state, self._setting.now):
            if rule.spec.volunteers == "follow_up" and prompt.rule.prompt != "follow_up":
                continue
            if not (barred := prompt.barred or self._unsayable(prompt, _known(facts))):
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
            spans=_joined(spans), rule=rule.id, variant=said.variant, of=len(spec.says), choice=said.choice,
            die=said.die, draws=said.draws, ends=spec.ends,
        )  # fmt: skip

    def _planned(self) -> Iterable[FollowUpPlanned]:
        if name := self._rule.follow_up:
            due = initiative.due(self._setting.book.rules[name], self._setting.now)
            yield FollowUpPlanned(rule=name, due=due)

    def _questions(self, asking: Rule) -> Iterable[Entry]:
        question, turn = self._setting.state.question, self._setting.state.turn
        if question and self._rule.parent == question.rule:
            yield QuestionClosed(reply=question.reply, cause="answered")
        elif question and (asking.rejoinders or turn - question.turn >= QUESTION_LASTS_TURNS):
            cause = "she asked something else" if asking.rejoinders else f"no answer in {QUESTION_LASTS_TURNS} turns"
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


def _used(facts: Facts, wordings: Iterable[Wording]) -> list[FactUsed]:
    names = frozenset().union(*(wording.names for wording in wordings))
    return [
        FactUsed(fact=f.id, subject=f.subject, predicate=f.predicate, object=f.object, source_turn=f.source_turn)
        for name, f in facts.items()
        if name in names
    ]


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for span in spans:
        if joined and (joined[-1].origin, joined[-1].source) == (span.origin, span.source):
            joined[-1] = Span(joined[-1].text + span.text, span.origin, span.source)
        else:
            joined.append(span)
    return tuple(joined)
