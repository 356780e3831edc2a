r"""Makes a text safe to stand in a screenplay, so that what was said comes back exactly.

Backslashes take the meaning from the character behind them, as Fountain says of `\*` and `\_`. What a line of dialogue
cannot hold, such as a control character or a space at its end, stands as its number (`visible.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from her_desktop.screenplay.reading.text import quoted
from her_desktop.trace.export.visible import code, visible

BLANK = "  "
"""Two spaces: an empty line inside of somebody's speech."""

_MARKUP = re.compile(r"[\\*_]|(?<=\[)\[|(?<=])]|\u2039(?=U\+)")
_BEGINS = re.compile(r"[~!@>.#=(]|(?:INT|EXT|EST|I/E|FADE IN)\b", re.IGNORECASE)
_EDGE = re.compile(r"^\s+|\s+$")
_BARE = re.compile(r"[\w.:#'-]+(?: [\w.:#'-]+)*")
_IN_NOTE = re.compile(r"\\|(?<=\[)\[|(?<=])]|(?<=/)\*|\*(?=/)")


def speech(text: str) -> str:
    """What somebody said, as lines of dialogue."""
    inner = text.strip("\n")
    before = len(text) - len(text.lstrip("\n"))
    after = len(text) - before - len(inner) if inner else 0
    return code("\n") * before + "\n".join(_lines(inner)) + code("\n") * after


def _lines(text: str) -> Iterator[str]:
    """The lines of a text that begins and ends with something; of several empty ones, one stands for itself."""
    empty, many = 0, "\n" in text
    for line in text.split("\n"):
        if not line:
            empty += 1
            continue
        if empty:
            yield BLANK
        yield code("\n") * (empty - 1) + _line(line, named=many)
        empty = 0


def note(text: str) -> str:
    """A note of the trace on one line. `]]` inside of it would end it."""
    inner = _IN_NOTE.sub(_escaped, one_line(text))
    return f"[[{' ' * inner.startswith('[')}{inner}{' ' * inner.endswith(']')}]]"


def one_line(text: str) -> str:
    """A text that stands on a line of its own, as a tone or a title does."""
    return " ".join(visible(text).split())


def is_plain(text: str) -> bool:
    """Whether a text comes back from one line of dialogue exactly, as a reader of screenplays joins it."""
    return bool(text) and text == " ".join(text.split()) and text.isprintable() and "\u2039U+" not in text


def value(text: str) -> str:
    """A value as it stands in a note; in quotation marks where it would be read as something else."""
    return text if _BARE.fullmatch(text) else quoted(text)


def titled(text: str) -> str:
    """A value of the title page, such as the name of a file."""
    return _exact(_MARKUP.sub(_escaped, text)).replace("\n", code("\n"))


def _line(line: str, *, named: bool) -> str:
    """One line of speech; with `named`, one in upper case could be taken for somebody's name."""
    marked = _MARKUP.sub(_escaped, line)
    shown = _exact(marked)
    return "\\" + shown if _BEGINS.match(shown) or (named and shown[0].isalpha() and shown.isupper()) else shown


def _exact(text: str) -> str:
    """A text whose edges and hidden characters come back."""
    shown = _EDGE.sub(lambda edge: "".join(map(code, edge.group())), text)
    return visible(shown.replace("\t", code("\t")))


def _escaped(found: re.Match[str]) -> str:
    return "\\" + found.group()
