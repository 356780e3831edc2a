"""The page "session": every turn of the record, walked through, searched, and taken away as a file."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from PySide6.QtCore import QMetaObject, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from her_desktop.cli.trace_export import export as export_command
from her_desktop.events import Entry, FactForgotten, FactLearned, FinalTranscript, Recorded, Reply, SessionStarted
from her_desktop.memory.facts import Fact
from her_desktop.memory.journal import Journal
from her_desktop.memory.search import Hit
from her_desktop.screenplay.perform import perform
from her_desktop.screenplay.read import read
from her_desktop.trace.export.formats import ENDINGS
from her_desktop.ui.pages.session import SessionPage
from her_desktop.ui.pages.session_list import MOST_PAGES, PAGE_ROWS, ROLES
from her_desktop.ui.pages.session_search import as_typed, told
from her_desktop.ui.pages.session_turns import Index, lines
from her_desktop.ui.window import Window
from tests.trace.generated import converse

from . import feed
from .feed import START
from .test_record_page import Told, window_on
from .test_window import accessible, part, texts, type_keys

pytestmark = pytest.mark.window
Key = Qt.Key


@pytest.fixture(scope="module")
def talked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile with more than three hundred turns that nobody wrote; tests only read it."""
    home = tmp_path_factory.mktemp("talked")
    converse(home, talks=75, seed=3, turns=(3, 6))
    return home


@pytest.fixture
def window(qtbot: QtBot, talked: Path) -> Iterator[Window]:
    with window_on(qtbot, talked) as opened:
        yield opened


def page_of(window: Window) -> SessionPage:
    page = window.pages.page("session")
    assert isinstance(page, SessionPage)
    return page


def open_page(qtbot: QtBot, window: Window) -> SessionPage:
    """Open the page, wait until it knows all turns, and give the list the keyboard."""
    window.pages.go("session", "")
    page = page_of(window)
    qtbot.waitUntil(lambda: bool(page.property("known")))
    part(window, "turns").forceActiveFocus()
    return page


def cell(page: SessionPage, row: int, role: str) -> Any:
    return page.turns.data(page.turns.index(row, 0), ROLES[role])


def known(qtbot: QtBot, page: SessionPage, row: int) -> None:
    qtbot.waitUntil(lambda: bool(cell(page, row, "known")))


