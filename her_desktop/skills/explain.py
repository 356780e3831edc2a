"""Why she said something: told from the record of the turn that is meant. The sentences are rules; here are values."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from her_desktop.nlg.wording import Value
from her_desktop.skills.ask import Answer, Ask

QUESTIONS = ("why", "before", "more", "words", "heard", "program", "pleasing")
"""Why she said it; why what came before; more of that; where its words came from; what she heard; whether it is only
programming; whether she says what he wants to hear."""

_TOLD = (
    "answer_heard", "asked", "author", "author_alone", "brought_up", "charms", "choice", "computed", "corrected",
    "count", "danger_heard", "drawn", "facts", "fitted_heard", "forgotten", "gap_heard", "grave", "heard",
    "hinge_heard", "in_vain", "exhibited", "charms_few", "charms_more",
    "last_heard", "leaned", "long_heard", "many", "mirrored", "ms", "next_alone", "next_barred", "next_filled",
    "next_left", "next_priority", "next_rank", "next_rested", "next_sure", "next_words", "of", "of_words",
    "other_heard", "read_heard", "remembered", "rule", "searched", "sure", "time", "told", "topic", "tried",
    "typed_heard", "uncharmed", "unkept", "unused_heard", "words_heard", "all_computed", "all_written", "length",
    *(f"next_{why}_about" for why in ("barred", "filled", "left", "priority", "rank", "rested", "sure", "words")),
)  # fmt: skip
_SKILLS = tuple(f"explain.{question}" for question in QUESTIONS)

VALUES: Mapping[str, frozenset[str]] = dict.fromkeys(_SKILLS, frozenset(f"explain.{name}?" for name in _TOLD))
"""What there is to say of a turn, each only where it is so: `trace/aloud_values.py` says when."""


def asked(question: str) -> Callable[[Ask], Answer]:
    """The skill that answers a question about the last turn, or about the one in which `{about}` was said."""

    def skill(ask: Ask) -> Answer:
        if ask.record:
            return ask.record.tells(question, ask.turn, ask.slots.get("about", ""), ask.language)
        without = f"{question}, and no record is there"
        if question != "heard" or not ask.heard_before:
            return Answer(without, {})
        return Answer(
            without, {"explain.last_heard": Value(ask.heard_before, "mirrored", f"heard:turn {ask.turn - 1}")}
        )

    return skill


SKILLS = {f"explain.{question}": asked(question) for question in QUESTIONS}
