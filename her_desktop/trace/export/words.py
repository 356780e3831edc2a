"""What the page and the screenplay call things."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from her_desktop.events import Origin

ORIGINS: dict[Origin, str] = {
    "mirrored": "your words",
    "remembered": "remembered",
    "computed": "computed",
    "author": "written beforehand",
}
"""Where a word comes from, in the order of the legend."""

CLASSES = {"N": "neutral craft", "I": "builds intimacy", "M": "manipulative", "P": "protective"}
"""What the classes of the taxonomy are called."""

FORGOTTEN = "Words were removed here because {fact} was forgotten."

HOW = {
    "taught": "It was told in this turn.",
    "used": "The reply had used it.",
    "mentioned": "Its words were said here.",
    "leaned": "The reply leaned on it without saying it.",
}
"""What a turn had to do with a fact that was forgotten."""

STAGES = {
    "waited": "waited for you to go on",
    "recognized": "recognized your words",
    "understood": "compared them with the rules",
    "chose": "chose the rule",
    "worded": "worded the reply",
    "kept": "wrote it to disk",
    "voiced": "made it sound",
    "first_sound": "first sound, all in all",
}
"""The stages of a turn, in their order."""


def daytime(at: datetime) -> str:
    """Morning, day, evening or night."""
    hours = {range(5, 11): "morning", range(11, 17): "day", range(17, 22): "evening"}
    return next((name for span, name in hours.items() if at.hour in span), "night")


def value(one: Any) -> str:
    """A value of a printed order or a condition."""
    return "(" + ", ".join(map(value, one)) + ")" if isinstance(one, list | tuple) else str(one)


def milliseconds(ms: float) -> str:
    """A time for reading: three figures, no more."""
    return f"{ms:,.0f} ms" if ms >= 100 else f"{ms:.3g} ms"


def place(technique: str) -> str:
    """Where the page tells what a technique is: `t-09` for T09."""
    return f"{technique[:1].lower()}-{technique[1:]}"
