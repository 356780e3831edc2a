"""Recorded entries as text: one JSON object a line, or a plain line with time, kind and data."""

from __future__ import annotations

import msgspec

from her_desktop.events import Recorded


def as_json(recorded: Recorded) -> str:
    """The entry as one JSON object, as journalled."""
    return msgspec.json.encode(recorded.flat()).decode()


def as_line(recorded: Recorded) -> str:
    """The entry as one plain line."""
    data = {key: value for key, value in recorded.flat().items() if key not in ("seq", "session", "turn", "at", "kind")}
    shown = "  ".join(f"{key}={_short(value)}" for key, value in data.items())
    return f"{recorded.seq:>6}  {recorded.at:%H:%M:%S.%f}"[:-3] + f"  {recorded.kind:<20} {shown}"


def printable(text: str) -> str:
    """Text without the characters that would steer a terminal."""
    return "".join(character if character.isprintable() else "�" for character in text)


def _short(value: object) -> str:
    text = printable(value if isinstance(value, str) else msgspec.json.encode(value).decode())
    return text if len(text) <= 200 else f"{text[:199]}…"
