"""What was said a moment ago, word for word. Where nothing was, there is no value: the words are a rule's."""

from __future__ import annotations

from her_desktop.nlg.wording import Value
from her_desktop.skills.ask import Answer, Ask, computed


def heard(ask: Ask) -> Answer:
    """His words of the turn before, as they were heard."""
    value = Value(ask.heard_before, "mirrored", f"heard:turn {ask.turn - 1}")
    return Answer("the turn before", {"recall.heard": value} if ask.heard_before else {})


def said(ask: Ask) -> Answer:
    """Her own words of the turn before."""
    asked = f"turn {ask.turn - 1}"
    return computed("recall.said", asked, recall__said=ask.said) if ask.said else Answer(asked, {})
