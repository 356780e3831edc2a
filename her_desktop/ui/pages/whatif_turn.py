"""Reads the turn that is meant, with all that can be changed about it. Runs on the desk's thread."""

from __future__ import annotations

import msgspec

from her_desktop.conversation import Conversation
from her_desktop.events import Failure
from her_desktop.trace.past import forgotten
from her_desktop.trace.reader import Past
from her_desktop.trace.scene import Scene
from her_desktop.trace.turns import SavedTurn
from her_desktop.trouble import Trouble
from her_desktop.ui.pages.page import Told
from her_desktop.ui.pages.whatif_choices import Choice, Group, groups, reading
from her_desktop.ui.rich import pieces

EMPTY: Told = {
    "number": 0, "at": "", "said": "", "reading": "", "taken": "", "reply": "", "pieces": [], "rule": "",
    "blocked": "", "empty": "", "groups": [],
}  # fmt: skip
"""No turn."""


class Meant(msgspec.Struct, frozen=True):
    """A turn that something is to be changed about."""

    turn: SavedTurn
    conversation: Conversation | None = None
    """What it was answered in; used on the desk's thread only. None where it cannot be run again."""
    groups: tuple[Group, ...] = ()
    """Empty where it cannot be run again."""
    rules: tuple[str, ...] = ()
    """The ids of all rules of that time, broken ones as well."""
    blocked: str = ""
    """Why it cannot be run again."""

    @property
    def choices(self) -> dict[str, Choice]:
        """Every choice by its key."""
        return {one.key: one for group in self.groups for one in group.choices}


def read(past: Past, number: int) -> Meant:
    """Look up a turn and what can be changed about it.

    Raises:
        Trouble: there is no such turn, or it was never answered.
    """
    turn = past.turn(number, also_marked=True)
    if how := forgotten(past.journal, number):
        return Meant(turn, blocked=f"This turn cannot be run again: {how}.")
    try:
        conversation = past.conversation(turn)
    except Trouble as trouble:
        return Meant(turn, blocked=f"This turn cannot be run again: {trouble.what}: {trouble.why}.")
    book = conversation.book
    rules = dict.fromkeys([*book.rules, *(one.rule for one in book.quarantined if one.rule)])
    return Meant(turn, conversation, groups(turn, conversation.language), tuple(rules))


def scene(past: Past, meant: Meant) -> Scene:
    """The scene of a turn that was read before, so that its state is not folded for every change anew.

    Raises:
        Trouble: it cannot be run again; words of it may have been forgotten meanwhile.
    """
    what = f"turn {meant.turn.number}"
    if how := forgotten(past.journal, meant.turn.number):
        raise Trouble(what, f"{how}, so it cannot be run again")
    if not meant.conversation:
        raise Trouble(what, "it cannot be run again")
    return Scene.of(meant.turn, meant.conversation)


def told(meant: Meant) -> Told:
    """The turn as the page draws it."""
    turn = meant.turn
    texts = [one.text for one in turn.heard.alternatives]
    taken = reading(turn)
    return EMPTY | {
        "number": turn.number, "at": turn.at.strftime("%H:%M:%S"), "said": turn.heard.text, "reading": texts[taken],
        "taken": f"she took reading {taken + 1} of {len(texts)}: “{texts[taken]}”" if taken else "",
        "reply": turn.reply.text, "pieces": pieces(turn.reply.spans), "rule": turn.reply.rule,
        "blocked": meant.blocked, "groups": [_group(one) for one in meant.groups],
    }  # fmt: skip


def nothing(why: str) -> Told:
    """No turn, and why there is none."""
    return EMPTY | {"empty": why}


def calm(failure: Failure) -> str:
    """Something that could not be done, as a sentence."""
    what = f"{failure.what[:1].upper()}{failure.what[1:]}"
    return f"{what}: {failure.why}." + (f" ({failure.todo})" if failure.todo else "")


def _group(group: Group) -> Told:
    fields = ({"key": one.key, "text": one.text, "near": one.near, "says": one.says} for one in group.choices)
    return {"kind": group.kind, "choices": list(fields)}
