"""Receives screenplay files from pytest. Emits a test for each part that begins with a new profile."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from her_desktop.screenplay import report
from her_desktop.screenplay.for_pytest.setting import failing, seen, theatre
from her_desktop.screenplay.perform import conversation, perform
from her_desktop.screenplay.performance import Performance
from her_desktop.screenplay.read import read
from her_desktop.screenplay.runs import names, runs
from her_desktop.screenplay.script import Screenplay, Title
from her_desktop.screenplay.whole import whole
from her_desktop.trouble import Trouble

_NAMES_LANGUAGE = re.compile(r"^language\s*:", re.IGNORECASE | re.MULTILINE)


class Unheld(Exception):
    """Something in a performance did not hold."""

    def __init__(self, performance: Performance) -> None:
        self.performance = performance
        super().__init__(report.at(performance.screenplay, performance.faults[0]))


class ScreenplayFile(pytest.File):
    """A screenplay."""

    def collect(self) -> Iterator[ScreenplayRun]:
        """Its parts, each a test."""
        shown = _shown(self.path, self.config.invocation_params.dir)
        try:
            screenplay = read(self.path)
        except Trouble as trouble:
            raise self.CollectError(trouble.line.replace(str(self.path), str(shown))) from trouble
        settled = Screenplay(shown, self._settled(screenplay.title), screenplay.beats)
        parts = runs(settled)
        for name, part in zip(names(parts), parts, strict=True):
            yield ScreenplayRun.from_parent(self, name=name, screenplay=part)

    def _settled(self, title: Title) -> Title:
        """The title page, with the project's own packs and language where it names none."""
        head = self.path.read_text(encoding="utf-8").lstrip("\ufeff\r\n").replace("\r\n", "\n").partition("\n\n")[0]
        language = title.language if _NAMES_LANGUAGE.search(head) else self.config.getini("her_desktop_language")
        packs = title.packs or tuple(self.config.getini("her_desktop_packs"))
        return replace(title, packs=packs, language=language)


class ScreenplayRun(pytest.Item):
    """A part of a screenplay that begins with a new profile."""

    def __init__(self, *, screenplay: Screenplay, **given: Any) -> None:
        super().__init__(**given)
        self.screenplay = screenplay

    def setup(self) -> None:
        """Read the packs, once for all."""
        with failing():
            whole(self.screenplay.title)

    def runtest(self) -> None:
        """Perform it."""
        title = self.screenplay.title
        performance = perform(self.screenplay, theatre=theatre(self.config), seen=seen(self.config, title))
        if not performance.holds:
            raise Unheld(performance)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *args: Any, **given: Any) -> Any:
        """What did not hold, in her words and the trace's; a traceback only where the program itself is wrong."""
        match excinfo.value:
            case Unheld(performance=performance):
                return "\n".join(report.told(performance, conversation(self.screenplay.title))).rstrip()
            case Trouble() as trouble:
                return trouble.line
            case _:
                return super().repr_failure(excinfo, *args, **given)

    def reportinfo(self) -> tuple[os.PathLike[str] | str, int | None, str]:
        """Where it begins, and what it is called."""
        return self.path, self.screenplay.beats[0].line - 1, self.name


def _shown(path: Path, folder: Path) -> Path:
    """A path as it is printed: seen from where pytest was started, if it lies below."""
    return path.relative_to(folder) if path.is_relative_to(folder) else path
