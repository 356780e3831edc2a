"""Which facts she tells in one breath, and under which names a wording finds them. The sentences are in the packs."""

from __future__ import annotations

from collections.abc import Iterable

from her_desktop.memory.facts import SUBJECTS, Fact, Facts
from her_desktop.nlg.wording import Value
from her_desktop.skills.ask import Ask
from her_desktop.skills.spoken_names import listed, person

IN_ONE_BREATH = 5
"""So many facts about him are told at most before she asks whether to go on; about somebody else all at once."""

PREDICATES = ("name", "home", "origin", "job", "age", "birthday", "likes", "dislikes", "plan",
              "work", "job_before", "allergy")  # fmt: skip
"""Those that wordings have a sentence for, in the order in which they are told; others are told as they are."""

PRONOUNS = ("her", "him", "them")
_OPPOSITE = {"likes": "dislikes", "dislikes": "likes"}
_OF_OTHERS = ("name", "home", "job", "likes", "dislikes")

OF_HIM = frozenset(
    {f"memory.{name}?" for name in (*PREDICATES, "other", "person")}
    | {f"memory.{who}_{name}?" for who in (*PRONOUNS, "one") for name in (*_OF_OTHERS, "other")}
)
"""The names of all values that tell facts: `memory.home` is his own, `memory.her_home` that of somebody who is a she,
`memory.one_home` that of somebody about whom only this is asked."""


def order(fact: Fact) -> tuple[int, int, str]:
    """Where a fact stands when all are told."""
    known = PREDICATES.index(fact.predicate) if fact.predicate in PREDICATES else len(PREDICATES)
    return list(SUBJECTS).index(fact.subject), known, fact.predicate


def pages(facts: Facts) -> list[list[Fact]]:
    """All facts, in handfuls: those about him, then each other person by itself; without marks and her own name."""
    found: list[list[Fact]] = []
    told = (fact for fact in facts.values() if _tellable(fact))
    for fact in sorted(told, key=order):
        last = found[-1] if found else []
        joins = last and last[-1].subject == fact.subject and (len(last) < IN_ONE_BREATH or fact.subject != "user")
        if joins:
            last.append(fact)
        else:
            found.append([fact])
    return found


def told_by_him(fact: Fact) -> bool:
    """Something that he told: not her own name, and not a mark that a rule keeps."""
    return fact.subject != "she" and fact.object != "true"


def _tellable(fact: Fact) -> bool:
    """The same without a favorite, which is told among what he likes."""
    return told_by_him(fact) and not fact.predicate.startswith("favorite_")


def page_of(found: list[list[Fact]], touched: Iterable[str]) -> int:
    """The last handful of which something was just told; -1 where none was."""
    names = set(touched)
    return max((at for at, page in enumerate(found) if names.intersection(f.name for f in page)), default=-1)


def stated(ask: Ask, facts: Iterable[Fact], *, alone: bool = False) -> dict[str, Value]:
    """Facts by the names under which wordings tell them; `alone` where only one of them is asked for."""
    values: dict[str, list[Value]] = {}
    for fact in facts:
        if fact.subject != "user":
            values["memory.person"] = [person(fact.subject, ask.language, "memory.person")]
        values.setdefault(_place(fact, alone), []).extend(_objects(fact, ask.facts))
    return {name: listed(found) for name, found in values.items() if found}


def _place(fact: Fact, alone: bool) -> str:
    known = _OF_OTHERS if fact.subject != "user" else PREDICATES
    last = fact.predicate if fact.predicate in known else "other"
    if fact.subject == "user":
        return f"memory.{last}"
    return f"memory.{'one' if alone else SUBJECTS[fact.subject]}_{last}"


def _objects(fact: Fact, facts: Facts) -> list[Value]:
    """What is kept; of things that somebody likes all that he told, but for what he has taken back."""
    if fact.predicate not in _OPPOSITE:
        return [Value(fact.object, "remembered", fact.id)]
    other = facts.get(f"{fact.subject}.{_OPPOSITE[fact.predicate]}")
    later = {one.object.casefold(): one.told_at for one in (*other.earlier, other)} if other else {}
    told = {one.object.casefold(): one for one in (*fact.earlier, fact)}
    return [
        Value(one.object, "remembered", one.id) for thing, one in told.items()
        if thing not in later or later[thing] < one.told_at
    ]  # fmt: skip
