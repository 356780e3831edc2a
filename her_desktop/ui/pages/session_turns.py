"""Where every turn of the record stands, and what is said of it in one line each: his words and hers. Pure."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

from her_desktop.events import FinalTranscript, Recorded, Reply
from her_desktop.trace.count import FORGOTTEN

Heard = tuple[int, int, int]
"""Number, session and turn of something that he said."""


class Line(msgspec.Struct, frozen=True):
    """A turn in brief."""

    clock: str
    """When it was, HH:MM."""
    heard: str
    reply: str = ""
    """Empty until she has answered."""

    @property
    def forgotten(self) -> bool:
        """Whether a mark stands where words of it were removed."""
        return FORGOTTEN in self.heard or FORGOTTEN in self.reply


class Index:
    """The turns in the order in which they were; 24 bytes for each."""

    def __init__(self, heard: Iterable[Heard] = ()) -> None:
        self.seqs, self.sessions, self.turns = array("q"), array("q"), array("q")
        for one in heard:
            self.add(*one)

    def __len__(self) -> int:
        return len(self.turns)

    def add(self, seq: int, session: int, turn: int) -> bool:
        """Put a turn at the end; False where it stands there already."""
        if self.turns and (self.turns[-1], self.sessions[-1]) == (turn, session):
            return False
        self.seqs.append(seq)
        self.sessions.append(session)
        self.turns.append(turn)
        return True

    def row_of(self, turn: int) -> int:
        """The row of a turn; -1 where there is none."""
        at = bisect_left(self.turns, turn)
        if at < len(self.turns) and self.turns[at] == turn:
            return at
        return self.turns.index(turn) if turn in self.turns else -1

    def row_from(self, seq: int) -> int:
        """The row of the first turn whose words were recorded with this number or later."""
        return bisect_left(self.seqs, seq)

    def begins(self, row: int) -> bool:
        """Whether a turn is the first of its session."""
        return row == 0 or self.sessions[row] != self.sessions[row - 1]

    def stretch(self, first: int, after: int) -> tuple[int, int | None]:
        """After which entry, and before which, stand the rows from one on and before another; None is no limit."""
        return self.seqs[first] - 1, self.seqs[after] if after < len(self) else None


def lines(entries: Iterable[Recorded]) -> dict[int, Line]:
    """The turns among these entries, by the number of the entry that holds his words."""
    found: dict[int, Line] = {}
    places: dict[tuple[int, int], int] = {}
    for recorded in entries:
        place = recorded.session, recorded.turn
        if isinstance(recorded.entry, FinalTranscript) and place not in places:
            places[place] = recorded.seq
            found[recorded.seq] = Line(f"{recorded.at:%H:%M}", recorded.entry.text)
        elif isinstance(recorded.entry, Reply) and (seq := places.get(place)) and not found[seq].reply:
            found[seq] = msgspec.structs.replace(found[seq], reply=recorded.entry.text)
    return found


def headline(session: int, began: Mapping[int, datetime]) -> str:
    """What stands above the turns of a session."""
    at = began.get(session)
    return f"session {session}" + (f" · {at:%A}, {at.day} {at:%B %Y}, {at:%H:%M}" if at else "")
