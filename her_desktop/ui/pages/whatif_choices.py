"""What can be changed about a turn, one thing at a time: what had to do with its reply first. Pure."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from her_desktop.dialogue.techniques import switchable, techniques
from her_desktop.events import FactUsed
from her_desktop.language import Language
from her_desktop.trace.alterations import (
    AllOn,
    Alteration,
    Bare,
    FactGone,
    OtherAlternative,
    OtherDie,
    RuleOff,
    TechniqueOff,
    TechniqueOn,
    WordsLeftOut,
    surfaces,
)
from her_desktop.trace.turns import SavedTurn


class Choice(msgspec.Struct, frozen=True):
    """One thing to change."""

    key: str
    """Names it among all choices of the turn."""
    text: str
    change: Alteration
    near: bool = True
    """Whether it had to do with this reply."""
    says: str = ""
    """What it is, in a sentence."""


class Group(msgspec.Struct, frozen=True):
    """Choices of one kind."""

    kind: str
    """word, reading, fact, technique, rule or die."""
    choices: tuple[Choice, ...]


def reading(turn: SavedTurn) -> int:
    """Which reading of what he said she took, counted from 0."""
    return turn.decisions[0].alternative


def groups(turn: SavedTurn, language: Language) -> tuple[Group, ...]:
    """All that can be changed about a turn; kinds of which there is nothing are left out.

    Args:
        turn: the turn as it was recorded.
        language: of the conversation.
    """
    found = (
        ("word", _words(turn, language)),
        ("reading", _readings(turn)),
        ("fact", sorted(_facts(turn), key=lambda one: not one.near)),
        ("technique", sorted(_techniques(turn), key=lambda one: not one.near)),
        ("rule", _rules(turn)),
        ("die", _dice(turn)),
    )
    made = (Group(kind, tuple(choices)) for kind, choices in found)
    return tuple(group for group in made if group.choices)


def left_out(turn: SavedTurn, language: Language, places: tuple[int, ...]) -> WordsLeftOut:
    """Leave out the words at these places of the reading that she took."""
    words = surfaces(turn.heard.alternatives[reading(turn)].text, language)
    return WordsLeftOut(places, reading(turn), " … ".join(_runs(words, places)))


def _runs(words: list[str], places: tuple[int, ...]) -> Iterator[str]:
    """The words, those that stand beside each other together."""
    run: list[str] = []
    for number, at in enumerate(places):
        if number and at != places[number - 1] + 1:
            yield " ".join(run)
            run = []
        run.append(words[at])
    if run:
        yield " ".join(run)


def _words(turn: SavedTurn, language: Language) -> Iterator[Choice]:
    words = surfaces(turn.heard.alternatives[reading(turn)].text, language)
    for at, word in enumerate(words):
        yield Choice(f"word:{at}", word, left_out(turn, language, (at,)))


def _readings(turn: SavedTurn) -> Iterator[Choice]:
    for number, one in enumerate(turn.heard.alternatives):
        if number != reading(turn):
            yield Choice(f"reading:{number}", f"“{one.text}”", OtherAlternative(number))


def _facts(turn: SavedTurn) -> Iterator[Choice]:
    used = {one.entry.fact for one in turn.entries if isinstance(one.entry, FactUsed)}
    used |= {span.source.split("|")[0] for span in turn.reply.spans if span.origin == "remembered"}
    brought = turn.volunteered.conditions if turn.volunteered else ()
    conditions = " ".join(one.text for decision in turn.decisions for one in (*decision.conditions, *brought))
    for name, fact in turn.before.facts.items():
        near = fact.id in used or name in conditions
        yield Choice(f"fact:{name}", f"{name}: {fact.object}", FactGone(name), near, f"You said “{fact.words}”.")


def _techniques(turn: SavedTurn) -> Iterator[Choice]:
    here, off = set(turn.reply.techniques), turn.before.off
    for name, one in techniques().items():
        if name in off:
            yield Choice(
                f"on:{name}", f"{name} {one.name} (was off)", TechniqueOn(name), near=True, says=one.definition
            )
        elif name in switchable():
            yield Choice(f"off:{name}", f"{name} {one.name}", TechniqueOff(name), name in here, one.definition)
    if len(off) > 1:
        yield Choice("all_on", "none switched off", AllOn())
    yield Choice("bare", "all of them: the bare program", Bare())


def _rules(turn: SavedTurn) -> Iterator[Choice]:
    brought = [turn.volunteered.rule] if turn.volunteered else []
    for rule in dict.fromkeys([turn.decision.rule, turn.reply.rule, *brought]):
        says = "She brought it up herself." if rule in brought else ""
        yield Choice(f"rule:{rule}", rule, RuleOff(rule), says=says)


def _dice(turn: SavedTurn) -> Iterator[Choice]:
    for said in (turn.reply, turn.volunteered):
        if said is None:
            continue
        for at, variant in enumerate(said.choice):
            if variant != said.variant:
                die = OtherDie(said.rule, (at + 0.5) / len(said.choice))
                whose = f" · {said.rule}" if said is not turn.reply else ""
                text = f"wording {variant + 1} of {said.of}{whose}"
                yield Choice(f"die:{said.rule}:{variant}", text, die, says=f"The die shows {die.die:.2f}.")
