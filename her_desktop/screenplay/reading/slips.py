"""Finds lines that Fountain would take for something else than was meant, so that nothing of a test is lost unseen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from her_desktop.screenplay.reading.fountain import Element
from her_desktop.screenplay.reading.hers import ANYTHING, is_hers
from her_desktop.screenplay.reading.his import is_his
from her_desktop.screenplay.reading.speeches import Speech
from her_desktop.screenplay.reading.trouble import Misread, short


def check_slips(parts: Sequence[Speech | Element], her: str) -> None:
    """Look for slips of the pen.

    Args:
        parts: of the screenplay, in order.
        her: her name, which is known even where she never speaks.

    Raises:
        Misread: the first one.
    """
    names = {her.casefold()} | {part.who.casefold() for part in parts if isinstance(part, Speech)}
    for part in parts:
        if isinstance(part, Speech):
            _check_speech(part, names)
        elif part.in_speech and part.kind != "note":
            raise Misread(
                part.line,
                f"a {part.kind} begins in the middle of a speech",
                "put an empty line before it, or \\ if the words are said",
            )
        elif part.kind == "action":
            _check_action(part, names)


def _check_speech(speech: Speech, names: Iterable[str]) -> None:
    if speech.cue.in_speech:
        raise Misread(speech.cue.line, f"no empty line before {speech.who}", "put one empty line before every name")
    if speech.who.endswith(":"):
        raise Misread(speech.cue.line, f"“{speech.who}” has a colon", f"write only {speech.who.rstrip(':')}")
    for one in speech.words:
        if one.text.isupper() and one.text.casefold() in names and one.line < _last_said(speech):
            raise Misread(
                one.line, f"no empty line before {one.text}", "put an empty line before every name, or \\ if it is said"
            )
        if one.text.startswith("(") and ")" not in one.text:
            raise Misread(
                one.line, f"the bracket of “{short(one.text)}” is not closed", "write ), or \\( if it is said"
            )


def _last_said(speech: Speech) -> int:
    return max(one.line for one in (*speech.words, *speech.brackets))


def _check_action(action: Element, names: set[str]) -> None:
    text = action.text
    name, colon, said = text.partition(":")
    if text.casefold() in names:
        todo = "write the name in upper case, after an empty line, and what belongs to it right below"
        raise Misread(action.line, f"“{short(text)}” is no name here, for nothing stands right below it", todo)
    if colon and name.strip().casefold() in names:
        raise Misread(
            action.line,
            f"the name and the words stand on one line: “{short(text)}”",
            f"write {name.strip().upper()} on a line of its own, and “{short(said.strip())}” below it",
        )
    if text.startswith("(") and text.endswith(")") and (is_his(text[1:-1]) or is_hers(text[1:-1])):
        raise Misread(action.line, f"{text} stands under no name", "write the name right above it")
    if text in ANYTHING:
        raise Misread(action.line, f"{text} stands under no name", "write her name right above it")
