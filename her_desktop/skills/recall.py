"""What was said a moment ago, word for word."""

from __future__ import annotations

from her_desktop.nlg.wording import Value
from her_desktop.skills.ask import Answer, Ask


def heard(ask: Ask) -> Answer:
    """His words of the turn before, as they were heard."""
    words = ask.heard_before
    source = f"heard:turn {ask.turn - 1}"
    return Answer("the turn before", {"recall.heard": Value(words, "mirrored", source)} if words else {})


def said(ask: Ask) -> Answer:
    """Her own words of the turn before."""
    words = ask.said
    source = f"skill:recall.said(turn {ask.turn - 1})"
    return Answer("the turn before", {"recall.said": Value(words, "computed", source)} if words else {})
