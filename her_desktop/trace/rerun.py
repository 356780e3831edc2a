"""Which saved turns would be answered otherwise by other packs. Reads the record and runs it again; writes nothing."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

import msgspec

from her_desktop.conversation import Conversation, respond
from her_desktop.dialogue.state import State, apply
from her_desktop.events import FinalTranscript, Recorded, Reply, SessionStarted
from her_desktop.trouble import Trouble

MOST_TURNS = 1_000
"""Only so many turns are run again, the newest ones."""


class Answer(msgspec.Struct, frozen=True):
    """A rule and what she says by it; without a rule, why nothing can be said."""

    rule: str
    text: str


class Difference(msgspec.Struct, frozen=True):
    """A saved turn that other packs would answer otherwise."""

    session: int
    turn: int
    said: str
    was: Answer
    now: Answer


class _Saved(msgspec.Struct, frozen=True):
    """A turn as it was recorded: the session that it belongs to, the state before it, what was heard and answered."""

    session: SessionStarted
    state: State
    heard: FinalTranscript
    place: Recorded
    """The entry of what was heard: which session and turn, and when."""
    answer: Answer


def rerun(
    before: Conversation, after: Conversation, recorded: Iterable[Recorded], most_turns: int = MOST_TURNS
) -> tuple[Difference, ...]:
    """Run saved turns again, each in the state, at the time and with the seed that it had.

    A turn that neither packs answer as it was answered, but both alike, is no difference between them.

    Args:
        before: the packs so far.
        after: the other ones.
        recorded: the record from its beginning, at least the kinds that the state is folded from.
        most_turns: how many turns to run, the newest ones.
    """
    saved = deque(_saved(recorded), most_turns)
    return tuple(filter(None, (_difference(before, after, turn) for turn in saved)))


def _saved(recorded: Iterable[Recorded]) -> Iterator[_Saved]:
    state, session = State(), None
    asked: tuple[State, FinalTranscript, Recorded] | None = None
    for one in recorded:
        match one.entry:
            case SessionStarted():
                session, asked = one.entry, None
            case FinalTranscript():
                asked = (state, one.entry, one)
            case Reply(rule=rule, text=text) if session and asked:
                yield _Saved(session, *asked, Answer(rule, text))
                asked = None
        state = apply(state, one.entry)


def _difference(before: Conversation, after: Conversation, saved: _Saved) -> Difference | None:
    if saved.session.language != after.language.code:
        return None
    now = _answer(after, saved)
    if now == saved.answer or now == (was := _answer(before, saved)):
        return None
    return Difference(saved.place.session, saved.place.turn, saved.heard.text, was, now)


def _answer(conversation: Conversation, saved: _Saved) -> Answer:
    session = saved.session
    conversation = msgspec.structs.replace(conversation, country=session.country, adapts=session.adapts)
    try:
        reply = respond(conversation, saved.state, saved.heard, saved.place.at, session.seed).reply
    except Trouble as trouble:  # packs that cannot answer are a difference too
        return Answer("", trouble.line)
    return Answer(reply.rule, reply.text)
