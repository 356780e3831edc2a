from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleInterface, QGuiApplication
from PySide6.QtQml import QQmlExpression
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from her_desktop import events as ev
from her_desktop.events import Recorded
from her_desktop.trouble import Trouble
from her_desktop.ui.bridge import Watcher
from her_desktop.ui.tape import ROLE_NUMBERS
from her_desktop.ui.window import Window, build, run

from . import feed
from .conftest import ARTIFACTS
from .feed import Feed, Pressed

pytestmark = pytest.mark.window
Key = Qt.Key


class ClosedInbox(Pressed):
    """A session that has gone away."""

    def typed(self, text: str) -> None:  # noqa: ARG002 -- it fails before it looks
        raise RuntimeError("the inbox is closed")


def part(window: Window, name: str) -> Any:
    found = window.root.findChild(QObject, name) or next(named(window.root.contentItem(), name), None)
    assert found is not None, f"the window has no {name}"
    return found


def named(item: QQuickItem, name: str) -> Iterator[QQuickItem]:
    """Every part of this name, also those that a repeater made."""
    for child in item.childItems():
        if child.objectName() == name:
            yield child
        yield from named(child, name)


def show(qtbot: QtBot, window: Window, entries: list[Recorded]) -> None:
    """Hand over the entries and wait until the window has drained them."""
    window.pages.go("record", "")
    before = window.record.tape.rowCount()
    for recorded in entries:
        window.watcher.put(recorded)
    qtbot.waitUntil(lambda: window.record.tape.rowCount() >= before + len(entries))
    tape = part(window, "tape")
    qtbot.waitUntil(lambda: tape.property("count") == window.record.shown.rowCount())
    if entries and tape.property("following"):
        last = window.record.shown.rowCount() - 1
        qtbot.waitUntil(lambda: tape.property("currentIndex") == last and tape.property("atYEnd"))


def spoken_turn(words: int | None = 9) -> list[Recorded]:
    script = Feed()
    return script.record(feed.waking()) + script.next_turn(feed.hearing() + feed.answering() + feed.speaking(words))


def texts(window: Window, item: QQuickItem) -> Iterator[str]:
    """Every text that stands in this part of the window; each must be plain."""
    context = window._engine.rootContext()
    for child in item.childItems():
        if child.inherits("QQuickText"):
            plain, _ = QQmlExpression(context, child, "textFormat === 0").evaluate()
            assert plain, f"{child.property('text')!r} could be taken as markup"
            yield child.property("text")
        yield from texts(window, child)


def type_keys(window: Window, text: str) -> None:
    for letter in text:
        QTest.keyClick(window.root, letter)  # type: ignore[call-overload]  # the stubs forget that a letter will do


