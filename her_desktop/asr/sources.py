"""Receives a source of the catalog. Emits the archive as a file: downloaded from the model's home, or fetched by Maven.

With `install.py`, the only code that goes online, and only when asked to.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from her_desktop.asr.catalog import Download, Maven
from her_desktop.asr.manifest import sha256_of
from her_desktop.trouble import Trouble, missing

if TYPE_CHECKING:
    import requests

Progress = Callable[[int, int], None]
"""Told how many bytes are there, and how many there will be."""

_ATTEMPTS = 5
_BLOCK_BYTES = 1 << 14
_COLOR = re.compile(r"\x1b\[[0-9;]*m")


class Limits(msgspec.Struct, frozen=True):
    """How long each step on the network may take."""

    connect_s: float = 10
    silence_s: float = 30
    """Without a single byte."""
    maven_s: float = 300
    """For all that Maven does."""


def download(source: Download, part: Path, limits: Limits, progress: Progress) -> None:
    """Fill `part` until it is the whole archive, going on from what is there already, and check its hash.

    A connection that breaks is opened again, as long as each one brings something. What came stays for the next call.

    Raises:
        Trouble: it cannot be had, or what came is not what the catalog says; then nothing of it stays.
    """
    resumed = _size(part) > 0
    failure = missing(source.label, "the connection brought nothing")
    for _ in range(_ATTEMPTS):
        before = _size(part)
        if before >= source.bytes:
            break
        failure = _fetch(source, part, limits, progress) or failure
        if _size(part) <= before:
            break
    if _size(part) == 0:
        part.unlink(missing_ok=True)
        raise failure
    if _size(part) < source.bytes:
        came = f"broke off after {_size(part) / 1e6:.1f} of {source.bytes / 1e6:.1f} MB: {failure.why}"
        raise missing(source.label, came, "run it again: it goes on from there")
    try:
        _check(source, part)
    except Trouble:
        if not resumed:
            raise
        download(source, part, limits, progress)  # what had been left from another day was the fault


def fetch_with_maven(source: Maven, into: Path, limits: Limits) -> Path:
    """Let Maven fetch the artifact into a folder, and return its path there.

    Raises:
        Trouble: there is no Maven, it failed, or it took too long.
    """
    maven = shutil.which("mvn")
    if maven is None:
        raise missing(source.label, "there is no Maven (mvn) on this machine")
    # Outside of any project, or Maven would read its pom.xml. -C: a wrong checksum is an error, not a warning.
    command = [maven, "-q", "-B", "-C", "dependency:copy", f"-Dartifact={source.artifact}", f"-DoutputDirectory={into}"]
    try:
        done = subprocess.run(  # noqa: S603 -- the program found on PATH, arguments from the checked catalog
            command, cwd=into, capture_output=True, text=True, errors="replace", timeout=limits.maven_s, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise missing(source.label, f"Maven had not finished after {limits.maven_s:.0f} s") from error
    except OSError as error:
        raise missing(source.label, f"Maven does not start: {error.strerror}") from error
    came = [path for path in into.iterdir() if path.is_file()]
    if done.returncode or not came:
        raise missing(source.label, _first_error(done.stdout + done.stderr) or f"Maven ended with {done.returncode}")
    return came[0]


def _fetch(source: Download, part: Path, limits: Limits, progress: Progress) -> Trouble | None:
    """Open one connection and take what it brings; returns why it ended early."""
    import requests  # noqa: PLC0415 -- part of the voice extra; only needed here

    have = _size(part)
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={have}-"} if have else {})
    timeout = (limits.connect_s, limits.silence_s)
    try:
        with requests.get(source.url, headers=headers, timeout=timeout, stream=True) as answer:
            if answer.status_code >= 400:
                return missing(source.label, f"answers {answer.status_code} {answer.reason}")
            _take(answer, source, part, progress)
    except requests.ConnectionError as error:
        return missing(source.label, f"no connection: {_innermost(error)}")
    except requests.RequestException as error:
        return missing(source.label, _innermost(error))
    return None


def _take(answer: requests.Response, source: Download, part: Path, progress: Progress) -> None:
    """Append what comes, or begin anew where the server sends the whole; never take more than was announced."""
    goes_on = answer.status_code == 206 and answer.headers.get("Content-Range", "").startswith(f"bytes {_size(part)}-")
    with part.open("ab" if goes_on else "wb") as file:
        have = file.tell()
        for block in answer.iter_content(_BLOCK_BYTES):
            have += file.write(block)
            progress(have, source.bytes)
            if have > source.bytes:
                return


def _check(source: Download, part: Path) -> None:
    if part.stat().st_size > source.bytes:
        part.unlink()
        raise missing(source.label, f"sends more than the {source.bytes} bytes of the catalog")
    if (digest := sha256_of(part)) != source.sha256:
        part.unlink()
        why = f"its SHA-256 is {digest[:12]}…, the catalog says {source.sha256[:12]}…"
        raise missing(source.label, why, "it was damaged on the way, or is not what was published")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _innermost(error: Exception) -> str:
    """The first cause in a few words: requests wraps it three times over."""
    inner: BaseException = error
    while inner.__context__:
        inner = inner.__context__
    return (getattr(inner, "strerror", None) or str(inner) or type(inner).__name__)[:160]


def _first_error(output: str) -> str:
    """The first line in which Maven complains, without its colors and labels."""
    lines = (_COLOR.sub("", line).partition("[ERROR]")[2].strip() for line in output.splitlines())
    return next((line[:200] for line in lines if line), "")
