r"""Receives the text of a screenplay. Emits its lines, with the notes and the boneyards of each taken out and kept.

A backslash takes the meaning from a bracket behind it, also inside of a note: `]\]` does not end one.
"""

from __future__ import annotations

import re
from functools import reduce
from typing import Literal

import msgspec

from her_desktop.screenplay.reading.trouble import Misread

AsideKind = Literal["note", "boneyard"]

_ENDS = re.compile(r"\r\n|\r|\n")
_MARKS = {
    None: re.compile(r"\\.|\[\[|]]|/\*"),
    "note": re.compile(r"\\.|]](?!])|\[\["),
    "boneyard": re.compile(r"\*/"),
}
"""What is looked for outside of asides, and in each kind."""


class Aside(msgspec.Struct, frozen=True):
    """What stands in `[[…]]` or `/*…*/`, as it is written."""

    kind: AsideKind
    text: str
    line: int
    last_line: int


class Line(msgspec.Struct):
    """One line of the file."""

    number: int
    """From 1."""
    text: str
    """Without asides; of a line that only has spaces, these."""
    asides: list[Aside] = []
    """Those that begin on this line."""

    @property
    def blank(self) -> bool:
        """Whether nothing stands on it."""
        return not self.asides and not self.text.strip()


def lines(text: str) -> list[Line]:
    """The lines of a screenplay. Those that an aside fills are left out.

    Raises:
        Misread: an aside is not closed, or a note is closed that was not opened.
    """
    scan = _Scan()
    for number, line in enumerate(_ENDS.split(text.removeprefix("\ufeff")), 1):
        scan.take(number, line)
    return scan.finished()


class _Scan:
    """The lines so far, and the aside that is open."""

    def __init__(self) -> None:
        self._lines: list[tuple[Line, bool]] = []
        """With whether an aside stands on it."""
        self._kind: AsideKind | None = None
        self._home = Line(0, "")
        """The line on which the open aside began."""
        self._inside: list[str] = []
        """What stands in it so far."""

    def take(self, number: int, text: str) -> None:
        """Go over one more line."""
        line = Line(number, text, [])
        marked = bool(self._kind) or "[[" in text or "/*" in text or "]]" in text
        self._lines.append((line, marked))
        if self._kind == "note" and not text:
            raise self._unclosed()
        if marked:
            line.text = self._outside(line, text)

    def finished(self) -> list[Line]:
        """All lines on which anything is left, or nothing ever stood."""
        if self._kind:
            raise self._unclosed()
        return [line for line, marked in self._lines if not marked or line.text.strip() or line.asides]

    def _outside(self, line: Line, text: str) -> str:
        """What of a line stands outside of asides."""
        kept, at, begin = list[str](), 0, 0
        while found := _MARKS[self._kind].search(text, at):
            at = found.end()
            mark = found.group()
            if mark[0] == "\\":
                continue
            if self._kind:
                self._close(line.number, mark, text[begin : found.start()])
            else:
                kept.append(text[begin : found.start()])
                self._open(line, mark)
            begin = at
        (self._inside if self._kind else kept).append(text[begin:])
        return reduce(_joined, kept, "")

    def _open(self, line: Line, mark: str) -> None:
        if mark == "]]":
            raise Misread(line.number, "“]]” ends a note, but none begins", "write “[[” before it, or ]\\] in words")
        self._kind, self._home, self._inside = "note" if mark == "[[" else "boneyard", line, []

    def _close(self, number: int, mark: str, text: str) -> None:
        if mark == "[[":
            raise Misread(number, "a note begins inside of a note", "end the first one with “]]”, or write [\\[ in it")
        assert self._kind
        aside = Aside(self._kind, "\n".join([*self._inside, text]), self._home.number, number)
        self._home.asides.append(aside)
        self._kind = None

    def _unclosed(self) -> Misread:
        opened, closed = ("[[", "]]") if self._kind == "note" else ("/*", "*/")
        return Misread(self._home.number, f"“{opened}” is not closed", f"write “{closed}” where it ends")


def _joined(left: str, right: str) -> str:
    """Two stretches of a line, and not the spaces on both sides of what stood between them."""
    return left + (right.lstrip() if left.endswith((" ", "\t")) else right)
