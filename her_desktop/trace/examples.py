"""Words for slots, for sentences that are made up: what slots of the same type catch in the samples of rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import chain, islice

from her_desktop.conversation import Conversation
from her_desktop.dialogue.rules import Rule
from her_desktop.language import surfaces
from her_desktop.nlu.line import Line
from her_desktop.nlu.matcher import matched, walk
from her_desktop.nlu.program import Program
from her_desktop.trace.nearest import Fillers

_MOST_RULES = 300
"""So many other rules are asked where a rule's own samples show nothing."""

_MOST_WORDS = 6
"""So many examples of each type."""


def slot_examples(conversation: Conversation, rule: Rule, now: datetime) -> Fillers:
    """By slot type, words that such a slot may catch: from the samples of the rule, else from those of others.

    Args:
        conversation: whose rules are asked.
        rule: for which slots words are wanted.
        now: what dates and times are relative to.
    """
    found: dict[str, dict[str, None]] = {}
    wanted = frozenset(rule.slot_types.values())
    others = (conversation.book.rules[name] for name in islice(conversation.book.rules, _MOST_RULES))
    for one in chain([rule], others):
        if wanted <= found.keys():
            break
        for kind, words in _caught(conversation, one, now):
            if one is rule or kind not in found:
                found.setdefault(kind, {})[words] = None
    plain = {kind: {words: None} for kind, words in _plain(conversation, now).items()}
    return {kind: tuple(islice(words, _MOST_WORDS)) for kind, words in (plain | found).items()}


def programs(conversation: Conversation, rule: Rule) -> list[Program]:
    """The compiled templates of a rule."""
    return [conversation.book.programs[at] for at in rule.templates]


def _caught(conversation: Conversation, rule: Rule, now: datetime) -> Iterator[tuple[str, str]]:
    for sample in rule.spec.samples if rule.slot_types else ():
        line = Line.of(sample, conversation.language, now)
        for program in programs(conversation, rule):
            if (trail := walk(program, line)) is not None:
                for name, places in matched(program, trail, line).slots.items():
                    yield rule.slot_types.get(name, "text"), surfaces(tuple(line.tokens[at] for at in places))


def _plain(conversation: Conversation, now: datetime) -> dict[str, str]:
    """What needs no words of a language, or only those that it names itself."""
    minutes = min(conversation.language.values.units.get("minute", ()), default="")
    return {
        "number": "5",
        "time": "18:30",
        "date": now.date().isoformat(),
        **({"duration": f"5 {minutes}"} if minutes else {}),
    }
