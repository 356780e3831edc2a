"""Receives what was recorded in performances, each with its title page. Emits what was reached of all their packs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from her_desktop.events import Recorded
from her_desktop.loading import shipped
from her_desktop.screenplay.coverage.coverage import Coverage
from her_desktop.screenplay.perform import conversation
from her_desktop.screenplay.script import Title


def deck(title: Title) -> Title:
    """A title page with nothing on it but the language and the packs: those of one deck are equal."""
    return Title(language=title.language, packs=title.packs)


def packs(title: Title) -> Sequence[Path]:
    """The files and folders that the rules are read from."""
    return title.packs or (shipped(title.language),)


def covered(entries: Iterable[tuple[Title, Recorded]]) -> Coverage:
    """What was reached of every deck.

    Args:
        entries: what was recorded, each with the title page that it was performed by.

    Raises:
        Trouble: packs cannot be read any more.
    """
    decks: dict[Title, list[Recorded]] = {}
    for title, recorded in entries:
        decks.setdefault(deck(title), []).append(recorded)
    found = Coverage()
    for title, some in decks.items():
        found = found + Coverage.of(conversation(title).book, packs(title)).with_entries(some)
    return found
