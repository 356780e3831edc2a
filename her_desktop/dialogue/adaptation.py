"""Adaptation: a seeded bandit (Thompson sampling) among the wordings of a rule, never among rules.

The reward, in words: what he says next counts for the wording that she used. It is good where he answers warmly or goes
on, and not where he says little or leaves. How often each came is in the state, what was drawn is in the reply, and the
setting `adapts = false` freezes it. Wordings of the safety tier and goodbyes never adapt.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Sequence

from her_desktop.dialogue.book import RuleBook
from her_desktop.dialogue.rules import Rule
from her_desktop.dialogue.state import Received, State
from her_desktop.events import Draw, WordingRewarded
from her_desktop.language import Language

_ASKS_BACK = "explain."
"""Asked why she said it, she is neither praised nor blamed for it."""

GOES_ON_WORDS = 4
"""He went on where he said at least so many words."""


def adapts(rule: Rule) -> bool:
    """Whether the wordings of a rule may be chosen by how they were received."""
    return len(rule.spec.says) > 1 and not rule.guards and not rule.spec.ends


def rewarded(
    book: RuleBook, state: State, words: Sequence[str], winner: Rule, language: Language
) -> Iterable[WordingRewarded]:
    """How her last reply was received, by his next words and the rule that answers them."""
    if not state.last or state.last[0] not in book.rules or not adapts(book.rules[state.last[0]]):
        return
    rule, variant = state.last
    if winner.guards or variant < 0 or winner.spec.skill.startswith(_ASKS_BACK):
        return
    wording = named(book.rules[rule], variant)
    if not language.warm.isdisjoint(words):
        yield WordingRewarded(rule=rule, variant=variant, wording=wording, reward=1, why="he answered warmly")
    elif winner.spec.ends:
        yield WordingRewarded(rule=rule, variant=variant, wording=wording, reward=0, why="he left")
    elif len(words) >= GOES_ON_WORDS:
        yield WordingRewarded(rule=rule, variant=variant, wording=wording, reward=1, why="he went on")
    else:
        yield WordingRewarded(rule=rule, variant=variant, wording=wording, reward=0, why="he said little")


def named(rule: Rule, variant: int) -> str:
    """The name under which a wording is counted: it goes by its words, so a changed wording begins anew."""
    return f"{rule.id}#{hashlib.sha256(rule.saying(variant).say.encode()).hexdigest()[:8]}"


def draws(state: State, rule: Rule, variants: Sequence[int], seed: str) -> tuple[Draw, ...]:
    """One draw for each wording; none where nothing is known of any of them."""
    received = [state.received.get(named(rule, variant), Received()) for variant in variants]
    if not adapts(rule) or len(variants) < 2 or not any(one.liked or one.not_liked for one in received):
        return ()
    dice = random.Random(seed)  # noqa: S311 -- dice of a conversation, not of a lock
    return tuple(
        Draw(variant, one.liked, one.not_liked, round(dice.betavariate(1 + one.liked, 1 + one.not_liked), 6))
        for variant, one in zip(variants, received, strict=True)
    )
