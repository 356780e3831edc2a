"""Receives a screenplay as a file. Emits it as beats; what is wrong in it is told with file and line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from her_desktop.screenplay.reading.course import Time
from her_desktop.screenplay.reading.fountain import Element, elements
from her_desktop.screenplay.reading.hers import hers_of
from her_desktop.screenplay.reading.his import his_of
from her_desktop.screenplay.reading.notes import read_note
from her_desktop.screenplay.reading.slips import check_slips
from her_desktop.screenplay.reading.speeches import Speech, speeches
from her_desktop.screenplay.reading.text import plain
from her_desktop.screenplay.reading.time import clock_of
from her_desktop.screenplay.reading.title import title_of
from her_desktop.screenplay.reading.trouble import Misread
from her_desktop.screenplay.script import Beat, Expectation, Given, Hers, His, Screenplay, Title
from her_desktop.trouble import Trouble


def read(path: Path) -> Screenplay:
    """Read a screenplay.

    Raises:
        Trouble: it cannot be read, or is no screenplay that can be performed; names file and line.
    """
    try:
        data = path.read_bytes()
    except IsADirectoryError as error:
        raise Trouble(str(path), "is a folder", "name a *.fountain file") from error
    except OSError as error:
        raise Trouble(str(path), error.strerror or str(error), "name a *.fountain file that can be read") from error
    return parse(_decoded(data, path), path)


def parse(text: str, path: Path) -> Screenplay:
    """Read the text of a screenplay.

    Args:
        text: all of it.
        path: of its file, for errors and for what it names from its folder; the file need not be there.

    Raises:
        Trouble: it is no screenplay that can be performed; names file and line.
    """
    try:
        found = elements(text)
        title = title_of(found, path.parent)
        parts = list(speeches(found))
        check_slips(parts, title.her)
        return Screenplay(path, title, _Beats(title, path.parent).of(parts))
    except Misread as error:
        raise Trouble(f"{path}:{error.line}", error.why, error.todo) from error


def _decoded(data: bytes, path: Path) -> str:
    todo = "a screenplay is plain text: save it as UTF-8"
    if (at := data.find(b"\0")) >= 0:
        raise Trouble(f"{path}:{_line_of(data, at)}", "is no text", todo)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Trouble(f"{path}:{_line_of(data, error.start)}", "is not UTF-8", todo) from error


def _line_of(data: bytes, at: int) -> int:
    return data.count(b"\n", 0, at) + 1


class _Beats:
    """The beats so far, what he does in the next one, and what is arranged for the one behind it."""

    def __init__(self, title: Title, folder: Path) -> None:
        self._title, self._folder = title, folder
        self._beats: list[Beat] = []
        self._scene = ""
        self._his: His | None = None
        self._given: tuple[Given, ...] = ()
        """For what he does now."""
        self._next: list[Given] = []
        """For what he does next."""
        self._before = "nobody has spoken before her"
        self._time = Time(title.begins)

    def of(self, parts: Iterable[Speech | Element]) -> tuple[Beat, ...]:
        for part in parts:
            if isinstance(part, Speech):
                if part.who.casefold() == self._title.her.casefold():
                    self._hers(part)
                else:
                    self._says(part)
            elif part.kind == "heading":
                self._heading(part)
            elif part.kind == "note":
                self._note(part)
        self._answered(None)
        if not self._beats:
            raise Misread(1, "nobody says anything in it", "write a name in upper case, and words right below it")
        if len({beat.his.who for beat in self._beats if beat.his}) > 1 and not any(beat.hers for beat in self._beats):
            raise Misread(
                self._beats[0].line,
                f"{self._title.her} says nothing in it, so nothing would be checked",
                f"name her {self._title.her}, or write Her: and her name on the title page",
            )
        if late := next((one for one in self._next if one.what != "clock"), None):
            raise Misread(late.line, "this is arranged, but he says nothing behind it", "move it before a line of his")
        return tuple(self._beats)

    def _heading(self, heading: Element) -> None:
        self._answered(None)
        self._before = "a scene begins, and nobody has spoken in it"
        self._scene = plain(heading.text)
        if clock := clock_of(self._scene, heading.line):
            self._next.append(Given("clock", heading.line, value=clock.isoformat()))

    def _note(self, note: Element) -> None:
        match read_note(note.text, note.line):
            case Given() as given:
                self._next.append(given)
            case Expectation() as expected:
                raise Misread(
                    note.line,
                    f"[[{expected.text}]] is expected of her, but stands under no name",
                    f"write it right below {self._title.her}, without an empty line between",
                )

    def _says(self, speech: Speech) -> None:
        self._answered(None)
        his = his_of(speech, self._folder)
        expected, given = speech.asked()
        if expected:
            raise Misread(
                expected[0].line,
                f"[[{expected[0].text}]] is expected of her, but stands under {speech.who}",
                f"write it right below {self._title.her}; an empty line goes before her name",
            )
        self._his, self._given, self._next = his, _in_order([*self._next, *given]), []
        self._time.goes_on(self._given, his)

    def _hers(self, speech: Speech) -> None:
        expected, given = speech.asked()
        hers = hers_of(speech, expected)
        if not self._his:
            raise Misread(
                speech.cue.line,
                f"{self._title.her} speaks, but {self._before}",
                "write what he says first; where she speaks of herself, he does (silence, 20 s)",
            )
        self._next += given
        self._answered(hers)
        self._before = "she has just answered"

    def _answered(self, hers: Hers | None) -> None:
        """What he does is done: with her answer, or without one."""
        if self._his:
            self._beats.append(Beat(self._scene, self._his, hers, self._given))
        self._his = None


def _in_order(given: list[Given]) -> tuple[Given, ...]:
    """What is arranged, in its order; but a new profile comes before the clock of its scene's heading is set."""
    fresh = max((at for at, one in enumerate(given) if one.what == "fresh"), default=0)
    clocks = [one for one in given[:fresh] if one.what == "clock"][-1:]
    return (
        *(one for one in given[:fresh] if one.what != "clock"),
        *given[fresh : fresh + 1],
        *clocks,
        *given[fresh + 1 :],
    )
