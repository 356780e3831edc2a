"""The files that decided the replies, kept by their hash, so that an old turn can be run again after an edit."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable, Mapping


def lacking(database: sqlite3.Connection, hashes: Iterable[str]) -> set[str]:
    """Those of the hashes whose files are not kept."""
    known = {name for (name,) in database.execute("SELECT sha256 FROM files")}
    return set(hashes) - known


def keep(database: sqlite3.Connection, files: Mapping[str, bytes]) -> None:
    """Keep files under their hashes.

    Raises:
        ValueError: a file is not what its hash says; none of them is kept then.
    """
    for sha256, content in files.items():
        _check(sha256, content)
    rows = [(sha256, zlib.compress(content, 9)) for sha256, content in files.items()]
    database.executemany("INSERT OR IGNORE INTO files VALUES (?, ?)", rows)


def content_of(database: sqlite3.Connection, sha256: str) -> bytes | None:
    """A file that is kept; None where it is not.

    Raises:
        ValueError: it is damaged.
    """
    row = database.execute("SELECT content FROM files WHERE sha256 = ?", (sha256,)).fetchone()
    if row is None:
        return None
    try:
        content = zlib.decompress(row[0])
    except zlib.error as error:
        raise ValueError(f"the kept file {sha256[:12]}… is damaged: {error}") from error
    _check(sha256, content)
    return content


def _check(sha256: str, content: bytes) -> None:
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ValueError(f"the content is not that of the file {sha256[:12]}…")
