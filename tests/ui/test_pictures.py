"""Pictures of the window with a real conversation in it, to look at; and what can be checked of a picture."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from her_desktop import events as ev
from her_desktop.audio.wav import WavMicrophone
from her_desktop.inbox import Switch, Typed
from her_desktop.tts.pyttsx3_voice import Pyttsx3Voice
from her_desktop.ui.window import Window
from tests.speech import flite_says, needs_flite

from .conftest import ARTIFACTS
from .living import Living, and_then_silence, living
from .settled import settled

pytestmark = [pytest.mark.window, pytest.mark.speech, pytest.mark.timeout(180)]

CONFESSION = "I fear I have felt everything I will ever feel."
TALK = (
    "hello", "my name is Theodore", "my sister is called Catherine", "I like walking at night", "I feel lonely today",
    "what time is it", "what do you know about my sister", "are your feelings real", "why did you say that",
)  # fmt: skip
PAGES = ("now", "time", "whatif", "memory", "ledger", "rules", "session", "record")


def keep(qtbot: QtBot, window: Window, name: str) -> None:
    """Save a picture once the desk is at rest, and look for what must not be in it."""
    settled(qtbot, window)
    picture = window.grab()
    ARTIFACTS.mkdir(exist_ok=True)
    assert picture.save(str(ARTIFACTS / f"window-{name}.png"))
    pixels = [picture.pixelColor(x, y) for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7)]
    blue = {one.name() for one in pixels if one.blue() > max(one.red(), one.green()) + 2}
    assert blue == set(), "nothing here is blue"
    assert len({one.name() for one in pixels}) > 20


def talk(here: Living, *lines: str) -> None:
    for line in lines:
        count = len(here.of(ev.Reply))
        here.session.put(Typed(line))
        here.waits_for(ev.Reply, count + 1)
        here.hears_her_out()
        here.is_quiet()


@needs_flite
def test_pictures_of_a_conversation(qtbot: QtBot, tmp_path: Path) -> None:
    line = and_then_silence(flite_says(CONFESSION, tmp_path / "his.wav"), 180)
    with living(qtbot, tmp_path / "home", Pyttsx3Voice(), WavMicrophone(line)) as here:
        window = here.window
        here.waits_for(ev.PartialTranscript, 4)
        keep(qtbot, window, "listening-with-a-partial")
        here.waits_for(ev.Reply)
        here.hears_her_out()
        here.is_quiet()
        talk(here, *TALK)
        here.session.put(Switch("T05", on=False, why="window"))
        here.session.put(Typed("I feel sad about my sister"))
        here.waits_for(ev.Reply, len(TALK) + 2)
        qtbot.waitUntil(lambda: here.speaker.playing, timeout=30_000)
        here.speaker.advance(1_500)
        keep(qtbot, window, "speaking-with-captions")
        here.hears_her_out()
        for page in PAGES:
            window.pages.go(page, "")
            keep(qtbot, window, f"page-{page}")
        window.pages.go("whatif", "T06")
        keep(qtbot, window, "what-if-answered")
        window.place.go(3)
        window.pages.go("now", "")
        qtbot.waitUntil(lambda: not window.place.property("live"), timeout=10_000)
        keep(qtbot, window, "an-earlier-turn")
        window.place.back()
        for look in ("light", "dark", "contrast"):
            window.preferences.take_look(look)
            for page in ("now", "memory"):
                window.pages.go(page, "")
                keep(qtbot, window, f"{look}-{page}")
        window.preferences.take_look("paper")
        window.preferences.grow(10)
        for page in PAGES:
            window.pages.go(page, "")
            keep(qtbot, window, f"200-percent-{page}")
        window.preferences.grow(0)
        window.root.resize(720, 560)
        for page in ("now", "session"):
            window.pages.go(page, "")
            keep(qtbot, window, f"narrow-{page}")
        window.root.resize(1280, 800)
        talk(here, "goodbye")
        keep(qtbot, window, "asleep")
