"""Receives the profile folder and the record, at the desk. Emits what is kept at all: where, how large, since when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from her_desktop import paths
from her_desktop.memory.reading import Extent
from her_desktop.trace.reader import Past
from her_desktop.ui.pages.memory_facts import counted, day
from her_desktop.ui.pages.memory_look import facts_at

_SOUNDS = frozenset({".wav", ".flac", ".ogg", ".mp3", ".opus", ".aiff", ".pcm", ".raw"})
_KIB = 1024
_UNITS = ("bytes", "KiB", "MiB", "GiB", "TiB")

_WHAT = {
    "journal.sqlite": "the record", "journal.sqlite-wal": "what the record has not yet taken in",
    "journal.sqlite-shm": "where to find things in that", "settings.toml": "settings",
    "window.json": "how you like this window", "lock": "says that a program has it open",
    "rules.msgpack": "the rules, made ready to start sooner",
}  # fmt: skip
"""Name of a file to what it is."""


class File(msgspec.Struct, frozen=True):
    """A file of the profile, or what belongs to one."""

    name: str
    what: str
    size: str


class Kept(msgspec.Struct, frozen=True):
    """All that is kept of him."""

    home: str
    size: str
    """Of the record, for people."""
    since: str
    """Day of the first entry; empty where there is none."""
    counts: tuple[str, ...]
    files: tuple[File, ...]
    sounds: int
    """How many files of sound lie in the profile."""
    models: tuple[File, ...]
    facts: int
    turns: int


def kept(past: Past, home: Path) -> Kept:
    """Look what is kept.

    Args:
        past: the record.
        home: the profile folder.
    """
    extent, facts = past.journal.extent(), len(facts_at(past.journal))
    files = sorted(_files(home, home / "models"))
    record = sum(size for name, size in files if name.startswith("journal.sqlite"))
    return Kept(
        home=str(home), size=human(record), since=day(extent.since) if extent.since else "",
        counts=_counts(extent, facts), files=tuple(_told(files)),
        sounds=sum(Path(name).suffix.lower() in _SOUNDS for name, _ in files), models=tuple(_models(home)),
        facts=facts, turns=extent.turns,
    )  # fmt: skip


def _counts(extent: Extent, facts: int) -> tuple[str, ...]:
    counts = (
        counted(extent.sessions, "session"), counted(extent.turns, "turn"),
        counted(extent.entries, "entry", "entries"), counted(facts, "fact"),
    )  # fmt: skip
    return (*counts, f"{counted(extent.cleared, 'turn')} cleared of forgotten words") if extent.cleared else counts


def _files(folder: Path, leave_out: Path | None = None) -> Iterator[tuple[str, int]]:
    """Each file in a folder, by its path in it, with its size in bytes."""
    for path in folder.rglob("*"):
        if (leave_out and path.is_relative_to(leave_out)) or not path.is_file():
            continue
        try:
            yield path.relative_to(folder).as_posix(), path.stat().st_size
        except FileNotFoundError:  # it went away while we looked
            continue


def _told(files: Iterable[tuple[str, int]]) -> Iterator[File]:
    for name, size in files:
        yield File(name, _WHAT.get(name.rpartition("/")[2], ""), exactly(size))


def _models(home: Path) -> Iterator[File]:
    """The folders that hold what turns speech into words; nothing in them is about him."""
    for folder in dict.fromkeys(paths.models_dirs(home)):
        if folder.is_dir():
            sizes = [size for name, size in _files(folder) if name != "catalog.toml"]
            if sizes:
                yield File(str(folder), counted(len(sizes), "file"), exactly(sum(sizes)))


def human(size: int) -> str:
    """A size for people: `3.1 MiB`."""
    power = min(max(size.bit_length() - 1, 0) // 10, len(_UNITS) - 1)
    return f"{size / _KIB**power:,.1f} {_UNITS[power]}" if power else counted(size, "byte")


def exactly(size: int) -> str:
    """A size for people, and exactly: `3.1 MiB · 3,250,585 bytes`."""
    return human(size) if size < _KIB else f"{human(size)} · {counted(size, 'byte')}"
