"""How the source of a word is written, and what became of the word, in plain words.

The window and the command line read both alike.
"""

from __future__ import annotations

import re

HEARD = re.compile(r"(?P<from>heard|held):(?:turn (?P<turn>\d+)|(?P<words>\d+(?:,\d+)*)|repaired)(?P<how>(?:\|\w+)*)")
"""A word of his: in this turn or an earlier one, and what changed it."""

CALLED = re.compile(r"(?P<kind>skill|filter):(?P<name>[\w.]+)\((?P<input>.*)\)(?:\|\w+)*", re.DOTALL)
"""A word that was worked out: by what, and from what."""

_CHANGED = {
    "you": "turned from me to you",
    "back": "said back, turned from me to you",
    "repaired": "repaired",
    "title": "written as a name",
}


def how(filters: str) -> str:
    """What became of words of his, to be put behind them: `|you` is “, turned from me to you”; empty for nothing."""
    names = filters.split("|")[1:]
    return f", {' and '.join(_CHANGED.get(name, name) for name in names)}" if names else ""
