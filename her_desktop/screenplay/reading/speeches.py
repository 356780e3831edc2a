"""Receives the elements of a screenplay. Emits its speeches: a name, and all that stands below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from her_desktop.screenplay.reading.fountain import Element
from her_desktop.screenplay.reading.notes import read_note
from her_desktop.screenplay.reading.text import plain
from her_desktop.screenplay.script import Expectation, Given


class Speech(msgspec.Struct):
    """A name and what stands below it, up to an empty line."""

    cue: Element
    brackets: list[Element] = []
    """Parentheticals."""
    words: list[Element] = []
    """Lines that are spoken or sung, without empty ones."""
    notes: list[Element] = []
    last_line: int = 0

    @property
    def who(self) -> str:
        """The name in the cue."""
        return plain(self.cue.text)

    @property
    def text(self) -> str:
        """All that is said, on one line."""
        return " ".join(plain(one.text) for one in self.words)

    @property
    def text_line(self) -> int:
        """Of the first line of words; 0 where there are none."""
        return self.words[0].line if self.words else 0

    def asked(self) -> tuple[list[Expectation], list[Given]]:
        """What its notes expect, and what they arrange.

        Raises:
            Misread: a note asks for what cannot be.
        """
        found = [read_note(one.text, one.line) for one in self.notes]
        return [one for one in found if isinstance(one, Expectation)], [one for one in found if isinstance(one, Given)]


def speeches(elements: Iterable[Element]) -> Iterator[Speech | Element]:
    """Speeches and whatever stands between them, in order; what is crossed out is left out."""
    speech: Speech | None = None
    for one in elements:
        if one.kind == "cue":
            if speech:
                yield speech
            speech = Speech(one, [], [], [], one.line)
        elif speech and one.in_speech and _add(speech, one):
            speech.last_line = max(speech.last_line, one.last_line)
        elif one.kind != "boneyard":
            if speech:
                yield speech
            speech = None
            yield one
    if speech:
        yield speech


def _add(speech: Speech, one: Element) -> bool:
    """Put an element where it belongs; False for one that does not belong to a speech."""
    match one.kind:
        case "parenthetical":
            speech.brackets.append(one)
        case "dialogue" | "lyrics":
            if one.text:
                speech.words.append(one)
        case "note":
            speech.notes.append(one)
        case "boneyard":
            pass
        case _:
            return False
    return True
