"""Receives what she knows and a path. Emits a file of it, whole or not at all, that only its owner can read."""

from __future__ import annotations

from pathlib import Path

import platformdirs

from her_desktop.memory.document import document_of, written
from her_desktop.memory.journal import Journal
from her_desktop.paths import put_whole
from her_desktop.trouble import missing
from her_desktop.ui.pages.memory_look import facts_at

_NAME = "her-desktop-memory.json"


def default_path() -> str:
    """Where it goes unless he says otherwise."""
    return str(Path(platformdirs.user_documents_dir()) / _NAME)


def path_from(text: str) -> Path:
    """The file that he typed; a relative one lies in his home folder.

    Raises:
        Trouble: it names a home folder that is not there, or no file can be called so.
    """
    try:
        path = Path.home() / Path(text.strip()).expanduser()
    except RuntimeError as error:
        raise missing(text, "there is no such home folder", "name another place") from error
    if "\0" in text:
        raise missing("the file", "no file can be called so", "type another name")
    return path


def export(journal: Journal, path: Path, *, over: bool) -> int | None:
    """Write all that she knows to a file.

    Args:
        journal: the record.
        path: the file.
        over: whether a file of that name may be replaced.

    Returns:
        How many facts are in it; None where there is such a file, and it may not be replaced.

    Raises:
        Trouble: it cannot be written.
    """
    facts = facts_at(journal)
    try:
        if path.is_dir():
            raise missing(str(path), "it is a folder", f"name a file in it, such as {path / _NAME}")
        _refuse_record(journal.path, path)
        if path.exists() and not over:
            return None
        put_whole(path, written(document_of(facts)))
    except OSError as error:
        todo = "free some space, or name another place" if path.parent.is_dir() else "name a folder that is there"
        raise missing(str(path), error.strerror or str(error), todo) from error
    return len(facts)


def _refuse_record(journal: Path, path: Path) -> None:
    """Her record and what belongs to it is never written over, and nothing that is no file."""
    own = path.resolve().parent == journal.resolve().parent and path.name.startswith((journal.name, "lock"))
    if own:
        raise missing(str(path), "this belongs to the record itself", "name another file")
    if path.exists() and not path.is_file():
        raise missing(str(path), "it is a device, not a file", "name another file")
