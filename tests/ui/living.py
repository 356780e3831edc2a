"""The real window on a real session: his voice is a recording, hers is real, and the loudspeaker is moved by hand."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from pytestqt.qtbot import QtBot

from her_desktop.asr.hearing import Hearing
from her_desktop.asr.moonshine import MoonshineRecognizer
from her_desktop.audio import Microphone, Sound
from her_desktop.audio.by_hand import HandSpeaker
from her_desktop.audio.wav import read_recording, write_wav
from her_desktop.clock import SystemClock
from her_desktop.events import SAMPLE_RATE_HZ, PartReady, Recorded, StateChanged
from her_desktop.inbox import Parts
from her_desktop.memory.journal import Journal
from her_desktop.session import Session
from her_desktop.trace.aloud import Aloud
from her_desktop.trace.packs_then import PacksThen
from her_desktop.trace.reader import Past
from her_desktop.tts import Voice
from her_desktop.ui.window import Window, build
from tests.shipped import loaded


def and_then_silence(recording: Path, seconds: int) -> Path:
    """Let a recording end in the faint hiss of a silent room; without it the microphone counts as lost in a while."""
    hiss = np.random.default_rng(7).integers(-6, 7, seconds * SAMPLE_RATE_HZ, dtype=np.int16)
    pcm = read_recording(recording).pcm + hiss.tobytes()
    path = recording.with_suffix(".long.wav")
    write_wav(path, Sound(pcm, SAMPLE_RATE_HZ))
    return path


class Living:
    """A window, the session that it watches, and everything that was recorded."""

    def __init__(self, qtbot: QtBot, window: Window, session: Session, speaker: HandSpeaker, home: Path) -> None:
        self.qtbot, self.window, self.session, self.speaker, self.home = qtbot, window, session, speaker, home
        self.seen: list[Recorded] = []
        self.shown: list[str] = []

    def of(self, kind: type) -> list[Recorded]:
        """What was recorded of a kind."""
        return [one for one in self.seen if isinstance(one.entry, kind)]

    def waits_for(self, kind: type, count: int = 1) -> None:
        """Wait, at most 30 s, until so many of a kind were recorded."""
        self.qtbot.waitUntil(lambda: len(self.of(kind)) >= count, timeout=30_000)

    def is_quiet(self) -> None:
        """Wait until she neither speaks nor thinks."""

        def quiet() -> bool:
            states = [one.entry.state for one in self.seen if isinstance(one.entry, StateChanged)]
            return states[-1:] in (["listening"], ["asleep"])

        self.qtbot.waitUntil(quiet, timeout=30_000)

    def hears_her_out(self) -> None:
        """Let her reply sound to its end, a tenth of a second at a time."""
        self.qtbot.waitUntil(lambda: self.speaker.playing, timeout=30_000)
        while self.speaker.playing:
            self.speaker.advance(100)
            self.qtbot.wait(5)


@contextmanager
def living(qtbot: QtBot, home: Path, voice: Voice, microphone: Microphone | None = None) -> Iterator[Living]:
    """Open the window on a session with these parts; closed at the end, as a person closes it."""
    speaker, conversation = HandSpeaker(), loaded()

    def parts() -> Parts:
        recognizer = MoonshineRecognizer() if microphone else None
        ear = Hearing(recognizer, time.monotonic, conversation.language) if recognizer else None
        ready = (PartReady(part="recognizer", name=recognizer.name),) if recognizer else ()
        return Parts(microphone, ear, voice, speaker, echo_tail_ms=0, ready=ready)

    with Journal(home) as journal:
        session = Session(conversation, journal, SystemClock(), 7, "window", parts, stays=True)
        session.answer_from(Aloud(journal, PacksThen(journal, conversation)))
        window = build(
            session, record=lambda: Past(Journal(home, read_only=True), lambda: conversation), home=home
        )  # fmt: skip
        here = Living(qtbot, window, session, speaker, home)
        session.watch(window.watcher.put)
        session.watch(here.seen.append)
        session.watch_levels(window.watcher.level)
        window.presence.stateChanged.connect(lambda: here.shown.append(window.presence.property("state")))
        thread = threading.Thread(target=session.run, name="session")
        thread.start()
        with qtbot.waitExposed(window.root):
            window.root.requestActivate()
        try:
            yield here
        finally:
            window.close()
            session.closed()
            thread.join(30)
            assert not thread.is_alive(), "the session is still running"
