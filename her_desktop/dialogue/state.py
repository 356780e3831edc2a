"""The state of the conversation: a frozen fold over trace entries. Nothing else holds state."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from her_desktop.events import (
    Decision,
    Entry,
    FactForgotten,
    FactLearned,
    FinalTranscript,
    QuestionClosed,
    QuestionOpened,
    Reply,
    SessionStarted,
)
from her_desktop.memory import facts
from her_desktop.memory.facts import Facts

QUESTION_LASTS_TURNS = 3
"""Her open question lets go after so many turns without an answer."""

FOLDED: tuple[type[Entry], ...] = (
    SessionStarted, FinalTranscript, Decision, FactLearned, FactForgotten, QuestionOpened, QuestionClosed, Reply,
)  # fmt: skip
"""The kinds of entries that change the state."""


class OpenQuestion(msgspec.Struct, frozen=True):
    """A question of hers that still waits for its answer."""

    reply: str
    rule: str
    turn: int


class State(msgspec.Struct, frozen=True):
    """All that a turn may lean on besides what was heard, the time and the dice."""

    turn: int = 0
    """Turns since the first day of the profile."""
    session_turns: int = 0
    facts: Facts = {}
    topic: str = ""
    spoke: Mapping[str, int] = {}
    """Rule id to the turn in which it last won; topics likewise, as `topic:NAME`."""
    variants: Mapping[str, int] = {}
    """Rule id to the wording that it used last."""
    question: OpenQuestion | None = None
    heard: str = ""
    """What he said last, as heard."""
    heard_before: str = ""
    """What he said the turn before."""
    said: str = ""
    """What she said last."""

    def recently(self, subject: str, turns: int = 5) -> bool:
        """Whether a rule or topic spoke within so many turns before this one."""
        last = max(self.spoke.get(subject, 0), self.spoke.get(f"topic:{subject}", 0))
        return last > 0 and self.turn - last <= turns

    def knows(self, subject: str) -> bool:
        """Whether a fact is kept."""
        return subject in self.facts


def apply(state: State, entry: Entry) -> State:
    """The state after an entry."""
    replace = msgspec.structs.replace
    match entry:
        case SessionStarted():
            return replace(state, session_turns=0, topic="", question=None, heard="", heard_before="", said="")
        case FinalTranscript():
            heard = replace(state, heard=entry.text, heard_before=state.heard)
            return replace(heard, turn=state.turn + 1, session_turns=state.session_turns + 1)
        case Decision():
            topic = entry.rule.split(".")[0]
            spoke = {**state.spoke, entry.rule: state.turn, f"topic:{topic}": state.turn}
            return replace(state, topic=topic, spoke=spoke)
        case FactLearned() | FactForgotten():
            return replace(state, facts=facts.fold(state.facts, entry))
        case QuestionOpened():
            return replace(state, question=OpenQuestion(entry.reply, entry.rule, state.turn))
        case QuestionClosed():
            return replace(state, question=None)
        case Reply():
            return replace(state, said=entry.text, variants={**state.variants, entry.rule: entry.variant})
    return state
