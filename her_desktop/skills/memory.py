"""Receives what he asks about the facts that are kept. Emits values that hold them, or entries that forget them.

Which facts he means stands in the names of slots (`meant.py`); `unsure`, `older` and `lately` say how sure he is, and
from how far back. So no word of any language is needed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from her_desktop.dialogue.state import Saying
from her_desktop.memory.facts import SUBJECTS, Fact, forgotten
from her_desktop.nlg.wording import Value
from her_desktop.skills.ask import Answer, Ask, computed
from her_desktop.skills.meant import just_touched, meant, named, predicate, same, things, touched
from her_desktop.skills.sayings import fact_about, sentence_about
from her_desktop.skills.spoken_names import listed, person
from her_desktop.skills.telling import OF_HIM, order, page_of, pages, stated
from her_desktop.skills.told import own_words, told


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
        values |= _number("memory.one_more" if rest == 1 else "memory.rest", rest)
    if shown and shown[0].subject == "user":
        values |= _overview(ask, sum(map(len, found)), first=at == 0)
    return Answer(asked, values, _turns(shown))


def _overview(ask: Ask, count: int, *, first: bool) -> dict[str, Value]:
    """How much there is in all, and at first also whom else it is about."""
    others = [name for name in SUBJECTS if SUBJECTS[name] and any(fact.subject == name for fact in ask.facts.values())]
    values = _number("memory.single" if count == 1 else "memory.count", count)
    if others and first:
        values["memory.people"] = listed([person(name, ask.language, "memory.about_him") for name in others])
    return values


def about_person(ask: Ask) -> Answer:
    """What is kept about somebody: the one whom he names, or means by a pronoun."""
    subject, others = meant(ask)
    asked = subject or ", ".join(others) or "nobody"
    known = sorted((fact for fact in ask.facts.values() if fact.subject == subject), key=order)
    if subject == "user":
        return Answer(asked, {"memory.self": things([ask.facts["user.name"]])[0]})
    if known:
        return Answer(asked, stated(ask, known), _turns(known))
    if subject:
        if saying := sentence_about(ask):
            return Answer(asked, {"memory.said": _said(saying)}, (saying.turn,))
        return Answer(asked, {"memory.stranger": person(subject, ask.language, "memory.about_person")})
    return Answer(asked, _unclear(ask, others))


def recall(ask: Ask) -> Answer:
    """One fact that he asks for; where it is not kept, the sentence of his that has most to do with it."""
    subject, others = meant(ask)
    if not subject and others:
        return Answer(", ".join(others), _unclear(ask, others))
    fact = named(ask, subject)
    asked = f"{subject}.{predicate(ask)}"
    return Answer(asked, stated(ask, [fact], alone=True), _turns([fact])) if fact else _quoted(ask, asked)


def source(ask: Ask) -> Answer:
    """When and with which words he told a fact: the one that he names, else the last that was told or used."""
    subject, _ = meant(ask)
    recent = touched(ask) if "lately" in ask.slots else just_touched(ask)
    fact = named(ask, subject) if predicate(ask) else (recent[-1] if recent else None)
    if not fact:
        return Answer("nothing that is kept", {})
    values = {"memory.words": own_words(fact)} | told(fact, ask)
    if fact.earlier and fact.predicate not in ("likes", "dislikes"):
        before = fact.earlier[-1]
        values["memory.before"] = Value(before.object, "remembered", before.id)
    return Answer(fact.name, values, _turns([*fact.earlier, fact]))


def mentioned(ask: Ask) -> Answer:
    """The sentence of his that has most to do with what he asks about: of this session, else one that taught a fact."""
    return _quoted(ask, "nothing that he said")


def _quoted(ask: Ask, otherwise: str) -> Answer:
    if saying := sentence_about(ask):
        return Answer(" ".join(ask.slots.values()), {"memory.said": _said(saying)}, (saying.turn,))
    if fact := fact_about(ask):
        return Answer(fact.name, {"memory.words": own_words(fact)}, _turns([fact]))
    return Answer(otherwise, {})


def _said(saying: Saying) -> Value:
    return Value(saying.text, "mirrored", f"heard:turn {saying.turn}")


# ---- forgetting ------------------------------------------------------------------------------------------------------


def forget_that(ask: Ask) -> Answer:
    """Forget the one fact that was told or used just now; where it is not clear which, ask, and do nothing."""
    recent = just_touched(ask)
    found = recent or (touched(ask) if "older" in ask.slots else [])
    if len(things(recent)) == 1 and "unsure" not in ask.slots:
        return _forgotten(recent)
    return _which(found) if found else Answer("what was told or used last", {})


def forget_touched(ask: Ask) -> Answer:
    """Forget all that she asked about just now."""
    return _forgotten(just_touched(ask))


def forget_named(ask: Ask) -> Answer:
    """Forget the fact that he names, or all about the one whom he names; ask where more would go than he names."""
    subject, others = meant(ask)
    if not subject and others:
        return Answer(", ".join(others), _unclear(ask, others))
    who, thing, wanted = ask.slots.get("who", ""), ask.slots.get("thing", ""), predicate(ask)
    found = [fact for fact in ask.facts.values() if fact.subject == subject and wanted in ("", fact.predicate)]
    if who and not subject:
        found = [fact for fact in ask.facts.values() if _holds(fact, who)]
    if thing:
        found = [fact for fact in found if _holds(fact, thing)]
    more = len(things(found)) > 1 and bool(thing or (who and subject in ("", "user")))
    return _which(found) if more else _forgotten(found)


def forget_all(ask: Ask) -> Answer:
    """Forget every fact there is."""
    return _forgotten(ask.facts.values())


def _holds(fact: Fact, words: str) -> bool:
    return any(same(one.text, words) for one in things([fact]))


def _which(facts: list[Fact]) -> Answer:
    """Ask about all that would go; of one fact, it is kept together."""
    name = "memory.together" if len(facts) == 1 and len(things(facts)) > 1 else "memory.which"
    return Answer("what was told or used last", {name: listed(things(facts))}, _turns(facts))


def _forgotten(facts: Iterable[Fact]) -> Answer:
    gone = list(facts)
    done = tuple(forgotten(fact, "his words") for fact in gone)
    asked = ", ".join(fact.name for fact in gone) or "nothing that is kept"
    count = len(things(gone))
    values = _number("memory.gone" if count == 1 else "memory.all_gone", count) if gone else {}
    return Answer(asked, values, done=done)


def _unclear(ask: Ask, others: list[str]) -> dict[str, Value]:
    people = [person(name, ask.language, "memory.meant") for name in others]
    return {"memory.unclear": listed(people)} if people else {}


def _number(name: str, number: int) -> dict[str, Value]:
    return dict(computed("memory.count", "facts", **{name.replace(".", "__"): str(number)}).values)


def _turns(facts: Iterable[Fact]) -> tuple[int, ...]:
    return tuple(sorted({fact.source_turn for fact in facts}))


_GONE = frozenset({"memory.gone?", "memory.all_gone?"})
_ASKED = frozenset({"memory.which?", "memory.together?"})

VALUES: Mapping[str, frozenset[str]] = {
    "memory.about_him": frozenset({*OF_HIM, "memory.single?", "memory.count?", "memory.people?", "memory.rest?",
                                   "memory.one_more?"}),
    "memory.go_on": frozenset({*OF_HIM, "memory.single?", "memory.count?", "memory.rest?", "memory.one_more?"}),
    "memory.about_person": frozenset({*OF_HIM, "memory.said?", "memory.stranger?", "memory.unclear?", "memory.self?"}),
    "memory.recall": frozenset({*OF_HIM, "memory.unclear?", "memory.said?", "memory.words?"}),
    "memory.source": frozenset({"memory.words?", "memory.before?", "memory.today?", "memory.yesterday?",
                                "memory.weekday?", "memory.date?"}),
    "memory.mentioned": frozenset({"memory.said?", "memory.words?"}),
    "memory.forget_that": frozenset({"memory.gone?", *_ASKED}),
    **dict.fromkeys(("memory.forget_touched", "memory.forget_all"), _GONE),
    "memory.forget_named": frozenset({*_GONE, *_ASKED, "memory.unclear?"}),
}  # fmt: skip
"""What each of these skills may answer with."""
