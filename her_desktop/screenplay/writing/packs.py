"""Receives which packs a session had. Emits the files for a folder beside its screenplay; none for the shipped ones.

Where the files of a session have the names of the shipped ones, at least of most of them, these are meant, as they are
now: what they would say otherwise by now is left open in the screenplay.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from her_desktop import loading
from her_desktop.events import SessionStarted
from her_desktop.memory.journal import Journal
from her_desktop.paths import SHIPPED

_SHA_LETTERS = 64
"""A file that could not be read had the reason instead, and no rule in it was in force."""


def beside(journal: Journal, started: SessionStarted) -> Mapping[str, bytes]:
    """The packs of a session by name; empty where they are the shipped ones, or the record does not keep them."""
    own = {name: sha for name, sha in started.packs.items() if not name.startswith(SHIPPED)}
    shipped = {file.name for file in loading.files((), started.language)}
    if own.keys() <= shipped and len(own) * 2 > len(shipped):
        return {}
    found = {name: journal.file(sha) for name, sha in own.items() if len(sha) == _SHA_LETTERS and _inside(name)}
    return {name: content for name, content in found.items() if content is not None}


def _inside(name: str) -> bool:
    """Whether a name leads to a file of the folder itself, and is one that a folder of packs is read for."""
    path = PurePosixPath(name.replace("\\", "/"))
    return not path.is_absolute() and ".." not in path.parts
