"""The frame of the right side: its pages, its keys, its look, and the window of its own."""

from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from her_desktop.trouble import Trouble
from her_desktop.ui.glossary import glossary
from her_desktop.ui.preferences import LARGEST, SMALLEST, Liked, load
from her_desktop.ui.window import Window, build

from .feed import Pressed
from .test_window import part

pytestmark = pytest.mark.window
Key, Ctrl, Shift = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
TABS = ["now", "time", "whatif", "memory", "ledger", "rules", "session", "record"]


def tab(window: Window) -> str:
    return str(window.pages.property("tab"))


def test_every_page_has_a_key_and_a_tab(qtbot: QtBot, window: Window) -> None:
    for number, name in enumerate(TABS, 1):
        QTest.keyClick(window.root, Key(Key.Key_0 + number), Ctrl)
        assert tab(window) == name
        assert part(window, f"tab-{name}").property("here")


def test_ctrl_tab_goes_round(qtbot: QtBot, window: Window) -> None:
    seen = [tab(window)]
    for _ in TABS:
        QTest.keyClick(window.root, Key.Key_PageDown, Ctrl)
        seen.append(tab(window))
    assert seen == [*TABS, "now"]


def test_left_and_right_walk_over_the_tabs(qtbot: QtBot, window: Window) -> None:
    part(window, "tab-now").forceActiveFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(window.root, Key.Key_Right)
    assert tab(window) == "time"
    assert part(window, "tab-time").hasActiveFocus()
    QTest.keyClick(window.root, Key.Key_Left)
    QTest.keyClick(window.root, Key.Key_Left)
    assert tab(window) == "record"


def test_opening_a_page_by_its_key_opens_the_pane(qtbot: QtBot, window: Window) -> None:
    QTest.keyClick(window.root, Key.Key_F2)
    QTest.keyClick(window.root, Key.Key_4, Ctrl)
    assert part(window, "programming").isVisible()
    assert tab(window) == "memory"


def test_the_text_grows_and_shrinks_within_bounds(qtbot: QtBot, window: Window) -> None:
    for _ in range(20):
        QTest.keyClick(window.root, Key.Key_Plus, Ctrl)
    assert window.preferences.property("textScale") == LARGEST
    for _ in range(30):
        QTest.keyClick(window.root, Key.Key_Minus, Ctrl)
    assert window.preferences.property("textScale") == SMALLEST
    QTest.keyClick(window.root, Key.Key_0, Ctrl)
    assert window.preferences.property("textScale") == 1.0


def test_f4_goes_through_the_looks_and_each_has_its_own_ground(qtbot: QtBot, window: Window) -> None:
    grounds = {}
    for _ in range(5):
        QTest.keyClick(window.root, Key.Key_F4)
        qtbot.wait(40)
        picture = window.grab()
        grounds[window.preferences.property("chosen")] = (
            picture.pixelColor(4, 4).lightness() // 64, picture.pixelColor(picture.width() - 4, 4).lightness() // 64,
        )  # fmt: skip
    assert grounds["paper"] == grounds["system"] == (3, 0)
    assert grounds["light"] == (3, 3)
    assert grounds["dark"] == grounds["contrast"] == (0, 0)


def test_the_pane_can_have_a_window_of_its_own(qtbot: QtBot, window: Window) -> None:
    QTest.keyClick(window.root, Key.Key_F2, Shift)
    apart = [one for one in QGuiApplication.topLevelWindows() if one.objectName() == "apart"]
    assert len(apart) == 1
    assert apart[0].isVisible()
    assert not part(window, "programming").isVisible()
    QTest.keyClick(apart[0], Key.Key_F2, Shift)
    qtbot.waitUntil(lambda: part(window, "programming").isVisible())
    assert not [one for one in QGuiApplication.topLevelWindows() if one.objectName() == "apart" and one.isVisible()]


def test_the_sides_share_the_width_as_he_likes(qtbot: QtBot, window: Window) -> None:
    before = part(window, "side").width()
    divider = next(one for one in part(window, "programming").parentItem().childItems() if one.property("share"))
    divider.forceActiveFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(window.root, Key.Key_Right)
    assert part(window, "side").width() > before


def test_what_he_likes_is_there_again_next_time(qtbot: QtBot, tmp_path: Path) -> None:
    first = build(Pressed(), home=tmp_path)
    first.preferences.take_look("dark")
    first.preferences.grow(3)
    first.preferences.open_pane(False)
    first.root.resize(1000, 700)
    first.close()
    kept = load(tmp_path)
    assert kept == Liked(look="dark", text_scale=1.3, pane_open=False, width_px=1000, height_px=700)
    again = build(Pressed(), home=tmp_path)
    assert again.root.size().toTuple() == (1000, 700)
    assert again.preferences.property("look") == "dark"
    again.close()


def test_preferences_that_cannot_be_read_are_as_at_first(tmp_path: Path) -> None:
    (tmp_path / "window.json").write_text("{not json")
    assert load(tmp_path) == Liked()
    (tmp_path / "window.json").write_bytes(msgspec.json.encode({"look": "blue"}))
    assert load(tmp_path) == Liked()


def test_lights_and_looks_go_out_as_presses(qtbot: QtBot, window: Window, pressed: Pressed) -> None:
    QTest.keyClick(window.root, Key.Key_F3)
    assert pressed.calls == [("by_hand", "Lights", "False", "a key was pressed")]


def test_every_term_of_the_pane_is_explained_in_one_sentence() -> None:
    known = glossary()
    for key, meaning in known.items():
        assert meaning.says.endswith((".", "?")), key
        assert meaning.says.count(". ") == 0, f"{key}: one sentence"
        assert len(meaning.says) <= 200, key


def test_two_files_that_explain_one_term_are_told(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text("die: {name: die, says: A number.}\n")
    with pytest.raises(Trouble, match="die is explained twice"):
        glossary(tmp_path)
    (tmp_path / "a.yaml").write_text("die: {name: die}\n")
    with pytest.raises(Trouble, match=r"a\.yaml"):
        glossary.__wrapped__(tmp_path)
