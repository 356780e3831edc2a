"""The state at any moment of a journal: a fold over its entries, from the nearest snapshot on.

A snapshot is only ever a copy of what the entries say: one that another version of the fold has made is not used.
"""

from __future__ import annotations

import hashlib
from functools import cache, reduce
from pathlib import Path

import msgspec

from her_desktop.dialogue import state as state_module
from her_desktop.dialogue.state import FOLDED, State, apply
from her_desktop.memory import facts as facts_module
from her_desktop.memory.journal import Journal

SNAPSHOT_EVERY_ENTRIES = 20_000
"""So many entries are folded at most when a conversation begins, a little more than a second's work."""


def state_at(journal: Journal, before: int | None = None) -> State:
    """The state before an entry.

    Args:
        journal: the record.
        before: number of the entry; None is the state after all of them.
    """
    kept = journal.snapshot(before, form())
    state = msgspec.msgpack.decode(kept.state, type=State) if kept else State()
    later = journal.entries(kinds=FOLDED, after=kept.seq if kept else 0, before=before)
    return reduce(apply, (recorded.entry for recorded in later), state)


def keep_state(journal: Journal, state: State) -> None:
    """Keep the state after all entries that are on disk, if the last snapshot lies far back."""
    kept = journal.snapshot(None, form())
    if journal.last_seq - (kept.seq if kept else 0) >= SNAPSHOT_EVERY_ENTRIES:
        journal.keep_snapshot(journal.last_seq, form(), msgspec.msgpack.encode(state))


@cache
def form() -> str:
    """Names the fold that makes a state: another program, another name."""
    files = (Path(str(module.__file__)) for module in (state_module, facts_module))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]
