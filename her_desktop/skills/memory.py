"""Receives what he asks about the facts that are kept. Emits values that hold them, or entries that forget them.

Which facts he means stands in the names of slots: one is named like a subject (`sister`) or a pronoun (`her`), another
`fact_` and a predicate (`fact_home`). So no word of any language is needed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from her_desktop.events import FactForgotten
from her_desktop.memory.facts import SUBJECTS, Fact
from her_desktop.nlg.wording import Value
from her_desktop.skills.ask import Answer, Ask, computed
from her_desktop.skills.spoken_names import listed, person
from her_desktop.skills.telling import OF_HIM, PRONOUNS, order, page_of, pages, stated
from her_desktop.skills.told import told


def about_him(ask: Ask) -> Answer:
    """What is kept, a handful of it: about himself first."""
    found = pages(ask.facts)
    return _page(ask, found, 0)


def go_on(ask: Ask) -> Answer:
    """The next handful, behind what was told last; no value where that was all."""
    found = pages(ask.facts)
    return _page(ask, found, page_of(found, ask.touched) + 1)


def _page(ask: Ask, found: list[list[Fact]], at: int) -> Answer:
    shown = found[at] if at < len(found) else []
    values = stated(ask, shown)
    asked = f"page {at + 1} of {len(found)}"
    if rest := sum(map(len, found[at + 1 :])):
        values |= _number("memory.rest", rest)
    if shown and shown[0].subject == "user":
        values |= _overview(ask, sum(map(len, found)), first=at == 0)
    return Answer(asked, values, _turns(shown))


def _overview(ask: Ask, count: int, *, first: bool) -> dict[str, Value]:
    """How much there is in all, and at first also whom else it is about."""
    others = [name for name in SUBJECTS if name != "user" and any(fact.subject == name for fact in ask.facts.values())]
    values = _number("memory.single" if count == 1 else "memory.count", count)
    if others and first:
        values["memory.people"] = listed([person(name, ask.language, "memory.about_him") for name in others])
    return values


def about_person(ask: Ask) -> Answer:
    """What is kept about somebody: the one whom he names, or means by a pronoun."""
    subject, others = meant(ask)
    asked = subject or ", ".join(others) or "nobody"
    known = sorted((fact for fact in ask.facts.values() if fact.subject == subject), key=order)
    if known:
        return Answer(asked, stated(ask, known), _turns(known))
    if subject:
        return Answer(asked, {"memory.stranger": person(subject, ask.language, "memory.about_person")})
    return Answer(asked, _unclear(ask, others))


def recall(ask: Ask) -> Answer:
    """One fact that he asks for; no value where it is not kept."""
    subject, others = meant(ask)
    fact = _named(ask, subject)
    if not subject and others:
        return Answer(", ".join(others), _unclear(ask, others))
    return Answer(_name(ask, subject), stated(ask, [fact], alone=True) if fact else {}, _turns([fact] if fact else []))


def source(ask: Ask) -> Answer:
    """When and with which words he told a fact: the one that he names, else the last that was told or used."""
    subject, _ = meant(ask)
    recent = [ask.facts[name] for name in just_touched(ask)]
    fact = _named(ask, subject) if predicate(ask) else (recent[-1] if recent else None)
    if not fact:
        return Answer("nothing that is kept", {})
    values = {"memory.words": Value(fact.words, "remembered", fact.id)} | told(fact, ask)
    if fact.earlier and fact.predicate not in ("likes", "dislikes"):
        before = fact.earlier[-1]
        values["memory.before"] = Value(before.object, "remembered", before.id)
    return Answer(fact.name, values, _turns([*fact.earlier, fact]))


# ---- forgetting ------------------------------------------------------------------------------------------------------


def forget_that(ask: Ask) -> Answer:
    """Forget the one fact that was told or used just now; where it is not clear which, tell them, and do nothing."""
    recent = just_touched(ask)
    if len(recent) == 1:
        return _forgotten(ask, recent)
    which = [ask.facts[name] for name in ask.touched if name in ask.facts]
    values = {"memory.which": listed([Value(fact.object, "remembered", fact.id) for fact in which])} if which else {}
    return Answer("what was told or used last", values)


def forget_touched(ask: Ask) -> Answer:
    """Forget all that was told or used last."""
    return _forgotten(ask, ask.touched)


def forget_named(ask: Ask) -> Answer:
    """Forget the fact that he names, or all about the one whom he names."""
    subject, others = meant(ask)
    if not subject and others:
        return Answer(", ".join(others), _unclear(ask, others))
    wanted = predicate(ask)
    names = [fact.name for fact in ask.facts.values() if fact.subject == subject and wanted in ("", fact.predicate)]
    return _forgotten(ask, names)


def forget_all(ask: Ask) -> Answer:
    """Forget every fact there is."""
    return _forgotten(ask, ask.facts)


def _forgotten(ask: Ask, names: Iterable[str]) -> Answer:
    facts = [ask.facts[name] for name in dict.fromkeys(names) if name in ask.facts]
    done = tuple(
        FactForgotten(fact=fact.id, subject=fact.subject, predicate=fact.predicate, object="",
                      source_turn=fact.source_turn, why="his words")
        for fact in facts
    )  # fmt: skip
    asked = ", ".join(fact.name for fact in facts) or "nothing that is kept"
    values = _number("memory.gone" if len(facts) == 1 else "memory.all_gone", len(facts)) if facts else {}
    return Answer(asked, values, done=done)


# ---- which facts are meant -------------------------------------------------------------------------------------------


def meant(ask: Ask) -> tuple[str, list[str]]:
    """The subject that he means, and where a pronoun leaves that open, all that it could mean."""
    if named := next((name for name in SUBJECTS if name in ask.slots), ""):
        return named, []
    pronoun = next((name for name in PRONOUNS if name in ask.slots), "")
    if not pronoun:
        return "user", []
    fitting = [
        name for name in SUBJECTS if SUBJECTS[name] and (pronoun == "them" or SUBJECTS[name] in (pronoun, "them"))
    ]
    last = [ask.facts[name].subject for name in ask.touched if name in ask.facts]
    if spoken_of := [name for name in last if name in fitting]:
        return spoken_of[-1], []
    known = [name for name in fitting if any(fact.subject == name for fact in ask.facts.values())]
    return (known[0], []) if len(known) == 1 else ("", known)


def predicate(ask: Ask) -> str:
    """The predicate that he names; empty where he names none."""
    return next((name.removeprefix("fact_") for name in ask.slots if name.startswith("fact_")), "")


def just_touched(ask: Ask) -> list[str]:
    """The facts that he told, or she used, in the turn before this one."""
    return [
        name for name in ask.touched
        if (fact := ask.facts.get(name)) and (fact.source_turn == ask.turn - 1 or fact.object in ask.said)
    ]  # fmt: skip


def _named(ask: Ask, subject: str) -> Fact | None:
    return ask.facts.get(_name(ask, subject))


def _name(ask: Ask, subject: str) -> str:
    return f"{subject}.{predicate(ask)}"


def _unclear(ask: Ask, others: list[str]) -> dict[str, Value]:
    people = [person(name, ask.language, "memory.meant") for name in others]
    return {"memory.unclear": listed(people)} if people else {}


def _number(name: str, number: int) -> dict[str, Value]:
    return dict(computed("memory.count", "facts", **{name.replace(".", "__"): str(number)}).values)


def _turns(facts: Iterable[Fact]) -> tuple[int, ...]:
    return tuple(sorted({fact.source_turn for fact in facts}))


VALUES: Mapping[str, frozenset[str]] = {
    "memory.about_him": frozenset({*OF_HIM, "memory.single?", "memory.count?", "memory.people?", "memory.rest?"}),
    "memory.go_on": frozenset({*OF_HIM, "memory.single?", "memory.count?", "memory.rest?"}),
    "memory.about_person": frozenset({*OF_HIM, "memory.stranger?", "memory.unclear?"}),
    "memory.recall": frozenset({*OF_HIM, "memory.unclear?"}),
    "memory.source": frozenset({"memory.words?", "memory.before?", "memory.today?", "memory.yesterday?",
                                "memory.weekday?", "memory.date?"}),
    "memory.forget_that": frozenset({"memory.gone?", "memory.which?"}),
    **dict.fromkeys(("memory.forget_touched", "memory.forget_all"), frozenset({"memory.gone?", "memory.all_gone?"})),
    "memory.forget_named": frozenset({"memory.gone?", "memory.all_gone?", "memory.unclear?"}),
}  # fmt: skip
"""What each of these skills may answer with."""
