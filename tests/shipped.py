"""The conversation that the shipped packs make, loaded once for all tests that talk with it, and kept for programs."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from her_desktop import loading
from her_desktop.conversation import Conversation


@cache
def loaded(language: str = "en") -> Conversation:
    """The conversation as the program loads it, with the hashes of all that decides a reply."""
    return loading.conversation(language=language)


@cache
def _compiled() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "rules.msgpack"
        loading.conversation(compiled_file=file)
        return file.read_bytes()


def used_before(home: Path) -> None:
    """Put the compiled rules into a profile that is there, as the program itself would keep them."""
    file = home / "cache" / "rules.msgpack"
    if home.is_dir() and not file.exists():
        file.parent.mkdir(mode=0o700, exist_ok=True)
        file.write_bytes(_compiled())
