"""Which saved turns would be answered otherwise by other packs. Reads the record and runs it again; writes nothing."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping

import msgspec

from her_desktop.conversation import Conversation, respond
from her_desktop.skills.ask import Record
from her_desktop.trace.turns import SavedTurn
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


def rerun(
    before: Conversation | None,
    after: Conversation,
    saved: Iterable[SavedTurn],
    marked: Mapping[int, str] | None = None,
    most_turns: int = MOST_TURNS,
    record: Record | None = None,
) -> tuple[Difference, ...]:
    """Run saved turns again, each in the state, at the time and with the seed that it had.

    A turn that neither packs answer as it was answered, but both alike, is no difference between them.

    Args:
        before: the packs so far; None takes each turn as it was answered.
        after: the other ones.
        saved: the turns.
        marked: turns whose words were removed; they are left out.
        most_turns: how many turns to run, the newest ones.
        record: what she answers from where she was asked about earlier turns.
    """
    kept = deque((turn for turn in saved if turn.number not in (marked or {})), most_turns)
    return tuple(filter(None, (_difference(before, after, turn, record) for turn in kept)))


def _difference(
    before: Conversation | None, after: Conversation, turn: SavedTurn, record: Record | None
) -> Difference | None:
    if turn.started.language != after.language.code:
        return None
    was, now = Answer(turn.reply.rule, turn.reply.text), _answer(after, turn, record)
    if now == was or (before and now == (was := _answer(before, turn, record))):
        return None
    return Difference(turn.session, turn.number, turn.heard.text, was, now)


def _answer(conversation: Conversation, turn: SavedTurn, record: Record | None) -> Answer:
    started = turn.started
    conversation = msgspec.structs.replace(
        conversation, country=started.country, adapts=started.adapts, record=record or conversation.record
    )
    try:
        reply = respond(conversation, turn.before, turn.heard, turn.at, started.seed).reply
    except Trouble as trouble:  # packs that cannot answer are a difference too
        return Answer("", trouble.line)
    return Answer(reply.rule, reply.text)
