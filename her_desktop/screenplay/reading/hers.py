"""Receives a speech of hers. Emits what she is expected to say, and what must hold of the turn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from her_desktop.dialogue.rules import Tone
from her_desktop.screenplay.reading.forms import pattern
from her_desktop.screenplay.reading.fountain import Element
from her_desktop.screenplay.reading.speeches import Speech
from her_desktop.screenplay.reading.text import plain
from her_desktop.screenplay.reading.trouble import Misread, near, short
from her_desktop.screenplay.script import Expectation, Hers, Like

ANYTHING = ("...", "…")
"""Words that stand for any words."""

_LIKES: dict[str, Like] = {"like": "like", "one of": "one of", "matching": "matching", "silent": "silent"}
_TONES: tuple[str, ...] = get_args(Tone)


def hers_of(speech: Speech, expected: Iterable[Expectation]) -> Hers:
    """What is expected of her.

    Args:
        speech: hers.
        expected: what its notes expect.

    Raises:
        Misread: something in brackets is not understood, or does not go together with her words.
    """
    like, tone = _brackets(speech)
    expectations = (*((Expectation("tone", (tone.text,), tone.line),) if tone else ()), *expected)
    meant = _meant(speech, like)
    return Hers(speech.cue.line, meant, _texts(speech, meant), speech.text_line, speech.last_line, expectations)


def is_hers(bracket: str) -> bool:
    """Whether this may stand in brackets above her words."""
    return bracket in _LIKES or bracket in _TONES


def _brackets(speech: Speech) -> tuple[Like | None, Element | None]:
    """How her words are meant, and the tone, where they are told."""
    like: Element | None = None
    tone: Element | None = None
    for bracket in speech.brackets:
        _check_bracket(speech, bracket)
        before = tone if bracket.text in _TONES else like
        if before:
            raise Misread(
                bracket.line, f"({before.text}) and ({bracket.text}) cannot be at once", "leave one of them out"
            )
        like, tone = (like, bracket) if bracket.text in _TONES else (bracket, tone)
    return _LIKES[like.text] if like else None, tone


def _check_bracket(speech: Speech, bracket: Element) -> None:
    if not is_hers(bracket.text):
        parts = [part.strip() for part in bracket.text.split(",")]
        apart = len(parts) > 1 and all(is_hers(part) for part in parts)
        todo = "write each in brackets of its own, on a line of its own" if apart else near(
            bracket.text, [*_LIKES, *_TONES]
        )  # fmt: skip
        raise Misread(bracket.line, f"“({short(bracket.text)})” is no way in which she speaks", todo)
    if speech.words and speech.text_line < bracket.line:
        raise Misread(bracket.line, f"“({bracket.text})” stands below her words", "write it between her name and them")


def _meant(speech: Speech, like: Like | None) -> Like:
    if like == "silent" and speech.words:
        raise Misread(speech.text_line, "she says something below (silent)", "leave the words out, or the bracket")
    if like in ("like", "one of", "matching") and not speech.words:
        raise Misread(speech.cue.line, f"({like}) stands above nothing", "write her words below it")
    if like:
        return like
    return "anything" if not speech.words or speech.text in ANYTHING else "exact"


def _texts(speech: Speech, like: Like) -> tuple[str, ...]:
    match like:
        case "matching":
            return (pattern(" ".join(one.text for one in speech.words), speech.text_line),)
        case "one of":
            return tuple(plain(one.text) for one in speech.words)
        case _:
            return (speech.text,) if speech.words else ()
