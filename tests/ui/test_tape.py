from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from her_desktop import events as ev
from her_desktop.events import Recorded
from her_desktop.trace.summaries import summary
from her_desktop.ui.rows import EARLIER_ROWS
from her_desktop.ui.tape import ROLE_NUMBERS, Shown, Tape

from . import feed
from .feed import Feed

failures: list[ev.Failure] = []


@pytest.fixture(autouse=True)
def nothing_failed() -> Iterator[None]:
    failures.clear()
    yield
    assert failures == []


def cell(model: Tape | Shown, row: int, role: str) -> Any:
    return model.data(model.index(row, 0), ROLE_NUMBERS[role])


def column(model: Tape | Shown, role: str) -> list[Any]:
    return [cell(model, row, role) for row in range(model.rowCount())]


def taped(entries: list[Recorded]) -> Tape:
    """A tape that took the entries one by one, as they come in a conversation."""
    tape = Tape(failures.append)
    for recorded in entries:
        tape.take([recorded])
    return tape


def spoken_turn() -> list[Recorded]:
    script = Feed()
    return script.record(feed.waking()) + script.next_turn(feed.hearing() + feed.answering() + feed.speaking())


def test_the_rows_agree_with_the_feed_entry_by_entry(qtbot: QtBot) -> None:
    entries = spoken_turn()
    tape = taped(entries)
    assert [json.loads(text) for text in column(tape, "data")] == [
        json.loads(json.dumps(recorded.flat())) for recorded in entries
    ]
    assert column(tape, "kind") == [recorded.kind for recorded in entries]
    assert column(tape, "summary") == [summary(recorded.entry) for recorded in entries]


def test_many_entries_at_once_make_the_same_rows_as_one_by_one(qtbot: QtBot) -> None:
    entries = spoken_turn()
    at_once, halves = Tape(failures.append), Tape(failures.append)
    at_once.take(entries)
    halves.take(entries[:10])
    halves.take(entries[10:])
    assert at_once._rows == halves._rows == taped(entries)._rows


def test_time_counts_from_the_beginning_of_each_turn(qtbot: QtBot) -> None:
    times = column(taped(spoken_turn()), "atMs")
    assert times[:6] == [0, 38, 248, 260, 324, 325]
    assert times[6:9] == [0, 1, 311]
    assert times[6:] == sorted(times[6:])


def test_a_run_is_drawn_as_its_last_row_until_it_is_unfolded(qtbot: QtBot) -> None:
    script = Feed()
    shown = Shown(taped(script.next_turn(feed.hearing())))
    assert column(shown, "kind") == ["state_changed", "speech_started", "partial_transcript"]
    assert cell(shown, 2, "runLength") == 9
    assert cell(shown, 2, "summary") == "“I fear I have felt everything I will ever…”"
    shown.unfold(2)
    assert column(shown, "kind")[2:] == ["partial_transcript"] * 9
    shown.unfold(2)
    assert shown.rowCount() == 3


def test_an_unfolded_run_stays_unfolded_while_it_grows(qtbot: QtBot) -> None:
    script = Feed()
    tape = taped(script.next_turn(feed.speaking(3)))
    shown = Shown(tape)
    shown.unfold(shown.rowCount() - 1)
    before = shown.rowCount()
    tape.take(script.record([(340, ev.WordSpoken(index=3, text="four", at_ms=1020))]))
    assert shown.rowCount() == before + 1


def test_opening_a_row_changes_that_row_alone(qtbot: QtBot) -> None:
    shown = Shown(taped(spoken_turn()))
    shown.toggle(3)
    assert [row for row, opened in enumerate(column(shown, "expanded")) if opened] == [3]
    shown.toggle(3)
    assert not any(column(shown, "expanded"))
    shown.toggle(9999)


def test_long_data_breaks_into_lines_and_short_data_does_not(qtbot: QtBot) -> None:
    tape = taped(spoken_turn())
    decision = cell(tape, column(tape, "kind").index("decision"), "data")
    assert '    ["tier", 3]' in decision or '"order": [["tier", 3]' in decision
    assert max(len(line) for line in decision.splitlines()) <= 90


def test_five_thousand_entries_in_many_turns_stay_bounded_and_quick(qtbot: QtBot) -> None:
    script, entries = Feed(), list[Recorded]()
    while len(entries) < 5000:
        entries += script.next_turn(feed.hearing() + feed.answering() + feed.speaking())
    turn = len(feed.hearing() + feed.answering() + feed.speaking())
    began = time.perf_counter()
    tape = taped(entries)
    taken_s = time.perf_counter() - began
    assert EARLIER_ROWS - turn < tape.rowCount() - turn <= EARLIER_ROWS
    assert column(tape, "seq") == [recorded.seq for recorded in entries[-tape.rowCount() :]]
    assert cell(tape, 0, "atMs") == 0, "turns fall off whole"
    assert taken_s < 2.0


def test_one_turn_of_five_thousand_entries_is_kept_whole(qtbot: QtBot) -> None:
    script = Feed()
    steps: list[tuple[float, ev.Entry]] = [(10, ev.PartialTranscript(text=f"word {at}")) for at in range(5000)]
    tape = taped(script.record(feed.waking()) + script.next_turn(steps))
    shown = Shown(tape)
    assert (tape.rowCount(), shown.rowCount()) == (5006, 7)
