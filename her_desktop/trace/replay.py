"""Runs a record again from its inputs alone, what was heard, the clock and the dice, and compares entry by entry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import zip_longest

import msgspec

from her_desktop.conversation import Conversation, respond
from her_desktop.events import Entry
from her_desktop.trace.turns import SavedTurn
from her_desktop.trouble import Trouble


class Mismatch(msgspec.Struct, frozen=True):
    """The first entry of a turn that came out otherwise."""

    session: int
    turn: int
    entry: int
    """Which entry of the turn, counted from 0."""
    field: str
    """The first field of it that differs; empty where one side has no such entry."""
    recorded: str
    """The entry as it is kept, as JSON; empty where there is none."""
    again: str
    """The entry as it came out now, as JSON; why not, where nothing could be answered."""


class Replay(msgspec.Struct, frozen=True):
    """What came of it."""

    turns: int
    """How many turns were run again."""
    entries: int
    """How many of their entries were identical, byte for byte."""
    marked: tuple[int, ...]
    """Turns that cannot be run again, since words of theirs were forgotten."""
    mismatches: tuple[Mismatch, ...]
    """The first difference of each turn that differs."""

    @property
    def exact(self) -> bool:
        """Whether everything came out the same."""
        return not self.mismatches


def replay(
    saved: Iterable[SavedTurn],
    conversation: Callable[[SavedTurn], Conversation],
    marked: Mapping[int, str],
    seen: Callable[[SavedTurn], None] = lambda _turn: None,
) -> Replay:
    """Run saved turns again.

    Args:
        saved: the turns, each with the state before it.
        conversation: makes the conversation of a turn, with the packs that were in force.
        marked: turns whose words were removed, as `turns.marked` finds them.
        seen: told of each turn, for whoever shows how far it is.

    Raises:
        Trouble: the packs that were in force are not there.
    """
    count = identical = 0
    skipped: list[int] = []
    found: list[Mismatch] = []
    for turn in saved:
        seen(turn)
        if turn.number in marked:
            skipped.append(turn.number)
            continue
        count += 1
        same, mismatch = _compared(turn, conversation(turn))
        identical += same
        found += [mismatch] if mismatch else []
    return Replay(count, identical, tuple(skipped), tuple(found))


def _compared(turn: SavedTurn, conversation: Conversation) -> tuple[int, Mismatch | None]:
    recorded = [_json(one.entry) for one in turn.entries]
    try:
        again = respond(conversation, turn.before, turn.heard, turn.at, turn.started.seed)
    except Trouble as trouble:
        return 0, Mismatch(turn.session, turn.number, 0, "", recorded[0].decode(), trouble.line)
    for at, (ours, theirs) in enumerate(zip_longest(recorded, map(_json, again.entries), fillvalue=b"")):
        if ours != theirs:
            field = _field(ours, theirs)
            return at, Mismatch(turn.session, turn.number, at, field, ours.decode(), theirs.decode())
    return len(recorded), None


def _field(ours: bytes, theirs: bytes) -> str:
    """The first field that differs, the kind of the entry before all."""
    if not (ours and theirs):
        return ""
    left, right = msgspec.json.decode(ours), msgspec.json.decode(theirs)
    names = dict.fromkeys(("kind", *left, *right))
    return next((name for name in names if left.get(name) != right.get(name)), "")


def _json(entry: Entry) -> bytes:
    return msgspec.json.encode(entry)
