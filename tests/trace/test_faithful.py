"""Explanations are faithful: without a cause that is named she says something else, without any other the same."""

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from her_desktop.events import TurnsMarked
from her_desktop.memory.journal import Journal
from her_desktop.skills import help_lines
from her_desktop.trace.aloud import Aloud
from her_desktop.trace.alterations import (
    Alteration,
    ConditionIs,
    FactGone,
    NoQuestion,
    OtherDie,
    SettingIs,
    TechniqueOn,
    WordsLeftOut,
    surfaces,
)
from her_desktop.trace.causes import KINDS
from her_desktop.trace.explain import Why, why
from her_desktop.trace.packs_then import PacksThen
from her_desktop.trace.scene import Scene
from her_desktop.trace.turns import SavedTurn, marked, turns
from her_desktop.trace.what_if import what_if
from tests.dialogue.talk import conversation, language
from tests.trace.generated import converse

ALL, SAMPLE = (60, 160), (40, 16)
"""How many talks are held, and how many of their turns explained."""


@pytest.fixture(scope="module")
def home(whole: bool, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("profile")
    converse(path, (ALL if whole else SAMPLE)[0], 77, (4, 8))
    return path


@pytest.fixture(scope="module")
def explained(home: Path, whole: bool) -> Iterator[list[tuple[SavedTurn, Scene, Why]]]:
    """Turns that are explained, each with the scene in which it can be run again; of the rare kinds always some."""
    with Journal(home, read_only=True) as journal:
        packs = PacksThen(journal, conversation())
        record = Aloud(journal, packs)
        forgotten = marked(journal.entries(kinds=[TurnsMarked]))
        found = [turn for turn in turns(journal.entries()) if turn.number not in forgotten]
        chosen = random.Random(1).sample(found, (ALL if whole else SAMPLE)[1])
        for part, count in (("clock.", 3), ("memory.", 3), ("/", 8)):
            chosen += [turn for turn in found if part in turn.reply.rule][:count]
        chosen += [turn for turn in found if turn.reply.rule == "memory.about_him" and turn.before.facts][:2]
        made = [(turn, replace(packs.of(turn), record=record)) for turn in chosen]
        yield [(turn, Scene.of(turn, talk), why(turn, talk)) for turn, talk in made]


def ways(turn: SavedTurn, scene: Scene) -> Iterator[tuple[str, str, list[Alteration]]]:
    """Every single thing of the kinds that `why` names, with all ways to take it away: written for this test anew."""
    number, reply = turn.decisions[0].alternative, turn.reply
    for at, word in enumerate(surfaces(turn.heard.alternatives[number].text, language())):
        yield "word", f"{at}:{word}", [WordsLeftOut((at,), number, word)]
    for condition in turn.decision.conditions:
        yield "condition", condition.text, [ConditionIs(turn.decision.rule, condition.text, value=False)]
    for name in turn.before.facts:
        yield "fact", name, [FactGone(name)]
    if turn.before.question:
        yield "question", turn.before.question.reply, [NoQuestion()]
    if len(reply.choice) > 1:
        others = [at for at, one in enumerate(reply.choice) if one != reply.variant]
        yield "dice", reply.rule, [OtherDie(reply.rule, (at + 0.5) / len(reply.choice)) for at in others]
    yield "setting", "adapts", [SettingIs("adapts", not scene.conversation.adapts)]
    yield "setting", "country", [SettingIs("country", code) for code in help_lines.table()]
    for technique in turn.before.off:
        yield "setting", technique, [TechniqueOn(technique)]


def named(found: Why, kind: str, what: str) -> bool:
    """Whether an explanation names a thing."""
    causes = [cause for cause in found.causes if cause.kind == kind]
    if kind == "word":
        at = int(what.partition(":")[0])
        return any(isinstance(cause.without, WordsLeftOut) and cause.without.words == (at,) for cause in causes)
    if kind == "dice":
        return any(isinstance(cause.without, OtherDie) and cause.without.rule == what for cause in causes)
    return any(cause.what.startswith(what) for cause in causes)


def test_without_a_named_cause_she_says_something_else_and_without_any_other_the_same(
    explained: list[tuple[SavedTurn, Scene, Why]],
) -> None:
    for turn, scene, found in explained:
        for kind, what, alterations in ways(turn, scene):
            changes = any(what_if(scene, turn.reply, one).differs for one in alterations)
            assert named(found, kind, what) == changes, (kind, what, turn.heard.text, found.paragraph)


def test_every_named_cause_was_tried_and_changes_the_reply(explained: list[tuple[SavedTurn, Scene, Why]]) -> None:
    for turn, scene, found in explained:
        for cause in found.causes:
            assert what_if(scene, turn.reply, cause.without).differs, cause


def test_every_kind_of_cause_occurs(explained: list[tuple[SavedTurn, Scene, Why]]) -> None:
    count = Counter(cause.kind for _, _, found in explained for cause in found.causes)
    assert set(KINDS) <= count.keys(), count


def test_the_paragraph_names_what_the_value_holds(explained: list[tuple[SavedTurn, Scene, Why]]) -> None:
    for turn, _, found in explained:
        assert turn.reply.text in found.paragraph
        for cause in found.causes:
            told = cause.what.rpartition(" of ")[2] if cause.kind == "held_back" else cause.what
            assert cause.kind == "before" or told in found.paragraph, cause
