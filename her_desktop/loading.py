"""Receives where packs lie and which language is spoken. Emits a conversation that is ready to be had."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from her_desktop import paths
from her_desktop.conversation import Conversation
from her_desktop.dialogue.packs import load_language, load_packs, pack_files
from her_desktop.language import Language
from her_desktop.skills import VALUES
from her_desktop.trouble import Trouble

_DECIDING = (
    "help_lines.yaml", "spoken_names.yaml", "spoken_topics.yaml", "technique_cues.yaml", "techniques.yaml",
)  # fmt: skip
"""Files of the program itself that decide replies and their labels, beside the packs."""


def shipped(language: str) -> Path:
    """The folder of the shipped packs of a language."""
    return paths.resources() / "dialogue" / language


def files(packs: Sequence[Path], language: str) -> list[Path]:
    """The files that rules and language are read from."""
    given = packs or (shipped(language),)
    return [*pack_files(given), *(path / "language.yaml" for path in (*given, shipped(language)))]


def spoken(packs: Sequence[Path], language: str) -> Language:
    """The language of some packs: their own, where one of the folders tells of one.

    Raises:
        Trouble: there is no such language.
    """
    own = next((path for path in packs if (path / "language.yaml").is_file()), None)
    return load_language(own or shipped(language))


def conversation(
    packs: Sequence[Path] = (), language: str = "en", country: str = "", *, adapts: bool = True,
    compiled_file: Path | None = None,
) -> Conversation:  # fmt: skip
    """The rules and the language of a conversation.

    Args:
        packs: folders or files; empty for the shipped ones.
        language: its code.
        country: whose help lines are named; empty for none.
        adapts: whether wordings lean on how they were received.
        compiled_file: where the compiled rules are kept, to begin sooner next time; those of the shipped packs also
            lie beside them, where that folder can be written.

    Raises:
        Trouble: there is no such language, or not one rule that works.
    """
    known = spoken(packs, language)
    beside = () if packs else (shipped(language).with_name(f".{language}.rules"),)
    book = load_packs(
        packs or (shipped(language),), known, VALUES, (*([compiled_file] if compiled_file else []), *beside)
    )
    if not book.rules:
        why = book.quarantined[0].line if book.quarantined else "no rule in them"
        raise Trouble("packs", why, "mend the pack, or leave out --packs")
    for name in _DECIDING:
        book.hashes[f"{paths.SHIPPED}{name}"] = hashlib.sha256((paths.resources() / name).read_bytes()).hexdigest()
    return Conversation.of(book, known, country, adapts=adapts)
