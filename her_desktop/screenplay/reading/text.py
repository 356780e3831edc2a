"""Words as a screenplay writes them, and back: emphasis, backslashes, and characters that stand as their numbers.

The other half of `writing_text.py`.
"""

from __future__ import annotations

import re
import sys

from her_desktop.trace.export.visible import code, visible

_WRITTEN = re.compile(r"[\\*_\u2039]")
_ESCAPED = re.compile(r"\\(.)|\u2039U\+([0-9A-F]{4,6})\u203a", re.DOTALL)
_EMPHASIS = (
    re.compile(r"(?<![\w*])(\*{1,3})(?![\s*])([^*]+)(?<!\s)\1(?![\w*])"),
    re.compile(r"(?<![\w_])(_)(?![\s_])([^_]+)(?<!\s)_(?![\w_])"),
)
_HELD = "\0"
"""Stands for what was escaped while emphasis is looked for."""
_IN_QUOTES = re.compile(r"[\\\"]|(?<=\[)\[|(?<=])]|(?<=/)\*|\*(?=/)|\u2039(?=U\+)")


def plain(text: str) -> str:
    """The words that a line of a screenplay means: without emphasis, with what was escaped in its place."""
    if not _WRITTEN.search(text):
        return text
    held = list[str]()

    def hold(found: re.Match[str]) -> str:
        held.append(_meant(found))
        return _HELD

    text = _ESCAPED.sub(hold, text.replace(_HELD, code(_HELD)))
    for emphasis in _EMPHASIS:
        text = emphasis.sub(r"\2", text)
    rest = iter(held)
    return re.sub(_HELD, lambda _: next(rest), text)


def unescaped(text: str) -> str:
    """The words that a value of a note means: like `plain`, but no emphasis stands there."""
    return _ESCAPED.sub(_meant, text)


def quoted(text: str) -> str:
    """A text as a value of a note, in quotation marks and on one line; `unescaped` takes it back."""
    escaped = _IN_QUOTES.sub(lambda found: "\\" + found.group(), text)
    return '"' + visible(escaped.replace("\n", code("\n")).replace("\t", code("\t"))) + '"'


def _meant(found: re.Match[str]) -> str:
    if found[1] is not None:
        return found[1]
    number = int(found[2], 16)
    return chr(number) if number <= sys.maxunicode else found[0]