def accessible(root: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    for at in range(root.childCount()):
        child = root.child(at)
        if child is not None and child.isValid():
            yield child
            yield from accessible(child)


def test_a_spoken_turn_shows_on_both_sides(qtbot: QtBot, window: Window) -> None:
    show(qtbot, window, spoken_turn())
    assert part(window, "state").property("text") == "she is speaking"
    assert part(window, "partial").property("text") == f"“{feed.HEARD}”"
    assert part(window, "caption").property("inked") == 9
    assert part(window, "place").property("text") == "turn 1 · 23:14:09 · she is speaking, word 9 of 35"


def test_entries_put_from_another_thread_arrive_in_order(qtbot: QtBot, window: Window) -> None:
    entries = spoken_turn()

    def put_all() -> None:
        for recorded in entries:
            window.watcher.put(recorded)

    session = threading.Thread(target=put_all)
    session.start()
    qtbot.waitUntil(lambda: window.record.tape.rowCount() == len(entries))
    session.join()
    shown = [window.record.tape.data(window.record.tape.index(at), ROLE_NUMBERS["seq"]) for at in range(len(entries))]
    assert shown == [recorded.seq for recorded in entries]


def test_what_he_says_is_never_markup(qtbot: QtBot, window: Window) -> None:
    evil = "<b>bold</b> <img src='x.png'> &amp; <a href='y'>z</a>"
    steps = [*feed.typed(evil, evil), (0.0, ev.Failure(what=evil, why=evil))]
    show(qtbot, window, Feed().next_turn(steps))
    qtbot.waitUntil(lambda: any(evil in text for text in texts(window, part(window, "tape"))))
    drawn = list(texts(window, window.root.contentItem()))
    assert f"“{evil}”" in drawn
    assert "<b>bold</b>" in drawn, "her caption and the reply's row set each word by itself"
    assert f"{evil}: {evil}" in drawn


def test_every_control_has_a_name_a_reader_can_say(qtbot: QtBot, window: Window) -> None:
    show(qtbot, window, spoken_turn())
    told = [one for one in accessible(QAccessible.queryAccessibleInterface(window.root)) if not one.state().invisible]
    nameless = [one.role() for one in told if not one.text(QAccessible.Text.Name).strip() and one.childCount() == 0]
    assert nameless == []
    roles = {one.role(): one.text(QAccessible.Text.Name) for one in told}
    assert roles[QAccessible.Role.EditableText] == "say something, or type"
    assert {QAccessible.Role.PushButton, QAccessible.Role.List, QAccessible.Role.ListItem} <= roles.keys()
    names = {one.text(QAccessible.Text.Name) for one in told}
    assert {"hold to talk", "stop", "she is speaking", feed.SAID, f"“{feed.HEARD}”"} <= names


def test_f2_closes_and_opens_the_pane(qtbot: QtBot, window: Window) -> None:
    pane = part(window, "programming")
    assert pane.isVisible()
    QTest.keyClick(window.root, Key.Key_F2)
    assert not pane.isVisible()
    QTest.keyClick(window.root, Key.Key_F2)
    assert pane.isVisible()


def test_escape_stops_her_also_from_the_field(qtbot: QtBot, window: Window, pressed: Pressed) -> None:
    QTest.keyClick(window.root, Key.Key_Escape)
    QTest.keyClick(window.root, Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert part(window, "field").hasActiveFocus()
    QTest.keyClick(window.root, Key.Key_Escape)
    assert pressed.calls == [("stop_pressed",)] * 2
    assert not part(window, "field").hasActiveFocus()


def test_typing_sends_with_enter_and_an_empty_line_sends_nothing(
    qtbot: QtBot, window: Window, pressed: Pressed
) -> None:
    QTest.keyClick(window.root, Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    type_keys(window, "hello you ")
    QTest.keyClick(window.root, Key.Key_Return)
    QTest.keyClick(window.root, Key.Key_Return)
    assert pressed.calls == [("typed", "hello you")]
    assert part(window, "field").property("text") == ""


def test_a_letter_finds_the_field_by_itself(qtbot: QtBot, window: Window, pressed: Pressed) -> None:
    type_keys(window, "hi")
    assert part(window, "field").property("text") == "hi"
    assert pressed.calls == []


def test_space_talks_while_it_is_held(qtbot: QtBot, window: Window, pressed: Pressed) -> None:
    QTest.keyPress(window.root, Key.Key_Space)
    assert pressed.calls == [("talk_pressed",)]
    QTest.keyRelease(window.root, Key.Key_Space)
    assert pressed.calls == [("talk_pressed",), ("talk_released",)]


def test_without_a_microphone_nothing_pretends_to_listen(qtbot: QtBot, window: Window, pressed: Pressed) -> None:
    show(qtbot, window, Feed().record(feed.waking(microphone=False)))
    QTest.keyPress(window.root, Key.Key_Space)
    QTest.keyRelease(window.root, Key.Key_Space)
    assert pressed.calls == []
    assert not part(window, "talk").isEnabled()


def test_the_talk_button_works_by_mouse_and_by_keyboard(qtbot: QtBot, window: Window, pressed: Pressed) -> None:
    button = part(window, "talk")
    middle = button.mapToScene(button.boundingRect().center()).toPoint()
    QTest.mousePress(window.root, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    QTest.mouseRelease(window.root, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    button.forceActiveFocus(Qt.FocusReason.TabFocusReason)
    for key in (Key.Key_Space, Key.Key_Return):
        QTest.keyPress(window.root, key)
        QTest.keyRelease(window.root, key)
    assert pressed.calls == [("talk_pressed",), ("talk_released",)] * 3


def test_up_down_and_enter_walk_and_open_rows(qtbot: QtBot, window: Window) -> None:
    show(qtbot, window, spoken_turn())
    tape = part(window, "tape")
    qtbot.waitUntil(lambda: tape.property("currentIndex") == window.record.shown.rowCount() - 1)
    QTest.keyClick(window.root, Key.Key_Up)
    QTest.keyClick(window.root, Key.Key_Up)
    QTest.keyClick(window.root, Key.Key_Down)
    row = window.record.shown.rowCount() - 2
    assert tape.property("currentIndex") == row
    QTest.keyClick(window.root, Key.Key_Return)
    assert window.record.shown.data(window.record.shown.index(row, 0), ROLE_NUMBERS["expanded"])


def test_the_tape_follows_only_who_stands_at_its_end(qtbot: QtBot, window: Window) -> None:
    script = Feed()
    show(qtbot, window, script.next_turn(feed.hearing() + feed.answering() + feed.speaking()))
    tape = part(window, "tape")
    qtbot.waitUntil(lambda: tape.property("atYEnd"))
    show(qtbot, window, script.next_turn(feed.hearing()))
    qtbot.waitUntil(lambda: tape.property("atYEnd"))
    for _ in range(8):
        QTest.keyClick(window.root, Key.Key_Up)
    stood = tape.property("contentY")
    show(qtbot, window, script.record(feed.answering()))
    qtbot.wait(120)
    assert tape.property("contentY") == pytest.approx(stood, abs=1)
    assert part(window, "newest").isVisible()


def test_an_error_of_the_other_side_becomes_a_notice(qtbot: QtBot, window: Window) -> None:
    window.controls._presses = ClosedInbox()
    type_keys(window, "hello")
    QTest.keyClick(window.root, Key.Key_Return)
    assert part(window, "notice").property("text") == "sending what you typed: the inbox is closed"
    assert part(window, "field").property("text") == "hello", "what could not be sent is still there"


def test_a_session_of_five_thousand_entries_keeps_the_window_quick(qtbot: QtBot, window: Window) -> None:
    script, entries = Feed(), list[Recorded]()
    while len(entries) < 5000:
        entries += script.next_turn(feed.hearing() + feed.answering() + feed.speaking())
    for recorded in entries:
        window.watcher.put(recorded)
    late, beat = [], QTimer()
    beat.timeout.connect(lambda: late.append(1))
    beat.start(50)
    last = entries[-1].seq
    seq = ROLE_NUMBERS["seq"]
    qtbot.waitUntil(
        lambda: window.record.tape.data(window.record.tape.index(window.record.tape.rowCount() - 1), seq) == last,
        timeout=20_000,
    )
    beat.stop()
    assert len(late) >= 5, "the window answered in between"
    assert window.record.tape.rowCount() < 600


def test_closing_tells_once_and_leaves_no_timer_and_no_thread(qtbot: QtBot, pressed: Pressed) -> None:
    threads = set(threading.enumerate())
    window = build(pressed)
    qtbot.waitExposed(window.root)
    gone: list[str] = []
    for name, thing in (("window", window), ("root", window.root), ("bridge", window.bridge)):
        thing.destroyed.connect(lambda *_, name=name: gone.append(name))
    QTest.keyPress(window.root, Key.Key_Space)
    window.close()
    assert pressed.calls.count(("closed",)) == 1
    assert pressed.calls[-1] == ("closed",)
    assert sorted(gone) == ["bridge", "root", "window"]
    assert set(threading.enumerate()) == threads


def test_run_hands_over_the_watcher_and_ends_when_the_window_is_closed(qtbot: QtBot, pressed: Pressed) -> None:
    handed: list[Watcher] = []

    def session_watch(watcher: Watcher) -> None:
        handed.append(watcher)
        (shown,) = [one for one in QGuiApplication.topLevelWindows() if one.isVisible()]
        QTimer.singleShot(0, shown.close)

    assert run(session_watch, pressed) == 0
    assert len(handed) == 1
    assert pressed.calls == [("closed",)]


def test_a_session_that_cannot_start_closes_the_window(qtbot: QtBot, pressed: Pressed) -> None:
    def session_watch(_watcher: Watcher) -> None:
        raise Trouble("profile", "the disk is full")

    with pytest.raises(Trouble, match="the disk is full"):
        run(session_watch, pressed)
    assert pressed.calls == [("closed",)]
    assert not [one for one in QGuiApplication.topLevelWindows() if one.isVisible()]


def test_a_hidden_window_rests(qtbot: QtBot, window: Window) -> None:
    timer = window.bridge._timer
    assert timer.interval() == 33
    window.root.hide()
    qtbot.waitUntil(lambda: timer.interval() == 250)
    assert not part(window, "ring").property("awake")
    window.root.show()
    qtbot.waitUntil(lambda: timer.interval() == 33)


def test_reduced_motion_draws_the_state_without_travel(
    qtbot: QtBot, pressed: Pressed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HER_DESKTOP_REDUCED_MOTION", "1")
    still = build(pressed)
    ring = part(still, "ring")
    show(qtbot, still, spoken_turn())
    still.watcher.level("her", 0.3)
    qtbot.wait(150)
    drawn = ring.property("now").toVariant()
    assert drawn["turn"] == pytest.approx(-0.85)
    assert drawn["level"] == 0
    still.close()


@pytest.mark.parametrize(
    ("name", "size", "entries"),
    [
        ("first-start", (1280, 800), []),
        ("listening-partial", (1280, 800), Feed().record(feed.waking()) + Feed(212).next_turn(feed.hearing())),
        ("speaking-captions", (1280, 800), spoken_turn()),
        ("first-run", (1280, 800), Feed().record(feed.waking())),
        ("no-model", (1280, 800), Feed().record(feed.waking(recognizer=False))),
        ("no-microphone", (1280, 800), Feed().record(feed.waking(microphone=False))),
        ("narrow", (720, 560), spoken_turn()),
        ("decision-opened", (1280, 800), spoken_turn(4)),
    ],
)
def test_pictures(qtbot: QtBot, window: Window, name: str, size: tuple[int, int], entries: list[Recorded]) -> None:
    window.root.resize(*size)
    show(qtbot, window, entries)
    if name == "decision-opened":
        kinds = [
            window.record.shown.data(window.record.shown.index(at, 0), ROLE_NUMBERS["kind"])
            for at in range(window.record.shown.rowCount())
        ]
        qtbot.waitUntil(lambda: part(window, "tape").property("currentIndex") == len(kinds) - 1)
        for _ in range(len(kinds) - 1 - kinds.index("decision")):
            QTest.keyClick(window.root, Key.Key_Up)
        QTest.keyClick(window.root, Key.Key_Return)
    for _ in range(30):
        window.watcher.level("her" if "speak" in name or name == "narrow" else "him", 0.12)
        qtbot.wait(33)
    picture = window.grab()
    ARTIFACTS.mkdir(exist_ok=True)
    assert picture.save(str(ARTIFACTS / f"window-{name}.png"))
    colors = {picture.pixelColor(x, y).name() for x in range(0, size[0], 7) for y in range(0, size[1], 7)}
    blue = [one for one in colors if int(one[5:], 16) > max(int(one[1:3], 16), int(one[3:5], 16))]
    assert blue == [], "nothing here is blue"
    assert len(colors) > 50
