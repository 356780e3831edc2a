"""The page "record": the tape of this session, or exactly the entries of the turn that he stepped back to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from her_desktop.conversation import Conversation
from her_desktop.events import Entry, FactForgotten, FactLearned, Recorded
from her_desktop.memory.facts import Fact
from her_desktop.memory.journal import Journal
from her_desktop.trace.reader import Past
from her_desktop.ui.tape import ROLE_NUMBERS, Shown, Tape
from her_desktop.ui.window import Window, build
from tests.trace.generated import converse

from . import feed
from .feed import START, Pressed
from .test_window import part, show, spoken_turn

pytestmark = pytest.mark.window


def _no_conversation() -> Conversation:
    raise AssertionError("the record needs no conversation")


@contextmanager
def window_on(qtbot: QtBot, home: Path) -> Iterator[Window]:
    """A window over the record of a profile, with no session in it."""
    built = build(Pressed(), record=lambda: Past(Journal(home, read_only=True), _no_conversation), home=home)
    with qtbot.waitExposed(built.root):
        built.root.requestActivate()
    qtbot.waitUntil(built.root.isActive)
    try:
        yield built
    finally:
        built.close()


class Told:
    """A session that goes on in a journal, and is handed to a window."""

    def __init__(self, window: Window, journal: Journal) -> None:
        self.window, self.journal, self.at = window, journal, START

    def says(self, turn: int, steps: list[tuple[float, Entry]]) -> tuple[Recorded, ...]:
        self.at += timedelta(seconds=2)
        return self.hand(self.journal.append(turn, self.at, [entry for _, entry in steps], durable=True))

    def begins(self) -> tuple[Recorded, ...]:
        self.journal.begin_session()
        return self.says(0, feed.waking())

    def hand(self, records: tuple[Recorded, ...]) -> tuple[Recorded, ...]:
        for recorded in records:
            self.window.watcher.put(recorded)
        return records


def drawn(rows: Any) -> list[dict[str, Any]]:
    """The data of every row of a model, drawn or folded."""
    tape = rows.sourceModel() if isinstance(rows, Shown) else rows
    assert isinstance(tape, Tape)
    return [json.loads(tape.data(tape.index(at), ROLE_NUMBERS["data"])) for at in range(tape.rowCount())]


def as_recorded(entries: tuple[Recorded, ...] | list[Recorded]) -> list[dict[str, Any]]:
    return [json.loads(json.dumps(one.flat())) for one in entries]


def cell(window: Window, row: int, role: str) -> Any:
    rows = window.record.property("rows")
    return rows.data(rows.index(row, 0), ROLE_NUMBERS[role])


def test_an_earlier_turn_stands_there_entry_by_entry_and_the_tape_comes_back(qtbot: QtBot, tmp_path: Path) -> None:
    converse(tmp_path, talks=3, seed=4)
    with window_on(qtbot, tmp_path) as window, Journal(tmp_path) as journal:
        told = Told(window, journal)
        begun = told.begins()
        window.pages.go("record", "")
        qtbot.waitUntil(lambda: drawn(window.record.property("rows")) == as_recorded(begun))
        for turn in (2, 5):
            window.place.go(turn)
            qtbot.waitUntil(lambda n=turn: window.place.property("turn") == n)  # type: ignore[misc]  # bound now
            assert drawn(window.record.property("rows")) == as_recorded(journal.turn(turn))
            count = window.record.property("rows").rowCount()
            qtbot.waitUntil(lambda n=count: part(window, "tape").property("count") == n)  # type: ignore[misc]  # bound now
            assert part(window, "tape").property("atYBeginning")
            assert not part(window, "newest").isVisible()
        more = told.says(6_000, feed.typed("hello", "Good morning."))
        qtbot.waitUntil(lambda: window.record.tape.rowCount() == len(begun) + len(more))
        assert drawn(window.record.property("rows")) == as_recorded(journal.turn(5)), "it does not grow by what happens"
        QTest.keyClick(window.root, Qt.Key.Key_End, Qt.KeyboardModifier.AltModifier)
        assert drawn(window.record.property("rows")) == as_recorded([*begun, *more])
        qtbot.waitUntil(lambda: part(window, "tape").property("atYEnd"))


def test_an_entry_of_an_earlier_turn_is_found_opened_and_in_sight(qtbot: QtBot, tmp_path: Path) -> None:
    converse(tmp_path, talks=3, seed=4)
    with window_on(qtbot, tmp_path) as window, Journal(tmp_path, read_only=True) as journal:
        wanted = journal.turn(4)[-1]
        window.pages.go("record", str(wanted.seq))
        qtbot.waitUntil(lambda: window.place.property("turn") == 4)
        tape = part(window, "tape")
        row = tape.property("currentIndex")
        qtbot.waitUntil(lambda: part(window, "tape").property("currentIndex") >= 0)
        row = tape.property("currentIndex")
        assert cell(window, row, "seq") == wanted.seq
        assert cell(window, row, "expanded")

        def in_sight() -> bool:
            item = tape.property("currentItem")
            bottom = item.y() + item.height() - tape.property("contentY")
            return bool(item.property("expanded")) and (bottom <= tape.height() + 1 or item.height() > tape.height())

        qtbot.waitUntil(in_sight)


def test_the_start_of_an_earlier_session_is_found_too(qtbot: QtBot, tmp_path: Path) -> None:
    converse(tmp_path, talks=3, seed=4)
    with window_on(qtbot, tmp_path) as window, Journal(tmp_path, read_only=True) as journal:
        wanted = next(iter(list(journal.entries(2))))
        window.pages.go("record", str(wanted.seq))
        qtbot.waitUntil(lambda: not window.place.live)
        starts = [one for one in journal.turn(0) if one.session == 2]
        assert drawn(window.record.property("rows")) == as_recorded(starts)
        assert cell(window, 0, "expanded")


def test_a_folded_entry_of_the_live_tape_is_unfolded_when_it_is_pointed_to(qtbot: QtBot, window: Window) -> None:
    entries = spoken_turn()
    show(qtbot, window, entries)
    partial = next(one for one in entries if one.kind == "partial_transcript")
    window.pages.go("record", str(partial.seq))
    row = part(window, "tape").property("currentIndex")
    assert cell(window, row, "seq") == partial.seq
    assert cell(window, row, "expanded")
    assert window.place.live


def test_an_entry_that_is_not_in_the_record_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    converse(tmp_path, talks=1, seed=4)
    with window_on(qtbot, tmp_path) as window:
        window.pages.go("record", "999999")
        qtbot.waitUntil(lambda: "entry 999999: it is not in the record" in str(window.presence.property("notice")))
        window.pages.go("record", "no number")


def test_forgotten_words_are_gone_from_the_tape_too(qtbot: QtBot, tmp_path: Path) -> None:
    with window_on(qtbot, tmp_path) as window, Journal(tmp_path) as journal:
        told = Told(window, journal)
        told.begins()
        name = FactLearned(
            fact="user.name@1", subject="user", predicate="name", object="Wilhelmina", source_turn=1,
            words="my name is wilhelmina", told_at=START,
        )  # fmt: skip
        told.says(1, [*feed.typed("my name is wilhelmina", "Hello to you."), (0.0, name)])
        qtbot.waitUntil(lambda: "ilhelmina" in str(drawn(window.record.tape)))
        gone = Fact("user.name@1", "user", "name", "Wilhelmina", 1, "my name is wilhelmina", START)
        first = FactForgotten(fact=gone.id, subject="user", predicate="name", object="", source_turn=1)
        told.hand(journal.forget([gone], 1, told.at, first=[first]))
        after = told.says(2, feed.typed("hello", "Good morning."))
        kept = as_recorded(list(journal.entries()))
        qtbot.waitUntil(lambda: drawn(window.record.tape) == kept)
        assert "ilhelmina" not in str(kept)
        assert kept[-1] == as_recorded(after)[-1]


def test_a_record_that_was_erased_leaves_an_empty_tape_to_begin_with(qtbot: QtBot, tmp_path: Path) -> None:
    with window_on(qtbot, tmp_path) as window, Journal(tmp_path) as journal:
        told = Told(window, journal)
        told.begins()
        told.says(1, feed.typed("hello", "Good morning."))
        journal.erase()
        begun = told.begins()
        qtbot.waitUntil(lambda: drawn(window.record.tape) == as_recorded(begun))
