"""The real window on a real performance of a screenplay: watched, stepped through, begun again, and left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QKeyEvent
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from her_desktop import events as ev
from her_desktop.events import Alternative, Recorded
from her_desktop.inbox import Forget
from her_desktop.memory.journal import Journal
from her_desktop.screenplay.perform import perform
from her_desktop.screenplay.script import Beat, Expectation, Given, Hers, His, Screenplay, Title
from her_desktop.screenplay.stepping import Stepping
from her_desktop.screenplay.theatre import Stagehand, TypedTheatre
from her_desktop.session import Session
from her_desktop.ui.prompt_book import Watching
from her_desktop.ui.window import Window, build

from .conftest import ARTIFACTS
from .test_reach import PAGES, WORKED, told
from .test_reach import named as spoken
from .test_window import named, part, texts

pytestmark = [pytest.mark.window, pytest.mark.timeout(180)]
Key = Qt.Key

TITLE = Title(title="After a bad blind date", seed=7)
NIGHT = "INT. THE FLAT - NIGHT - 2026-11-22 23:10"
LATER = "INT. ELSEWHERE"
EVIL = "my name is <b>Bold</b> &amp; <img src='x'>"
BEATS = (
    Beat(
        NIGHT, His(9, "THEODORE", "my dog's name is Bello"),
        Hers(12, "anything", ("...",), 13, 14, (
            Expectation("learns", ("Bello",), 14, name="pet.name"),
            Expectation("technique", ("T13",), 14, negated=True),
        )),
        (Given("clock", 7, value="2026-11-22T23:10"),),
    ),
    Beat(
        NIGHT, His(16, "THEODORE", "what is my dog called", heard=(
            Alternative("what is my log called", 0.9), Alternative("what is my dog called", 0.4),
        )),
        Hers(20, "anything", ("...",), 21, 22, (Expectation("mentions", ("Bello",), 22),)),
    ),
    Beat(
        LATER, His(25, "HIM", "hello"),
        Hers(28, "exact", ("Nope.",), 29, 30, (Expectation("rule", ("clock.time",), 30),)),
        (Given("fresh", 24), Given("wait", 24, value="259200"), Given("fact", 24, "user.name", "Ada")),
    ),
    Beat(LATER, His(32, "HIM", silent_s=20), Hers(34, "silent", (), 0, 35)),
)  # fmt: skip
SCREENPLAY = Screenplay(Path("date.fountain"), TITLE, BEATS)


class Watched:
    def __init__(self, qtbot: QtBot, window: Window, stepping: Stepping, seen: list[Recorded]) -> None:
        self.qtbot, self.window, self.stepping, self.seen = qtbot, window, stepping, seen
        assert window.book
        self.book = window.book

    def shows(self, far: str) -> None:
        self.qtbot.waitUntil(lambda: self.book.property("howFar").startswith(far), timeout=20_000)

    def text(self, name: str) -> str:
        return str(part(self.window, name).property("text"))

    def keep(self, name: str) -> None:
        self.qtbot.waitUntil(lambda: not self.window.desk.property("busy"), timeout=30_000)
        self.qtbot.wait(300)
        ARTIFACTS.mkdir(exist_ok=True)
        assert self.window.grab().save(str(ARTIFACTS / f"stepping-{name}.png"))


class Telling:
    """Hands on to the window's watcher, and remembers."""

    def __init__(self, window: Window, seen: list[Recorded]) -> None:
        self._to, self._seen = window.watcher, seen

    def put(self, recorded: Recorded) -> None:
        self._seen.append(recorded)
        self._to.put(recorded)

    def end(self) -> None:
        self._to.end()


@contextmanager
def watching(qtbot: QtBot, home: Path, screenplay: Screenplay = SCREENPLAY, **how: Any) -> Iterator[Watched]:
    home.mkdir(exist_ok=True)
    stepping, seen = Stepping(screenplay, home, **how), list[Recorded]()
    window = build(Watching(stepping), record=stepping.record, home=home, stepping=stepping)
    with qtbot.waitExposed(window.root):
        window.root.requestActivate()
    qtbot.waitUntil(window.root.isActive)
    stepping.begin(Telling(window, seen))
    try:
        yield Watched(qtbot, window, stepping, seen)
    finally:
        window.close()
        stepping.end()
        assert "stage" not in {one.name for one in threading.enumerate()}


