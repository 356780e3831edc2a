"""Receives the options of a pytest run. Emits what a performance needs: its packs, its theatre, who watches."""

from __future__ import annotations

import atexit
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import pytest

from her_desktop.screenplay.perform import TYPED
from her_desktop.screenplay.performance import Played
from her_desktop.screenplay.script import Title
from her_desktop.screenplay.theatre import Theatre
from her_desktop.trouble import Trouble


@contextmanager
def failing() -> Iterator[None]:
    """Let what a person can mend fail the test in one line."""
    try:
        yield
    except Trouble as trouble:
        raise pytest.fail.Exception(trouble.line, pytrace=False) from None


def theatre(config: pytest.Config) -> Theatre:
    """Where screenplays are performed: by keyboard, or aloud with `--fountain-spoken`."""
    return _spoken() if config.getoption("fountain_spoken") else TYPED


@lru_cache(maxsize=1)
def _spoken() -> Theatre:
    """With the settings of a new profile, so that no test depends on whose machine it runs on."""
    from her_desktop.screenplay.spoken.voices import spoken_theatre  # noqa: PLC0415 -- a recognizer is half a second

    home = tempfile.TemporaryDirectory()
    atexit.register(home.cleanup)
    return spoken_theatre(Path(home.name))


def seen(config: pytest.Config, title: Title) -> Callable[[Played], None]:
    """Who watches each beat: with `--fountain-coverage` somebody who adds up what is reached."""
    covering = config.pluginmanager.get_plugin("her_desktop_coverage")
    return covering.seen(title) if covering else lambda _played: None
