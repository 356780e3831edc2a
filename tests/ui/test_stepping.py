"""The real window on a real performance of a screenplay: watched, stepped through, begun again, and left."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from her_desktop.events import Alternative, Recorded
from her_desktop.screenplay.script import Beat, Expectation, Given, Hers, His, Screenplay, Title
from her_desktop.screenplay.stepping import Stepping
from her_desktop.ui.prompt_book import Watching
from her_desktop.ui.window import Window, build

from .conftest import ARTIFACTS
from .test_window import part

pytestmark = [pytest.mark.window, pytest.mark.timeout(180)]

TITLE = Title(title="After a bad blind date", seed=7)
NIGHT = "INT. THE FLAT - NIGHT - 2026-11-22 23:10"
LATER = "INT. ELSEWHERE"
EVIL = "my name is <b>Bold</b> &amp; <img src='x'>"
BEATS = (
    Beat(
        NIGHT, His(9, "THEODORE", "my dog's name is Bello"),
        Hers(12, "anything", ("...",), 13, 14, (
            Expectation("learns", ("Bello",), 14, name="pet.name"), Expectation("technique", ("T13",), 14, negated=True),
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


def test_draft(here: Watched, qtbot: QtBot) -> None:
    here.keep("0")
    for n in range(1, 5):
        here.book.next()
        here.shows(str(n))
        here.keep(str(n))


def test_draft2(here: Watched, qtbot: QtBot) -> None:
    for n in range(1, 4):
        here.book.next()
        here.shows(str(n))
    here.keep("a")
    p = here.window.preferences
    p.grow(10); here.keep("200")
    here.window.root.resize(960, 640); here.keep("200-960"); p.grow(0)
    here.window.root.resize(720, 560); here.keep("720")
    here.window.root.resize(480, 480); here.keep("480")
    p.grow(10); here.keep("480-200"); p.grow(0)
    p.open_pane(False); here.window.root.resize(1280, 800); here.keep("alone")
    here.window.root.resize(480, 480); here.keep("alone-480"); here.window.root.resize(1280, 800)
    p.grow(10); here.keep("alone-200"); p.grow(0)
    p.take_look("dark"); here.keep("dark"); p.take_look("contrast"); here.keep("contrast"); p.take_look("light")
    here.window.controls.lights(False); qtbot.waitUntil(lambda: here.window.presence.property("dark")); qtbot.wait(900)
    here.keep("lights")