@pytest.fixture
def here(qtbot: QtBot, tmp_path: Path) -> Iterator[Watched]:
    with watching(qtbot, tmp_path / "stage") as watched:
        watched.shows("0 of 4")
        yield watched


def walk(here: Watched, to: int = len(BEATS)) -> None:
    for number in range(int(here.book.property("howFar").split()[0]) + 1, to + 1):
        QTest.keyClick(here.window.root, Key.Key_Space)
        here.shows(f"{number} of")


def checks(here: Watched) -> list[str]:
    rows = named(here.window.root.contentItem(), "promptCheck")
    return [QAccessible.queryAccessibleInterface(row).text(QAccessible.Text.Name) for row in rows]


# ---- line by line ----------------------------------------------------------------------------------------------------


def test_before_the_first_line_it_tells_what_comes_and_she_is_there(here: Watched) -> None:
    here.qtbot.waitUntil(lambda: here.text("state") == "she is listening")
    assert here.text("promptTitle") == "After a bad blind date"
    assert here.text("promptScene") == NIGHT
    assert here.text("promptHowFar") == "0 of 4 exchanges"
    assert here.text("promptBefore") == "before it: it is 2026-11-22 23:10"
    assert here.text("promptWho") == "next, line 9: THEODORE"
    assert here.text("promptWords") == "my dog's name is Bello"
    assert checks(here) == []


def test_space_performs_a_line_and_both_sides_show_it(here: Watched) -> None:
    walk(here, 1)
    here.qtbot.waitUntil(lambda: here.text("partial") == "“my dog's name is Bello”")
    assert here.text("promptVerdict") == "line 9: it held"
    assert checks(here) == [
        "she says something: held", "learns: pet.name = Bello: held", "not technique: T13: held",
    ]  # fmt: skip
    assert here.text("promptHow") == "(heard: “what is my log called” 0.9 | “what is my dog called” 0.4)"
    assert here.text("place").startswith("turn 1 · 23:10:10")
    assert here.window.place.property("turn") == 1


def test_enter_does_it_too_and_a_key_that_is_held_asks_for_one_line(here: Watched) -> None:
    here.qtbot.waitUntil(part(here.window, "promptNext").hasActiveFocus)
    QTest.keyClick(here.window.root, Key.Key_Return)
    here.shows("1 of")
    for key in (Key.Key_Return, Key.Key_Space):
        for _ in range(5):
            held = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "", True)
            QGuiApplication.sendEvent(here.window.root, held)
    here.qtbot.wait(200)
    assert here.text("promptHowFar") == "1 of 4 exchanges"


def test_what_did_not_hold_says_what_there_was_and_the_end_counts(here: Watched) -> None:
    walk(here, 3)
    assert here.text("promptVerdict") == "line 25: 2 did not hold"
    said, rule = checks(here)
    assert said.startswith("expected she says “Nope.”, got “")
    assert rule.startswith("expected rule: clock.time, got greeting.")
    assert [one.property("won") for one in shapes(here)] == [False, False]
    assert here.text("promptEnd") == ""
    walk(here)
    assert here.text("promptEnd") == "The end. 3 of 4 exchanges held, 1 did not."
    assert [one.property("won") for one in shapes(here)] == [True]
    QTest.keyClick(here.window.root, Key.Key_Space)
    here.qtbot.wait(150)
    assert here.text("promptHowFar") == "4 of 4 exchanges"


def shapes(here: Watched) -> list[QQuickItem]:
    rows = named(here.window.root.contentItem(), "promptCheck")
    return [one for row in rows for one in row.childItems() if one.property("won") is not None]


def test_it_comes_out_as_where_nobody_watches(here: Watched) -> None:
    walk(here)
    alone = perform(SCREENPLAY)
    replies = [one.entry.text for one in here.seen if isinstance(one.entry, ev.Reply)]
    assert replies == [one.reply.text for one in alone.played if one.reply]
    assert here.book.property("end").startswith(f"The end. {sum(not one.faults for one in alone.played)} of 4")


