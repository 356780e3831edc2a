"""The window of its own that "this is programming" can have: what is shown in it, its keys, and how it ends."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtQuick import QQuickWindow
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from her_desktop import events as ev
from her_desktop.inbox import Typed
from her_desktop.tts.silent import SilentVoice
from her_desktop.ui.window import Window

from .feed import Pressed
from .living import living
from .test_window import part, show, spoken_turn
from .told import announcements

pytestmark = [pytest.mark.window, pytest.mark.timeout(120)]
Key, Shift = Qt.Key, Qt.KeyboardModifier.ShiftModifier

CLOSED = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from her_desktop.ui.picture import Nobody
from her_desktop.ui.window import run

def begin(watcher):
    main = next(one for one in QGuiApplication.topLevelWindows() if one.title() == "Her Desktop")
    main.property("preferences").set_apart(True)
    assert any(one.objectName() == "apart" and one.isVisible() for one in QGuiApplication.topLevelWindows())
    QTimer.singleShot(0, main.close)

sys.exit(run(begin, Nobody(), home=Path(sys.argv[1])))
"""


def others() -> list[QWindow]:
    return [one for one in QGuiApplication.topLevelWindows() if one.objectName() == "apart" and one.isVisible()]


@pytest.fixture
def apart(qtbot: QtBot, window: Window) -> QQuickWindow:
    QTest.keyClick(window.root, Key.Key_F2, Shift)
    qtbot.waitUntil(lambda: len(others()) == 1)
    (other,) = others()
    assert isinstance(other, QQuickWindow)
    other.requestActivate()
    qtbot.waitUntil(other.isActive)
    return other


def test_closing_the_window_ends_the_program_also_while_the_pane_stands_apart(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", CLOSED, str(tmp_path)], timeout=60, check=False)
    assert done.returncode == 0
    assert b'"pane_apart":true' in (tmp_path / "window.json").read_bytes(), "it stands apart the next time, too"


def test_what_happens_is_looked_up_for_the_pane_that_stands_apart(qtbot: QtBot, tmp_path: Path) -> None:
    with living(qtbot, tmp_path, SilentVoice()) as here:
        here.window.pages.go("memory", "")
        here.window.preferences.set_apart(True)
        here.session.put(Typed("my sister is called Catherine"))
        here.waits_for(ev.FactLearned)
        memory = here.window.pages.page("memory")
        assert memory is not None
        qtbot.waitUntil(lambda: memory.property("head")["count"] == 1, timeout=10_000)


def test_the_pane_is_never_there_twice(qtbot: QtBot, window: Window, apart: QQuickWindow) -> None:
    qtbot.waitUntil(lambda: len(list(found(window.root, "place"))) == 0)
    assert len(list(found(apart, "place"))) == 1
    apart.close()
    qtbot.waitUntil(lambda: part(window, "programming").isVisible())
    assert not others()


def found(root: QQuickWindow, name: str) -> Iterator[object]:
    items = [root.contentItem()]
    while items:
        item = items.pop()
        if item.objectName() == name:
            yield item
        items += item.childItems()


def test_f6_goes_from_one_window_to_the_other_and_back(qtbot: QtBot, window: Window, apart: QQuickWindow) -> None:
    QTest.keyClick(apart, Key.Key_F6)
    qtbot.waitUntil(window.root.isActive)
    assert part(window, "field").hasActiveFocus()
    QTest.keyClick(window.root, Key.Key_F6)
    qtbot.waitUntil(apart.isActive)


def test_a_letter_there_goes_to_where_he_types(qtbot: QtBot, window: Window, apart: QQuickWindow) -> None:
    QTest.keyClick(apart, Key.Key_H)
    qtbot.waitUntil(window.root.isActive)
    assert part(window, "field").property("text") == "h"


def test_space_held_there_talks(window: Window, apart: QQuickWindow, pressed: Pressed) -> None:
    QTest.keyPress(apart, Key.Key_Space)
    QTest.keyRelease(apart, Key.Key_Space)
    assert pressed.calls == [("talk_pressed",), ("talk_released",)]


def test_f2_hides_it_and_brings_it_back(qtbot: QtBot, window: Window, apart: QQuickWindow) -> None:
    QTest.keyClick(apart, Key.Key_F2)
    qtbot.waitUntil(lambda: not others())
    qtbot.waitUntil(window.root.isActive)
    QTest.keyClick(window.root, Key.Key_F2)
    qtbot.waitUntil(lambda: len(others()) == 1)


def test_a_key_that_is_held_switches_once(window: Window) -> None:
    held = [
        one.property("sequences")
        for one in window.root.findChildren(QObject)
        if one.inherits("QQuickShortcut") and one.property("autoRepeat")
    ]
    keys = {key for sequences in held for key in sequences}
    assert not keys & {"F2", "Shift+F2", "F3", "F4", "Ctrl+Q"}
    assert "Alt+Left" in keys


def test_who_listens_is_told_of_the_pane_its_pages_and_its_turn(qtbot: QtBot, window: Window) -> None:
    with announcements() as heard:
        window.pages.go("time", "")
        QTest.keyClick(window.root, Key.Key_F2)
        QTest.keyClick(window.root, Key.Key_F2)
        assert heard == ["Time", "this is programming, hidden", "this is programming, shown"]
        show(qtbot, window, spoken_turn())
        assert [one for one in heard if one.startswith("she ")] == [
            "she is listening", "she hears you", "she is thinking", "she is speaking",
        ]  # fmt: skip


def test_who_listens_is_told_of_an_earlier_turn_and_of_the_way_back(qtbot: QtBot, tmp_path: Path) -> None:
    with announcements() as heard, living(qtbot, tmp_path, SilentVoice()) as here:
        for number, line in enumerate(("hello", "what time is it"), 1):
            here.session.put(Typed(line))
            here.waits_for(ev.Reply, number)
            here.hears_her_out()
        here.is_quiet()
        here.window.place.step(-1)
        qtbot.waitUntil(lambda: not here.window.place.property("live"), timeout=10_000)
        assert any(one.startswith("turn 1 · ") and one.endswith(", as it was then") for one in heard)
        here.window.place.back()
        assert heard[-1] == "back to now"
