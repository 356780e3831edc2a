"""Recorded entries as text: one JSON object a line, or a plain line with time, kind and summary."""

from __future__ import annotations

import msgspec

from her_desktop.events import Recorded
from her_desktop.trace.summaries import summary


def as_json(recorded: Recorded) -> str:
    """The entry as one JSON object, as journalled."""
    return msgspec.json.encode(recorded.flat()).decode()


def as_line(recorded: Recorded) -> str:
    """The entry as one plain line."""
    return (
        f"{recorded.seq:>6}  {recorded.at:%H:%M:%S.%f}"[:-3]
        + f"  {recorded.kind:<20} {printable(summary(recorded.entry))}"
    )


def printable(text: str) -> str:
    """Text without the characters that would steer a terminal."""
    return "".join(character if character.isprintable() else "�" for character in text)