def test_p_plays_on_by_itself_until_the_end(here: Watched) -> None:
    here.book._timer.setInterval(20)
    QTest.keyClick(here.window.root, Key.Key_P)
    assert here.book.property("playing")
    here.shows("4 of")
    here.qtbot.waitUntil(lambda: not here.book.property("playing"))


def test_p_again_or_escape_lets_it_wait(here: Watched) -> None:
    for stops in (Key.Key_P, Key.Key_Escape):
        QTest.keyClick(here.window.root, Key.Key_P)
        assert here.text("promptPlay") == "wait"
        QTest.keyClick(here.window.root, stops)
        assert here.text("promptPlay") == "play on"
        here.qtbot.waitUntil(lambda: not here.book._asked)


# ---- the record behind it --------------------------------------------------------------------------------------------


def test_another_profile_begins_with_an_empty_record(here: Watched) -> None:
    window = here.window
    window.pages.go("session", "")
    walk(here, 2)
    with closing(here.stepping.record().journal) as journal:
        assert [one.turn for one in journal.entries(kinds=[ev.Reply])] == [1, 2]
    walk(here, 3)
    with closing(here.stepping.record().journal) as journal:
        heard = [one.entry.text for one in journal.entries(kinds=[ev.FinalTranscript])
                 if isinstance(one.entry, ev.FinalTranscript)]  # fmt: skip
        assert heard == ["hello"]
    here.qtbot.waitUntil(lambda: not window.desk.property("busy"), timeout=20_000)
    shown = " ".join(texts(window, part(window, "programming")))
    assert "hello" in shown
    assert "Bello" not in shown


def test_from_the_beginning_everything_is_new(here: Watched) -> None:
    walk(here, 2)
    QTest.keyClick(here.window.root, Key.Key_B)
    here.shows("0 of")
    here.qtbot.waitUntil(lambda: here.text("place").startswith("turn 0"))
    assert here.text("partial") == "A screenplay. Nobody has spoken yet."
    assert checks(here) == []
    first = [one.entry.text for one in here.seen if isinstance(one.entry, ev.Reply)]
    walk(here, 2)
    assert [one.entry.text for one in here.seen if isinstance(one.entry, ev.Reply)] == first * 2


@pytest.mark.parametrize("page", PAGES)
def test_every_page_shows_the_performance(here: Watched, page: str) -> None:
    window = here.window
    walk(here, 2)
    window.pages.go(page, "")
    here.qtbot.wait(200)
    here.qtbot.waitUntil(lambda: not window.desk.property("busy"), timeout=30_000)
    here.qtbot.wait(100)
    assert len(list(texts(window, part(window, "programming")))) > 15
    assert here.text("notice") == ""
    nameless = [one.role() for one in told(window) if one.role() in WORKED and not spoken(one)]
    assert nameless == []


def test_an_earlier_turn_can_be_looked_at_meanwhile(here: Watched) -> None:
    walk(here, 2)
    here.window.place.go(1)
    here.qtbot.waitUntil(lambda: not here.window.place.property("live"), timeout=20_000)
    assert any("name is Bello" in one for one in texts(here.window, part(here.window, "programming")))


# ---- who only watches ------------------------------------------------------------------------------------------------


