"""Receives the options of a pytest run. Emits the conversation of one test."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from her_desktop.screenplay.for_pytest.dialogue import Dialogue
from her_desktop.screenplay.for_pytest.setting import failing, seen
from her_desktop.screenplay.script import Title


def begun(config: pytest.Config, packs: Sequence[Path]) -> Dialogue:
    """A conversation by these packs, in the language of the project."""
    language = config.getini("her_desktop_language")
    with failing():
        return Dialogue(packs=packs, language=language, seen=seen(config, Title(language=language, packs=tuple(packs))))
