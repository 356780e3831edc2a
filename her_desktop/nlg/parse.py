"""Reads the text of a wording into its parts, and names the column where it is not well formed."""

from __future__ import annotations

import re
import textwrap
from functools import lru_cache

from her_desktop.nlg.wording import FILTERS, PLURALS, Hole, Optional, Part, Plural, Wording, WordingError, walk

_NAME = re.compile(r"[a-z_]\w*\.[a-z_]\w*(?:\.(?:words|when))?|^\s*[a-z_]\w*\s*$")
_PLAIN = {"": re.compile(r"[^{}\[\]]+"), "|": re.compile(r"[^{}\[\]|]+")}
_HEAD = re.compile(r"[^{}\[\]|]*")
_CASE = re.compile(r"\s*(\w+):\s*")
_DEEPEST = 16
_CALLED = {"{": "the brace “{”", "}": "the brace “}”", "[": "the bracket “[”", "]": "the bracket “]”"}


@lru_cache(4_096)
def parse_wording(text: str) -> Wording:
    """Parse a wording.

    Raises:
        WordingError: it is not well formed; the message begins with the column, counted from 1.
    """
    return Wording(text, _Reader(text).whole())


class _Reader:
    def __init__(self, text: str) -> None:
        self._text, self._at, self._depth = text, 0, 0

    def whole(self) -> tuple[Part, ...]:
        parts = self._parts("")
        if self._at < len(self._text):
            raise self._wrong(f"{_CALLED[self._text[self._at]]} closes nothing", self._at)
        return parts

    def _parts(self, stops: str) -> tuple[Part, ...]:
        """Read up to a closing bracket, the end, or one of `stops`."""
        parts: list[Part] = []
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._wrong("the brackets are nested too deep", self._at)
        while (begins := self._text[self._at : self._at + 1]) and begins not in f"]}}{stops}":
            if begins == "{":
                parts.append(self._braces())
            elif begins == "[":
                parts.append(self._brackets())
            else:
                parts.append(" ".join(re.split(r"\s+", self._take(_PLAIN[stops]).group())))
        self._depth -= 1
        return tuple(parts)

    def _brackets(self) -> Part:
        opened = self._at
        self._at += 1
        parts = self._parts("")
        self._close("]", opened)
        if not any(walk(parts)):
            raise self._wrong("the optional part needs a {name} whose value may be missing", opened)
        return Optional(parts)

    def _braces(self) -> Part:
        opened = self._at
        self._at += 1
        head = self._take(_HEAD).group()
        found = _NAME.search(head)
        filters: list[str] = []
        cases: dict[str, tuple[Part, ...]] = {}
        while self._text[self._at : self._at + 1] == "|":
            self._at += 1
            self._after_bar(filters, cases)
        self._close("}", opened)
        if not found:
            raise self._wrong(f"{{{head}}} is no name; text beside one is optional: [text {{name}}]", opened)
        name, before, after = found.group().strip(), head[: found.start()], head[found.end() :]
        part: Part = self._plural(name, cases, opened) if cases else Hole(name, tuple(filters))
        if cases and filters:
            raise self._wrong(f"{{{name}|…}} has filters and plural texts; it may have one or the other", opened)
        around = tuple(piece for piece in (before, part, after) if not isinstance(piece, str) or piece.strip())
        return Optional(around) if len(around) > 1 else part

    def _after_bar(self, filters: list[str], cases: dict[str, tuple[Part, ...]]) -> None:
        opened = self._at
        if case := _CASE.match(self._text, self._at):
            self._at = case.end()
            if case.group(1) in cases:
                raise self._wrong(f"“{case.group(1)}:” is there twice", opened)
            cases[case.group(1)] = self._case_parts()
            return
        name = self._take(_HEAD).group().strip()
        if name not in FILTERS:
            raise self._wrong(f"no filter “{name}” (there are {', '.join(FILTERS)})", opened)
        if filters and FILTERS[filters[-1]].last:
            raise self._wrong(f"“{filters[-1]}” must be the last filter", opened)
        filters.append(name)

    def _case_parts(self) -> tuple[Part, ...]:
        *first, last = self._parts("|") or ("",)
        return (*first, last.rstrip() if isinstance(last, str) else last)

    def _plural(self, name: str, cases: dict[str, tuple[Part, ...]], opened: int) -> Plural:
        for key in cases:
            if key not in PLURALS and not re.fullmatch(r"[0-9]+", key):
                raise self._wrong(f"“{key}:” is no number and no plural category", opened)
        if "other" not in cases:
            raise self._wrong(f"{{{name}|…}} needs a text for “other:”", opened)
        return Plural(name, cases)

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str]:
        found = pattern.match(self._text, self._at)
        assert found, "the caller looked at the first character"
        self._at = found.end()
        return found

    def _close(self, closing: str, opened: int) -> None:
        if self._text[self._at : self._at + 1] != closing:
            raise self._wrong(f"{_CALLED[self._text[opened]]} is never closed", opened)
        self._at += 1

    def _wrong(self, why: str, at: int) -> WordingError:
        return WordingError(f"column {at + 1} of “{textwrap.shorten(self._text, 200, placeholder='…')}”: {why}")
