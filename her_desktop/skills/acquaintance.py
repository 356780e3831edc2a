"""How long they have known each other, counted: days, conversations, turns, and what is kept of him."""

from __future__ import annotations

from her_desktop.nlg.wording import Value
from her_desktop.skills.ask import Answer, Ask


def figures(ask: Ask) -> Answer:
    """Counts for a wording; one that is not more than one has no value: it would be said another way."""
    kept = sum(fact.subject != "she" for fact in ask.facts.values())
    counted = {"days": ask.days, "talks": ask.talks, "turns": ask.turn, "facts": kept}
    source = "skill:acquaintance.figures()"
    values = {
        f"acquaintance.{name}": Value(str(number), "computed", source, canonical=str(number), kind="number")
        for name, number in counted.items()
        if number > 1
    }
    return Answer("the record", values)
