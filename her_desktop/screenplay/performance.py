"""What came of performing a screenplay: each beat with all that was recorded in it, and what did not hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec

from her_desktop.dialogue.state import State
from her_desktop.events import FinalTranscript, Recorded, Reply
from her_desktop.screenplay.known import Known
from her_desktop.screenplay.script import Beat, Screenplay

ARRANGED = "this can be arranged"
"""What is expected of each note before his line."""


class Fault(msgspec.Struct, frozen=True):
    """Something that was expected and did not hold."""

    line: int
    """Where in the file it is expected."""
    expected: str
    """In the words of the note, or her words."""
    got: str
    """What there was instead, in a few words."""
    why: str = ""
    """For a rule that did not answer: why not."""


class Played(msgspec.Struct, frozen=True):
    """One beat as it was performed."""

    beat: Beat
    turn: int
    """The turn of the record; 0 where none came of it."""
    before: State
    """What the conversation stood at before it."""
    now: datetime
    entries: tuple[Recorded, ...]
    """Everything that was recorded from its beginning to its end."""
    took_ms: float
    """From what he said to her whole answer: the work of the machine, without sound."""
    asks: str = ""
    """The rule whose question is open afterwards; empty for none."""
    faults: tuple[Fault, ...] = ()
    """All that did not hold."""
    mode: str = ""
    """What she is doing afterwards: asleep, listening, speaking; empty where she was never there."""
    rules: Mapping[int, str] = {}
    """Turn to the rule that answered it, of all turns before."""
    amiss: tuple[Fault, ...] = ()
    """What could not be done as the screenplay has it, whatever is expected of her."""
    known: Known | None = None
    """The names that there are, where they can be told."""

    @property
    def heard(self) -> FinalTranscript | None:
        """What was heard in it last."""
        return next((one.entry for one in reversed(self.entries) if isinstance(one.entry, FinalTranscript)), None)

    @property
    def reply(self) -> Reply | None:
        """What she said in it last."""
        return next((one.entry for one in reversed(self.entries) if isinstance(one.entry, Reply)), None)


class Performance(msgspec.Struct, frozen=True):
    """A screenplay as it was performed, to its end."""

    screenplay: Screenplay
    played: tuple[Played, ...]
    took_s: float

    @property
    def faults(self) -> tuple[Fault, ...]:
        """All that did not hold, in order."""
        return tuple(fault for one in self.played for fault in one.faults)

    @property
    def holds(self) -> bool:
        """Whether everything held."""
        return not self.faults
