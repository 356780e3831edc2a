"""Saved turns run again with other packs: what would be answered otherwise, and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from her_desktop.clock import FixedClock
from her_desktop.conversation import Conversation
from her_desktop.dialogue.packs import load_packs
from her_desktop.events import Recorded
from her_desktop.inbox import InlineExecutor, Typed
from her_desktop.memory.journal import Journal
from her_desktop.session import Session
from her_desktop.skills import VALUES
from her_desktop.trace.rerun import rerun
from her_desktop.trace.turns import turns
from tests.dialogue.talk import language
from tests.trace.packs import NOW, conversation

TEA = """\
topic: tea
rules:
  - id: tea.name
    samples: [i am ada]
    hears: ["i am {name:name}"]
    act: inform
    learns: {name: "{name|title}"}
    says: ["Hello {name|title}."]
  - id: tea.offer
    samples: [tea please]
    hears: ["tea"]
    act: offer
    says: ["With milk{, user.name}?", "Milk{, user.name}?"]
"""
SAID = ("tea please", "i am ada", "more tea", "hello")


@pytest.fixture
def before(tmp_path: Path) -> Conversation:
    return _made(tmp_path / "before", TEA)


@pytest.fixture
def saved(tmp_path: Path, before: Conversation) -> Iterator[Journal]:
    """Two conversations, the second one with another seed."""
    for seed in (0, 3):
        with Journal(tmp_path) as journal:
            session = Session(before, journal, FixedClock(NOW), seed, "test", executor=InlineExecutor())
            session.start()
            for text in SAID:
                session.handle(Typed(text))
            session.close()
    with Journal(tmp_path, read_only=True) as journal:
        yield journal


def _made(folder: Path, pack: str) -> Conversation:
    folder.mkdir()
    return conversation(folder, pack)


def test_the_same_packs_make_no_difference(before: Conversation, saved: Journal) -> None:
    assert rerun(before, before, turns(saved.entries())) == ()


def test_another_wording_is_told_with_session_turn_and_both_answers(
    before: Conversation, saved: Journal, tmp_path: Path
) -> None:
    after = _made(tmp_path / "after", TEA.replace("With milk", "With sugar").replace("Milk{", "Sugar{"))
    found = rerun(before, after, turns(saved.entries()))
    assert [(one.session, one.turn, one.said) for one in found] == [
        (1, 1, "tea please"), (1, 3, "more tea"), (2, 5, "tea please"), (2, 7, "more tea"),
    ]  # fmt: skip
    assert all("ilk" in one.was.text and "ugar" in one.now.text for one in found)
    assert "Ada" in found[1].now.text, "the state of the time is the one that was recorded"
    assert "Ada" not in found[0].now.text


def test_another_rule_is_told(before: Conversation, saved: Journal, tmp_path: Path) -> None:
    more = "  - {id: tea.more, samples: [more tea], hears: [more tea], act: offer, says: [There.]}\n"
    found = rerun(before, _made(tmp_path / "after", TEA + more), turns(saved.entries()))
    assert [(one.said, one.was.rule, one.now.rule, one.now.text) for one in found] == [
        ("more tea", "tea.offer", "tea.more", "There.")
    ] * 2


def test_what_both_packs_answer_otherwise_than_it_was_is_no_difference_between_them(
    saved: Journal, tmp_path: Path
) -> None:
    middle = TEA.replace("With milk", "With sugar").replace("Milk{", "Sugar{")
    first, second = _made(tmp_path / "first", middle), _made(tmp_path / "second", middle.replace("Hello", "Welcome"))
    found = rerun(first, second, turns(saved.entries()))
    assert {one.said for one in found} == {"i am ada"}


def test_only_the_newest_turns_are_run(before: Conversation, saved: Journal, tmp_path: Path) -> None:
    after = _made(tmp_path / "after", TEA.replace("With milk", "With sugar").replace("Milk{", "Sugar{"))
    assert [one.turn for one in rerun(before, after, turns(saved.entries()), most_turns=2)] == [7]


def test_packs_that_cannot_answer_are_a_difference(before: Conversation, saved: Journal, tmp_path: Path) -> None:
    (tmp_path / "tea.yaml").write_text(TEA, encoding="utf-8")
    after = Conversation.of(load_packs([tmp_path / "tea.yaml"], language(), VALUES), language())
    found = rerun(before, after, turns(saved.entries()))
    assert {one.said for one in found} == {"hello"}
    assert "no rule fits" in found[0].now.text


def test_nothing_is_written(before: Conversation, saved: Journal, tmp_path: Path) -> None:
    kept: list[Recorded] = list(saved.entries())
    after = _made(tmp_path / "after", TEA.replace("milk", "sugar"))
    rerun(before, after, turns(saved.entries()))
    assert list(saved.entries()) == kept
