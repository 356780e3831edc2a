"""The lines of a screenplay while some of them are rewritten; all others stay as they are, to the byte."""

from __future__ import annotations

import re

from her_desktop.screenplay.found import words
from her_desktop.screenplay.reading.fountain import Element, elements
from her_desktop.screenplay.reading.notes import read_note
from her_desktop.screenplay.reading.text import quoted
from her_desktop.screenplay.reading.trouble import Misread
from her_desktop.screenplay.reading.values import named
from her_desktop.screenplay.script import Expectation, Hers
from her_desktop.screenplay.writing.text import speech, value

_ENDS = re.compile(r"(\r\n|\r|\n)")
_NOTE = re.compile(r"\[\[((?:\\.|(?!]](?!])).)*)]](?!])")
_QUOTATION_MARKS = ('"', "“", "„")


class Lines:
    """The text of a screenplay, line by line."""

    def __init__(self, source: str) -> None:
        pieces = _ENDS.split(source)
        self._lines: list[str | None] = [*pieces[::2]]
        self._ends = [*pieces[1::2], ""]
        self._elements = [one for one in elements(source) if one.in_speech]

    def text(self) -> str:
        """The text as it is now."""
        return "".join(line + end for line, end in zip(self._lines, self._ends, strict=True) if line is not None)

    def put_value(self, wanted: Expectation, found: str) -> bool:
        """Put another value into a note, or a tone into its brackets; False where it is not found on its line."""
        line = self._lines[wanted.line - 1]
        if line is None or "/*" in line:
            return False
        if wanted.check == "tone" and line.strip() == f"({wanted.wanted[0]})":
            self._lines[wanted.line - 1] = line.replace(wanted.wanted[0], found)
            return True
        for note in _NOTE.finditer(line):
            if _is(note[1], wanted):
                inner = _with(note[1], wanted, found)
                self._lines[wanted.line - 1] = f"{line[: note.start(1)]}{inner}{line[note.end(1) :]}"
                return True
        return False

    def put_words(self, hers: Hers, said: str) -> bool:
        """Put other words into her mouth; False where hers are not found as they were read."""
        first, *others = self._words(hers)
        if not all(self._has(one) for one in (first, *others)):
            return False
        self._swap(first, _speech(said))
        for one in others:
            self._swap(one, "")
        return True

    def add_words(self, hers: Hers, said: str) -> bool:
        """Add a line to those of which she says one."""
        last = self._words(hers)[-1]
        line = self._lines[last.line - 1]
        if line is None or not self._has(last):
            return False
        indent = line[: len(line) - len(line.lstrip())]
        end = self._ends[last.line - 1] or next(filter(None, self._ends), "\n")
        self._lines[last.line - 1] = f"{line}{end}{indent}{_speech(said)}"
        return True

    def _words(self, hers: Hers) -> list[Element]:
        here = range(hers.text_line, hers.last_line + 1)
        return [one for one in self._elements if one.kind in ("dialogue", "lyrics") and one.line in here and one.text]

    def _has(self, one: Element) -> bool:
        line = self._lines[one.line - 1]
        return line is not None and line.count(one.text) == 1

    def _swap(self, one: Element, text: str) -> None:
        line = self._lines[one.line - 1]
        assert line is not None
        left = line.replace(one.text, text)
        self._lines[one.line - 1] = left if left.strip() else None


def _speech(said: str) -> str:
    return speech(words(said))


def _with(note: str, wanted: Expectation, found: str) -> str:
    """The text of a note with another value, in quotation marks where it was before."""
    rest: str | None = note.partition(":")[2].strip()
    if wanted.name:
        rest = named(rest or "", wanted.line)[1]
    assert rest, "a note with a value has it behind a colon"
    end = len(note.rstrip())
    shown = quoted(found) if rest[0] in _QUOTATION_MARKS else value(found)
    return note[: end - len(rest)] + shown + note[end:]


def _is(note: str, wanted: Expectation) -> bool:
    try:
        return read_note(note, wanted.line) == wanted
    except Misread:
        return False
