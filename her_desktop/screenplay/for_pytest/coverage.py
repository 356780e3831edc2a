"""Receives what was performed in a pytest run, also in its workers. Emits which parts of the packs it reached."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import add
from typing import Any

import pytest

from her_desktop.events import Recorded
from her_desktop.screenplay.coverage.coverage import Coverage
from her_desktop.screenplay.coverage.decks import covered
from her_desktop.screenplay.coverage.table import table
from her_desktop.screenplay.performance import Played
from her_desktop.screenplay.script import Title

NAME = "her_desktop_coverage"
"""What the plugin is registered as, and what a worker sends its share under."""


class Covering:
    """A plugin that adds up what was reached, and tells it when all tests are done."""

    def __init__(self) -> None:
        self._entries: list[tuple[Title, Recorded]] = []
        self._workers: list[Coverage] = []

    def seen(self, title: Title) -> Callable[[Played], None]:
        """What is to be told of each beat of a performance by these packs."""
        return lambda played: self._entries.extend((title, recorded) for recorded in played.entries)

    def total(self) -> Coverage:
        """What was reached by now."""
        return reduce(add, self._workers, covered(self._entries))

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """In a worker: hand over its share."""
        if (output := getattr(session.config, "workeroutput", None)) is not None:
            output[NAME] = self.total().to_json().decode()

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """A worker is done; of one that crashed nothing is known."""
        share = getattr(node, "workeroutput", {}).get(NAME)
        if share:
            self._workers.append(Coverage.from_json(share))

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Tell it."""
        terminalreporter.section("coverage of the packs")
        for line in table(self.total(), terminalreporter.config.rootpath):
            terminalreporter.write_line(line)
