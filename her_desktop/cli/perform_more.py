"""What `perform` does once the screenplays were performed: rewrite expectations, tell coverage, change the rules."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from her_desktop.screenplay.performance import Performance
from her_desktop.trouble import Exit


class Wanted(msgspec.Struct, frozen=True):
    """What the command line asks for beside performing."""

    update: bool = False
    coverage: bool = False
    html: Path | None = None
    lcov: Path | None = None
    cobertura: Path | None = None
    mutate: str | None = None


def after(_performances: Sequence[Performance], _wanted: Wanted, *, json: bool) -> Exit:  # noqa: ARG001 -- to come
    """Do what is wanted; returns the exit code of it."""
    return Exit.DONE
