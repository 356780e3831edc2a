"""Receives what a conversation stands at before a session. Emits it as a file beside the screenplay, and reads it back.

A `Profile` may also be a document of memories, as `memory export` writes it: that one names its version.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence, Set
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

import msgspec

from her_desktop.dialogue.state import State
from her_desktop.events import Entry, Recorded
from her_desktop.folded import form
from her_desktop.memory import document
from her_desktop.memory.database import Unswept
from her_desktop.memory.document import Document
from her_desktop.memory.facts import Fact
from her_desktop.memory.journal import Journal
from her_desktop.trouble import Trouble, missing

_FIELDS = frozenset(State.__struct_fields__)
_ASIDE = (
    "heard",
    "heard_before",
    "said",
    "held",
    "last",
    "question",
    "topic",
    "touched",
    "sayings",
    "session_turns",
    "session_began",
    "brought_up",
)
"""What a session begins without, whatever was before it."""

_BYTE = re.compile(r"\(byte (\d+)\)|position (\d+)")


def written(state: State, zone: tzinfo | None = None) -> bytes:
    """A state as JSON to read and to compare: what is as in a new profile is left out, as is what was said last.

    Args:
        state: what she begins with.
        zone: where the session was; times are written as clocks showed them there, and are read as clocks show them
            where it is performed. None leaves each time as it is.
    """

    def clocks(at: datetime) -> datetime:
        return at.astimezone(zone).replace(tzinfo=None) if zone else at

    plain, new = _with_times(state, clocks), _with_times(State(), clocks)
    kept = {name: value for name, value in plain.items() if value != new[name] and name not in _ASIDE}
    return msgspec.json.format(msgspec.json.encode(kept), indent=2) + b"\n"


def _with_times(state: State, change: Callable[[datetime], datetime]) -> dict[str, Any]:
    def changed(value: Any) -> Any:
        match value:
            case datetime():
                return change(value)
            case dict():
                return {key: changed(one) for key, one in value.items()}
            case list() | tuple():
                return [changed(one) for one in value]
        return value

    plain: dict[str, Any] = changed(msgspec.to_builtins(state, builtin_types=(datetime,)))
    return plain


def read(path: Path) -> State | Document:
    """Read what she begins with: a state as an exported screenplay has it beside it, or a document of memories.

    Raises:
        Trouble: there is no such file, or it is neither of them.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise missing(str(path), str(error.strerror or error), "mend Profile on the title page") from error
    data = _decoded(content, path)
    if not isinstance(data, dict) or "version" in data:
        return document.read(content, str(path))
    if unknown := sorted(data.keys() - _FIELDS):
        raise Trouble(str(path), f"knows no “{unknown[0]}”", f"there is {', '.join(sorted(_FIELDS))}")
    try:
        state = msgspec.convert(data, State)
        return msgspec.convert(_with_times(state, lambda at: at if at.tzinfo else at.astimezone()), State)
    except msgspec.ValidationError as error:
        raise Trouble(str(path), str(error).replace(" - at `$", " - at `"), "export the session anew") from error


def _decoded(content: bytes, path: Path) -> Any:
    try:
        return msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        at = _BYTE.search(str(error))
        line = content.count(b"\n", 0, int(at[1] or at[2]) if at else len(content)) + 1
        raise Trouble(f"{path}:{line}", f"is not JSON: {error}", "export the session anew") from error


class Begun(Journal):
    """A record that goes on from a state of whose entries it holds none; what is forgotten leaves that state, too."""

    _state: State | None = None

    def begin(self, state: State) -> None:
        """Go on from a state. Nothing may be written yet."""
        self._state = state
        self.keep_snapshot(0, form(), msgspec.msgpack.encode(state))

    def forget(
        self, facts: Sequence[Fact], turn: int, at: datetime, *, common: Set[str] = frozenset(),
        first: Iterable[Entry] = (),
    ) -> tuple[Recorded, ...]:  # fmt: skip
        """Take the words of facts out of the record, as every journal does, and the facts out of what it began with."""
        try:
            records = super().forget(facts, turn, at, common=common, first=first)
        except Unswept:
            self._go_on_without(facts)
            raise
        self._go_on_without(facts)
        return records

    def erase(self) -> None:
        """Take everything out, also what it began with."""
        self._state = None
        super().erase()

    def _go_on_without(self, facts: Iterable[Fact]) -> None:
        """Begin with what is left; the states that were kept are gone with what was forgotten."""
        if self._state:
            gone = {fact.name for fact in facts}
            left = {name: fact for name, fact in self._state.facts.items() if name not in gone}
            self.begin(msgspec.structs.replace(self._state, facts=left))
