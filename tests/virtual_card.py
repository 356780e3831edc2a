"""A private virtual sound card: what a test plays into the microphone, and what the program under test plays.

A PulseAudio daemon of its own with null sinks, in a folder of its own; it needs no session bus, runs as root and in CI,
and ends by its process id. PortAudio reads its surroundings at process start, so the code under test runs in a child
process with `card.env`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
import time
import wave
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

import numpy as np
import pytest

PROGRAMS = ("pulseaudio", "pactl", "paplay", "parec")
_PATIENCE_S = 10.0

_DAEMON = ("-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--realtime=no", "--high-priority=no")

_ASOUND_CONF = """\
</usr/share/alsa/alsa.conf>
pcm.!default { type pulse hint { show on description "virtual" } }
ctl.!default { type pulse }
"""


def why_not() -> str:
    """Why there can be no virtual card here; empty where there can."""
    absent = [program for program in PROGRAMS if shutil.which(program) is None]
    if absent:
        return f"{', '.join(absent)} not installed (apt-get install pulseaudio pulseaudio-utils libasound2-plugins)"
    plugins = list(Path("/usr/lib").glob("*/alsa-lib/libasound_module_pcm_pulse.so"))
    return "" if plugins else "ALSA's plugin for PulseAudio is not installed (apt-get install libasound2-plugins)"


class VirtualCard:
    """The card; started by making it, ended by `close` or at the end of a `with`."""

    def __init__(self, rate_hz: int = 16_000, channels: int = 1) -> None:
        self.rate_hz = rate_hz
        self.channels = channels
        self._stack = ExitStack()
        folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="virtual-card-")))
        self.env = _environment(folder)
        try:
            self.daemon = self._start_daemon(folder)
            self._keep_lively()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> VirtualCard:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def play_into_microphone(self, path: Path) -> subprocess.Popen[bytes]:
        """Begin to play a WAV file into the microphone; `wait()` on what is returned."""
        command = ["paplay", "--device=mic_in", "--latency-msec=20", str(path)]
        return self._stack.enter_context(_ended(self._popen(command)))

    @contextmanager
    def record_speaker(self, path: Path) -> Iterator[None]:
        """Write what the speaker plays, while the block runs, to a mono WAV file; begins with the first sample."""
        command = [*self._parec("speaker.monitor"), "--channels=1"]
        with path.with_suffix(".raw").open("wb") as raw, _ended(self._popen(command, stdout=raw)):
            wait_until(lambda: path.with_suffix(".raw").stat().st_size > 0, "the recording begins")
            yield
        with wave.open(str(path), "wb") as file:
            file.setparams((1, 2, self.rate_hz, 0, "NONE", ""))
            file.writeframes(path.with_suffix(".raw").read_bytes())
        path.with_suffix(".raw").unlink()

    def close(self) -> None:
        """End the daemon and everything that was started here."""
        self._stack.close()

    def _start_daemon(self, folder: Path) -> subprocess.Popen[bytes]:
        sink = f"format=s16le rate={self.rate_hz} channels={self.channels}"
        modules = [
            f"module-native-protocol-unix socket={folder}/native auth-anonymous=1",
            f"module-null-sink sink_name=speaker {sink}",
            f"module-null-sink sink_name=mic_in {sink}",
            "module-remap-source source_name=mic master=mic_in.monitor",
        ]
        loads = [word for module in modules for word in ("-L", module)]
        daemon = self._popen(["pulseaudio", *_DAEMON, f"--log-target=file:{folder}/pulse.log", *loads])
        self._stack.enter_context(_ended(daemon))
        wait_until(lambda: self._pactl("info") == 0, "the sound server answers")
        assert self._pactl("set-default-sink", "speaker") == 0
        assert self._pactl("set-default-source", "mic") == 0
        return daemon

    def _keep_lively(self) -> None:
        """A null sink first fills a buffer of two seconds; a listener that stays keeps it at 20 ms from then on."""
        heard = [
            self._stack.enter_context(_listener(self._parec(name), self.env)) for name in ("mic", "speaker.monitor")
        ]
        for event in heard:
            assert event.wait(_PATIENCE_S), "nothing comes from the virtual card"

    def _parec(self, source: str) -> list[str]:
        return ["parec", f"--device={source}", "--latency-msec=20", f"--rate={self.rate_hz}", "--format=s16le"]

    def _pactl(self, *arguments: str) -> int:
        return subprocess.run(
            ["pactl", *arguments], env=self.env, capture_output=True, check=False, timeout=10
        ).returncode

    def _popen(self, command: list[str], stdout: int | IO[bytes] = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command, env=self.env, stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.DEVNULL
        )


def wait_until(condition: Callable[[], bool], what: str, patience_s: float = _PATIENCE_S) -> None:
    """Wait until a condition of the outer world holds, looking often; fails where it does not come true."""
    deadline = time.monotonic() + patience_s
    while not condition():
        assert time.monotonic() < deadline, f"waited {patience_s:g} s in vain: {what}"
        time.sleep(0.01)


def read_wav(path: Path) -> np.ndarray:
    """The samples of a mono 16-bit WAV file, as floats."""
    with wave.open(str(path)) as file:
        return np.frombuffer(file.readframes(file.getnframes()), np.int16).astype(np.float64)


def write_wav(path: Path, samples: np.ndarray, rate_hz: int) -> Path:
    """Write mono 16-bit samples to a WAV file."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, rate_hz, 0, "NONE", ""))
        file.writeframes(samples.astype("<i2").tobytes())
    return path


@pytest.fixture(scope="session")
def virtual_card() -> Iterator[VirtualCard]:
    """The card that all tests share; one that kills its daemon makes a `VirtualCard` of its own."""
    if why_not():
        pytest.skip(why_not())
    with VirtualCard() as card:
        yield card


def _environment(folder: Path) -> dict[str, str]:
    asound = folder / "asound.conf"
    asound.write_text(_ASOUND_CONF)
    private = {
        "XDG_RUNTIME_DIR": folder,
        "HOME": folder,
        "PULSE_RUNTIME_PATH": folder / "pulse",
        "PULSE_STATE_PATH": folder / "state",
        "PULSE_COOKIE": folder / "cookie",
        "PULSE_SERVER": f"unix:{folder}/native",
        "ALSA_CONFIG_PATH": asound,
    }
    return os.environ | {name: str(value) for name, value in private.items()}


@contextmanager
def _ended(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=3)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def _listener(command: list[str], env: dict[str, str]) -> Iterator[threading.Event]:
    """A program whose output is thrown away; the event is set at its first byte."""
    heard = threading.Event()
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    stdout = process.stdout
    assert stdout is not None

    def drain() -> None:
        while stdout.read1(65536):  # type: ignore[attr-defined]  # a pipe is a BufferedReader
            heard.set()

    thread = threading.Thread(target=drain)
    thread.start()
    with stdout:
        with _ended(process):
            yield heard
        thread.join()
