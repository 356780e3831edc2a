"""Receives what a rule asks: the slots, the state, the time. Emits values that a wording can use.

The practical things she can do: a plain function each, on the allow-list below. A rule names one; nothing else runs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from her_desktop.skills import clock, help_lines, recall
from her_desktop.skills.ask import Answer, Ask

SKILLS: Mapping[str, Callable[[Ask], Answer]] = {
    "clock.time": clock.time,
    "clock.date": clock.date,
    "recall.heard": recall.heard,
    "recall.said": recall.said,
    "help.lines": help_lines.lines,
}
"""The allow-list: name in a rule to function."""

VALUES: Mapping[str, frozenset[str]] = {
    "clock.time": frozenset({"clock.time"}),
    "clock.date": frozenset({"clock.date", "clock.weekday", "clock.day", "clock.month", "clock.year"}),
    "recall.heard": frozenset({"recall.heard?"}),
    "recall.said": frozenset({"recall.said?"}),
    "help.lines": frozenset({"help.line"}),
}
"""What each skill may answer with, for checking the wordings that use it."""

LOOKS_UP = frozenset({"clock.time", "clock.date", "recall.heard", "recall.said", "help.lines"})
"""Skills that only look something up. Every other one does something, and is never called on repaired words unasked."""
