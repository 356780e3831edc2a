"""Recorded entries as text: one JSON object a line, or a plain line with time, kind and summary."""

from __future__ import annotations

import re

import msgspec

from her_desktop.events import Recorded
from her_desktop.trace.summaries import summary

_LINE_END = re.compile("[\x85\u2028\u2029]")
"""What some readers take for the end of a line inside of a text."""


def as_json(recorded: Recorded) -> str:
    """The entry as one JSON object on one line, as journalled."""
    text = msgspec.json.encode(recorded.flat()).decode()
    return _LINE_END.sub(lambda end: f"\\u{ord(end.group()):04x}", text)


def as_line(recorded: Recorded) -> str:
    """The entry as one plain line."""
    return (
        f"{recorded.seq:>6}  {recorded.at:%H:%M:%S.%f}"[:-3]
        + f"  {recorded.kind:<20} {printable(summary(recorded.entry))}"
    )


def printable(text: str) -> str:
    """Text without the characters that would steer a terminal."""
    return "".join(character if character.isprintable() else "�" for character in text)
