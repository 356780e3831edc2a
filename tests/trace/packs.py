"""Packs that are written in a test, and what is said to them."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import reduce
from pathlib import Path

from her_desktop.conversation import Conversation, respond
from her_desktop.dialogue.packs import load_packs
from her_desktop.dialogue.state import State
from her_desktop.events import Alternative, FinalTranscript
from her_desktop.skills import VALUES
from her_desktop.trace.changes import Moment
from her_desktop.trace.reasons import WhyNot
from her_desktop.trace.why_not import why_not
from tests.dialogue.talk import language

NOW = datetime(2026, 11, 22, 15, 5, tzinfo=UTC)

OTHERWISE = """\
topic: otherwise
rules:
  - id: otherwise.anything
    tier: fallback
    samples: [xyzzy]
    hears: ["*"]
    act: auto_negative
    says: ["I have no rule for that."]
"""


def conversation(folder: Path, *packs: str) -> Conversation:
    """The conversation that some packs make, with a fallback; what is broken in them is left out."""
    for number, pack in enumerate((*packs, OTHERWISE)):
        (folder / f"pack{number}.yaml").write_text(pack, encoding="utf-8")
    return Conversation.of(load_packs([folder], language(), VALUES), language())


def moment(talk: Conversation, said: str, *after: str, heard: tuple[str, ...] = ()) -> Moment:
    """Something that is said after some other things, and how else it may have been heard."""

    def says(state: State, text: str) -> State:
        return respond(talk, state, FinalTranscript.typed(text), NOW, 0).state

    alternatives = tuple(map(Alternative, (said, *heard)))
    transcript = FinalTranscript(text=said, recognizer="test", alternatives=alternatives)
    return Moment(talk, reduce(says, after, State()), transcript, NOW)


def asked(talk: Conversation, rule: str, said: str, *after: str, heard: tuple[str, ...] = ()) -> WhyNot:
    """Why a rule did not answer; every change that is named is made and lets it answer."""
    at = moment(talk, said, *after, heard=heard)
    found = why_not(at.conversation, at.state, at.heard, at.now, rule)
    for change in found.changes:
        assert answers(change.applied(at, talk.book.rules[rule]), rule), change
        assert change.line in found.paragraph
    return found


def answers(at: Moment, rule: str) -> bool:
    """Whether this rule is the one that answers."""
    first = at.standings()[0]
    return first.rule.id == rule and not first.barred
