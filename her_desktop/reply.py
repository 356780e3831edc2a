"""From a decision to the reply: the skill is asked, what he told is kept, and her words are put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import reduce

import msgspec

from her_desktop.dialogue import initiative
from her_desktop.dialogue.detectors import labels
from her_desktop.dialogue.initiative import Prompted
from her_desktop.dialogue.rules import Rule
from her_desktop.dialogue.state import QUESTION_LASTS_TURNS, OpenQuestion, State, apply
from her_desktop.events import (
    CommandHeld,
    Decision,
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
from her_desktop.memory.facts import Facts, statement
from her_desktop.nlg.parse import parse_wording
from her_desktop.nlg.realization import fill, joined
from her_desktop.nlg.wording import Value
from her_desktop.phrasing import Phrasing, Said, Setting, thrown
from her_desktop.skills import SKILLS
from her_desktop.skills.ask import Ask
from her_desktop.skills.told import quoted


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
        self._facts: Facts = {}
        self._told: frozenset[str] = frozenset()

    def entries(self) -> tuple[Entry, ...]:
        called, done, values = self._asked(self._rule)
        learned = tuple(self._learn())
        then = reduce(apply, (self._decision, *done, *learned), self._setting.state)
        self._facts, self._told = then.facts, frozenset(fact.fact for fact in learned)
        prompt, losers = self._prompt(then)
        said = self._phrasing(self._rule, values).said(values, no_question=prompt is not None)
        if prompt and said.asks and not prompt.rule.notice:
            prompt = None
        looked_up, _, found = self._asked(prompt.rule) if prompt else ((), (), {})
        more = self._brought_up(prompt, losers, found) if prompt else None
        used = _used(then.facts, (*said.spans, *(more[0].spans if more else ())))
        asking = prompt.rule if prompt and not prompt.rule.notice else self._rule
        return (
            *called, *done, *learned, *looked_up, *used, *(more[1:] if more else ()), *self._planned(learned),
            *self._questions(asking), *(one.suppressed for one in (said, more and more[0]) if one and one.suppressed),
            self._reply(said, more[0] if more else None),
        )  # fmt: skip

    def _phrasing(self, rule: Rule, values: Mapping[str, Value] | None = None, *, herself: bool = False) -> Phrasing:
        """The wordings of a rule, with all that they can be filled with; what she brings up leans on facts alone."""
        own = {} if herself else {**self._slots(), **self._given}
        return Phrasing(
            self._setting,
            rule,
            {**(values or {}), **_known(self._facts), **self._quoted(rule), **own},
            self._told,
            herself=herself,
        )

    def _quoted(self, rule: Rule) -> dict[str, Value]:
        """The sentence that taught a fact, and the day, where a wording of the rule says them."""
        plain = [parse_wording(rule.spec.plain)] if rule.spec.plain else []
        names = {name for wording in (*rule.wordings, *plain) for name in wording.names}
        setting = self._setting
        return {
            name: quoted(self._facts[fact], part, setting.now, setting.language)
            for name in names
            for fact, _, part in [name.rpartition(".")]
            if part in ("words", "when") and fact in self._facts
        }

    def _asked(self, rule: Rule) -> tuple[tuple[SkillCalled, ...], tuple[Entry, ...], Mapping[str, Value]]:
        """What the skill of a rule answers: the entry that it was called, what it did, and its values."""
        if not (name := rule.spec.skill):
            return (), (), {}
        state, setting = self._setting.state, self._setting
        ask = Ask(
            slots=self._decision.slots, turn=state.turn, heard=self._words, heard_before=state.heard_before,
            said=state.said,
            now=setting.now, language=setting.language.code, country=setting.country, facts=state.facts,
            sayings=tuple(one for one in state.sayings if one.turn < state.turn),
            touched=state.touched, touched_turn=state.touched_turn, off=state.off, record=setting.record,
            values=self._decision.values, days=state.days(setting.now),
            talks=state.talks_at(setting.now),
            die=thrown(f"{setting.seed}/{state.turn}/{name}"),
        )  # fmt: skip
        answer = SKILLS[name](ask)
        output = "; ".join(value.text for value in answer.values.values())
        called = SkillCalled(skill=name, input=answer.input, output=output, turns=answer.turns)
        source = f"skill:{name}({answer.input})"
        return (called,), answer.done, {key: _worked_out(value, source) for key, value in answer.values.items()}

    def _learn(self) -> Iterable[FactLearned]:
        turn, facts = self._setting.state.turn, self._setting.state.facts
        for name, value in self._rule.spec.learns.items():
            subject, predicate = statement(name)
            before = facts.get(f"{subject}.{predicate}")
            yield FactLearned(
                fact=f"{subject}.{predicate}@{turn}", subject=subject, predicate=predicate, object=self._taught(value),
                source_turn=turn, words=self._words, told_at=self._setting.now, replaces=before.id if before else "",
            )  # fmt: skip

    def _taught(self, value: str | bool | int) -> str:
        if not isinstance(value, str):
            return str(value).lower()
        spans = fill(parse_wording(value), self._slots(), "", self._setting.idiom, self._setting.now)
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

    def _prompt(self, then: State) -> tuple[Prompted | None, tuple[Loser, ...]]:
        """The first thing that she may bring up now and that can be said; and what came before it, and why not."""
        rule, losers = self._rule, list[Loser]()
        if not rule.guards:
            must = initiative.notice(self._setting.book, then, self._setting.now, goodbye=rule.spec.ends)
            if must:
                return must, ()
        if not rule.spec.volunteers or rule.guards or rule.rejoinders or rule.spec.ends or self._waits():
            return None, ()
        for prompt in initiative.prompts(self._setting.book, then, self._setting.now):
            if rule.spec.volunteers == "follow_up" and prompt.rule.prompt != "follow_up":
                continue
            if not (barred := prompt.barred or self._phrasing(prompt.rule, herself=True).unsayable()):
                return prompt, tuple(losers)
            losers.append(Loser(prompt.rule.id, barred))
        return None, ()

    def _waits(self) -> bool:
        """Whether another question of hers is still open: it is not talked over."""
        question = self._setting.state.question
        return question is not None and self._rule.parent != question.rule

    def _brought_up(
        self, prompt: Prompted, losers: tuple[Loser, ...], values: Mapping[str, Value]
    ) -> tuple[Said, Volunteered]:
        rule = prompt.rule
        said = self._phrasing(rule, values, herself=True).said(values)
        return said, Volunteered(
            rule=rule.id, losers=losers,
            cause="notice" if rule.notice else "follow_up" if rule.prompt == "follow_up" else "gambit",
            conditions=prompt.conditions, variant=said.variant, of=len(rule.spec.says), choice=said.choice,
            die=said.die, said_at=self._setting.now,
        )  # fmt: skip

    def _reply(self, said: Said, more: Said | None) -> Reply:
        spec, language = self._rule.spec, self._setting.language.code
        spans, declared, at = said.spans, said.declared, None
        if more:
            at = sum(len(span.text) for span in spans) + 1
            spans = (*spans, Span(" ", "author", more.spans[0].source), *more.spans)
            declared = tuple(dict.fromkeys((*declared, *more.declared)))
        seen = msgspec.structs.replace(said, spans=spans).seen(language, self._told, at)
        return Reply(
            text="".join(span.text for span in spans), act=spec.act, tone=said.tone,
            techniques=labels(declared, seen, language), spans=joined(spans), rule=self._rule.id,
            variant=said.variant, of=len(spec.says), choice=said.choice, die=said.die, draws=said.draws,
            ends=spec.ends, seen=seen, exhibit=self._rule.exhibit,
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


def _worked_out(value: Value, source: str) -> Value:
    """A value of a skill; what the skill has made of its input itself comes from this very call."""
    items = tuple(_worked_out(item, source) for item in value.items)
    own = source if value.origin == "computed" else value.source
    return msgspec.structs.replace(value, source=own, items=items)


def _known(facts: Facts) -> dict[str, Value]:
    return {name: Value(fact.object, "remembered", fact.id) for name, fact in facts.items()}


def _used(facts: Facts, spans: Iterable[Span]) -> list[FactUsed]:
    """The facts that really went into what she says, by the sources of its words."""
    sources = {source for span in spans for source in re.split(r"[|;() ]+", span.source)}
    return [
        FactUsed(fact=f.id, subject=f.subject, predicate=f.predicate, object=f.object, source_turn=f.source_turn)
        for kept in facts.values()
        for f in (*kept.earlier, kept)
        if f.id in sources
    ]