def test_nobody_but_the_screenplay_talks_with_her(here: Watched) -> None:
    walk(here, 1)
    before = len(here.seen)
    assert not part(here.window, "field").isVisible()
    QTest.keyClick(here.window.root, Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    for letter in "hello":
        QTest.keyClick(here.window.root, letter)  # type: ignore[call-overload]  # the stubs forget that a letter will do
    QTest.keyClick(here.window.root, Key.Key_X)
    here.qtbot.wait(150)
    assert part(here.window, "field").property("text") == ""
    assert len(here.seen) == before
    here.window.controls.say("hello")
    assert "this is a performance" in here.text("notice")


def test_what_is_done_by_hand_is_done_and_told(here: Watched) -> None:
    walk(here, 1)
    QTest.keyClick(here.window.root, Key.Key_F3)
    here.qtbot.waitUntil(lambda: here.window.presence.property("dark"))
    assert part(here.window, "promptNext").isVisible()
    assert here.text("darkWords") == here.window.presence.property("captionSpoken")
    QTest.keyClick(here.window.root, Key.Key_Escape)
    here.qtbot.waitUntil(lambda: not here.window.presence.property("dark"))
    assert here.text("promptByHand") == ""
    here.stepping.press(Forget(("pet.name",)))
    here.qtbot.waitUntil(lambda: here.text("promptByHand").startswith("You changed something"))
    walk(here, 2)
    assert here.text("promptVerdict") == "line 16: 1 did not hold"


class Stumbling(TypedTheatre):
    """He loses his voice at one line."""

    def opens(self, *, sounding: bool) -> Stagehand:
        hand = super().opens(sounding=sounding)
        say = hand.say

        def stumble(session: Session, his: His) -> None:
            if his.line == 16:
                raise RuntimeError("the prompter fell asleep")
            say(session, his)

        hand.say = stumble  # type: ignore[method-assign]  # the rest of it is as it was
        return hand


def test_an_error_becomes_a_line_and_the_stage_stays(qtbot: QtBot, tmp_path: Path) -> None:
    with watching(qtbot, tmp_path / "stage", theatre=Stumbling()) as here:
        walk(here, 2)
        assert here.text("promptVerdict") == "line 16: 1 did not hold"
        assert checks(here) == ["expected nothing goes wrong, got RuntimeError: the prompter fell asleep"]
        walk(here)
        assert here.text("promptEnd") == "The end. 2 of 4 exchanges held, 2 did not."


def test_what_cannot_be_arranged_before_the_first_line_is_told_at_once(qtbot: QtBot, tmp_path: Path) -> None:
    beat = Beat("", His(9, "HIM", EVIL), Hers(12, "anything"), (Given("wait", 8, value="1e30"),))
    screenplay = Screenplay(Path("x.fountain"), Title(), (beat, *BEATS[3:]))
    with watching(qtbot, tmp_path / "stage", screenplay) as here:
        here.shows("1 of")
        (only,) = checks(here)
        assert only.startswith("expected nothing goes wrong, got OverflowError")


def test_nothing_that_stands_in_it_is_markup(qtbot: QtBot, tmp_path: Path) -> None:
    beat = Beat(EVIL, His(9, EVIL, EVIL), Hers(12, "exact", (EVIL,), 13, 13))
    with watching(qtbot, tmp_path / "stage", Screenplay(Path("x"), Title(title=EVIL), (beat,))) as here:
        assert EVIL in here.text("promptWords")
        walk(here, 1)
        assert EVIL in " ".join(texts(here.window, part(here.window, "promptBook")))


# ---- room, and readers -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(1280, 800), (960, 640), (720, 560), (480, 640)])
@pytest.mark.parametrize("pane", [True, False])
@pytest.mark.parametrize("steps", [0, 10])
def test_its_lines_keep_within_it_and_tab_gets_to_its_keys(
    here: Watched, size: tuple[int, int], pane: bool, steps: int
) -> None:
    window = here.window
    window.preferences.open_pane(pane)
    window.preferences.grow(steps)
    window.root.resize(*size)
    here.qtbot.wait(100)
    walk(here, 3)
    here.qtbot.wait(100)
    strip = part(window, "promptBook")
    if window.root.property("covers"):  # no room for both halves: the keys work all the same
        assert part(window, "programming").height() == size[1]
        return
    assert strip.isVisible()
    assert strip.y() + strip.height() <= size[1] + 1
    assert part(window, "side").height() >= 120
    for one in named_texts(strip):
        assert one.mapToItem(strip, one.boundingRect()).right() <= strip.width() + 1, one.property("text")
    keys = [part(window, name) for name in ("promptNext", "promptPlay", "promptAgain", "promptLeave")]
    for key in keys:
        box = key.mapToItem(strip, key.boundingRect())
        assert (box.left() >= 0, box.right() <= strip.width() + 1, box.bottom() <= strip.height() + 1) == (True,) * 3
        assert spoken(QAccessible.queryAccessibleInterface(key))
    body = part(window, "promptBody")
    assert body.height() >= 40
    assert body.mapToItem(strip, body.boundingRect()).bottom() <= keys[0].mapToItem(strip, QPointF(0, 0)).y() + 1
    keys[0].forceActiveFocus()
    for key in keys[1:]:
        QTest.keyClick(window.root, Key.Key_Tab)
        assert key.hasActiveFocus()


def named_texts(item: QQuickItem) -> Iterator[QQuickItem]:
    for child in item.childItems():
        if child.isVisible() and child.inherits("QQuickText") and child.property("text"):
            yield child
        yield from named_texts(child)


def test_f6_goes_from_the_strip_to_the_page_and_back(here: Watched) -> None:
    walk(here, 1)
    here.qtbot.waitUntil(part(here.window, "promptNext").hasActiveFocus)
    QTest.keyClick(here.window.root, Key.Key_F6)
    assert not part(here.window, "promptBook").hasActiveFocus()
    QTest.keyClick(here.window.root, Key.Key_Space)
    here.shows("2 of")
    QTest.keyClick(here.window.root, Key.Key_F6)
    assert part(here.window, "promptNext").hasActiveFocus()


def test_pictures(here: Watched) -> None:
    window = here.window
    walk(here, 1)
    here.keep("held")
    walk(here, 3)
    for look in ("paper", "light", "dark", "contrast"):
        window.preferences.take_look(look)
        here.keep(look)
    window.preferences.take_look("paper")
    window.preferences.grow(10)
    here.keep("200-percent")
    window.preferences.grow(0)
    window.root.resize(720, 560)
    here.keep("narrow")


# ---- from the command line, and gone again ---------------------------------------------------------------------------

FILE = """Title: A short one

INT. THE FLAT - NIGHT

HIM
My name is Ada.

HER
[[learns: user.name = Ada]]
...
"""


def step(folder: Path, content: str, **environment: str) -> subprocess.Popen[str]:
    file = folder / "short.fountain"
    file.write_text(content)
    (folder / "tmp").mkdir()
    everything = {**os.environ, "TMPDIR": str(folder / "tmp"), "QT_QPA_PLATFORM": "offscreen", **environment}
    return subprocess.Popen(
        [sys.executable, "-m", "her_desktop", "--home", str(folder / "his"), "perform", "--step", str(file)],
        env={name: value for name, value in everything.items() if value}, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def left_in(folder: Path) -> list[Path]:
    return [one for one in folder.rglob("*") if one.name.startswith("her-desktop-screenplay")]


def test_the_command_opens_it_and_closing_leaves_nothing_behind(qtbot: QtBot, tmp_path: Path) -> None:
    program = step(tmp_path, FILE)
    try:
        qtbot.waitUntil(lambda: any(tmp_path.rglob("journal.sqlite")), timeout=60_000)
        qtbot.wait(500)
        program.send_signal(signal.SIGTERM)
        assert program.wait(60) == 0
    finally:
        program.kill()
        told_ = program.communicate()[1]
    assert told_ == ""
    assert left_in(tmp_path) == []
    assert not (tmp_path / "his").exists(), "his profile is left alone"


def test_a_malformed_file_is_told_before_the_window_opens(tmp_path: Path) -> None:
    program = step(tmp_path, FILE.replace("learns:", "lerns:"))
    assert "short.fountain:9" in program.communicate(timeout=60)[1]
    assert program.returncode == 2
    assert left_in(tmp_path) == []


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def test_without_a_display_it_says_so(tmp_path: Path) -> None:
    program = step(tmp_path, FILE, QT_QPA_PLATFORM="", DISPLAY="", WAYLAND_DISPLAY="")
    assert "no display" in program.communicate(timeout=60)[1]
    assert program.returncode == 3
    assert left_in(tmp_path) == []


@pytest.mark.parametrize("presses", [0, 1, 2])
def test_it_can_be_left_at_any_moment(qtbot: QtBot, tmp_path: Path, presses: int) -> None:
    with watching(qtbot, tmp_path / "stage") as here:
        for _ in range(presses):
            here.stepping.press("next")
            here.stepping.press("again")
    with Journal(tmp_path / "stage"):
        """It is not locked any more."""
