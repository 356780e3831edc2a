"""Receives an archive from anywhere (.zip, .aar, tar with any of the usual compressions). Emits its files in a folder.

Nothing in the archive is trusted: no path leaves the folder, nothing but plain files and folders comes out of it, and
no more of them than was agreed.
"""

from __future__ import annotations

import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO

from her_desktop.trouble import Trouble

MAX_UNPACKED_BYTES = 4 * 1024**3
MAX_FILES = 10_000
_BLOCK_BYTES = 1 << 20

_BROKEN = (zipfile.BadZipFile, tarfile.TarError, EOFError, zlib.error, lzma.LZMAError, NotImplementedError)

Opener = Callable[[], IO[bytes]]
Member = tuple[str, int, Opener]
"""The path of a file in the archive, the bytes it claims to have, and how to read it."""


def unpack(archive: Path, into: Path, limit_bytes: int, what: str) -> None:
    """Unpack every file below `into`; of an Android archive only its assets.

    Args:
        archive: zip, aar or tar.
        into: a folder of which nothing is kept if this fails.
        limit_bytes: the most that all files may have together.
        what: the archive's name in errors.

    Raises:
        Trouble: it is no archive, cut short, damaged, too large, or wants to write where it must not.
    """
    room = limit_bytes
    try:
        for count, (name, size, open_member) in enumerate(_members(archive, what), start=1):
            target = into / _safe(name, what)
            room -= size
            if room < 0 or count > MAX_FILES:
                raise Trouble(what, f"unpacks to more than {limit_bytes // 10**6} MB or {MAX_FILES} files; refused")
            target.parent.mkdir(parents=True, exist_ok=True)
            _copy(open_member, target, size)
    except FileExistsError as error:
        raise Trouble(what, f"holds {Path(str(error.filename)).name} twice; refused") from error
    except _BROKEN as error:
        raise Trouble(what, f"damaged or cut short: {error}", "get it again") from error


def unpacked_bytes(archive: Path) -> int:
    """What the archive claims to unpack to; for tar, which has no list, its own size."""
    try:
        with zipfile.ZipFile(archive) as opened:
            return sum(info.file_size for info in opened.infolist())
    except (OSError, *_BROKEN):
        return archive.stat().st_size


def _members(archive: Path, what: str) -> Iterator[Member]:
    # is_zipfile looks for the list at the end, which a zip that was cut short has lost: so look at the first bytes too.
    with archive.open("rb") as file:
        looks_like_zip = file.read(4) in {b"PK\x03\x04", b"PK\x05\x06"}
    return _zip_members(archive, what) if looks_like_zip or zipfile.is_zipfile(archive) else _tar_members(archive, what)


def _zip_members(archive: Path, what: str) -> Iterator[Member]:
    with zipfile.ZipFile(archive) as opened:
        infos = opened.infolist()
        assets = [info for info in infos if info.filename.startswith("assets/")]
        for info in assets or infos:
            if stat.S_ISLNK(info.external_attr >> 16):
                raise Trouble(what, f"holds a link, {info.filename}; refused")
            if info.flag_bits & 1:
                raise Trouble(what, "locked with a password", "unpack it yourself and name the folder")
            if not info.is_dir():
                yield info.filename, info.file_size, partial(opened.open, info)


def _tar_members(archive: Path, what: str) -> Iterator[Member]:
    try:
        opened = tarfile.open(archive, mode="r|*")  # noqa: SIM115 -- closed by the `with` below
    except (tarfile.ReadError, EOFError) as error:
        raise Trouble(what, "not an archive, or cut short", "name a .zip, .aar, .tar.gz or a folder") from error
    with opened:
        for info in opened:
            if info.isfile():
                yield info.name, info.size, partial(_tar_file, opened, info)
            elif not info.isdir():
                raise Trouble(what, f"holds a link or device, {info.name}; refused")


def _tar_file(opened: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    file = opened.extractfile(info)
    assert file is not None, "a plain file always can be read"
    return file


def _safe(name: str, what: str) -> PurePosixPath:
    """The path of a file in the archive, relative and downwards on every platform."""
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or not path.parts or any(part == ".." or ":" in part or "\0" in part for part in path.parts):
        raise Trouble(what, f"wants to write outside of its folder, to {name!r}; refused")
    return path


def _copy(open_member: Opener, target: Path, size: int) -> None:
    with open_member() as source, target.open("xb") as file:
        written = 0
        while block := source.read(min(_BLOCK_BYTES, size - written + 1)):
            written += len(block)
            if written > size:
                raise zipfile.BadZipFile(f"{target.name} is longer than its entry says")
            file.write(block)
        if written < size:
            raise EOFError(f"{target.name} has {written} of {size} bytes")
