"""Where she has no voice or no loudspeaker: her words reach him all the same, also in the dark."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from her_desktop import events as ev
from her_desktop.events import Entry
from her_desktop.ui.window import Window

from . import feed
from .feed import Feed
from .test_window import part, show
from .told import announcements

pytestmark = pytest.mark.window
OUT: list[tuple[float, Entry]] = [(0, ev.LightsSwitched(on=False, cause="a key was pressed"))]


def lost(name: str) -> list[tuple[float, Entry]]:
    return [(0, ev.PartLost(part=name, why="it is not there", todo="plug it in"))]  # type: ignore[arg-type]  # a part


@pytest.mark.parametrize("missing", ["voice", "speaker"])
def test_in_the_dark_her_words_stand_dimly_where_no_voice_says_them(qtbot: QtBot, window: Window, missing: str) -> None:
    script = Feed()
    show(qtbot, window, script.record([*feed.waking(), *lost(missing), *OUT]))
    words = part(window, "darkWords")
    assert not words.isVisible()
    show(qtbot, window, script.next_turn(feed.typed("hello", "Hello <b>yourself</b>.")))
    qtbot.waitUntil(words.isVisible)
    assert words.property("text") == "Hello <b>yourself</b>."
    assert words.y() >= 0


def test_in_the_dark_nothing_stands_there_where_she_can_be_heard(qtbot: QtBot, window: Window) -> None:
    script = Feed()
    show(qtbot, window, script.record([*feed.waking(), *OUT]))
    show(qtbot, window, script.next_turn(feed.typed("hello", "Hello yourself.")))
    assert not part(window, "darkWords").isVisible()


def test_who_listens_is_told_her_words_only_where_no_voice_says_them(qtbot: QtBot, window: Window) -> None:
    script = Feed()
    with announcements() as heard:
        show(qtbot, window, script.record(feed.waking()))
        show(qtbot, window, script.next_turn(feed.typed("hello", "Hello yourself.")))
        assert "Hello yourself." not in heard
        show(qtbot, window, script.record(lost("voice")))
        show(qtbot, window, script.next_turn(feed.typed("hello again", "And again.")))
        assert "And again." in heard
