"""What was said a moment ago, word for word."""

from __future__ import annotations

from her_desktop.nlg.wording import Value
from her_desktop.skills.ask import Answer, Ask, computed


def heard(ask: Ask) -> Answer:
    """His words of the turn before, as they were heard."""
    if not ask.heard_before:
        return computed("recall.heard", "the turn before", recall__heard="nothing yet")
    value = Value(ask.heard_before, "mirrored", f"heard:turn {ask.turn - 1}")
    return Answer("the turn before", {"recall.heard": value})


def said(ask: Ask) -> Answer:
    """Her own words of the turn before."""
    return computed("recall.said", f"turn {ask.turn - 1}", recall__said=ask.said or "I have said nothing yet.")
