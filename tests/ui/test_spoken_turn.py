"""The real window, a recording as the microphone: what is said goes through her states, and both sides tell it."""

import threading
from pathlib import Path

import psutil
import pytest
from filelock import FileLock
from pytestqt.qtbot import QtBot

from her_desktop import events as ev
from her_desktop.audio.wav import WavMicrophone
from her_desktop.inbox import Lights, Typed
from her_desktop.memory.journal import Journal
from her_desktop.tts.pyttsx3_voice import Pyttsx3Voice
from tests.speech import flite_says, needs_flite

from .conftest import ARTIFACTS
from .living import living
from .test_window import part

pytestmark = [pytest.mark.window, pytest.mark.speech, pytest.mark.timeout(180)]


@needs_flite
def test_a_spoken_turn_goes_through_her_states_and_both_sides_tell_it(qtbot: QtBot, tmp_path: Path) -> None:
    line = flite_says("Are your feelings real?", tmp_path / "his.wav")
    with living(qtbot, tmp_path / "home", Pyttsx3Voice(), WavMicrophone(line)) as here:
        here.waits_for(ev.PartialTranscript)
        here.waits_for(ev.FinalTranscript)
        here.hears_her_out()
        here.waits_for(ev.PlaybackFinished)
        qtbot.waitUntil(lambda: here.shown[-1:] == ["listening"], timeout=10_000)
        told = [one.entry.state for one in here.of(ev.StateChanged)]  # type: ignore[attr-defined]  # they are states
        assert told == ["listening", "hearing", "thinking", "speaking", "listening"]
        assert here.shown == ["listening", "hearing", "thinking", "speaking", "listening"]
        (heard,), (reply,) = here.of(ev.FinalTranscript), here.of(ev.Reply)
        assert "feelings" in heard.entry.text.lower()  # type: ignore[attr-defined]  # a transcript
        assert part(here.window, "partial").property("text") == f"“{heard.entry.text}”"  # type: ignore[attr-defined]
        words = reply.entry.text.split()  # type: ignore[attr-defined]  # a reply
        assert part(here.window, "caption").property("inked") == len(words)
        assert [one.entry.text for one in here.of(ev.WordSpoken)] == words  # type: ignore[attr-defined]  # words
        ARTIFACTS.mkdir(exist_ok=True)
        assert here.window.grab().save(str(ARTIFACTS / "window-spoken-turn.png"))


def test_the_caption_keeps_step_with_the_samples_that_sounded(qtbot: QtBot, tmp_path: Path) -> None:
    with living(qtbot, tmp_path, Pyttsx3Voice()) as here:
        here.session.put(Typed("are your feelings real"))
        qtbot.waitUntil(lambda: here.speaker.playing, timeout=30_000)
        caption = part(here.window, "caption")
        for _ in range(8):
            here.speaker.advance(250)
            qtbot.wait(60)
            qtbot.waitUntil(lambda: caption.property("inked") == len(here.of(ev.WordSpoken)))
        assert 0 < len(here.of(ev.WordSpoken)) < len(here.of(ev.Reply)[0].entry.text.split())  # type: ignore[attr-defined]


def test_closing_while_she_speaks_leaves_no_process_no_thread_and_no_lock(qtbot: QtBot, tmp_path: Path) -> None:
    before = set(threading.enumerate())
    children = {child.pid for child in psutil.Process().children(recursive=True)}
    with living(qtbot, tmp_path, Pyttsx3Voice()) as here:
        here.session.put(Typed("are your feelings real"))
        here.window.pages.go("session", "")
        qtbot.waitUntil(lambda: here.speaker.playing, timeout=30_000)
        here.speaker.advance(300)
        here.waits_for(ev.WordSpoken)
    assert set(threading.enumerate()) == before
    assert {child.pid for child in psutil.Process().children(recursive=True)} == children
    lock = FileLock(tmp_path / "lock")
    lock.acquire(timeout=0)
    lock.release()
    with Journal(tmp_path, read_only=True) as journal:
        kinds = [one.kind for one in journal.entries()]
    assert kinds[-1] == "session_ended"
    assert "playback_interrupted" in kinds


def test_lights_out_leaves_the_left_half_dark_and_the_record_going_on(qtbot: QtBot, tmp_path: Path) -> None:
    with living(qtbot, tmp_path, Pyttsx3Voice()) as here:
        here.session.put(Lights(on=False, cause="a key was pressed"))
        qtbot.waitUntil(lambda: here.window.presence.property("dark"), timeout=10_000)
        here.session.put(Typed("hello"))
        here.hears_her_out()
        here.waits_for(ev.PlaybackFinished)
        qtbot.wait(800)
        picture = here.window.grab()
        left = {picture.pixelColor(x, y).name() for x in range(10, 500, 9) for y in range(10, 780, 9)}
        assert len(left) == 1, "nothing is drawn in the dark"
        assert picture.save(str(ARTIFACTS / "window-lights-out.png"))
        assert len(here.of(ev.Reply)) == 1
