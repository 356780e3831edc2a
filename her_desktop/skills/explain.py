"""Why she said something: told from the record of the turn that is meant. The sentences are rules; here are values."""

from __future__ import annotations

from collections.abc import Callable

from her_desktop.skills.ask import Answer, Ask

VALUES = frozenset({
    "explain.heard?", "explain.said?", "explain.rule?", "explain.words?", "explain.asked?", "explain.brought_up?",
    "explain.choice?", "explain.liked?", "explain.time?", "explain.count?", "explain.author?", "explain.mirrored?",
    "explain.remembered?", "explain.computed?", "explain.sure?", "explain.other?", "explain.next?", "explain.tried?",
    "explain.of?", "explain.facts?", "explain.told?", "explain.techniques?",
})  # fmt: skip
"""What there is to say of a turn, each only where it is so (`trace/aloud.py`)."""

QUESTIONS = ("why", "heard", "program", "pleasing")
"""Why she said it; what she heard; whether it is only programming; whether she says what he wants to hear."""


def asked(question: str) -> Callable[[Ask], Answer]:
    """The skill that answers a question about the last turn, or about the one in which `{about}` was said."""

    def skill(ask: Ask) -> Answer:
        if not ask.record:
            return Answer(f"{question}, and no record is there", {})
        return ask.record.tells(question, ask.turn, ask.slots.get("about", ""), ask.language)

    return skill


SKILLS = {f"explain.{question}": asked(question) for question in QUESTIONS}
