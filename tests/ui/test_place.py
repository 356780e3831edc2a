"""Which turn the pane shows: the present one as it grows, an earlier one exactly as the journal has it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest
from pytestqt.qtbot import QtBot

from her_desktop.conversation import Conversation
from her_desktop.events import Entry, FactForgotten, FactLearned, Failure, Recorded, SessionStarted
from her_desktop.memory.facts import Fact
from her_desktop.memory.journal import Journal
from her_desktop.trace.reader import Past
from her_desktop.ui.desk import Desk
from her_desktop.ui.place import Place
from tests.trace.generated import converse

from . import feed
from .feed import START


class Walk:
    """A place over the journal of a profile, and a session that goes on in it."""

    def __init__(self, qtbot: QtBot, home: Path) -> None:
        self.qtbot, self.home = qtbot, home
        self.failed: list[Failure] = []
        self.desk = Desk(lambda: Past(Journal(home, read_only=True), _no_conversation), self.failed.append)
        self.place = Place(self.desk)
        self.journal = Journal(home)
        self.at = START

    def says(self, turn: int, steps: list[tuple[float, Entry]], *, durable: bool = True) -> tuple[Recorded, ...]:
        """Record entries as a session does: in the journal first, then for whoever watches."""
        self.at += timedelta(seconds=2)
        records = self.journal.append(turn, self.at, [entry for _, entry in steps], durable=durable)
        self.place.take(records)
        return records

    def begins(self) -> tuple[Recorded, ...]:
        self.journal.begin_session()
        return self.says(0, feed.waking(), durable=False)

    def until(self, holds: Callable[[], bool]) -> None:
        def drained() -> bool:
            self.desk.drain()
            return holds()

        self.qtbot.waitUntil(drained)

    def goes(self, turn: int) -> tuple[Recorded, ...]:
        self.place.go(turn)
        self.until(lambda: not self.place.on_its_way)
        return self.place.entries

    def steps(self, *by: int) -> int:
        for one in by:
            self.place.step(one)
        self.until(lambda: not self.place.on_its_way)
        return cast(int, self.place.property("turn"))

    def close(self) -> None:
        self.desk.close()
        self.journal.close()


def _no_conversation() -> Conversation:
    raise AssertionError("walking needs no conversation")


@pytest.fixture
def walk(qtbot: QtBot, tmp_path: Path) -> Iterator[Walk]:
    made = Walk(qtbot, tmp_path)
    yield made
    made.close()
    assert made.failed == []


@pytest.fixture
def talked(qtbot: QtBot, tmp_path: Path) -> Iterator[Walk]:
    converse(tmp_path, talks=4, seed=11)
    made = Walk(qtbot, tmp_path)
    yield made
    made.close()
    assert made.failed == []


def test_every_earlier_turn_holds_exactly_what_the_journal_has_of_it(talked: Walk) -> None:
    kept = list(talked.journal.entries())
    turns = sorted({one.turn for one in kept} - {0})
    assert len(turns) > 6
    talked.begins()
    for turn in turns:
        assert talked.goes(turn) == tuple(one for one in kept if one.turn == turn)
        assert not talked.place.property("live")
        assert talked.place.property("turn") == turn


def test_the_start_of_each_session_is_what_came_before_its_first_turn(talked: Walk) -> None:
    kept = list(talked.journal.entries())
    talked.begins()
    for session in sorted({one.session for one in kept}):
        talked.place.start(session)
        talked.until(lambda: not talked.place.on_its_way)
        assert talked.place.entries == tuple(one for one in kept if one.turn == 0 and one.session == session)
        assert str(talked.place.property("label")).startswith("the start · ")
    talked.place.start(talked.journal.last_session)
    assert talked.place.property("live"), "the present session has just begun"


def test_steps_lead_back_from_a_session_in_which_nothing_was_said_yet(talked: Walk) -> None:
    last = max(one.turn for one in talked.journal.entries())
    talked.begins()
    assert talked.steps(-1) == last
    assert talked.steps(-1) == last - 1
    assert talked.steps(1) == last
    assert talked.steps(1) == 0
    assert talked.place.property("live"), "beyond the last turn is the present"


def test_steps_that_follow_each_other_quickly_all_count(talked: Walk) -> None:
    last = max(one.turn for one in talked.journal.entries())
    talked.begins()
    assert talked.steps(-1, -1, -1) == last - 2
    assert talked.steps(-1, 1, 1) == last - 1
    assert talked.steps(-10_000) == 1
    assert talked.steps(-1) == 1
    assert not talked.place.property("live")


def test_a_turn_whose_end_is_not_on_disk_yet_is_whole_all_the_same(walk: Walk) -> None:
    walk.begins()
    said = walk.says(1, feed.typed("hello", "Good morning."))
    after = walk.says(1, feed.speaking(5), durable=False)
    walk.says(2, feed.hearing(), durable=False)
    assert walk.goes(1) == said + after
    walk.says(2, feed.typed("and now", "Now, too."))
    assert walk.goes(1) == said + after
    with Journal(walk.home, read_only=True) as journal:
        assert journal.turn(1) == said + after


def test_the_turn_before_can_be_seen_while_he_speaks(walk: Walk) -> None:
    walk.begins()
    said = walk.says(1, feed.typed("hello", "Good morning."))
    heard = walk.says(2, feed.hearing(), durable=False)
    assert walk.goes(1) == said
    assert walk.goes(2) == heard
    assert walk.place.property("live")


def test_an_earlier_turn_stays_while_the_present_one_goes_on(walk: Walk) -> None:
    walk.begins()
    said = walk.says(1, feed.typed("hello", "Good morning."))
    walk.says(2, feed.typed("and now", "Now, too."))
    assert walk.goes(1) == said
    third = walk.says(3, feed.typed("more", "There is more."))
    assert walk.place.entries == said
    assert walk.place.property("newest") == 3
    walk.place.back()
    assert walk.place.entries == third
    assert walk.place.property("live")


def test_who_returns_while_a_turn_is_on_its_way_stays_in_the_present(walk: Walk) -> None:
    walk.begins()
    walk.says(1, feed.typed("hello", "Good morning."))
    second = walk.says(2, feed.typed("and now", "Now, too."))
    walk.place.go(1)
    walk.place.back()
    asked: list[int] = []
    walk.desk.ask("after", lambda past: past.journal.last_session, asked.append)
    walk.until(lambda: bool(asked))
    assert walk.place.property("live")
    assert walk.place.entries == second


def test_a_turn_that_is_not_there_leads_nowhere_but_to_the_present(walk: Walk) -> None:
    walk.begins()
    said = walk.says(1, feed.typed("hello", "Good morning."))
    assert walk.goes(9) == said
    assert walk.place.property("live")


def test_without_a_record_only_the_present_is_shown(qtbot: QtBot) -> None:
    desk = Desk(None, lambda failure: pytest.fail(failure.why))
    place = Place(desk)
    place.step(-1)
    place.go(3)
    assert place.property("live")
    assert not place.on_its_way
    place.take(feed.Feed().record(feed.waking()))
    place.step(-1)
    assert place.entries
    desk.close()


def test_words_that_are_forgotten_are_gone_from_what_is_shown(walk: Walk) -> None:
    walk.begins()
    name = FactLearned(
        fact="user.name@1", subject="user", predicate="name", object="Wilhelmina", source_turn=1,
        words="my name is wilhelmina", told_at=START,
    )  # fmt: skip
    told = [*feed.typed("my name is wilhelmina", "Hello to you."), (0.0, name)]
    walk.says(1, told)
    walk.says(2, feed.typed("who am i, wilhelmina?", "You told me."))
    walk.goes(1)
    assert "ilhelmina" in str(walk.place.entries)
    gone = Fact("user.name@1", "user", "name", "Wilhelmina", 1, "my name is wilhelmina", START)
    first = FactForgotten(fact=gone.id, subject="user", predicate="name", object="", source_turn=1)
    walk.place.take(walk.journal.forget([gone], 2, walk.at, first=[first]))
    walk.until(lambda: "ilhelmina" not in str(walk.place.entries))
    assert walk.place.entries == walk.journal.turn(1)
    walk.place.back()
    walk.until(lambda: "ilhelmina" not in str(walk.place.entries))
    assert walk.place.entries == walk.journal.turn(2)


def test_a_record_that_was_erased_leaves_nothing_to_show(walk: Walk) -> None:
    walk.begins()
    walk.says(1, feed.typed("hello", "Good morning."))
    walk.says(2, feed.typed("and now", "Now, too."))
    walk.goes(1)
    walk.journal.erase()
    begun = walk.begins()
    assert walk.place.property("live")
    assert walk.place.entries == begun
    assert isinstance(walk.place.entries[0].entry, SessionStarted)
    assert walk.steps(-1) == 0
    assert walk.place.property("newest") == 0
