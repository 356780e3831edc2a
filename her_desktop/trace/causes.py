"""What a reply hung on: what was taken away, with the turn run again, and changed what she said.

What is named is true by trial, and what was tried and is not named changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import timedelta
from typing import Literal, get_args

import msgspec

from her_desktop.conversation import weigh
from her_desktop.dialogue.state import apply
from her_desktop.events import Condition
from her_desktop.skills import help_lines
from her_desktop.trace.alterations import (
    AllOn,
    Alteration,
    Blank,
    ConditionIs,
    FactGone,
    NoQuestion,
    OtherDie,
    SettingIs,
    TechniqueOn,
    TimeIs,
    WordsLeftOut,
    surfaces,
)
from her_desktop.trace.scene import Scene
from her_desktop.trace.turns import SavedTurn
from her_desktop.trace.what_if import WhatIf, what_if
from her_desktop.trouble import Trouble

Kind = Literal["word", "condition", "held_back", "fact", "question", "dice", "setting", "time", "before"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""His words; a condition that let the rule speak; one that kept another from it; a kept fact; her open question; the
dice; what he has set; the time; what came before."""

MOST_WORDS, MOST_FACTS, MOST_HELD_BACK = 60, 100, 40
"""More than so many are not all tried: of a longer utterance only the words that the rule took."""

_OTHER_TIMES = (timedelta(hours=7, minutes=13), timedelta(days=1), timedelta(days=-3, hours=-12), timedelta(days=190))


class Cause(msgspec.Struct, frozen=True):
    """Something without which she would have said something else."""

    kind: Kind
    what: str
    """The thing itself: a word, a condition, a fact."""
    without: Alteration
    """What takes it away."""
    found: WhatIf
    """What she would have said then."""


class _Try(msgspec.Struct, frozen=True):
    kind: Kind
    what: str
    ways: tuple[Alteration, ...]
    """Ways to take it away; it is a cause if one of them changes the reply."""


def causes(turn: SavedTurn, scene: Scene, kinds: Collection[Kind] = KINDS) -> tuple[Cause, ...]:
    """Everything of some kinds that the reply of a turn hung on.

    Args:
        turn: the turn.
        scene: what it was answered in.
        kinds: which kinds of causes to try.
    """
    return tuple(_found(turn, scene, kinds))


def _found(turn: SavedTurn, scene: Scene, kinds: Collection[Kind]) -> Iterator[Cause]:
    for kind in (kind for kind in KINDS if kind in kinds):
        for one in _TRIES[kind](turn, scene):
            for way in one.ways:
                found = _run(scene, turn, way)
                if found and found.differs:
                    yield Cause(one.kind, one.what, way, found)
                    break


def _run(scene: Scene, turn: SavedTurn, way: Alteration) -> WhatIf | None:
    try:
        return what_if(scene, turn.reply, way)
    except Trouble:  # it is not there to be taken away
        return None


def _words(turn: SavedTurn, scene: Scene) -> Iterator[_Try]:
    number = turn.decisions[0].alternative
    words = surfaces(turn.heard.alternatives[number].text, scene.conversation.language)
    tried = range(len(words)) if len(words) <= MOST_WORDS else _taken(turn)
    for at in tried:
        yield _Try("word", words[at], (WordsLeftOut((at,), number, words[at]),))


def _taken(turn: SavedTurn) -> list[int]:
    """The words that the slots of the winning rule caught."""
    taken = {at for words in turn.decisions[0].slot_words.values() for at in words}
    return sorted(taken)[:MOST_WORDS]


def _conditions(turn: SavedTurn, _scene: Scene) -> Iterator[_Try]:
    decision, brought = turn.decision, turn.volunteered
    yield from (_untrue(decision.rule, one) for one in decision.conditions if one.value)
    if brought:
        yield from (_untrue(brought.rule, one) for one in brought.conditions if one.value)


def _untrue(rule: str, condition: Condition) -> _Try:
    return _Try("condition", f"{condition.text} of {rule}", (ConditionIs(rule, condition.text, value=False),))


def _held_back(turn: SavedTurn, scene: Scene) -> Iterator[_Try]:
    """A single condition, the only false one of a rule whose words fit."""
    _, standings = weigh(scene.conversation, apply(scene.state, turn.heard), turn.heard, scene.at)
    for standing in standings[:MOST_HELD_BACK]:
        false = [one for one in standing.conditions if not one.value]
        if len(false) == 1:
            way = ConditionIs(standing.rule.id, false[0].text, value=True)
            yield _Try("held_back", f"{false[0].text} of {standing.rule.id}", (way,))


def _facts(turn: SavedTurn, _scene: Scene) -> Iterator[_Try]:
    for name in list(turn.before.facts)[:MOST_FACTS]:
        yield _Try("fact", name, (FactGone(name),))


def _question(turn: SavedTurn, _scene: Scene) -> Iterator[_Try]:
    if turn.before.question:
        yield _Try("question", turn.before.question.reply, (NoQuestion(),))


def _dice(turn: SavedTurn, _scene: Scene) -> Iterator[_Try]:
    reply, brought = turn.reply, turn.volunteered
    yield from _die(reply.rule, reply.variant, reply.choice)
    if brought:
        yield from _die(brought.rule, brought.variant, brought.choice)


def _die(rule: str, variant: int, choice: tuple[int, ...]) -> Iterator[_Try]:
    others = (at for at, one in enumerate(choice) if one != variant)
    ways = tuple(OtherDie(rule, (at + 0.5) / len(choice)) for at in others)
    if ways:
        yield _Try("dice", f"the dice that chose wording {variant + 1} of {rule}", ways)


def _settings(turn: SavedTurn, scene: Scene) -> Iterator[_Try]:
    yield _Try("setting", "adapts", (SettingIs("adapts", not scene.conversation.adapts),))
    countries = (code for code in help_lines.table() if code != scene.conversation.country)
    yield _Try("setting", "country", tuple(SettingIs("country", code) for code in countries))
    for technique in turn.before.off:
        yield _Try("setting", f"{technique} switched off", (TechniqueOn(technique),))
    if len(turn.before.off) > 1:
        yield _Try("setting", f"{len(turn.before.off)} techniques switched off", (AllOn(),))


def _time(_turn: SavedTurn, scene: Scene) -> Iterator[_Try]:
    yield _Try("time", "the time", tuple(TimeIs(scene.at + later) for later in _OTHER_TIMES))


def _before(turn: SavedTurn, _scene: Scene) -> Iterator[_Try]:
    state = turn.before
    there = {
        "topic": state.topic, "wordings": state.variants, "received": state.received,
        "words": state.heard + state.said, "promises": state.promises, "spoken": state.spoke, "touched": state.touched,
        "sayings": state.sayings,
    }  # fmt: skip
    yield from (_Try("before", what, (Blank(what),)) for what, is_there in there.items() if is_there)  # type: ignore[arg-type]  # the names of Blank


_TRIES: dict[Kind, Callable[[SavedTurn, Scene], Iterator[_Try]]] = {
    "word": _words, "condition": _conditions, "held_back": _held_back, "fact": _facts, "question": _question,
    "dice": _dice, "setting": _settings, "time": _time, "before": _before,
}  # fmt: skip
