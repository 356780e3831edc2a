"""What was found of what he looks for: each place in one line, with the found words apart. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from her_desktop.memory.search import Hit
from her_desktop.ui.pages.page import Told

MOST_HITS = 200
_BEFORE, _MOST = 36, 240
"""So many characters stand at most before the first found word, and in the whole line."""


def as_typed(words: str) -> str:
    """What to look for while he types: the last word may go on."""
    return f"{words}*" if words[-1:].isalnum() and words.count('"') % 2 == 0 else words


def told(hit: Hit) -> Told:
    """A place where it was said, as QML draws it."""
    return {
        "turn": hit.turn,
        "session": hit.session,
        "seq": hit.seq,
        "who": hit.who,
        "when": f"{hit.at.day} {hit.at:%b %Y, %H:%M}",
        "text": " ".join(hit.text.split()),
        "pieces": list(_pieces(hit)),
    }


def _pieces(hit: Hit) -> Iterator[dict[str, Any]]:
    """The line, cut where found words begin and end."""
    begin = at = _start(hit)
    end = min(len(hit.text), at + _MOST)
    for first, after in hit.found:
        if first >= end:
            break
        if at < first:
            yield _piece(("… " if begin and at == begin else "") + hit.text[at:first], found=False)
        yield _piece(hit.text[first : min(after, end)], found=True)
        at = after
    if at < end:
        yield _piece(hit.text[at:end] + ("…" if end < len(hit.text) else ""), found=False)


def _piece(text: str, *, found: bool) -> dict[str, Any]:
    return {"text": re.sub(r"\s", " ", text), "found": found}


def _start(hit: Hit) -> int:
    """Where the line begins: at the beginning, or at a word not long before what was found."""
    first = hit.found[0][0] if hit.found else 0
    if first <= _BEFORE:
        return 0
    space = hit.text.find(" ", first - _BEFORE, first)
    return space + 1 if space >= 0 else first
