"""What is wrong in a screenplay, at a line; `read.py` adds the file."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_MOST_QUOTED = 60


class Misread(Exception):
    """A line of a screenplay that cannot be what was meant: what is wrong, and what to write instead."""

    def __init__(self, line: int, why: str, todo: str) -> None:
        self.line, self.why, self.todo = line, why, todo
        super().__init__(f"{line}: {why} ({todo})")


def short(text: str) -> str:
    """A text as an error quotes it."""
    return text if len(text) <= _MOST_QUOTED else text[: _MOST_QUOTED - 1] + "…"


def near(name: str, known: Iterable[str], *, most: int = 3) -> str:
    """A question for the nearest of the known names; where none is near, all of them."""
    names = list(known)
    found = get_close_matches(name, names, n=most, cutoff=0.6)
    return f"did you mean {' or '.join(found)}?" if found else f"there is {', '.join(names)}"
