"""No network: everything works where there is none, and nothing asks for it where there is."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from her_desktop.events import FinalTranscript, PartReady, Recorded, Reply
from her_desktop.memory.journal import Journal
from her_desktop.trouble import Trouble
from tests.speech import flite_says, needs_flite
from tests.virtual_card import wait_until

SAID = "hello\nmy name is Ada\nwhat is my name\n"
HER = [sys.executable, "-m", "her_desktop"]
WITHOUT_NETWORK = ["unshare", "-rn"]
SPY = """
import sys
def look(event, arguments):
    if event in {"socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname"}:
        print("NETWORK", event, arguments, file=sys.stderr, flush=True)
sys.addaudithook(look)
sys.argv = ["her-desktop", *sys.argv[1:]]
from her_desktop.app import main
main()
"""


def _refused() -> str:
    if not shutil.which("unshare"):
        return "unshare is not installed"
    tried = subprocess.run([*WITHOUT_NETWORK, "true"], capture_output=True, text=True, check=False)
    return f"no network namespace can be made here: {tried.stderr.strip()}" if tried.returncode else ""


needs_namespace = pytest.mark.skipif(bool(_refused()), reason=_refused() or "a namespace can be made")


def kept(home: Path, kind: type) -> list[Recorded]:
    try:
        with Journal(home, read_only=True) as journal:
            return [recorded for recorded in journal.entries() if isinstance(recorded.entry, kind)]
    except Trouble:
        return []


@needs_namespace
def test_typing_needs_no_network(tmp_path: Path) -> None:
    command = [*WITHOUT_NETWORK, *HER, "chat", "--home", str(tmp_path)]
    subprocess.run(command, input=SAID, text=True, capture_output=True, check=True, timeout=60)
    assert len(kept(tmp_path, Reply)) == 3


@needs_namespace
@needs_flite
@pytest.mark.speech
def test_hearing_and_speaking_need_no_network(tmp_path: Path) -> None:
    line = flite_says("What time is it?", tmp_path / "his.wav")
    command = [*WITHOUT_NETWORK, *HER, "listen", str(line), "--out", str(tmp_path / "out"), "--home", str(tmp_path)]
    subprocess.run(command, capture_output=True, check=True, timeout=60)
    assert len(kept(tmp_path, FinalTranscript)) == 1
    assert len(list((tmp_path / "out").glob("*.wav"))) == 1


@needs_namespace
@pytest.mark.window
@pytest.mark.speech
def test_the_window_needs_no_network(tmp_path: Path) -> None:
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen([*WITHOUT_NETWORK, *HER, "--home", str(tmp_path)], env=env) as process:
        try:
            wait_until(lambda: len(kept(tmp_path, PartReady)) >= 2, "recognizer and voice are ready", 40)
        finally:
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 0


@needs_flite
@pytest.mark.speech
def test_nothing_asks_for_the_network(tmp_path: Path) -> None:
    line = flite_says("Are your feelings real?", tmp_path / "his.wav")
    for arguments in (["chat"], ["listen", str(line), "--out", str(tmp_path / "out")]):
        command = [sys.executable, "-c", SPY, *arguments, "--home", str(tmp_path)]
        done = subprocess.run(command, input=SAID, text=True, capture_output=True, check=True, timeout=60)
        assert "NETWORK" not in done.stderr
