"""The desk: questions about the record, answered aside, in order, and let go of at the end."""

import threading
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from her_desktop.events import Failure, FinalTranscript
from her_desktop.memory.journal import Journal
from her_desktop.trace.reader import Past
from her_desktop.trouble import Trouble
from her_desktop.ui.desk import Desk

pytestmark = pytest.mark.window


def present() -> None:
    raise AssertionError("no rule is wanted here")


def _same(number: int, _past: Past) -> int:
    return number


class Asked:
    """A desk with a journal of one line, and what came of each question."""

    def __init__(self, home: Path) -> None:
        with Journal(home) as journal:
            journal.begin_session()
            journal.append(1, datetime(2026, 11, 22, tzinfo=UTC), [FinalTranscript.typed("hello")], durable=True)
        self.failures: list[Failure] = []
        self.desk = Desk(lambda: Past(Journal(home, read_only=True), present), self.failures.append)  # type: ignore[arg-type]  # none is made
        self.answers: list[object] = []

    def wait(self, qtbot: QtBot) -> None:
        def done() -> bool:
            self.desk.drain()
            return not self.desk.property("busy")

        qtbot.waitUntil(done)


@pytest.fixture
def asked(tmp_path: Path, qtbot: QtBot) -> Asked:
    return Asked(tmp_path)


def test_work_runs_aside_and_its_answer_arrives_here(qtbot: QtBot, asked: Asked) -> None:
    where: list[str] = []

    def count(past: Past) -> int:
        where.append(threading.current_thread().name)
        return len(past.journal.turn(1))

    asked.desk.ask("turn", count, asked.answers.append)
    asked.wait(qtbot)
    assert where == ["desk"]
    assert asked.answers == [1]
    asked.desk.close()


def test_only_the_newest_question_of_a_key_is_answered(qtbot: QtBot, asked: Asked) -> None:
    going, begun = threading.Event(), threading.Event()

    def slow(_past: Past) -> bool:
        begun.set()
        return going.wait(10)

    asked.desk.ask("first", slow, asked.answers.append)
    assert begun.wait(10)
    for number in range(5):
        asked.desk.ask("search", partial(_same, number), asked.answers.append)
    going.set()
    asked.wait(qtbot)
    assert asked.answers == [True, 4]
    asked.desk.close()


def test_what_goes_wrong_aside_is_told_here(qtbot: QtBot, asked: Asked) -> None:
    def refused(_past: Past) -> None:
        raise Trouble("turn 9", "there is no such turn", "see the list")

    own: list[Failure] = []
    asked.desk.ask("a", refused, asked.answers.append)
    asked.desk.ask("b", refused, asked.answers.append, own.append)
    asked.desk.ask("c", lambda past: past.journal.nothing, asked.answers.append)  # type: ignore[attr-defined]  # on purpose
    asked.wait(qtbot)
    assert [failure.why for failure in own] == ["there is no such turn"]
    assert asked.failures[0] == Failure(what="turn 9", why="there is no such turn", todo="see the list")
    assert "AttributeError" in asked.failures[1].why
    assert asked.answers == []
    asked.desk.close()


def test_a_desk_without_a_record_is_asked_nothing(qtbot: QtBot) -> None:
    desk = Desk(None, lambda _failure: None)
    desk.ask("turn", lambda past: past, lambda _answer: pytest.fail("nothing was asked"))
    assert not desk.property("busy")
    desk.close()


def test_closing_waits_for_the_work_and_lets_go_of_the_record(qtbot: QtBot, asked: Asked) -> None:
    before = set(threading.enumerate())
    asked.desk.ask("count", lambda past: sum(1 for _ in past.journal.entries()), asked.answers.append)
    asked.desk.close()
    asked.desk.drain()
    assert asked.answers == [], "nobody is there any more to be told"
    assert set(threading.enumerate()) <= before
    asked.desk.ask("count", lambda _past: 1, asked.answers.append)
    assert not asked.answers


def test_what_another_program_writes_is_seen(qtbot: QtBot, asked: Asked, tmp_path: Path) -> None:
    asked.desk.ask("last", lambda past: past.journal.last_seq, asked.answers.append)
    asked.wait(qtbot)
    with Journal(tmp_path) as journal:
        journal.append(2, datetime(2026, 11, 22, tzinfo=UTC), [FinalTranscript.typed("more")], durable=True)
    asked.desk.ask("last", lambda past: past.journal.last_seq, asked.answers.append)
    asked.wait(qtbot)
    assert asked.answers == [1, 2]
    asked.desk.close()
