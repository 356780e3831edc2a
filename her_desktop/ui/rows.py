"""The rows of "this is programming": one for each recorded entry, in the order recorded. Pure.

The present turn is kept whole; of earlier turns the latest that fit into `EARLIER_ROWS`, whole turns only. What fell
off is in the journal. A run of rows of one kind, as partial transcripts and spoken words make, is drawn as its last row
until it is unfolded.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import msgspec

from her_desktop.events import Recorded

EARLIER_ROWS = 400
LINE_CHARS = 70

_RUNS = {"partial_transcript", "word_spoken"}


class Row(msgspec.Struct, frozen=True):
    """One entry and how it stands among its neighbours."""

    recorded: Recorded
    began: datetime
    """When the first entry of its turn was recorded."""
    run_of: int
    """The number (`seq`) of the first entry of its run."""
    run_length: int = 1
    """How many rows of its run there are, up to and with this one."""
    leads: bool = True
    """The last of its run so far, which stands for it."""
    unfolded: bool = False
    """Every row of its run is drawn."""
    expanded: bool = False
    """Its data is shown."""

    @property
    def folded(self) -> bool:
        """Not drawn: a later row of its run stands for it."""
        return not self.leads and not self.unfolded

    @property
    def at_ms(self) -> int:
        """Milliseconds since the turn began."""
        return round((self.recorded.at - self.began).total_seconds() * 1000)


def fold(last: Row | None, recorded: Recorded) -> Row:
    """Make the row of an entry, given the row before it."""
    if last is None or last.recorded.turn != recorded.turn:
        return Row(recorded, recorded.at, recorded.seq)
    if recorded.kind in _RUNS and recorded.kind == last.recorded.kind:
        return Row(recorded, last.began, last.run_of, last.run_length + 1, unfolded=last.unfolded)
    return Row(recorded, last.began, recorded.seq)


def surplus(rows: list[Row]) -> int:
    """How many rows at the beginning, in whole turns, are more than the tape keeps."""
    if len(rows) <= EARLIER_ROWS:
        return 0
    present = rows[-1].recorded.turn
    earlier = next(at for at, row in enumerate(rows) if row.recorded.turn == present)
    least = earlier - EARLIER_ROWS
    if least <= 0:
        return 0
    return next(at for at in range(least, earlier + 1) if rows[at].recorded.turn != rows[at - 1].recorded.turn)


def data_text(recorded: Recorded) -> str:
    """All fields of an entry as JSON, a line for each; what fits into one line stays on it."""
    return _pretty(recorded.flat(), 0)


def _pretty(value: Any, indent: int, taken: int = 0) -> str:
    flat = json.dumps(value, ensure_ascii=False)
    if not value or not isinstance(value, dict | list | tuple) or (indent and indent + taken + len(flat) <= LINE_CHARS):
        return flat
    deeper = indent + 2
    named = isinstance(value, dict)
    keys = [f"{json.dumps(key, ensure_ascii=False)}: " for key in value] if named else [""] * len(value)
    parts = value.values() if isinstance(value, dict) else value
    lines = [" " * deeper + key + _pretty(part, deeper, len(key)) for key, part in zip(keys, parts, strict=True)]
    opens, closes = "{}" if named else "[]"
    return opens + "\n" + ",\n".join(lines) + "\n" + " " * indent + closes
