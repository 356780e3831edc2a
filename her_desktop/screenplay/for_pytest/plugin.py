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
    from her_desktop.screenplay.for_pytest.dialogue import Dialogue
    from her_desktop.screenplay.for_pytest.items import ScreenplayFile


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer what a project can set."""
    parser.addini("her_desktop_packs", "packs of screenplays that name none (folders or files)", "paths", default=[])
    parser.addini("her_desktop_language", "language of screenplays that name none", default="en")
    group = parser.getgroup("her-desktop", "screenplays")
    group.addoption("--fountain-spoken", action="store_true", help="voice his lines, and have them really recognized")
    group.addoption("--fountain-coverage", action="store_true", help="tell which parts of the packs were reached")


def pytest_configure(config: pytest.Config) -> None:
    """Watch what is reached, where that is wanted."""
    if config.getoption("fountain_coverage"):
        from her_desktop.screenplay.for_pytest.coverage import NAME, Covering  # noqa: PLC0415 -- only where it is wanted

        config.pluginmanager.register(Covering(), NAME)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> ScreenplayFile | None:
    """Take each screenplay."""
    if file_path.suffix != ".fountain":
        return None
    from her_desktop.screenplay.for_pytest.items import ScreenplayFile  # noqa: PLC0415 -- only where there is one

    return ScreenplayFile.from_parent(parent, path=file_path)


@pytest.fixture
def dialogue_packs(pytestconfig: pytest.Config) -> Sequence[Path]:
    """The packs that `dialogue` speaks by: those of the option `her_desktop_packs`. Override it to take others."""
    packs: list[Path] = pytestconfig.getini("her_desktop_packs")
    return packs


@pytest.fixture
def dialogue(dialogue_packs: Sequence[Path], pytestconfig: pytest.Config) -> Iterator[Dialogue]:
    """A conversation in a profile of its own: `dialogue.says("hello").expect(rule="greeting.*")`."""
    from her_desktop.screenplay.for_pytest.fixture import begun  # noqa: PLC0415 -- only where it is asked for

    with begun(pytestconfig, dialogue_packs) as made:
        yield made
