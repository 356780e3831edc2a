"""The page "ledger" on the real window, over records of generated conversations."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from her_desktop.dialogue.techniques import charms, switchable, techniques
from her_desktop.events import Recorded, Reply, TechniqueSwitched
from her_desktop.inbox import Typed
from her_desktop.memory.journal import Journal
from her_desktop.trace.distance import Distance
from her_desktop.trace.ledger import KINDS, Ledger, Period, ledger
from her_desktop.trace.reader import Past
from her_desktop.trace.slope import DayLevel
from her_desktop.ui.pages.ledger import BY_ITSELF_ENTRIES, LedgerPage
from her_desktop.ui.pages.ledger_days import BAR_DAYS, MOST_COLUMNS, UsesByDay, columns
from her_desktop.ui.window import Window, build
from tests.dialogue.talk import conversation
from tests.trace.generated import converse
from tests.trace.talking import Talking

from .feed import Pressed
from .settled import settled
from .test_window import texts

pytestmark = pytest.mark.window
Key = Qt.Key


def items(item: QQuickItem) -> Iterator[QQuickItem]:
    """This part of the window, and all that lies in it."""
    yield item
    for child in item.childItems():
        yield from items(child)


def find(window: Window, name: str) -> Any:
    found = next((one for one in items(window.root.contentItem()) if one.objectName() == name), None)
    assert found is not None, f"the window has no {name}"
    return found


def open_record(home: Path) -> Past:
    return Past(Journal(home, read_only=True), conversation)


def page_of(window: Window) -> LedgerPage:
    return cast(LedgerPage, window.pages.page("ledger"))


def wait_counted(qtbot: QtBot, page: LedgerPage) -> dict[str, Any]:
    qtbot.waitUntil(lambda: bool(page.property("counted")) and not page.property("counting"), timeout=20_000)
    return cast(dict[str, Any], page.property("told"))


@pytest.fixture(scope="module")
def talked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("profile")
    converse(home, 8, 11, (4, 8))
    return home


@pytest.fixture
def home(talked: Path, tmp_path: Path) -> Path:
    """A profile of its own after the same talks."""
    return shutil.copytree(talked, tmp_path, dirs_exist_ok=True)


@pytest.fixture
def ledger_window(qtbot: QtBot, home: Path, pressed: Pressed) -> Iterator[Window]:
    built = build(pressed, record=lambda: open_record(home))
    with qtbot.waitExposed(built.root):
        built.root.requestActivate()
    qtbot.waitUntil(built.root.isActive)
    built.pages.go("ledger", "")
    yield built
    built.close()


def record_of(home: Path) -> tuple[Ledger, list[Recorded]]:
    with Journal(home, read_only=True) as journal:
        entries = list(journal.entries())
        return ledger(journal.entries(kinds=KINDS)), entries


def put_last(qtbot: QtBot, window: Window, entries: list[Recorded]) -> None:
    """Let the window see the last entry, as it would of a living session."""
    window.watcher.put(entries[-1])
    qtbot.waitUntil(lambda: window.record.tape.rowCount() > 0)


def test_the_page_says_what_the_ledger_of_the_record_says(qtbot: QtBot, home: Path, ledger_window: Window) -> None:
    found, _ = record_of(home)
    told = wait_counted(qtbot, page_of(ledger_window))
    assert [(use["id"], use["count"]) for use in told["uses"]] == [(one.technique, one.replies) for one in found.uses]
    assert [use["count"] for use in told["uses"]] == sorted((use["count"] for use in told["uses"]), reverse=True)
    assert len(told["unused"]) == len(techniques()) - len(found.uses)
    assert told["head"].startswith(f"{found.sessions} sessions, {found.turns} turns")
    shown = list(texts(ledger_window, find(ledger_window, "ledger")))
    for use in told["uses"]:
        assert use["name"] in shown
        assert use["often"] in shown


def test_a_bar_stands_for_the_replies_of_a_day(qtbot: QtBot, home: Path, ledger_window: Window) -> None:
    _, entries = record_of(home)
    put_last(qtbot, ledger_window, entries)
    told = wait_counted(qtbot, page_of(ledger_window))
    last = entries[-1].at.date()
    begins = max(entries[0].at.date(), last - dt.timedelta(days=BAR_DAYS - 1))
    replies = [one for one in entries if isinstance(one.entry, Reply) and not one.entry.exhibit]
    for use in told["uses"]:
        if not use["count"]:
            assert use["bars"] == []
            continue
        wanted = [0] * ((last - begins).days + 1)
        for one in replies:
            if use["id"] in cast(Reply, one.entry).techniques:
                wanted[(one.at.date() - begins).days] += 1
        assert use["bars"] == wanted, use["id"]
    used = next(use for use in told["uses"] if use["count"])
    bars = find(ledger_window, f"bars-{used['id']}")
    assert len(bars.childItems()) == len(used["bars"]) + 1, "one for each day, and what makes them"


def test_a_span_holds_only_its_days_and_is_counted_once(qtbot: QtBot, home: Path, ledger_window: Window) -> None:
    found, entries = record_of(home)
    put_last(qtbot, ledger_window, entries)
    page = page_of(ledger_window)
    wait_counted(qtbot, page)
    first = page._counted["all"]
    today = entries[-1].at.date()
    for span, days in (("today", 1), ("7 days", 7)):
        page.choose(span)
        told = wait_counted(qtbot, page)
        begins = today - dt.timedelta(days=days - 1)
        with Journal(home, read_only=True) as journal:
            within = ledger(journal.entries(kinds=KINDS), Period(begins, today))
        assert sum(column["turns"] for column in told.get("columns", [])) == within.turns < found.turns
    page.choose("all")
    assert page.property("told") == first.told
    assert page._counted["all"] is first
    assert not page.property("counting")


def test_while_it_counts_it_says_how_much(qtbot: QtBot, home: Path, ledger_window: Window) -> None:
    page = page_of(ledger_window)
    wait_counted(qtbot, page)
    _, entries = record_of(home)
    said: list[str] = []
    page.countingChanged.connect(lambda: said.append(str(page.property("counting"))))
    page.again()
    wait_counted(qtbot, page)
    assert f"counting {entries[-1].seq:,} entries …" in said


def test_a_switch_is_asked_for_and_follows_what_is_recorded(
    qtbot: QtBot, home: Path, ledger_window: Window, pressed: Pressed
) -> None:
    page = page_of(ledger_window)
    told = wait_counted(qtbot, page)
    use = next(use for use in told["uses"] if use["switchable"])
    switch = find(ledger_window, f"switch-{use['id']}")
    was = bool(switch.property("on"))
    switch.forceActiveFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(ledger_window.root, Key.Key_Return)
    assert pressed.calls[-1] == ("by_hand", "Switch", use["id"], str(not was), "window")
    assert switch.property("on") == was, "a press alone changes nothing"
    _, entries = record_of(home)
    entry = TechniqueSwitched(technique=use["id"], on=not was, why="window")
    ledger_window.watcher.put(Recorded(entries[-1].seq + 1, 99, 0, entries[-1].at, entry))
    qtbot.waitUntil(lambda: switch.property("on") is not was)
    page.again()
    wait_counted(qtbot, page)
    assert find(ledger_window, f"switch-{use['id']}").property("on") is not was, "what was recorded later still holds"


def test_what_is_off_is_what_the_record_says_is_off(qtbot: QtBot, home: Path, ledger_window: Window) -> None:
    page = page_of(ledger_window)
    wait_counted(qtbot, page)
    _, entries = record_of(home)
    off: set[str] = set()
    for one in entries:
        if isinstance(one.entry, TechniqueSwitched):
            (off.discard if one.entry.on else off.add)(one.entry.technique)
    assert off, "something is off in this record"
    assert page.property("off") == sorted(off)


def test_all_can_be_switched_off_and_on_again(
    qtbot: QtBot, home: Path, ledger_window: Window, pressed: Pressed
) -> None:
    page = page_of(ledger_window)
    wait_counted(qtbot, page)
    off = set(cast(list[str], page.property("off")))
    page.switch_all(False)
    assert {call[2] for call in pressed.calls} == set(charms()) - off
    assert all(call[3] == "False" for call in pressed.calls)
    pressed.calls.clear()
    page.switch_all(True)
    assert {call[2] for call in pressed.calls} == off & switchable()


def test_what_protects_him_has_no_switch(qtbot: QtBot, ledger_window: Window, pressed: Pressed) -> None:
    told = wait_counted(qtbot, page_of(ledger_window))
    for use in told["uses"]:
        assert find(ledger_window, f"switch-{use['id']}").isVisible() == (use["id"] in switchable())
    page_of(ledger_window).switch("P01", False)
    assert pressed.calls == []


def test_a_small_step_leads_to_its_turn(qtbot: QtBot, home: Path, ledger_window: Window) -> None:
    found, _ = record_of(home)
    wait_counted(qtbot, page_of(ledger_window))
    step = found.slope.steps[0]
    button = find(ledger_window, f"step-{step.turn}")
    assert step.his_words in button.property("text") or any(
        step.his_words in text for text in texts(ledger_window, button)
    )
    button.forceActiveFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(ledger_window.root, Key.Key_Return)
    qtbot.waitUntil(lambda: ledger_window.place.property("turn") == step.turn)
    assert ledger_window.pages.property("tab") == "now"


def test_days_are_walked_with_the_arrow_keys_and_told(qtbot: QtBot, ledger_window: Window) -> None:
    told = wait_counted(qtbot, page_of(ledger_window))
    chart = find(ledger_window, "slope")
    chart.forceActiveFocus(Qt.FocusReason.TabFocusReason)
    assert chart.property("words") == told["columns"][-1]["said"]
    QTest.keyClick(ledger_window.root, Key.Key_Home)
    assert chart.property("words") == told["columns"][0]["said"]
    QTest.keyClick(ledger_window.root, Key.Key_Right)
    assert chart.property("words") == told["columns"][1]["said"]


def unnamed(part: QQuickItem) -> list[str]:
    """What can be reached with Tab in a part of the window, and has no name for who listens."""
    reached = [one for one in items(part) if one.isVisible() and one.activeFocusOnTab()]
    assert len(reached) > 5
    faces = [(one, QAccessible.queryAccessibleInterface(one)) for one in reached]
    return [str(one) for one, face in faces if not face or not face.text(QAccessible.Text.Name).strip()]


def test_every_control_has_a_name_for_who_listens(qtbot: QtBot, ledger_window: Window) -> None:
    wait_counted(qtbot, page_of(ledger_window))
    assert unnamed(find(ledger_window, "ledger")) == []


def test_spans_and_folds_work_by_keyboard_alone(qtbot: QtBot, ledger_window: Window) -> None:
    page = page_of(ledger_window)
    wait_counted(qtbot, page)
    find(ledger_window, "span-today").forceActiveFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(ledger_window.root, Key.Key_Tab)
    QTest.keyClick(ledger_window.root, Key.Key_Return)
    assert page.property("span") == "7 days"
    page.choose("all")
    told = wait_counted(qtbot, page)
    before = len(list(items(find(ledger_window, "ledger"))))
    find(ledger_window, "unused").forceActiveFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(ledger_window.root, Key.Key_Return)
    assert len(list(items(find(ledger_window, "ledger")))) > before
    assert find(ledger_window, f"switch-{told['unused'][0]['id']}") is not None


def test_a_turn_more_is_counted_by_itself_in_a_small_record_and_on_demand_in_a_large_one(
    qtbot: QtBot, home: Path, ledger_window: Window
) -> None:
    page = page_of(ledger_window)
    turns = sum(column["turns"] for column in wait_counted(qtbot, page)["columns"])

    def talk_on(*said: str) -> list[Recorded]:
        with Talking(home) as talking:
            talking.says(*said)
        return talking.seen

    for recorded in talk_on("how are you"):
        ledger_window.watcher.put(recorded)
    qtbot.waitUntil(lambda: sum(one["turns"] for one in page.property("told")["columns"]) == turns + 1)
    assert page.property("behind") == 0
    _repeat(home, BY_ITSELF_ENTRIES)
    page.again()
    wait_counted(qtbot, page)
    many = sum(one["turns"] for one in page.property("told")["columns"])
    for recorded in talk_on("how are you", "hello"):
        ledger_window.watcher.put(recorded)
    qtbot.waitUntil(lambda: page.property("behind") == 2)
    assert not page.property("counting")
    again = find(ledger_window, "again")
    again.forceActiveFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(ledger_window.root, Key.Key_Return)
    qtbot.waitUntil(lambda: page.property("behind") == 0 and not page.property("counting"), timeout=20_000)
    assert sum(one["turns"] for one in page.property("told")["columns"]) == many + 2


def _repeat(home: Path, least: int) -> None:
    """Make the record longer than so many entries, by repeating what is in it."""
    database = sqlite3.connect(home / "journal.sqlite")
    with database:
        last, session, turn = database.execute("SELECT MAX(seq), MAX(session), MAX(turn) FROM entries").fetchone()
        for at in range(1, least // last + 2):
            database.execute(
                f"INSERT INTO entries SELECT seq + {at * last}, session + {at * session},"
                f" turn + (turn > 0) * {at * turn}, at, kind, data FROM entries WHERE seq <= {last}"
            )
    database.close()


def test_markup_that_he_said_stays_text(qtbot: QtBot, tmp_path: Path, pressed: Pressed) -> None:
    with Talking(tmp_path) as talking:
        talking.session.handle(Typed("i love you <b>so</b> much"))
    built = build(pressed, record=lambda: open_record(tmp_path))
    built.pages.go("ledger", "")
    wait_counted(qtbot, page_of(built))
    assert any("<b>so</b>" in text for text in texts(built, find(built, "ledger")))
    built.close()


def test_nothing_said_and_nothing_kept_are_told_kindly(
    qtbot: QtBot, tmp_path: Path, window: Window, pressed: Pressed
) -> None:
    window.pages.go("ledger", "")
    assert "No record is kept here" in find(window, "empty").property("text")
    with Journal(tmp_path):
        pass
    built = build(pressed, record=lambda: open_record(tmp_path))
    built.pages.go("ledger", "")
    assert wait_counted(qtbot, page_of(built)) == {}
    assert "Nothing was said yet" in find(built, "empty").property("text")
    assert not find(built, "slope").isVisible()
    built.close()


@pytest.mark.parametrize("look", ["paper", "light", "dark", "contrast"])
def test_at_double_size_no_text_is_cut_off(qtbot: QtBot, ledger_window: Window, look: str) -> None:
    wait_counted(qtbot, page_of(ledger_window))
    ledger_window.preferences.take_look(look)
    ledger_window.preferences.grow(10)
    qtbot.waitUntil(lambda: ledger_window.preferences.property("textScale") == 2)
    settled(qtbot, ledger_window)
    scroll = find(ledger_window, "ledger")
    for text in items(scroll):
        if text.inherits("QQuickText") and text.isVisible() and text.property("text"):
            right = text.mapToItem(scroll, text.width(), 0).x()
            assert right <= scroll.width() + 1, text.property("text")
            assert text.property("contentWidth") <= text.width() + 2, text.property("text")


def test_many_days_share_columns_and_keep_their_means() -> None:
    begins = dt.date(2026, 1, 1)
    days = [
        DayLevel(begins + dt.timedelta(days=at), 1 + at % 3, at % 5, (at + 2) % 5, _words(at))
        for at in range(0, 400, 3)
    ]
    drawn = columns(days)
    assert len(drawn) <= MOST_COLUMNS
    assert sum(one.turns for one in drawn) == sum(day.turns for day in days)
    assert sum(one.distance.words for one in drawn) == sum(day.distance.words for day in days)
    mean = sum(one.her_level * one.turns for one in drawn) / sum(one.turns for one in drawn)
    assert mean == pytest.approx(sum(day.her_level * day.turns for day in days) / sum(day.turns for day in days))
    assert (drawn[0].first, drawn[-1].last) == (days[0].day, days[-1].day)
    assert columns([]) == []


def _words(at: int) -> Distance:
    return Distance(words=at, author=at)


def test_entries_pass_the_counter_unchanged(home: Path) -> None:
    _, entries = record_of(home)
    counter = UsesByDay()
    assert list(counter.passing(entries)) == entries
    assert counter.last_seq == entries[-1].seq


def test_what_an_exhibit_shows_is_no_use(home: Path) -> None:
    _, entries = record_of(home)
    counter, shown = UsesByDay(), UsesByDay()
    list(counter.passing(entries))
    assert sum(days.total() for days in counter.of.values()) > 0
    list(shown.passing(_as_exhibit(one) for one in entries))
    assert not shown.of


def _as_exhibit(recorded: Recorded) -> Recorded:
    if not isinstance(recorded.entry, Reply):
        return recorded
    return msgspec.structs.replace(recorded, entry=msgspec.structs.replace(recorded.entry, exhibit=True))
