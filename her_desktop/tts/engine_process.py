"""The engine's child process, supervised: started ahead of need, killed when it hangs, gone when its owner is."""

from __future__ import annotations

import contextlib
import queue
import subprocess
import sys
import threading
from typing import IO

import msgspec

from her_desktop.tts.protocol import Answer, Ready, Request

_COMMAND = (sys.executable, "-P", "-m", "her_desktop.tts.worker")
_START_S = 15.0


class EngineFailedError(Exception):
    """The process hung, crashed or could not be started; it has been ended."""


class EngineProcess:
    """One child process and the line to it. One request at a time; `close` may come from any thread."""

    def __init__(self, start_s: float = _START_S) -> None:
        self._start_s = start_s
        self._process: subprocess.Popen[bytes] | None = None
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._ready: Ready | None = None
        self._closed = False
        self._lock = threading.Lock()

    @property
    def pid(self) -> int | None:
        """Of the running child; None where there is none."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the child if none runs; does not wait until it is ready. Raises EngineFailedError."""
        with self._lock:
            if self._closed:
                raise EngineFailedError("it was closed")
            if self._process is None:
                self._spawn()

    def ready(self) -> Ready:
        """Start if need be and wait for the first line. Raises EngineFailedError."""
        self.start()
        if self._ready is None:
            self._ready = msgspec.json.decode(self._line(self._start_s), type=Ready)
        return self._ready

    def ask(self, request: Request, timeout_s: float) -> Answer:
        """Send a request and wait for the answer. Raises EngineFailedError."""
        process = self._process
        try:
            assert process is not None, "ready() comes first"
            assert process.stdin is not None
            process.stdin.write(msgspec.json.encode(request) + b"\n")
            process.stdin.flush()
        except (OSError, ValueError) as error:
            self.kill()
            raise EngineFailedError("its process ended") from error
        return msgspec.json.decode(self._line(timeout_s), type=Answer)

    def kill(self) -> None:
        """End the child now, whatever it is doing."""
        with self._lock:
            process, self._process, self._ready = self._process, None, None
        if process is not None:
            _end(process)

    def close(self) -> None:
        """End the child for good: none is started any more."""
        with self._lock:
            self._closed = True
        self.kill()

    def _spawn(self) -> None:
        try:
            process = subprocess.Popen(  # noqa: S603 -- our own module, no shell
                _COMMAND,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise EngineFailedError(str(error.strerror or error)) from error
        self._process, self._lines = process, queue.SimpleQueue()
        threading.Thread(target=_read, args=(process.stdout, self._lines), name="voice lines", daemon=True).start()

    def _line(self, timeout_s: float) -> bytes:
        try:
            line = self._lines.get(timeout=timeout_s)
        except queue.Empty:
            self.kill()
            raise EngineFailedError(f"it did not answer within {timeout_s:g} s") from None
        if not line:
            self.kill()
            raise EngineFailedError("its process ended")
        return line


def _read(stream: IO[bytes], lines: queue.SimpleQueue[bytes]) -> None:
    with stream:
        for line in stream:
            lines.put(line)
    lines.put(b"")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    if process.stdin is not None:
        with contextlib.suppress(OSError):
            process.stdin.close()
