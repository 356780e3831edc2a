"""Receives a speech of his. Emits what he does in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from her_desktop.screenplay.reading.fountain import Element
from her_desktop.screenplay.reading.heard import alternatives
from her_desktop.screenplay.reading.speeches import Speech
from her_desktop.screenplay.reading.time import seconds
from her_desktop.screenplay.reading.title import there
from her_desktop.screenplay.reading.trouble import Misread, near, short
from her_desktop.screenplay.script import His

_BRACKET = re.compile(r"([^\W\d_]+)\s*[:,]?\s*(.*)")
_AFTER = re.compile(r"(?:after\s+(\d{1,6})\s+words?)?")
_SHAPES = {
    "heard": '(heard: "what time is it" | "what time")',
    "typing": "(typing)",
    "recording": "(recording: hello.wav)",
    "interrupting": "(interrupting after 3 words)",
    "silence": "(silence, 20 s)",
    "whispering": "(whispering)",
}
"""What may stand in brackets above his words, each as it is written."""
_APART = (
    {"silence", "heard"}, {"silence", "typing"}, {"silence", "recording"}, {"silence", "whispering"},
    {"silence", "interrupting"}, {"recording", "heard"}, {"recording", "typing"}, {"recording", "whispering"},
    {"typing", "whispering"}, {"typing", "heard"},
)  # fmt: skip
"""What cannot be at once."""


def his_of(speech: Speech, folder: Path) -> His:
    """What he does.

    Args:
        speech: his.
        folder: that of the screenplay, from which recordings are seen.

    Raises:
        Misread: something in brackets is not understood, or does not go together with the rest.
    """
    done, lines = dict[str, Any](), dict[str, int]()
    for bracket in speech.brackets:
        what, told = _told(bracket)
        _check_place(speech, bracket)
        if what in lines:
            raise Misread(bracket.line, f"({what}) stands above his words twice", "leave one of them out")
        lines[what] = bracket.line
        done |= _READ[what](told, bracket.line, folder)
        _check_apart(lines, bracket.line)
    _check_words(speech, lines)
    return His(speech.cue.line, speech.who, speech.text, speech.text_line, **done)


def is_his(bracket: str) -> bool:
    """Whether this may stand in brackets above his words."""
    found = _BRACKET.fullmatch(bracket)
    return bool(found and found[1] in _SHAPES)


def _told(bracket: Element) -> tuple[str, str]:
    found = _BRACKET.fullmatch(bracket.text)
    what = found[1] if found else bracket.text
    if not found or what not in _SHAPES:
        todo = f"{near(what, _SHAPES)} For people, write it as action or as a note, or \\( if he says it"
        raise Misread(bracket.line, f"“({short(bracket.text)})” is nothing that he can do", todo)
    return what, found[2]


def _check_place(speech: Speech, bracket: Element) -> None:
    if speech.words and speech.text_line < bracket.line:
        raise Misread(
            bracket.line, f"“({short(bracket.text)})” stands below his words", "write it between his name and them"
        )


def _check_apart(lines: Mapping[str, int], line: int) -> None:
    for pair in _APART:
        if pair <= lines.keys():
            first, second = sorted(pair, key=lambda what: lines[what])
            raise Misread(line, f"({first}) and ({second}) cannot be at once", "leave one of them out")


def _check_words(speech: Speech, lines: Mapping[str, int]) -> None:
    if "silence" in lines and speech.words:
        raise Misread(speech.text_line, "he says something below (silence)", "leave the words out, or the bracket")
    if not speech.words and not lines.keys() & {"silence", "recording"}:
        raise Misread(
            speech.cue.line, f"{speech.who} says nothing", "write his words below the name, or (silence, 20 s)"
        )


def _flag(what: str, **done: bool | str) -> Callable[[str, int, Path], dict[str, Any]]:
    def read(told: str, line: int, _folder: Path) -> dict[str, Any]:
        if told:
            raise Misread(line, f"“{told}” is not understood behind “{what}”", f"write {_SHAPES[what]}")
        return dict(done)

    return read


def _heard(told: str, line: int, _folder: Path) -> dict[str, Any]:
    return {"heard": alternatives(told, line)}


def _recording(told: str, line: int, folder: Path) -> dict[str, Any]:
    if not told:
        raise Misread(line, "(recording) does not say which", f"write {_SHAPES['recording']}")
    return {"recording": there(folder, told, line, "a recording")}


def _interrupting(told: str, line: int, _folder: Path) -> dict[str, Any]:
    found = _AFTER.fullmatch(told)
    if not found:
        raise Misread(line, f"“{told}” does not say when he interrupts her", f"write {_SHAPES['interrupting']}")
    return {"interrupts": True, "after_words": int(found[1] or 0)}


def _silence(told: str, line: int, _folder: Path) -> dict[str, Any]:
    length = seconds(told)
    if length is None:
        why = f"“{told}” is no length of time" if told else "(silence) does not say for how long"
        raise Misread(line, why, f"write {_SHAPES['silence']}")
    return {"silent_s": length}


_READ: Mapping[str, Callable[[str, int, Path], dict[str, Any]]] = {
    "heard": _heard,
    "typing": _flag("typing", how="typed"),
    "recording": _recording,
    "interrupting": _interrupting,
    "silence": _silence,
    "whispering": _flag("whispering", whispers=True),
}
