"""The whole program on a virtual sound card: he speaks into the microphone, her answer is recorded and understood."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from her_desktop.asr.moonshine import MoonshineRecognizer
from her_desktop.events import FinalTranscript, PartReady, PlaybackFinished, Recorded, Reply
from her_desktop.memory.journal import Journal
from her_desktop.trouble import Trouble
from tests.speech import flite_says, needs_flite
from tests.virtual_card import VirtualCard, wait_until, why_not
from tests.whole.wer import pcm_of, recognized, word_error_rate

pytestmark = [
    pytest.mark.sound,
    pytest.mark.window,
    pytest.mark.speech,
    pytest.mark.timeout(180),
    pytest.mark.skipif(bool(why_not()), reason=why_not() or "there is a virtual card"),
]

_PATIENCE_S = 40.0


class Running:
    """The program, and what it has kept so far."""

    def __init__(self, home: Path, process: subprocess.Popen[str]) -> None:
        self.home, self.process = home, process

    def entries(self) -> list[Recorded]:
        try:
            with Journal(self.home, read_only=True) as journal:
                return list(journal.entries())
        except Trouble:
            return []

    def waits_for(self, kind: type, count: int = 1) -> list[Recorded]:
        def there() -> bool:
            assert self.process.poll() is None, f"the program has ended: {self.process.stderr}"
            return sum(isinstance(recorded.entry, kind) for recorded in self.entries()) >= count

        wait_until(there, f"{count} × {kind.__name__}", _PATIENCE_S)
        return [recorded for recorded in self.entries() if isinstance(recorded.entry, kind)]


@contextmanager
def her_desktop_window(home: Path, card: VirtualCard) -> Iterator[Running]:
    """The window, offscreen, as a person would start it; ended as with Ctrl+C."""
    env = card.env | {"QT_QPA_PLATFORM": "offscreen", "HER_DESKTOP_HOME": str(home)}
    command = [sys.executable, "-m", "her_desktop"]
    with subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield Running(home, process)
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                raise


@needs_flite
def test_he_speaks_and_her_answer_is_heard_and_understood(tmp_path: Path, virtual_card: VirtualCard) -> None:
    line = flite_says("Are your feelings real?", tmp_path / "his.wav")  # she answers in whole sentences, and in no name
    heard = tmp_path / "hers.wav"
    with her_desktop_window(tmp_path / "home", virtual_card) as program:
        program.waits_for(PartReady, 4)
        with virtual_card.record_speaker(heard):
            virtual_card.play_into_microphone(line).wait()
            program.waits_for(PlaybackFinished)
        transcript = program.waits_for(FinalTranscript)[0].entry
        reply = program.waits_for(Reply)[0].entry
    assert isinstance(transcript, FinalTranscript)
    assert isinstance(reply, Reply)
    assert "feelings" in transcript.text.lower()
    assert program.process.returncode == 0
    said = recognized(MoonshineRecognizer(), pcm_of(heard))
    assert word_error_rate([reply.text], [said]) <= 0.5, f"she said {reply.text!r}, it was understood as {said!r}"
