"""Receives what stands behind the colon of a note. Emits its values: `a | "b"`, `name = a | b`, `/a regular one/`."""

from __future__ import annotations

import re

from her_desktop.screenplay.reading.text import unescaped
from her_desktop.screenplay.reading.trouble import Misread, short

_PAIRS = {'"': '"', "“": "”", "„": "“”"}
"""What closes a quotation mark."""
_BARE = re.compile(r"(?:\\.|[^\\|])*")
_NAME = re.compile(r"\s*(?:\\.|[^\\=])*")
_PATTERN = re.compile(r"/((?:\\.|[^\\/])*)/")
_CHARACTER = re.compile(r"\\.|.")


def values(text: str, line: int, *, patterns: bool = False) -> tuple[str, ...]:
    """Values between bars, each without its quotation marks or slashes.

    Args:
        text: what stands in the note.
        line: where it does.
        patterns: each is a regular expression, in quotation marks or between slashes. A bar divides nothing there,
            and backslashes are its own; only before the quotation mark they fall away.

    Raises:
        Misread: a value is empty, or does not end.
    """
    found, at = list[str](), 0
    while True:
        value, at = _pattern(text, at, line) if patterns else _value(text, at, line)
        found.append(value)
        at = _after_spaces(text, at)
        if at == len(text):
            return tuple(found)
        if text[at] != "|":
            raise Misread(
                line,
                f"“{short(text[at:].strip())}” stands behind a value that has ended",
                "between two values stands |",
            )
        at += 1


def quoted_pattern(text: str) -> str:
    """A regular expression as a value of a note, in quotation marks; a quotation mark in it means itself."""
    return '"' + _CHARACTER.sub(lambda found: '\\"' if found[0] == '"' else found[0], text) + '"'


def named(text: str, line: int) -> tuple[str, str | None]:
    """What stands before `=`, and all that stands behind it; None where there is no `=`.

    Raises:
        Misread: a quotation mark is not closed, nothing stands before `=` or behind it, or it is `==`, `!=` and so on.
    """
    at = _after_spaces(text, 0)
    if text[at : at + 1] in _PAIRS:
        name, at = _quoted(text, at, line)
    else:
        found = _NAME.match(text)
        assert found
        name, at = unescaped(found[0].strip()), found.end()
    at = _after_spaces(text, at)
    if text[at : at + 1] != "=":
        return text, None
    _check_sign(text, at, line)
    if not name.strip() or not text[at + 1 :].strip():
        raise Misread(
            line,
            f"nothing stands {'behind' if name.strip() else 'before'} “=” in “{short(text)}”",
            "write name = value",
        )
    return name, text[at + 1 :].strip()


def _check_sign(text: str, at: int, line: int) -> None:
    """See whether `=` stands alone, for nothing else is compared; `a! = b` may be words of hers."""
    sign = text[max(at - 1, 0) : at + 2]
    if sign.endswith("=="):
        raise Misread(line, f"“==” stands in “{short(text)}”", "write one =, as name = value")
    if sign[0] in "<>!":
        raise Misread(line, f"“{sign[:2]}” stands in “{short(text)}”", "write =, and what it is to be behind it")


def quotations(text: str, line: int) -> list[tuple[str, str]]:
    """Texts in quotation marks between bars, each with what stands behind it.

    Raises:
        Misread: one does not stand in quotation marks, or does not end.
    """
    found, at = list[tuple[str, str]](), 0
    while at <= len(text):
        at = _after_spaces(text, at)
        if text[at : at + 1] not in _PAIRS:
            raise Misread(
                line,
                f"“{short(text[at:].strip())}” is not in quotation marks",
                'write (heard: "what time" 0.6 | "that time")',
            )
        said, at = _quoted(text, at, line)
        end = text.find("|", at) if "|" in text[at:] else len(text)
        found.append((said, text[at:end].strip()))
        at = end + 1
    return found


def _value(text: str, at: int, line: int) -> tuple[str, int]:
    at = _after_spaces(text, at)
    if text[at : at + 1] in _PAIRS:
        return _quoted(text, at, line)
    found = _BARE.match(text, at)
    if not found or not found[0].strip():
        raise Misread(
            line, f"a value is missing in “{short(text)}”", "write a value on each side of |, or leave the | out"
        )
    return unescaped(found[0].strip()), found.end()


def _pattern(text: str, at: int, line: int) -> tuple[str, int]:
    at = _after_spaces(text, at)
    if text[at : at + 1] in _PAIRS:
        end = _end(text, at, line)
        return _escaped_only(text[at + 1 : end], _PAIRS[text[at]]), end + 1
    if not (found := _PATTERN.match(text, at)):
        why = "does not end" if text[at : at + 1] == "/" else "does not stand between slashes"
        raise Misread(line, f"the regular expression “{short(text[at:])}” {why}", "write /even(ing|tide)/")
    return found[1], found.end()


def _quoted(text: str, at: int, line: int) -> tuple[str, int]:
    end = _end(text, at, line)
    return unescaped(text[at + 1 : end]), end + 1


def _end(text: str, at: int, line: int) -> int:
    """Where the quotation that begins here is closed."""
    closes = _PAIRS[text[at]]
    for found in _CHARACTER.finditer(text, at + 1):
        if found[0] in closes:
            return found.start()
    raise Misread(
        line, f"a quotation mark is not closed: {short(text[at:])}", f"write {closes[-1]} where the words end"
    )


def _escaped_only(text: str, closes: str) -> str:
    """A regular expression without the backslashes before what would close its quotation."""
    return _CHARACTER.sub(lambda found: found[0][1:] if found[0][1:] and found[0][1:] in closes else found[0], text)


def _after_spaces(text: str, at: int) -> int:
    while text[at : at + 1].isspace():
        at += 1
    return at
