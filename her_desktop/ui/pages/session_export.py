"""Writes a session as a file that other programs open. Nothing that is there already is written over unasked."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from pathlib import Path

import msgspec
import platformdirs

from her_desktop.events import Recorded, Reply, TurnsMarked
from her_desktop.memory.journal import Journal
from her_desktop.paths import put_whole
from her_desktop.screenplay.writing import export as writing_export
from her_desktop.trace.export.formats import ENDINGS, EXPORTERS, FORMS, SCREENPLAY
from her_desktop.trouble import Trouble, missing

FORMATS = FORMS
_ENDING = {form: ending for ending, form in reversed(ENDINGS.items())}
_JOURNAL = "journal.sqlite"


class Wish(msgspec.Struct, frozen=True):
    """What is to be written, and where."""

    session: int
    form: str
    path: Path
    replace: bool = False
    """A file that is there may be written over."""


class Written(msgspec.Struct, frozen=True):
    """What was written."""

    path: Path
    session: int
    turns: int


class There(msgspec.Struct, frozen=True):
    """Nothing was written: a file of that name is there."""

    path: Path


def documents() -> Path:
    """Where his documents lie."""
    return platformdirs.user_documents_path()


def file_name(session: int, form: str) -> str:
    """What a file is called if he names nothing else."""
    return f"session-{session}{_ENDING[form]}"


def with_ending(text: str, form: str) -> str:
    """The same file, with the ending of another format; an ending that names none stays."""
    path = Path(text)
    return str(path.with_suffix(_ENDING[form])) if path.suffix.lower() in ENDINGS else text


def path_from(text: str, name: str) -> Path:
    """The file that he typed; in a folder, under this name.

    Raises:
        Trouble: he typed nothing.
    """
    if not text.strip():
        raise Trouble("the file", "it has no name", "type one, or choose a place")
    try:
        path = Path(text.strip()).expanduser()
    except RuntimeError as error:
        raise Trouble(text, "there is no such home folder", "name another place") from error
    if "\0" in text:
        raise Trouble("the file", "no file can be called so", "type another name")
    return path / name if text.strip().endswith(("/", os.sep)) or path.is_dir() else path


def write(journal: Journal, home: Path | None, wish: Wish) -> Written | There:
    """Write a session, readable for him alone: each file whole or not at all, those beside a screenplay first.

    Raises:
        Trouble: nothing is recorded of it, the file is the record itself, or it cannot be written.
    """
    _refuse_record(wish.path, home)
    if wish.path.exists() and not wish.replace:
        return There(wish.path)
    entries = list(journal.entries(wish.session))
    if not entries:
        raise Trouble(f"session {wish.session}", "nothing is recorded of it")
    files = _files(journal, entries, wish)
    if not wish.replace and (there := next(filter(Path.exists, files), None)):
        return There(there)
    for path, content in files.items():
        _put(path, content)
    return Written(wish.path, wish.session, sum(isinstance(one.entry, Reply) for one in entries))


def _files(journal: Journal, entries: Sequence[Recorded], wish: Wish) -> dict[Path, bytes]:
    """What is to be written where, the file that was asked for last."""
    if wish.form == SCREENPLAY:
        written = writing_export.export(journal, wish.session, wish.path.stem)
        beside = {wish.path.parent / name: content for name, content in written.beside.items()}
        return {**beside, wish.path: written.text.encode()}
    marks = [one.entry for one in journal.entries(kinds=[TurnsMarked]) if isinstance(one.entry, TurnsMarked)]
    return {wish.path: EXPORTERS[wish.form](entries, marks).encode()}


def _refuse_record(path: Path, home: Path | None) -> None:
    if home and path.resolve().parent == home.resolve() and path.name.startswith((_JOURNAL, "lock")):
        raise Trouble(str(path), "this belongs to the record itself", "name another file")
    if path.exists() and not path.is_file():
        raise Trouble(str(path), "it is not a file", "name another file")


def _put(path: Path, text: bytes) -> None:
    try:
        if path.parent.exists() and not path.parent.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        path.parent.mkdir(parents=True, exist_ok=True)
        put_whole(path, text)
    except OSError as error:
        raise missing(str(path), str(error.strerror or error), "name another place") from error
