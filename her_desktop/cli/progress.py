"""Receives how far a download is. Emits a bar on standard error."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import Any

import click


@contextlib.contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """A bar that appears with the first byte and ends with the last; it is told (bytes here, bytes in all)."""
    bars: list[Any] = []

    def progress(have: int, of: int) -> None:
        if not bars:
            bars.append(click.progressbar(length=of, label=label, file=sys.stderr))
        bars[0].update(have - bars[0].pos)
        if have >= of:
            bars.pop().render_finish()

    try:
        yield progress
    finally:
        for bar in bars:
            bar.render_finish()
