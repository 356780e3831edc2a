"""Receives what a rule asks: the slots, the state, the time. Emits values that a wording can use.

The practical things she can do: a plain function each, on the allow-list below. A rule names one; nothing else runs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from her_desktop.skills import (
    acquaintance,
    clock,
    explain,
    help_lines,
    lights,
    memory,
    naming,
    recall,
    sums,
    techniques,
)
from her_desktop.skills.ask import Answer, Ask

SKILLS: Mapping[str, Callable[[Ask], Answer]] = {
    "acquaintance.figures": acquaintance.figures,
    "clock.time": clock.time,
    "clock.date": clock.date,
    "recall.heard": recall.heard,
    "recall.said": recall.said,
    "help.lines": help_lines.lines,
    "lights.out": lights.out,
    "lights.on": lights.on,
    **explain.SKILLS,
    "memory.about_him": memory.about_him,
    "memory.go_on": memory.go_on,
    "memory.about_person": memory.about_person,
    "memory.recall": memory.recall,
    "memory.source": memory.source,
    "memory.mentioned": memory.mentioned,
    "memory.forget_that": memory.forget_that,
    "memory.forget_touched": memory.forget_touched,
    "memory.forget_named": memory.forget_named,
    "memory.forget_all": memory.forget_all,
    "naming.choose": naming.choose,
    "sums.result": sums.result,
    "techniques.switch_off": techniques.switch_off,
    "techniques.switch_on": techniques.switch_on,
    "techniques.which_off": techniques.which_off,
    "exhibit.show": techniques.show,
    "exhibit.on_show": techniques.on_show,
}
"""The allow-list: name in a rule to function."""

VALUES: Mapping[str, frozenset[str]] = {
    "acquaintance.figures": frozenset(f"acquaintance.{name}?" for name in ("days", "talks", "turns", "facts")),
    "clock.time": frozenset({"clock.time"}),
    "clock.date": frozenset({"clock.date", "clock.weekday", "clock.day", "clock.month", "clock.year"}),
    "recall.heard": frozenset({"recall.heard?"}),
    "recall.said": frozenset({"recall.said?"}),
    "help.lines": frozenset({"help.line"}),
    "lights.out": frozenset(),
    "lights.on": frozenset(),
    "naming.choose": frozenset({"naming.name?"}),
    "sums.result": frozenset({"sums.result?"}),
    **explain.VALUES,
    **memory.VALUES,
    **techniques.VALUES,
}
"""What each skill may answer with, for checking the wordings that use it."""

LOOKS_UP = frozenset({
    "acquaintance.figures", "clock.time", "clock.date", "recall.heard", "recall.said", "help.lines",
    *explain.SKILLS, "memory.about_him",
    "memory.go_on", "memory.about_person", "memory.recall", "memory.source", "memory.mentioned",
    "techniques.which_off", "exhibit.show",
    "exhibit.on_show", "sums.result",
})  # fmt: skip
"""Skills that only look something up. Every other one does something, and is never called on repaired words unasked."""
