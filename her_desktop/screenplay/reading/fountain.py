"""Receives the text of a Fountain screenplay. Emits its elements, each with the line on which it stands.

This reader is our own because of the lines: `screenplay-tools`, `screenplain` and `jouvence` do not tell them, and
`fountain-py`, which does, drops notes inside of lines and takes a name with nothing but notes below it for action.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from her_desktop.screenplay.reading.lines import Line, lines
from her_desktop.screenplay.reading.trouble import Misread, short

Kind = Literal[
    "title", "heading", "action", "cue", "parenthetical", "dialogue", "lyrics", "transition", "centered", "section",
    "synopsis", "page break", "note", "boneyard",
]  # fmt: skip


class Element(msgspec.Struct, frozen=True):
    """One element: a line of the screenplay, or what stands in double brackets or is crossed out."""

    kind: Kind
    text: str
    """As it is written, without the marks of its kind; `read_text.plain` tells the words that are meant. A line of
    speech that was left empty has none."""
    line: int
    """From 1."""
    last_line: int
    name: str = ""
    """The key of an entry of the title page (further lines of it have none), the extension of a character's name, the
    number of a scene."""
    in_speech: bool = False
    """Whether it belongs to what a character says: no empty line stands between. Of a heading and the like: it stands
    where words were to be expected."""
    dual: bool = False
    """Said at the same time as the speech before."""


_KEY = re.compile(r"([^\W\d_][\w' -]{0,40}?)\s*:\s*(.*)")
_HEADING = re.compile(r"(?:INT\./EXT|INT/EXT|INT|EXT|EST|I/E)[. ]", re.IGNORECASE)
_FORCED_HEADING = re.compile(r"\.[^\W_]")
_SCENE_NUMBER = re.compile(r"#([\w.-]+)#$")
_TRANSITION = re.compile(r"(?=.*TO:$|FADE )[^a-z\\]+[:.]")
_PAGE_BREAK = re.compile(r"={3,}$")
_CONTINUED = re.compile(r"CONT['’]D", re.IGNORECASE)
_DIRECTION = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Marks of direction, which may stand around a name that is written among others."""


def elements(text: str) -> list[Element]:
    """The elements of a screenplay, in order. The notes of a line come behind what else stands on it.

    Raises:
        Misread: a note or a boneyard is not closed, or a line of the title page is no entry.
    """
    found = lines(text)
    begin = next((at for at, line in enumerate(found) if not line.blank), len(found))
    end = _title_end(found, begin)
    return [*_title(found[begin:end]), *_Reader(found[end:]).elements()]


def _title_end(found: Sequence[Line], begin: int) -> int:
    """Where the title page ends; where it begins if there is none."""
    first = found[begin].text.strip() if begin < len(found) else ""
    if not (entry := _KEY.fullmatch(first)) or _HEADING.match(first) or (entry[1].isupper() and not entry[2]):
        return begin
    return next((at for at in range(begin, len(found)) if found[at].blank), len(found))


def _title(found: Sequence[Line]) -> Iterator[Element]:
    """The entries; each further line of a value is an element without a key."""
    begun = False
    for line in found:
        yield from _asides(line, in_speech=False)
        text = line.text.strip()
        if line.text[:1].isspace() and begun:
            yield Element("title", text, line.number, line.number)
        elif entry := _KEY.fullmatch(text):
            begun = True
            yield Element("title", entry[2], line.number, line.number, entry[1])
        elif text:
            raise Misread(
                line.number,
                f"“{short(text)}” is no entry of the title page",
                "write `Key: value`; further lines of a value are indented, and an empty line ends the page",
            )


class _Reader:
    """Everything behind the title page."""

    def __init__(self, found: Sequence[Line]) -> None:
        self._found = found
        self._in_speech = False
        self._after_blank = True
        self._held: Line | None = None
        """An empty line of two spaces inside of speech, which goes on behind it."""

    def elements(self) -> Iterator[Element]:
        for at, line in enumerate(self._found):
            if line.blank:
                self._blank(line)
                continue
            if text := line.text.strip():
                ends = at + 1 == len(self._found) or self._found[at + 1].blank
                yield from self._element(text, line.number, ends=ends and not line.asides)
            yield from _asides(line, in_speech=self._in_speech)
            self._after_blank, self._held = False, None

    def _blank(self, line: Line) -> None:
        self._held = line if self._in_speech and len(line.text) >= 2 else None
        self._in_speech = self._held is not None
        self._after_blank = True

    def _element(self, text: str, number: int, *, ends: bool) -> Iterator[Element]:
        """What a line is; `ends` where nothing stands right below it."""
        within = self._in_speech and (not self._after_blank or text[0] == "~")
        element = _forced(text, number) or _heading(text, number)
        if not element and self._after_blank and ends and _TRANSITION.fullmatch(text):
            element = Element("transition", text, number, number)
        if not element and self._after_blank and not ends and (text.isupper() or not self._held):
            element = _cue(text, number)
        if not element and not self._in_speech:
            element = Element("action", text, number, number)
        if element:
            self._in_speech = element.kind == "cue" or (element.kind == "lyrics" and self._in_speech)
            yield msgspec.structs.replace(element, in_speech=within) if within else element
            return
        if self._held:
            yield Element("dialogue", "", self._held.number, self._held.number, in_speech=True)
        bracket = text.startswith("(") and text.endswith(")")
        kind, said = ("parenthetical", text[1:-1].strip()) if bracket else ("dialogue", text)
        yield Element(kind, said, number, number, in_speech=True)  # type: ignore[arg-type]  # it is one of the two


def _forced(text: str, number: int) -> Element | None:
    """An element whose first character tells what it is."""
    match text[0]:
        case "@":
            return _cue(text[1:].strip(), number, forced=True)
        case "!":
            kind, words = "action", text[1:]
        case "~":
            kind, words = "lyrics", text[1:]
        case ">":
            kind, words = ("centered", text[1:-1]) if text.endswith("<") else ("transition", text[1:])
        case "#":
            kind, words = "section", text.lstrip("#")
        case "=":
            kind, words = ("page break", "") if _PAGE_BREAK.fullmatch(text) else ("synopsis", text[1:])
        case _:
            return None
    return Element(kind, words.strip(), number, number)  # type: ignore[arg-type]  # each is a kind


def _heading(text: str, number: int) -> Element | None:
    forced = _FORCED_HEADING.match(text)
    if not forced and not _HEADING.match(text):
        return None
    words = text[1:] if forced else text
    scene = _SCENE_NUMBER.search(words)
    return Element(
        "heading", words[: scene.start()].strip() if scene else words, number, number, scene[1] if scene else ""
    )


def _cue(text: str, number: int, *, forced: bool = False) -> Element | None:
    """A character's name, if this is one: in upper case, or forced."""
    name = text.strip(_DIRECTION + " ")
    dual = name.endswith("^")
    name, extensions = name.rstrip("^ "), list[str]()
    while name.endswith(")") and "(" in name:
        name, _, extension = name.rpartition("(")
        name = name.rstrip()
        extensions.insert(0, extension[:-1].strip())
    if not name or not (forced or (name[0].isalpha() and name.isupper())):
        return None
    told = ", ".join(one for one in extensions if not _CONTINUED.fullmatch(one))
    return Element("cue", name, number, number, told, dual=dual)


def _asides(line: Line, *, in_speech: bool) -> Iterator[Element]:
    for one in line.asides:
        yield Element(one.kind, one.text.strip(), one.line, one.last_line, in_speech=in_speech)
