"""Receives the text of a note. Emits its key and its value; what was meant as a note of ours and is none, is told."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import NamedTuple, get_args

from her_desktop.screenplay.reading.givens import ALONE, EXAMPLES, GIVENS
from her_desktop.screenplay.reading.trouble import Misread, near, short
from her_desktop.screenplay.script import Check

CHECKS: tuple[Check, ...] = get_args(Check)
"""What a note can expect of her."""
FOR_PEOPLE = "note"
"""The key of a note that is for people."""

_KEYS = (*CHECKS, *GIVENS)
_WORD = r"[^\W\d](?:[^\W\d]|-)*"
_HEAD = re.compile(rf"(?:not\s+)?{_WORD}(?:\s+{_WORD}){{0,2}}", re.IGNORECASE)
"""What stands before the colon of a note of ours: up to three words."""
_NOT = re.compile(r"not(?:[\s_-]+|$)", re.IGNORECASE)
_GAP = re.compile(r"[\s=;]+")
_FOLDED = re.compile(r"[\s_-]+")
_MOST_BEHIND = 2
"""A misspelled key is looked for where no more words stand behind it; with more of them it is a sentence."""
_LEAST_LETTERS = 4
"""Shorter words are near to too many others."""
_ALIKE = 0.8


class Key(NamedTuple):
    """A note of ours."""

    turned: bool
    """Whether `not` stands before it."""
    key: str
    told: str | None
    """What stands behind the colon; None where there is none."""


def key_of(text: str, line: int) -> Key | None:
    """What kind of note this is.

    Args:
        text: what stands between the brackets.
        line: where it begins.

    Returns:
        None for a note that is for people.

    Raises:
        Misread: it is neither for people nor known.
    """
    before, colon, told = " ".join(part.strip() for part in text.split("\n")).partition(":")
    head = " ".join(before.split())
    key = head.removeprefix("not ")
    if key in _KEYS:
        return Key(key != head, key, told.strip() if colon else None)
    if not colon or not _HEAD.fullmatch(head):
        _check_bare(" ".join(text.split()), line)
    elif _folded(head) != FOR_PEOPLE:
        raise Misread(line, f"there is no note “{short(head)}:”", _nearest(_folded(head)))
    return None


def _folded(name: str) -> str:
    return _FOLDED.sub(" ", name).strip().casefold()


def _nearest(name: str) -> str:
    if name.removeprefix("not ") in _KEYS:
        return f"write [[{name}: …]]"
    found = near(name.removeprefix("not "), [*_KEYS, FOR_PEOPLE])
    return f"{found}{'' if found.endswith('?') else '.'} For people it is [[note: …]]"


# ---- without a colon ----


def _check_bare(text: str, line: int) -> None:
    turned = _NOT.match(text)
    meant, rest = _slip(text[turned.end() :] if turned else text)
    if not meant and not turned:
        return
    todo = _written(meant, rest, "not " if turned else "") if meant else "“not” is for checks: [[not technique: T13]]."
    raise Misread(line, f"[[{short(text)}]] is no note that is understood", f"{todo} For people it is [[note: …]]")


def _slip(text: str) -> tuple[str, str]:
    """The key that was meant, and what stands behind it; empty where none was."""
    parts = _GAP.split(text)
    for exactly in (True, False):
        for many in (2, 1):
            name, behind = _folded(" ".join(parts[:many])), len(parts) - many
            for key in _KEYS:
                if name == key if exactly else behind <= _MOST_BEHIND and _alike(name, key, many):
                    return key, "".join(_GAP.split(text, maxsplit=many)[many:])
    return "", ""


def _alike(name: str, key: str, words: int) -> bool:
    """Whether a name of so many words is a key but for a slip; it begins as the key does."""
    if min(len(name), len(key)) < _LEAST_LETTERS or name[0] != key[0] or key.count(" ") != words - 1:
        return False
    return sorted(name) == sorted(key) or SequenceMatcher(None, name, key).ratio() > _ALIKE


def _written(key: str, rest: str, turned: str) -> str:
    """How the note that was meant is written."""
    if key in GIVENS and (key in ALONE or not rest):
        return f"{EXAMPLES[key]}."
    return f"Did you mean [[{turned}{key}{f': {short(rest)}' if rest else ''}]]?"
