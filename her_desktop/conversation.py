"""One whole turn, as a pure function: no device, no clock, no randomness that it was not handed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import reduce

import msgspec

from her_desktop.dialogue import adaptation, initiative, policy
from her_desktop.dialogue.book import RuleBook
from her_desktop.dialogue.rules import Rule
from her_desktop.dialogue.state import State, apply
from her_desktop.events import CommandResumed, Decision, Entry, FinalTranscript, Interpreted, QuestionClosed, Reply
from her_desktop.language import Language
from her_desktop.nlg.filters import Idiom
from her_desktop.nlu.interpret import Grammar, Interpretation, interpret, interpreted, repair
from her_desktop.nlu.repair import as_repaired
from her_desktop.phrasing import Setting
from her_desktop.reply import answer, ask_first
from her_desktop.skills import LOOKS_UP
from her_desktop.skills.ask import Record

Lap = Callable[[str], None]
"""Told after each stage by its name, so that whoever has a clock can time it."""


class Turn(msgspec.Struct, frozen=True):
    """What one turn recorded, what she says, and the state after it."""

    entries: tuple[Entry, ...]
    reply: Reply
    state: State


class Conversation(msgspec.Struct, frozen=True):
    """What stays the same over a conversation: the rules, the language and what he has set."""

    book: RuleBook
    language: Language
    grammar: Grammar
    idiom: Idiom
    country: str = ""
    adapts: bool = True
    """Whether the choice among wordings leans on how they were received."""
    record: Record | None = None
    """The record of earlier turns, where she may be asked about them."""
    dice: Mapping[str, float] = {}
    """Rule id to what its die shall show, where somebody asks what else might have been said."""
    loaded: Mapping[str, int] = {}
    """Rule id to the wording, counted from 0, for which its die is loaded: where a screenplay wants to hear it."""

    @classmethod
    def of(cls, book: RuleBook, language: Language, country: str = "", *, adapts: bool = True) -> Conversation:
        """Join rules and language."""
        grammar = Grammar(language, book.programs, book.owners, book.opens_with, book.needs)
        return cls(book, language, grammar, Idiom.of(language), country, adapts)


class Understood(msgspec.Struct, frozen=True):
    """What an utterance means in this state: the reading that was chosen, and the entries that say why."""

    found: Interpretation
    interpreted: Interpreted
    decision: Decision
    said: str
    """The alternative that the decision is about, as it was heard."""
    asking: Rule | None = None
    """The rule that asks whether it was meant, where that must be asked first."""

    @property
    def repaired(self) -> str:
        """The same, as it was repaired."""
        return as_repaired(self.found.lines[self.decision.alternative].tokens, self.decision.repairs)


def weigh(
    conversation: Conversation, state: State, heard: FinalTranscript, now: datetime
) -> tuple[Interpretation, list[policy.Standing]]:
    """Every rule that fits an utterance, in their order; where none does in particular, also with a repair."""
    found = interpret(heard, conversation.grammar, policy.opened(state), now)
    standings = policy.stand(conversation.book, state, found, now)
    if not policy.settled(standings):
        found = repair(found, conversation.grammar)
        exact = any(one.tier == "generic" and not one.barred for one in standings)
        standings = policy.stand(conversation.book, state, found, now)
        if exact:
            standings = policy.barring(standings, _needless)
    if not any(_must_ask(standing) for standing in standings) or initiative.confirmation(conversation.book, state, now):
        return found, standings
    return found, policy.barring(standings, lambda one: "nothing can ask whether it was meant" * _must_ask(one))


def understand(
    conversation: Conversation, state: State, heard: FinalTranscript, now: datetime, lap: Lap = lambda _stage: None
) -> Understood:
    """Interpret an utterance and choose the rule that answers it; `state` is the one after it was heard."""
    found, standings = weigh(conversation, state, heard, now)
    entry = interpreted(found, conversation.grammar)
    lap("understood")
    decision = policy.decide(standings, found, entry)
    asking = initiative.confirmation(conversation.book, state, now) if _must_ask(standings[0]) else None
    decision = msgspec.structs.replace(decision, held=asking is not None, decided_at=now)
    lap("chose")
    return Understood(found, entry, decision, heard.alternatives[decision.alternative].text, asking)


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
        conversation: the rules, the language and what he has set.
        state: what came before; it is not changed.
        heard: a final transcript, spoken or typed.
        now: the time of the turn.
        seed: of the dice that choose among wordings.
        lap: told when a stage is done: `understood`, `chose`, `worded`.

    Returns:
        The entries of the turn in their order, the reply, and the state after them.
    """
    before = apply(state, heard)
    meant = understand(conversation, before, heard, now, lap)
    entries: tuple[Entry, ...] = (heard, meant.interpreted, meant.decision)
    words = meant.found.lines[0].norms
    resumed = _resumed(conversation, before, meant)
    if resumed:
        command = FinalTranscript.typed(before.held)
        before = reduce(apply, (meant.decision, *resumed), before)
        meant = understand(conversation, before, command, now)
        entries = (*entries, *resumed, meant.interpreted, meant.decision)
    setting = Setting(
        conversation.book, conversation.language, conversation.idiom, conversation.country, conversation.adapts,
        before, now, seed, conversation.record, conversation.dice,
        conversation.loaded,
    )  # fmt: skip
    winner = meant.asking or conversation.book.rules[meant.decision.rule]
    if conversation.adapts:
        entries += tuple(adaptation.rewarded(conversation.book, before, words, winner, conversation.language))
    if meant.asking:
        worded = ask_first(setting, meant.asking, meant.decision, meant.repaired)
    else:
        worded = answer(setting, meant.decision, meant.said, held=bool(resumed))
    lap("worded")
    entries = (*entries, *worded)
    reply = next(entry for entry in worded if isinstance(entry, Reply))
    return Turn(entries, reply, reduce(apply, entries, state))


def _resumed(conversation: Conversation, before: State, meant: Understood) -> tuple[Entry, ...]:
    """The entries that say that he meant the command that is held; none where he said something else."""
    rule = conversation.book.rules[meant.decision.rule]
    if not (rule.spec.resumes and before.held and before.question and rule.parent == before.question.rule):
        return ()
    closed = QuestionClosed(reply=before.question.reply, cause="answered")
    return CommandResumed(rule=rule.id, text=before.held), closed


def _needless(standing: policy.Standing) -> str:
    """Why no word that rules know is taken for another, and none is put in, where a rule takes the words as they are.

    Commands and safety are spared: what they need is short, and often misheard.
    """
    needless = any(repair.known or repair.kind == "supplied" for repair in standing.candidate.repairs)
    spared = standing.tier not in ("topic", "global", "generic")
    return "another rule takes the words as they are" if needless and not spared else ""


def _must_ask(standing: policy.Standing) -> bool:
    """A practical command that does something is never carried out on words that had to be repaired."""
    spec = standing.rule.spec
    return bool(standing.candidate.repairs) and (spec.ends or bool(spec.skill and spec.skill not in LOOKS_UP))