def press(window: Window, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(window.root, key)


def kept_turns(home: Path) -> list[tuple[Recorded, str]]:
    """What he said in each turn, and her answer, as the journal has them."""
    with Journal(home, read_only=True) as journal:
        entries = list(journal.entries())
    answers = {(one.session, one.turn): one.entry.text for one in entries if isinstance(one.entry, Reply)}
    said = [one for one in entries if isinstance(one.entry, FinalTranscript)]
    return [(one, answers.get((one.session, one.turn), "")) for one in said]


def export(home: Path, *arguments: str) -> bytes:
    """What the command writes to a file, run in this process: a page names techniques in the order of their hashes."""
    return export_all(home, "exported", *arguments)["exported"]


def export_all(home: Path, name: str, *arguments: str) -> dict[str, bytes]:
    """The same with what belongs beside it, by name."""
    out = home.parent / f"{home.name}.out" / name
    shutil.rmtree(out.parent, ignore_errors=True)
    out.parent.mkdir()
    done = CliRunner().invoke(export_command, ["--home", str(home), *arguments, "--out", str(out)])
    assert done.exit_code == 0, done.output
    return {one.name: one.read_bytes() for one in out.parent.iterdir()}


# ---- all turns ----


def test_every_row_agrees_with_the_journal(qtbot: QtBot, window: Window, talked: Path) -> None:
    page, turns = open_page(qtbot, window), kept_turns(talked)
    assert len(turns) > 300
    assert page.turns.rowCount() == len(turns)
    for row, (said, reply) in enumerate(turns):
        known(qtbot, page, row)
        assert isinstance(said.entry, FinalTranscript)
        shown = [cell(page, row, role) for role in ("turn", "session", "clock", "heard", "reply")]
        assert shown == [said.turn, said.session, f"{said.at:%H:%M}", said.entry.text, reply]
        first = row == 0 or turns[row - 1][0].session != said.session
        assert str(cell(page, row, "head")).startswith(f"session {said.session} · ") == first


def test_only_what_comes_into_view_is_looked_up(qtbot: QtBot, window: Window) -> None:
    page = open_page(qtbot, window)
    qtbot.waitUntil(lambda: page.turns.pages_kept > 0)
    qtbot.waitUntil(lambda: not window.desk.property("busy"))
    assert page.turns.pages_kept < page.turns.rowCount() // PAGE_ROWS


def test_a_long_record_takes_no_more_memory_than_a_short_one() -> None:
    asked: list[Any] = []
    from her_desktop.ui.pages.session_list import Turns  # noqa: PLC0415 -- without a window

    turns = Turns(asked.append, lambda failure: pytest.fail(failure.why))
    turns.begin(Index((seq, seq // 20, seq) for seq in range(1, 10_001)), {}, frozenset())
    for page in range(100):
        turns.fill({page: {}})
    assert turns.pages_kept == MOST_PAGES


def test_turns_come_to_the_list_as_they_happen(qtbot: QtBot, tmp_path: Path) -> None:
    converse(tmp_path, talks=2, seed=5)
    before = len(kept_turns(tmp_path))
    with window_on(qtbot, tmp_path) as window, Journal(tmp_path) as journal:
        page = open_page(qtbot, window)
        session = Told(window, journal)
        session.begins()
        session.says(before + 1, feed.typed("hello", "Good morning."))
        qtbot.waitUntil(lambda: page.turns.rowCount() == before + 1)
        assert [cell(page, before, role) for role in ("turn", "heard", "reply")] == [
            before + 1,
            "hello",
            "Good morning.",
        ]
        assert page.property("at") == before
        qtbot.waitUntil(lambda: part(window, "turns").property("atYEnd"))
        press(window, Key.Key_Up)
        qtbot.waitUntil(lambda: window.place.property("turn") == before)
        session.says(before + 2, feed.typed("and now", "Now, too."))
        qtbot.waitUntil(lambda: page.turns.rowCount() == before + 2)
        assert page.property("at") == before - 1, "who looks at an earlier turn stays there"


def test_an_empty_profile_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    Journal(tmp_path).close()
    with window_on(qtbot, tmp_path) as window:
        page = open_page(qtbot, window)
        assert part(window, "noTurns").isVisible()
        press(window, Key.Key_Up, Key.Key_End, Key.Key_Home, Key.Key_Return)
        assert page.property("at") == -1
        assert window.place.live
        assert not part(window, "takeFile").isVisible()


def test_without_a_record_what_was_heard_is_all_there_is(qtbot: QtBot) -> None:
    from her_desktop.ui.window import build  # noqa: PLC0415 -- as a picture of the window does

    window = build(feed.Pressed())
    page = open_page(qtbot, window)
    script = feed.Feed()
    for recorded in script.record(feed.waking()) + script.next_turn(feed.typed("hello", "Good morning.")):
        window.watcher.put(recorded)
    qtbot.waitUntil(lambda: page.turns.rowCount() == 1 and cell(page, 0, "reply") == "Good morning.")
    page.search("hello")
    assert page.property("note") == "there is no record to look in"
    page.take_away.export()
    assert "nothing was recorded" in page.take_away.property("told")
    window.close()


def test_forgotten_words_are_marked_and_nowhere_to_be_seen(qtbot: QtBot, tmp_path: Path) -> None:
    with window_on(qtbot, tmp_path) as window, Journal(tmp_path) as journal:
        session = Told(window, journal)
        session.begins()
        name = FactLearned(
            fact="user.name@1", subject="user", predicate="name", object="Wilhelmina", source_turn=1,
            words="my name is wilhelmina", told_at=START,
        )  # fmt: skip
        session.says(1, [*feed.typed("my name is wilhelmina", "Hello to you."), (0.0, name)])
        session.says(2, feed.typed("good morning", "Good morning."))
        page = open_page(qtbot, window)
        qtbot.waitUntil(lambda: "wilhelmina" in str(cell(page, 0, "heard")))
        gone = Fact("user.name@1", "user", "name", "Wilhelmina", 1, "my name is wilhelmina", START)
        first = FactForgotten(fact=gone.id, subject="user", predicate="name", object="", source_turn=1)
        session.hand(journal.forget([gone], 2, session.at, first=[first]))
        qtbot.waitUntil(lambda: "▮" in str(cell(page, 0, "heard")))
        assert "wilhelmina" not in str(cell(page, 0, "heard"))
        assert [cell(page, row, "forgotten") for row in (0, 1)] == [True, False]
        assert page.property("forgotten")


def test_a_record_that_was_erased_leaves_an_empty_list(qtbot: QtBot, tmp_path: Path) -> None:
    with window_on(qtbot, tmp_path) as window, Journal(tmp_path) as journal:
        page, session = open_page(qtbot, window), Told(window, journal)
        session.begins()
        session.says(1, feed.typed("hello", "Good morning."))
        qtbot.waitUntil(lambda: page.turns.rowCount() == 1)
        journal.erase()
        session.begins()
        qtbot.waitUntil(lambda: page.turns.rowCount() == 0 and bool(page.property("known")))
        session.says(1, feed.typed("again", "Once more."))
        qtbot.waitUntil(lambda: page.turns.rowCount() == 1 and cell(page, 0, "heard") == "again")


# ---- walking ----


def test_arrow_keys_walk_and_every_page_shows_the_turn(qtbot: QtBot, window: Window, talked: Path) -> None:
    page, turns = open_page(qtbot, window), kept_turns(talked)
    last = len(turns) - 1
    press(window, Key.Key_Up)
    assert page.property("at") == last, "from a session in which nothing was said yet, the last turn is the first step"
    press(window, Key.Key_Up, Key.Key_Up)
    qtbot.waitUntil(lambda: window.place.property("turn") == turns[last - 2][0].turn)
    with Journal(talked, read_only=True) as journal:
        assert window.place.entries == journal.turn(turns[last - 2][0].turn)
    press(window, Key.Key_Down)
    qtbot.waitUntil(lambda: window.place.property("turn") == turns[last - 1][0].turn)
    press(window, Key.Key_Home)
    qtbot.waitUntil(lambda: window.place.property("turn") == turns[0][0].turn)
    assert page.property("at") == 0
    press(window, Key.Key_PageDown)
    assert page.property("at") > 3
    press(window, Key.Key_End)
    assert window.place.live
    assert page.property("at") == -1


def test_down_beyond_the_last_turn_is_the_present(qtbot: QtBot, window: Window, talked: Path) -> None:
    page = open_page(qtbot, window)
    press(window, Key.Key_Up)
    qtbot.waitUntil(lambda: not window.place.live)
    press(window, Key.Key_Down)
    assert window.place.live
    assert page.property("at") == -1


def test_enter_lays_the_turn_open(qtbot: QtBot, window: Window) -> None:
    page = open_page(qtbot, window)
    press(window, Key.Key_Home, Key.Key_Down, Key.Key_Return)
    assert window.pages.property("tab") == "now"
    turn = page.turns.index_.turns[1]
    qtbot.waitUntil(lambda: window.place.property("turn") == turn)


def test_the_list_stands_where_another_key_has_led(qtbot: QtBot, window: Window) -> None:
    page = open_page(qtbot, window)
    for _ in range(2):
        QTest.keyClick(window.root, Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: page.property("at") == page.turns.rowCount() - 2)
    turns = part(window, "turns")
    qtbot.waitUntil(lambda: turns.property("currentIndex") == page.turns.rowCount() - 2)
    qtbot.waitUntil(lambda: in_sight(turns, turns.property("currentItem")))


def in_sight(rows: QQuickItem, item: QObject | None) -> bool:
    if not isinstance(item, QQuickItem):
        return False
    top = item.y() - rows.property("contentY")
    return bool(top >= -1 and top + item.height() <= rows.height() + 1)


def test_a_held_arrow_key_asks_only_now_and_then(qtbot: QtBot, window: Window) -> None:
    page = open_page(qtbot, window)
    moves: list[int] = []
    window.place.changed.connect(lambda: moves.append(window.place.property("turn")))
    press(window, Key.Key_Home)
    press(window, *[Key.Key_Down] * 200)
    qtbot.waitUntil(lambda: window.place.property("turn") == page.turns.index_.turns[200])
    assert len(moves) < 100


# ---- looking for words ----


def test_search_finds_what_the_journal_finds_and_leads_there(qtbot: QtBot, window: Window, talked: Path) -> None:
    page = open_page(qtbot, window)
    part(window, "search").forceActiveFocus()
    type_keys(window, "feel")
    qtbot.waitUntil(lambda: page._searched == "feel")
    with Journal(talked, read_only=True) as journal:
        found = [told(hit) for hit in journal.search("feel*", 200)]
    assert page.property("hits") == found
    assert len(found) > 3
    assert part(window, "found").isVisible()
    press(window, Key.Key_Down, Key.Key_Down, Key.Key_Return)
    qtbot.waitUntil(lambda: window.place.property("turn") == found[2]["turn"])
    assert page.property("words") == "feel", "the other places can still be gone to"
    press(window, Key.Key_Escape)
    assert page.property("words") == ""
    assert part(window, "search").property("text") == ""
    turns = part(window, "turns")
    assert turns.isVisible()
    qtbot.waitUntil(lambda: in_sight(turns, turns.property("currentItem")))
    assert cell(page, turns.property("currentIndex"), "turn") == found[2]["turn"]


def test_escape_in_the_search_does_not_silence_her(qtbot: QtBot, window: Window) -> None:
    open_page(qtbot, window)
    presses = window.controls._presses
    assert isinstance(presses, feed.Pressed)
    part(window, "search").forceActiveFocus()
    type_keys(window, "hello")
    press(window, Key.Key_Escape)
    assert ("stop_pressed",) not in presses.calls
    press(window, Key.Key_Escape)
    assert presses.calls[-1] == ("stop_pressed",)


def test_words_that_nobody_said_are_told(qtbot: QtBot, window: Window) -> None:
    page = open_page(qtbot, window)
    part(window, "search").forceActiveFocus()
    type_keys(window, "zyzzyva")
    qtbot.waitUntil(lambda: page.property("note") == "nothing was said with these words")
    assert part(window, "searchNote").property("text") == "nothing was said with these words"
    press(window, Key.Key_Down, Key.Key_Return)
    assert window.place.live


def test_another_page_can_ask_for_the_search(qtbot: QtBot, window: Window) -> None:
    open_page(qtbot, window)
    window.pages.go("session", "search")
    assert part(window, "search").hasActiveFocus()


@pytest.mark.parametrize(
    ("words", "looked_for"),
    [
        ("fe", "fe*"),
        ("i feel", "i feel*"),
        ("feel ", "feel "),
        ('"i feel', '"i feel'),
        ('"i feel"', '"i feel"'),
        ("fe*", "fe*"),
    ],
)
def test_the_last_word_may_go_on_while_he_types(words: str, looked_for: str) -> None:
    assert as_typed(words) == looked_for


def test_found_words_stand_apart_and_in_sight() -> None:
    text = "a long way to go before the word is said, " * 4 + "felt and felt again"
    at = text.index("felt")
    again = text.index("felt", at + 1)
    hit = Hit(1, 1, 7, START, "her", text, ((at, at + 4), (again, again + 4)))
    pieces = told(hit)["pieces"]
    assert [piece["text"] for piece in pieces if piece["found"]] == ["felt", "felt"]
    assert pieces[0]["text"].startswith("… ")
    assert "".join(piece["text"] for piece in pieces).removeprefix("… ") in text
    assert len(pieces[0]["text"]) < 40


def test_every_control_has_a_name_and_the_rows_say_what_they_are(qtbot: QtBot, window: Window, talked: Path) -> None:
    page, (said, reply) = open_page(qtbot, window), kept_turns(talked)[-1]
    press(window, Key.Key_Up)
    known(qtbot, page, page.turns.rowCount() - 1)
    part(window, "takeFile").click()
    top = QAccessible.queryAccessibleInterface(window.root)
    assert top is not None
    listed = [one for one in accessible(top) if not one.state().invisible]
    nameless = [one.role() for one in listed if not one.text(QAccessible.Text.Name).strip() and one.childCount() == 0]
    assert nameless == []
    names = {one.text(QAccessible.Text.Name) for one in listed}
    assert {"search what was said", "turns", "page", "file", "save as screenplay test"} <= names
    assert isinstance(said.entry, FinalTranscript)
    row = f"turn {said.turn}, {said.at:%H:%M}. You: {said.entry.text}. Her: {reply}"
    qtbot.waitUntil(lambda: any(one.text(QAccessible.Text.Name).startswith(row) for one in accessible(top)))


def test_what_is_said_is_never_markup(qtbot: QtBot, tmp_path: Path) -> None:
    evil = "<b>bold</b> <img src='x.png'> &amp; <a href='y'>z</a>"
    with window_on(qtbot, tmp_path) as window, Journal(tmp_path) as journal:
        session = Told(window, journal)
        session.begins()
        session.says(1, feed.typed(evil, evil))
        page = open_page(qtbot, window)
        qtbot.waitUntil(lambda: page.turns.rowCount() == 1)
        qtbot.waitUntil(lambda: evil in list(texts(window, part(window, "turns"))))
        assert f"“{evil}”" in list(texts(window, part(window, "turns")))
        page.search("bold")
        qtbot.waitUntil(lambda: len(page.property("hits")) == 2)
        qtbot.waitUntil(lambda: "bold" in list(texts(window, part(window, "found"))))


# ---- taking it away ----


@pytest.mark.parametrize(("ending", "form"), ENDINGS.items())
def test_a_file_is_what_the_command_line_writes(
    qtbot: QtBot, window: Window, talked: Path, tmp_path: Path, ending: str, form: str
) -> None:
    page = open_page(qtbot, window)
    window.place.go(page.turns.index_.turns[40])
    qtbot.waitUntil(lambda: page.property("at") == 40)
    session = page.turns.index_.sessions[40]
    out = tmp_path / f"taken{ending}"
    page.take_away.choose(form)
    page.take_away.name(str(out))
    page.take_away.export()
    qtbot.waitUntil(lambda: "written to" in page.take_away.property("told"), timeout=30_000)
    written = {one.name: one.read_bytes() for one in tmp_path.iterdir()}
    assert written == export_all(talked, out.name, "--format", form, "--session", str(session))
    assert {*written} == {out.name, *(["taken.profile.json"] if form == "fountain" else [])}
    assert all(one.stat().st_mode & 0o777 == 0o600 for one in tmp_path.iterdir()) or sys.platform == "win32"


def test_the_whole_of_it_works_by_keyboard(qtbot: QtBot, window: Window, talked: Path, tmp_path: Path) -> None:
    page = open_page(qtbot, window)
    press(window, Key.Key_Home)
    qtbot.waitUntil(lambda: window.place.property("turn") == page.turns.index_.turns[0])
    part(window, "takeFile").forceActiveFocus(Qt.FocusReason.TabFocusReason)
    press(window, Key.Key_Return)
    qtbot.waitUntil(lambda: bool(part(window, "exportFile").hasActiveFocus()))
    assert part(window, "exportFile").property("text").endswith("session-1.html")
    QTest.keyClick(window.root, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_keys(window, str(tmp_path / "mine.html"))
    press(window, Key.Key_Return)
    qtbot.waitUntil(lambda: "written to" in page.take_away.property("told"))
    assert part(window, "exportTold").property("text").startswith("session 1, ")
    part(window, "form-html").forceActiveFocus(Qt.FocusReason.TabFocusReason)
    press(window, Key.Key_Right, Key.Key_Right)
    assert page.take_away.property("form") == "fountain"
    assert page.take_away.property("file") == str(tmp_path / "mine.fountain")
    assert part(window, "exportFile").property("text") == str(tmp_path / "mine.fountain")
    press(window, Key.Key_Escape)
    assert not part(window, "sheet").isVisible()


def test_a_place_can_be_chosen_in_a_dialog(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    page = open_page(qtbot, window)
    page.take_away.name(str(tmp_path / "chosen.html"))
    part(window, "takeFile").click()
    part(window, "chooseFile").click()

    title = "Where to write the session"
    qtbot.waitUntil(lambda: title in [one.title() for one in QGuiApplication.topLevelWindows() if one.isVisible()])
    page.take_away.name("something else")
    QMetaObject.invokeMethod(part(window, "fileDialog").property("item"), "accept")
    qtbot.waitUntil(lambda: part(window, "fileDialog").property("item") is None)
    assert page.take_away.property("file") == str(tmp_path / "chosen.html")


def test_a_file_that_is_there_is_written_over_only_when_he_says_so(
    qtbot: QtBot, window: Window, talked: Path, tmp_path: Path
) -> None:
    page, out = open_page(qtbot, window), tmp_path / "mine.jsonl"
    out.write_text("something of his")
    window.place.go(1)
    qtbot.waitUntil(lambda: page.property("at") == 0)
    page.take_away.choose("jsonl")
    page.take_away.name(str(out))
    page.take_away.export()
    qtbot.waitUntil(lambda: bool(page.take_away.property("there")))
    assert out.read_text() == "something of his"
    assert page.take_away.property("told") == f"{out} is there already"
    page.take_away.replace()
    qtbot.waitUntil(lambda: "written to" in page.take_away.property("told"))
    assert out.read_bytes() == export(talked, "--format", "jsonl", "--session", "1")


def test_a_screenplay_goes_into_a_folder_that_is_made(
    qtbot: QtBot, window: Window, talked: Path, tmp_path: Path
) -> None:
    page, folder = open_page(qtbot, window), tmp_path / "plays" / "of mine"
    assert page.take_away.property("folder").endswith("screenplays")
    window.place.go(1)
    qtbot.waitUntil(lambda: page.property("at") == 0)
    page.take_away.name_folder(str(folder))
    page.take_away.screenplay()
    qtbot.waitUntil(lambda: "written to" in page.take_away.property("told"), timeout=30_000)
    assert (folder / "session-1.fountain").read_bytes() == export(talked, "--format", "fountain", "--session", "1")
    assert perform(read(folder / "session-1.fountain")).holds


def test_a_file_that_would_lie_beside_a_screenplay_is_not_written_over_either(
    qtbot: QtBot, window: Window, talked: Path, tmp_path: Path
) -> None:
    page = open_page(qtbot, window)
    window.place.go(page.turns.index_.turns[40])
    qtbot.waitUntil(lambda: page.property("at") == 40)
    profile = tmp_path / "mine.profile.json"
    profile.write_text("something of his")
    page.take_away.choose("fountain")
    page.take_away.name(str(tmp_path / "mine.fountain"))
    page.take_away.export()
    qtbot.waitUntil(lambda: bool(page.take_away.property("there")), timeout=30_000)
    assert page.take_away.property("told") == f"{profile} is there already"
    assert [one.name for one in tmp_path.iterdir()] == [profile.name]
    page.take_away.replace()
    qtbot.waitUntil(lambda: "written to" in page.take_away.property("told"), timeout=30_000)
    assert perform(read(tmp_path / "mine.fountain")).holds


@pytest.mark.parametrize(
    ("file", "why"),
    [
        ("{home}/journal.sqlite", "this belongs to the record itself"),
        ("{home}/journal.sqlite-wal", "this belongs to the record itself"),
        ("/dev/null/a.html", "Not a directory"),
        ("   ", "it has no name"),
    ],
)
def test_what_cannot_be_written_is_told(qtbot: QtBot, window: Window, talked: Path, file: str, why: str) -> None:
    page, before = open_page(qtbot, window), (talked / "journal.sqlite").read_bytes()
    page.take_away.name(file.format(home=talked))
    page.take_away.export()
    qtbot.waitUntil(lambda: why in page.take_away.property("told"))
    assert (talked / "journal.sqlite").read_bytes() == before


# ---- a long record ----


def lengthen(home: Path, entries: int) -> None:
    """Write a journal of so many entries: the turns of a conversation, over and over."""
    with Journal(home) as journal:
        turn, at = 0, START
        while journal.last_seq < entries:
            steps: list[Entry] = [entry for _, entry in feed.typed(f"hello for the {turn + 1}th time", "Good morning.")]
            if turn % 20 == 0:
                journal.begin_session()
                started = feed.waking()[0][1]
                assert isinstance(started, SessionStarted)
                journal.append(0, at, [started], durable=False)
            turn, at = turn + 1, at + timedelta(minutes=1)
            journal.append(turn, at, steps, durable=turn % 500 == 0)


def test_a_hundred_thousand_entries_are_opened_walked_and_searched_without_a_stall(
    qtbot: QtBot, tmp_path: Path
) -> None:
    lengthen(tmp_path, 100_000)
    with window_on(qtbot, tmp_path) as window:
        gaps, last = [0.0], [time.perf_counter()]

        def beat() -> None:
            now = time.perf_counter()
            gaps.append(now - last[0])
            last[0] = now

        heart = QTimer(interval=5, timerType=Qt.TimerType.PreciseTimer)
        heart.timeout.connect(beat)
        heart.start()
        page = open_page(qtbot, window)
        count = page.turns.rowCount()
        assert count > 16_000
        for row in (count - 1, 0, count // 2):
            page.to(row)
            known(qtbot, page, row)
            assert cell(page, row, "heard") == f"hello for the {row + 1}th time"
        for _ in range(60):
            press(window, Key.Key_PageUp)
            qtbot.wait(5)
        page.search("hello for the 12")
        qtbot.waitUntil(lambda: len(page.property("hits")) == 200)
        heart.stop()
        assert page.turns.pages_kept <= MOST_PAGES
        assert max(gaps) < 0.5, "the window's thread is never held up; five times the goal, for a busy machine"


def test_a_turn_in_brief_is_what_was_heard_first_and_answered_first() -> None:
    script = feed.Feed()
    entries = script.next_turn([*feed.typed("one", "First."), *feed.typed("two", "Second.")])
    (line,) = lines(entries).values()
    assert (line.heard, line.reply) == ("one", "First.")
    assert not line.forgotten
