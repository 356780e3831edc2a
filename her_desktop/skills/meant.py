"""Which facts he means: read from the names of slots, and from what was told or used last.

A slot is named like a subject (`sister`) or a pronoun (`her`), another `fact_` and a predicate (`fact_home`); `who` is
a name that he says, `thing` something that he likes or not. So no word of any language is needed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from her_desktop.memory.facts import SUBJECTS, Fact
from her_desktop.nlg.wording import Value
from her_desktop.skills.ask import Ask
from her_desktop.skills.telling import PRONOUNS


def meant(ask: Ask) -> tuple[str, list[str]]:
    """The subject that he means, and where a name or a pronoun leaves that open, all that it could mean."""
    if named := next((name for name in SUBJECTS if name in ask.slots), ""):
        return _kept(ask, named), []
    if who := ask.slots.get("who"):
        return _one_of([f.subject for f in ask.facts.values() if f.predicate == "name" and same(f.object, who)])
    pronoun = next((name for name in PRONOUNS if name in ask.slots), "")
    return _by_pronoun(ask, pronoun) if pronoun else ("user", [])


_ALSO: Mapping[str, tuple[str, ...]] = {
    "child": ("daughter", "son"), "daughter": ("child",), "son": ("child",), "colleague": ("boss",),
    "friend": ("roommate",), "partner": ("wife", "husband", "girlfriend", "boyfriend"),
}  # fmt: skip
"""Who else may be meant by a word, where nothing is kept of the one whom it names."""


def _kept(ask: Ask, named: str) -> str:
    known = {fact.subject for fact in ask.facts.values()}
    return next((one for one in (named, *_ALSO.get(named, ())) if one in known), named)


def _by_pronoun(ask: Ask, pronoun: str) -> tuple[str, list[str]]:
    fitting = [
        name for name in SUBJECTS if SUBJECTS[name] and (pronoun == "them" or SUBJECTS[name] in (pronoun, "them"))
    ]
    last = [ask.facts[name].subject for name in ask.touched if name in ask.facts]
    if spoken_of := [name for name in last if name in fitting]:
        return spoken_of[-1], []
    return _one_of([name for name in fitting if any(fact.subject == name for fact in ask.facts.values())])


def _one_of(subjects: list[str]) -> tuple[str, list[str]]:
    return (subjects[0], []) if len(subjects) == 1 else ("", subjects)


def predicate(ask: Ask) -> str:
    """The predicate that he names; empty where he names none."""
    return next((name.removeprefix("fact_") for name in ask.slots if name.startswith("fact_")), "")


def named(ask: Ask, subject: str) -> Fact | None:
    """The fact that he names; of several things that he likes, the one that he names."""
    fact, thing = ask.facts.get(f"{subject}.{predicate(ask)}"), ask.slots.get("thing")
    if fact is None or not thing:
        return fact
    return next((one for one in (fact, *fact.earlier) if same(one.object, thing)), None)


def touched(ask: Ask) -> list[Fact]:
    """The facts that were told or used last, however long ago."""
    return [ask.facts[name] for name in ask.touched if name in ask.facts]


def just_touched(ask: Ask) -> list[Fact]:
    """The facts that he told, or she used, in the turn before this one: all of that turn, or none."""
    found = touched(ask)
    return found if any(fact.source_turn == ask.turn - 1 or _said(fact, ask.said) for fact in found) else []


def things(facts: Iterable[Fact]) -> list[Value]:
    """All that goes with some facts: of what somebody likes every thing that he told."""
    return [
        Value(one.object, "remembered", one.id)
        for fact in facts for one in ({o.object.casefold(): o for o in (*fact.earlier, fact)}.values()
                                      if fact.predicate in ("likes", "dislikes") else (fact,))
    ]  # fmt: skip


def same(one: str, other: str) -> bool:
    """Whether both are the same words, but for case and punctuation."""
    return _words(one) == _words(other)


def _said(fact: Fact, said: str) -> bool:
    """Whether a sentence holds the longest word of a fact: the shorter ones may have been turned from my to your."""
    return max(_words(fact.object), key=len, default="") in _words(said)


def _words(text: str) -> list[str]:
    return re.findall(r"[\w'’]+", text.casefold())
