"""The pytest plugin: every `*.fountain` that pytest comes by is a test; `dialogue` scripts a conversation in Python.

Every pytest run where this package is installed imports this module, so it imports nothing but pytest; what it needs
besides is imported when a screenplay, or a test that asks for `dialogue`, turns up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from her_desktop.screenplay.dialogue import Dialogue
    from her_desktop.screenplay.plugin_items import ScreenplayFile


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer what a project can set."""
    parser.addini("her_desktop_packs", "packs of screenplays that name none (folders or files)", "paths", default=[])
    parser.addini("her_desktop_language", "language of screenplays that name none", default="en")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> ScreenplayFile | None:
    """Take each screenplay."""
    if file_path.suffix != ".fountain":
        return None
    from her_desktop.screenplay.plugin_items import ScreenplayFile  # noqa: PLC0415 -- only where there is one

    return ScreenplayFile.from_parent(parent, path=file_path)


@pytest.fixture
def dialogue_packs(pytestconfig: pytest.Config) -> Sequence[Path]:
    """The packs that `dialogue` speaks by: those of the option `her_desktop_packs`. Override it to take others."""
    packs: list[Path] = pytestconfig.getini("her_desktop_packs")
    return packs


@pytest.fixture
def dialogue(dialogue_packs: Sequence[Path], pytestconfig: pytest.Config) -> Iterator[Dialogue]:
    """A conversation in a profile of its own: `dialogue.says("hello").expect(rule="greeting.*")`."""
    from her_desktop.screenplay.dialogue import Dialogue  # noqa: PLC0415 -- only where it is asked for
    from her_desktop.trouble import Trouble  # noqa: PLC0415 -- likewise

    try:
        made = Dialogue(packs=dialogue_packs, language=pytestconfig.getini("her_desktop_language"))
    except Trouble as trouble:
        raise pytest.fail.Exception(trouble.line, pytrace=False) from None
    with made:
        yield made
