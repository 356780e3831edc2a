"""Receives a journal and the number of a session. Emits its screenplay, performed before it is handed out: it passes.

What does not come out again, since it was forgotten or stands in the record of earlier sessions, is left open.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from her_desktop.dialogue.state import State
from her_desktop.events import TurnsMarked
from her_desktop.folded import state_at
from her_desktop.memory.journal import Journal
from her_desktop.screenplay.perform import Conversations, conversation, perform
from her_desktop.screenplay.read import read
from her_desktop.screenplay.writing import packs as writing_packs
from her_desktop.screenplay.writing import profile as writing_profile
from her_desktop.screenplay.writing.open import opened
from her_desktop.screenplay.writing.script import Open, Script
from her_desktop.trouble import Trouble

ENDING = ".fountain"

_ROUNDS = 4
"""So often what does not hold is left open and the rest performed again; it settles in one or two."""


class Exported(msgspec.Struct, frozen=True):
    """A session as a screenplay, and the files that belong beside it."""

    text: str
    beside: Mapping[str, bytes]
    """By their names, seen from the screenplay's folder."""
    left_open: int
    """In so many turns not everything comes out again; a note in each says why."""


def export(journal: Journal, session: int, name: str, conversations: Conversations = conversation) -> Exported:
    """Write a session down as a screenplay that passes.

    Args:
        journal: the record.
        session: its number.
        name: of the file that it is to be, without its ending; files beside it are named after it.
        conversations: makes the rules that are spoken by.

    Raises:
        Trouble: nothing is recorded of the session, or the packs that it is performed with cannot be read.
    """
    entries = list(journal.entries(session))
    if not entries:
        raise Trouble(f"session {session}", "nothing is recorded of it", "see: her-desktop trace list")
    marks = [one.entry for one in journal.entries(kinds=[TurnsMarked]) if isinstance(one.entry, TurnsMarked)]
    script = Script.of(entries, marks)
    before = state_at(journal, entries[0].seq)
    beside = _beside(journal, entries[0].at, script, before, name) if any(one.heard for one in script.exchanges) else {}
    script = msgspec.structs.replace(
        script, profile=next((one for one in beside if one.endswith(".profile.json")), ""),
        packs=f"{name}.packs" if any(one.startswith(f"{name}.packs/") for one in beside) else "",
    )  # fmt: skip
    try:
        left = _left_open(script, before, beside, conversations)
    except Trouble as trouble:
        raise Trouble(f"session {session} as a screenplay", trouble.why, trouble.todo) from trouble
    return Exported(script.text(left), beside, len(left))


def _beside(journal: Journal, at: datetime, script: Script, before: State, name: str) -> Mapping[str, bytes]:
    packs = writing_packs.beside(journal, script.started) if script.started else {}
    profile = {f"{name}.profile.json": writing_profile.written(before, at.tzinfo)} if before != State() else {}
    return profile | {f"{name}.packs/{file}": content for file, content in packs.items()}


def _left_open(
    script: Script, before: State, beside: Mapping[str, bytes], conversations: Conversations
) -> Mapping[int, Open]:
    """What must be left open, by exchange, so that all the rest holds."""
    left: dict[int, Open] = {}
    if not any(one.heard for one in script.exchanges):
        return left
    with tempfile.TemporaryDirectory(prefix="her-desktop-screenplay-") as folder:
        _put(Path(folder), beside)
        for at in range(2 * _ROUNDS):
            path = Path(folder) / f"session{ENDING}"
            path.write_bytes(script.text(left).encode())
            performance = perform(read(path), conversations)
            more = opened(script, left, performance, before, unsaid=at >= _ROUNDS)
            if not more:
                break
            left |= more
    return left


def _put(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
