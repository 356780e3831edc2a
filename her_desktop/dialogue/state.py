"""The state of the conversation: a frozen fold over trace entries. Nothing else holds state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import msgspec

from her_desktop.clock import days_between
from her_desktop.events import (
    CommandHeld,
    CommandResumed,
    Decision,
    Entry,
    FactForgotten,
    FactLearned,
    FactUsed,
    FinalTranscript,
    FollowUpPlanned,
    PacksChanged,
    QuestionClosed,
    QuestionOpened,
    Reply,
    SessionStarted,
    TechniqueSwitched,
    Volunteered,
    WordingRewarded,
)
from her_desktop.memory import facts
from her_desktop.memory.facts import Facts

_QUESTION_MARKS = ("?", "\uff1f", "\u061f", ";")
"""What a question ends with: in Latin, East Asian, Arabic and Greek script."""

A_PAUSE = timedelta(hours=1)
"""After such a silence a new conversation begins, whether or not the program was closed."""

QUESTION_LASTS_TURNS = 3
"""Her open question lets go after so many turns without an answer."""

SAFETY = "tier:safety"
"""By this name `recently` knows when a rule of the safety tier last spoke."""

MOST_SAYINGS = 200
"""So many of his last sentences can be asked for."""

FOLDED: tuple[type[Entry], ...] = (
    SessionStarted, FinalTranscript, Decision, FactLearned, FactForgotten, QuestionOpened, QuestionClosed, Reply,
    CommandHeld, CommandResumed, FactUsed, FollowUpPlanned, PacksChanged, TechniqueSwitched, Volunteered,
    WordingRewarded,
)  # fmt: skip
"""The kinds of entries that change the state."""


def is_question(text: str) -> bool:
    """Whether what is said ends as a question."""
    return text.rstrip(' ”“"»«)]}').endswith(_QUESTION_MARKS)


class OpenQuestion(msgspec.Struct, frozen=True):
    """A question of hers that still waits for its answer."""

    reply: str
    rule: str
    turn: int


class Saying(msgspec.Struct, frozen=True):
    """Something that he said in this session."""

    turn: int
    text: str


class Promise(msgspec.Struct, frozen=True):
    """Something that she will bring up once it is due."""

    rule: str
    due: datetime
    facts: tuple[str, ...] = ()


class Received(msgspec.Struct, frozen=True):
    """How often a wording was followed by something good, and how often not."""

    liked: int = 0
    not_liked: int = 0


class State(msgspec.Struct, frozen=True):
    """All that a turn may lean on besides what was heard, the time and the dice."""

    turn: int = 0
    """Turns since the first day of the profile."""
    session_turns: int = 0
    facts: Facts = {}
    topic: str = ""
    spoke: Mapping[str, int] = {}
    """Rule id to the turn in which it last spoke; likewise `topic:NAME`, `technique:ID`, and `tier:safety`."""
    variants: Mapping[str, int] = {}
    """Rule id to the wording that it used last."""
    question: OpenQuestion | None = None
    promises: tuple[Promise, ...] = ()
    received: Mapping[str, Received] = {}
    """How wordings were received, by the rule and a hash of the words."""
    last: tuple[str, int] | None = None
    """Rule and wording of her last reply in this conversation."""
    held: str = ""
    """A command that waits for his yes, as it was repaired."""
    heard: str = ""
    """What he said last, as heard."""
    heard_before: str = ""
    """What he said the turn before."""
    said: str = ""
    """What she said last."""
    sayings: tuple[Saying, ...] = ()
    """What he said in this session, so that he can ask for it: without what a safety rule answered, and what he had
    forgotten."""
    off: tuple[str, ...] = ()
    """Techniques that he has switched off."""
    touched: tuple[str, ...] = ()
    """The facts, by `subject.predicate`, that were told or used last in this conversation."""
    touched_turn: int = 0
    talks: int = 0
    """Conversations since the first day, this one included; after a pause of an hour a new one begins."""
    began: datetime | None = None
    """When the first of them began."""
    talk_began: datetime | None = None
    """When this conversation began, or went on after a pause."""
    last_at: datetime | None = None
    """When she last answered, or this session began."""
    brought_up: Mapping[str, datetime] = {}
    """Rule id to when she brought it up in this conversation."""
    counts: Mapping[str, int] = {}
    """Rule id to how often it has spoken since the first day; topics likewise, as `topic:NAME`."""

    @property
    def asked(self) -> bool:
        """Whether what she said last was a question."""
        return is_question(self.said)

    def resumed(self, now: datetime) -> bool:
        """Whether somebody speaks again after a pause that ends a conversation."""
        return self.last_at is not None and now - self.last_at >= A_PAUSE

    def days(self, now: datetime) -> int:
        """Whole days since the first conversation, by the calendar."""
        return days_between(self.began, now) if self.began else 0

    def talks_at(self, now: datetime) -> int:
        """Conversations since the first day, with the one that begins now after a pause; 1 in the first."""
        return max(1, self.talks + self.resumed(now))

    def times(self, subject: str) -> int:
        """How often a rule or topic has spoken since the first day."""
        return max(self.counts.get(subject, 0), self.counts.get(f"topic:{subject}", 0))

    def recently(self, subject: str, turns: int = 5) -> bool:
        """Whether a rule, topic or technique spoke within so many turns before this one."""
        last = max(self.spoke.get(f"{kind}{subject}", 0) for kind in ("", "topic:", "technique:"))
        return last > 0 and self.turn - last <= turns

    def knows(self, subject: str) -> bool:
        """Whether a fact is kept."""
        return subject in self.facts

    def fact(self, subject: str) -> str:
        """What is kept, empty where nothing is."""
        return self.facts[subject].object if subject in self.facts else ""


def apply(state: State, entry: Entry) -> State:
    """The state after an entry."""
    replace = msgspec.structs.replace
    match entry:
        case SessionStarted():
            return replace(
                state, **_counted(state, entry), brought_up={}, session_turns=0, topic="", question=None, heard="",
                heard_before="", said="", last=None, held="",
                touched=(), sayings=(),
            )  # fmt: skip
        case FinalTranscript():
            heard = replace(state, heard=entry.text, heard_before=state.heard)
            sayings = (*state.sayings, Saying(state.turn + 1, entry.text))[-MOST_SAYINGS:]
            return replace(heard, turn=state.turn + 1, session_turns=state.session_turns + 1, sayings=sayings)
        case Decision():
            return _decided(_later(state, entry.decided_at), entry)
        case FactForgotten():
            state = replace(state, sayings=tuple(_without(state, entry)))
            return _touched(replace(state, facts=facts.fold(state.facts, entry)), f"{entry.subject}.{entry.predicate}")
        case FactLearned() | FactUsed():
            return _touched(replace(state, facts=facts.fold(state.facts, entry)), f"{entry.subject}.{entry.predicate}")
        case QuestionOpened():
            return replace(state, question=OpenQuestion(entry.reply, entry.rule, state.turn))
        case QuestionClosed():
            return replace(state, question=None, held="")
        case PacksChanged():
            return replace(state, last=None)
    return _applied(state, entry)


def _counted(state: State, entry: SessionStarted) -> dict[str, Any]:
    """Conversations and days: a session in which nobody can talk, for it has no rules, is none."""
    if not entry.packs:
        return {"last_at": None}
    return {
        "talk_began": entry.began_at,
        "last_at": entry.began_at,
        "talks": state.talks + 1,
        "began": state.began or entry.began_at,
    }


def _decided(state: State, entry: Decision) -> State:
    if entry.tier == "safety":
        spoke = {**state.spoke, SAFETY: state.turn}
        sayings = tuple(saying for saying in state.sayings if saying.turn != state.turn)
        state = msgspec.structs.replace(state, sayings=sayings, spoke=spoke)
    return state if entry.held else _spoke(state, entry.rule)


def _without(state: State, gone: FactForgotten) -> Iterator[Saying]:
    """His sentences without those that taught a fact or name what it was."""
    fact = state.facts.get(f"{gone.subject}.{gone.predicate}")
    words = [one.object.casefold() for one in (*fact.earlier, fact)] if fact else []
    for saying in state.sayings:
        if saying.turn != gone.source_turn and not any(one in saying.text.casefold() for one in words):
            yield saying


def _later(state: State, at: datetime | None) -> State:
    """The same after she answered at some time."""
    if at is None:
        return state
    if state.resumed(at):
        state = msgspec.structs.replace(state, talks=state.talks + 1, talk_began=at, brought_up={})
    return msgspec.structs.replace(state, last_at=at, began=state.began or at, talk_began=state.talk_began or at)


def _touched(state: State, name: str) -> State:
    before = state.touched if state.touched_turn == state.turn else ()
    touched = (*(other for other in before if other != name), *([name] if name in state.facts else []))
    return msgspec.structs.replace(state, touched=touched, touched_turn=state.turn)


def _applied(state: State, entry: Entry) -> State:
    replace = msgspec.structs.replace
    match entry:
        case Reply():
            spoke = {f"technique:{technique}": state.turn for technique in entry.techniques}
            variants = {**state.variants, entry.rule: entry.variant}
            last = (entry.rule, entry.variant)
            return replace(state, said=entry.text, variants=variants, last=last, spoke={**state.spoke, **spoke})
        case TechniqueSwitched():
            off = {*state.off} - {entry.technique} if entry.on else {*state.off, entry.technique}
            return replace(state, off=tuple(sorted(off)))
        case CommandHeld():
            return replace(_spoke(state, entry.asking), held=entry.text)
        case CommandResumed():
            return replace(state, held="")
        case FollowUpPlanned():
            others = (promise for promise in state.promises if promise.rule != entry.rule)
            return replace(state, promises=(*others, Promise(entry.rule, entry.due, entry.facts)))
        case Volunteered():
            kept = tuple(promise for promise in state.promises if promise.rule != entry.rule)
            variants = {**state.variants, entry.rule: entry.variant}
            brought_up = {**state.brought_up, **({entry.rule: entry.said_at} if entry.said_at else {})}
            return replace(_spoke(state, entry.rule), promises=kept, variants=variants, brought_up=brought_up)
        case WordingRewarded():
            so_far = state.received.get(entry.wording, Received())
            more = Received(so_far.liked + entry.reward, so_far.not_liked + 1 - entry.reward)
            return replace(state, received={**state.received, entry.wording: more})
    return state


def _spoke(state: State, rule: str) -> State:
    topic = rule.split(".", maxsplit=1)[0]
    names = (rule, f"topic:{topic}")
    spoke = {**state.spoke, **dict.fromkeys(names, state.turn)}
    counts = {**state.counts, **{name: state.counts.get(name, 0) + 1 for name in names}}
    return msgspec.structs.replace(state, topic=topic, spoke=spoke, counts=counts)
