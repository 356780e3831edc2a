"""The conversation as it was: made again from the files that were in force, which the journal keeps."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

import msgspec

from her_desktop.conversation import Conversation
from her_desktop.dialogue.packs import load_language, load_packs
from her_desktop.memory.journal import Journal
from her_desktop.paths import SHIPPED
from her_desktop.skills import VALUES
from her_desktop.trace.turns import SavedTurn
from her_desktop.trouble import Trouble

_SHA_LETTERS = 64
"""A file that could not be read had the reason instead, and no rule in it was in force."""


class PacksThen:
    """Makes the conversation of each saved turn; packs that are the same as the present ones are not read again."""

    def __init__(self, journal: Journal, present: Conversation | None = None) -> None:
        self._journal = journal
        self._made: dict[tuple[str, str], Conversation] = {}
        if present:
            self._made[present.language.code, _name(present.book.hashes)] = present

    def of(self, turn: SavedTurn) -> Conversation:
        """The conversation in which a turn was answered.

        Raises:
            Trouble: a file that was in force then is not kept.
        """
        language, key = turn.started.language, _name(turn.packs)
        if (language, key) not in self._made:
            self._made[language, key] = self._read(turn.packs)
        made = self._made[language, key]
        return msgspec.structs.replace(made, country=turn.started.country, adapts=turn.started.adapts)

    def _read(self, packs: Mapping[str, str]) -> Conversation:
        with tempfile.TemporaryDirectory(prefix="her-desktop-") as folder:
            for name, sha in packs.items():
                if not name.startswith(SHIPPED) and len(sha) == _SHA_LETTERS:
                    self._put(Path(folder), name, sha)
            language = load_language(Path(folder))
            files = (file for file in Path(folder).rglob("*") if file.is_file() and file.name != "language.yaml")
            book = load_packs(files, language, VALUES)
        book.hashes = dict(packs)
        return Conversation.of(book, language)

    def _put(self, folder: Path, name: str, sha: str) -> None:
        content = self._journal.file(sha)
        if content is None:
            raise Trouble(f"pack {name}", "the record does not hold it as it was then", "only `trace diff` can be run")
        path = (folder / name).resolve()
        if not path.is_relative_to(folder.resolve()):
            raise Trouble(f"pack {name}", "its name leads out of the folder of packs", "the record was tampered with")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _name(packs: Mapping[str, str]) -> str:
    return repr(sorted(packs.items()))
