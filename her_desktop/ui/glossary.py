"""What every term of the pane means, in one plain sentence: `resources/glossary/*.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from her_desktop import paths
from her_desktop.trouble import Trouble


class Meaning(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A term and what it means."""

    name: str
    says: str


@cache
def glossary(folder: Path | None = None) -> dict[str, Meaning]:
    """Key to meaning, from every file of the folder.

    Raises:
        Trouble: a file cannot be read, or two files explain the same term.
    """
    found: dict[str, Meaning] = {}
    for path in sorted((folder or paths.resources() / "glossary").glob("*.yaml")):
        try:
            terms = msgspec.yaml.decode(path.read_bytes(), type=dict[str, Meaning])
        except (msgspec.DecodeError, ValueError) as error:
            raise Trouble(str(path), str(error), "mend the line") from error
        if twice := found.keys() & terms.keys():
            raise Trouble(str(path), f"{', '.join(sorted(twice))} is explained twice", "keep one of them")
        found |= terms
    return found
