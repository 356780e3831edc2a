"""A pack that is edited during a conversation is swapped between two turns, and nothing of the conversation is lost."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from her_desktop.clock import FixedClock
from her_desktop.conversation import Conversation
from her_desktop.dialogue.packs import load_packs, pack_files
from her_desktop.events import Entry, Failure, PacksChanged, Recorded, Reply
from her_desktop.inbox import InlineExecutor, Typed
from her_desktop.memory.journal import Journal
from her_desktop.reload import Packs
from her_desktop.session import Session
from her_desktop.skills import VALUES
from tests.dialogue.talk import language
from tests.trace.packs import NOW, OTHERWISE

E = TypeVar("E", bound=Entry)

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
    says: ["With milk{, user.name}?"]
"""


class Talk:
    """A real session on packs in a folder; `edits` writes one, and the next line comes after it was seen."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "packs"
        self.folder.mkdir()
        self._edits = 0
        self.edits("tea.yaml", TEA)
        self.edits("otherwise.yaml", OTHERWISE)
        self.journal = Journal(home)
        packs = Packs(lambda: pack_files([self.folder]), self._read)
        self.session = Session(self._read(), self.journal, FixedClock(NOW), 0, "test", executor=InlineExecutor())
        self.session.follow(packs)
        self.seen: list[Recorded] = []
        self.session.watch(self.seen.append)
        self.session.start()

    def _read(self) -> Conversation:
        return Conversation.of(load_packs([self.folder], language(), VALUES), language())

    def edits(self, name: str, text: str) -> None:
        self._edits += 1
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        os.utime(path, ns=(self._edits * 10**9, self._edits * 10**9))

    def says(self, text: str) -> str:
        self.session.keep()
        self.session.drain()
        self.session.handle(Typed(text))
        return self.entries(Reply)[-1].text

    def entries(self, kind: type[E]) -> list[E]:
        return [recorded.entry for recorded in self.seen if isinstance(recorded.entry, kind)]


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    made = Talk(tmp_path)
    yield made
    made.session.close()
    made.journal.close()


def test_new_words_are_used_and_the_state_is_kept(talk: Talk) -> None:
    talk.says("i am ada")
    assert talk.says("tea please") == "With milk, Ada?"
    talk.edits("tea.yaml", TEA.replace("With milk", "With honey"))
    assert talk.says("tea please") == "With honey, Ada?"
    changed = talk.entries(PacksChanged)
    assert [(one.added, one.removed, one.changed, one.left_out) for one in changed] == [((), (), ("tea.offer",), ())]
    kept = [recorded.entry for recorded in talk.journal.entries(kinds=[PacksChanged])]
    assert kept == changed
    assert talk.session.state.turn == 3


def test_a_rule_that_the_edit_breaks_is_left_out_alone_and_named(talk: Talk) -> None:
    talk.edits("tea.yaml", TEA.replace('hears: ["tea"]', 'hears: ["(tea"]'))
    assert talk.says("tea please") == "I have no rule for that."
    assert talk.says("i am ada") == "Hello Ada."
    [changed] = talk.entries(PacksChanged)
    assert changed.removed == ("tea.offer",)
    assert changed.left_out == (
        "tea.yaml:11: rule tea.offer: “(tea”: “(” is never closed, at column 1 of the template",
    )


def test_a_file_that_is_not_yaml_keeps_the_old_rules_and_is_named_with_its_line(talk: Talk) -> None:
    talk.edits("tea.yaml", TEA + "  : : [\n")
    assert talk.says("tea please") == "With milk?"
    assert not talk.entries(PacksChanged)
    assert [failure.what for failure in talk.entries(Failure)][-1].startswith("tea.yaml:14:")
    talk.edits("tea.yaml", TEA.replace("With milk", "With honey"))
    assert talk.says("tea please") == "With honey?"


def test_a_file_that_is_taken_away_takes_its_rules_with_it(talk: Talk) -> None:
    (talk.folder / "tea.yaml").unlink()
    assert talk.says("tea please") == "I have no rule for that."
    assert talk.entries(PacksChanged)[0].removed == ("tea.name", "tea.offer")
    talk.edits("tea.yaml", TEA)
    assert talk.says("tea please") == "With milk?"
    assert talk.entries(PacksChanged)[1].added == ("tea.name", "tea.offer")


def test_her_open_question_survives_a_swap(talk: Talk) -> None:
    asking = TEA + '    expects: [{id: sure, samples: ["yes"], hears: [^yes$], says: [Milk it is.]}]\n'
    talk.edits("tea.yaml", asking)
    talk.says("tea please")
    talk.edits("tea.yaml", asking.replace("Milk it is", "Honey it is"))
    assert talk.says("yes") == "Honey it is."


def test_someone_may_look_at_both_before_the_swap(talk: Talk) -> None:
    looked: list[tuple[Conversation, Conversation, int]] = []
    look: Callable[[Conversation, Conversation], None] = lambda before, after: looked.append(  # noqa: E731
        (before, after, len(talk.entries(PacksChanged)))
    )
    talk.session.before_swap(look)
    talk.says("tea please")
    assert not looked
    talk.edits("tea.yaml", TEA.replace("With milk", "With honey"))
    talk.says("tea please")
    [(before, after, swaps)] = looked
    assert (before.book.rules["tea.offer"].spec.says, after.book.rules["tea.offer"].spec.says) == (
        ("With milk{, user.name}?",),
        ("With honey{, user.name}?",),
    )
    assert swaps == 0
