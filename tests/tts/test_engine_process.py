"""What happens when the engine's process hangs, crashes, is missing, or loses its parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from her_desktop.trouble import Exit, Trouble
from her_desktop.tts.pyttsx3_voice import Pyttsx3Voice
from tests.virtual_card import wait_until

pytestmark = [
    pytest.mark.speech,
    pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="the tests stop processes with POSIX signals"),
]

ENGINE_THAT_HANGS = """
import pathlib, time, wave

class Engine:
    driver_name = "fake"
    def connect(self, topic, call): pass
    def setProperty(self, name, value): pass
    def getProperty(self, name): return []
    def save_to_file(self, text, path): self.job = path
    def runAndWait(self):
        path, self.job = getattr(self, "job", None), None
        tries = pathlib.Path(__file__).with_name("tries")
        if path is None:
            return
        tries.write_text(tries.read_text() + "x" if tries.exists() else "x")
        if len(tries.read_text()) <= HANGS:
            time.sleep(60)
        with wave.open(path, "wb") as file:
            file.setparams((1, 2, 22050, 0, "NONE", ""))
            file.writeframes(bytes(range(256)) * 100)

def init():
    return Engine()
"""


@pytest.fixture
def voice() -> Iterator[Pyttsx3Voice]:
    voice = Pyttsx3Voice(timeout_s=3.0)
    yield voice
    voice.close()


def pid_of(voice: Pyttsx3Voice) -> int:
    voice.synthesize("Hello.")
    pid = voice._process.pid
    assert pid is not None
    return pid


def another_engine(folder: Path, source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put another implementation of pyttsx3 before the real one, for child processes."""
    (folder / "pyttsx3.py").write_text(source)
    monkeypatch.setenv("PYTHONPATH", str(folder))


def test_a_crashed_engine_is_started_again_without_the_caller_noticing(voice: Pyttsx3Voice) -> None:
    first = pid_of(voice)
    os.kill(first, signal.SIGKILL)
    assert voice.synthesize("Hello.").sound.ms > 200
    assert voice._process.pid != first


def test_an_engine_that_hangs_is_ended_and_started_again(voice: Pyttsx3Voice) -> None:
    hanging = pid_of(voice)
    os.kill(hanging, signal.SIGSTOP)
    assert voice.synthesize("Hello.").sound.ms > 200
    assert not psutil.pid_exists(hanging)


def test_an_engine_that_hangs_once_in_mid_text_is_given_one_more_chance(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    another_engine(tmp_path, ENGINE_THAT_HANGS.replace("HANGS", "1"), monkeypatch)
    voice = Pyttsx3Voice("", timeout_s=0.5)
    voice.voice = ""
    try:
        assert voice.synthesize("Hello.").sound.ms > 500
        assert (tmp_path / "tries").read_text() == "xx"
    finally:
        voice.close()


def test_an_engine_that_hangs_twice_is_trouble_and_leaves_no_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    another_engine(tmp_path, ENGINE_THAT_HANGS.replace("HANGS", "99"), monkeypatch)
    voice = Pyttsx3Voice("", timeout_s=0.3)
    voice.voice = ""
    with pytest.raises(Trouble, match=r"failed twice: it did not answer within 0\.3 s") as caught:
        voice.synthesize("Hello.")
    assert caught.value.exit_code == Exit.MISSING
    assert (tmp_path / "tries").read_text() == "xx"
    assert voice._process.pid is None


def test_without_espeak_ng_the_line_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("libespeak-ng.so.1", "libespeak.so.1"):
        (tmp_path / name).write_bytes(b"")
    monkeypatch.setenv("LD_LIBRARY_PATH", str(tmp_path))
    voice = Pyttsx3Voice()
    with pytest.raises(Trouble) as caught:
        voice.synthesize("Hello.")
    assert caught.value.line == "voice: espeak-ng is not installed (sudo apt-get install espeak-ng)"
    assert caught.value.exit_code == Exit.MISSING
    voice.close()


def test_without_pyttsx3_the_line_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    another_engine(tmp_path, "raise ModuleNotFoundError(\"No module named 'pyttsx3'\", name='pyttsx3')", monkeypatch)
    voice = Pyttsx3Voice()
    with pytest.raises(Trouble, match="voice: pyttsx3 is not installed"):
        voice.list_voices()
    voice.close()


def test_closing_ends_the_process_and_a_closed_voice_stays_closed(voice: Pyttsx3Voice) -> None:
    pid = pid_of(voice)
    voice.close()
    assert not psutil.pid_exists(pid)
    voice.warm()
    with pytest.raises(Trouble, match="it was closed"):
        voice.synthesize("Hello.")
    assert voice._process.pid is None


def test_closing_from_another_thread_ends_a_hanging_request_at_once() -> None:
    voice = Pyttsx3Voice(timeout_s=60)
    os.kill(pid_of(voice), signal.SIGSTOP)
    caught: list[Trouble] = []

    def speak() -> None:
        with pytest.raises(Trouble) as error:
            voice.synthesize("Hello.")
        caught.append(error.value)

    thread = threading.Thread(target=speak)
    thread.start()
    wait_until(voice._one_at_a_time.locked, "the request is under way")
    voice.close()
    thread.join(timeout=5)
    assert "it was closed" in caught[0].line


def test_the_process_dies_with_its_parent() -> None:
    script = (
        "from her_desktop.tts.pyttsx3_voice import Pyttsx3Voice\n"
        "voice = Pyttsx3Voice()\nvoice.synthesize('Hello.')\nprint(voice._process.pid, flush=True)\ninput()\n"
    )
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert psutil.pid_exists(child)
        parent.kill()
    wait_until(lambda: not psutil.pid_exists(child) or psutil.Process(child).status() == "zombie", "the child ends")


def test_warming_starts_the_engine_ahead_of_need_and_once(voice: Pyttsx3Voice) -> None:
    voice.warm()
    pid = voice._process.pid
    assert pid is not None
    voice.warm()
    assert pid_of(voice) == pid
