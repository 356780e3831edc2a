"""The compiled rule book of the packs that were read last, kept so that the next conversation begins sooner.

It is only ever a copy of what the packs say: it is used where every pack, the language and this program are the same to
the byte, and made anew where they are not, or where it cannot be read.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from her_desktop.dialogue.book import Kept, RuleBook
from her_desktop.paths import resources

_SUM_BYTES = 4
_PACKAGE = Path(__file__).parent.parent
_CODE = ("language.py", "shelf.py", "nlu/*.py", "nlg/*.py", "dialogue/*.py")


def kept(paths: Sequence[Path], hashes: Mapping[str, str], make: Callable[[str], Kept]) -> RuleBook:
    """The rule book of these packs: from the first file that fits, else made, and written to each that can be written.

    Args:
        paths: the files; none keeps nothing.
        hashes: name and SHA-256 of all that the book is made from.
        make: reads and compiles the packs, and puts the key into them.
    """
    key = hashlib.sha256(repr(sorted(hashes.items())).encode() + _program()).hexdigest()
    for path in paths:
        if found := _read(path, key):
            return RuleBook(found)
    made = make(key)
    for path in paths:
        _write(path, made)
    return RuleBook(made)


def _program() -> bytes:
    files = [*(file for pattern in _CODE for file in sorted(_PACKAGE.glob(pattern))), resources() / "techniques.yaml"]
    return b"".join(hashlib.sha256(file.read_bytes()).digest() for file in files)


def _read(path: Path, key: str) -> Kept | None:
    try:
        data = memoryview(path.read_bytes())
        if data[:_SUM_BYTES] != _sum(data[_SUM_BYTES:]):
            return None
        found = msgspec.msgpack.decode(data[_SUM_BYTES:], type=Kept)
    except (OSError, msgspec.DecodeError):
        return None
    return found if found.key == key else None


def _sum(data: bytes | memoryview) -> bytes:
    """Rules are decoded when they are wanted: a file that was damaged must be known before a conversation begins."""
    return zlib.crc32(data).to_bytes(_SUM_BYTES, "big")


def _write(path: Path, made: Kept) -> None:
    partial = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(exist_ok=True)
        data = msgspec.msgpack.encode(made)
        partial.write_bytes(_sum(data) + data)
        partial.replace(path)
    except OSError:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
