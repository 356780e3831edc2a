"""What values in a screenplay can be: known names, facts, rules, numbers, lengths of time, regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable

from her_desktop.screenplay.reading.time import seconds
from her_desktop.screenplay.reading.trouble import Misread, near, short

_RULE = re.compile(r"[\w.*/-]+")
_ANYTHING = (*map(chr, range(32, 127)), *"äÉßשж漢“”„«»–—…€🙂", "I have felt everything, haven't I? Yes. – Have you?")
"""What a regular expression that matches everything matches, each of it."""
_LIMITED = re.compile(r"\(\?<?!|\{\d*,?\d+\}")
"""What a regular expression can fail by on words that nobody thinks of: what must not come, and how much may."""
_FACT = re.compile(r"[^\W\d]\w*\.[^\W\d]\w*")


def check_known(what: str, value: str, known: Iterable[str], line: int) -> None:
    """See whether a name is one of the known ones; a star in it stands for any letters.

    Raises:
        Misread: it is none.
    """
    known = tuple(known)
    starred = re.compile(".*".join(map(re.escape, value.split("*"))))
    if not any(map(starred.fullmatch, known)):
        raise Misread(line, f"there is no {what} “{short(value)}”", near(value, known))


def check_fact(name: str, line: int, *, stars: bool = False) -> None:
    """See whether this names a fact, or with `stars` perhaps several.

    Raises:
        Misread: it does not.
    """
    if not _FACT.fullmatch(name.replace("*", "x") if stars else name):
        raise Misread(line, f"“{short(name)}” is no fact", "a fact is named as user.name or sister.name is")


def rule_named(name: str, line: int) -> str:
    """The name of a rule; stars in it stand for any letters.

    Raises:
        Misread: it is none.
    """
    if not _RULE.fullmatch(name):
        raise Misread(line, f"“{short(name)}” is no name of a rule", "a rule is named TOPIC.NAME, as in the packs")
    return name


def wording(value: str, line: int) -> str:
    """The number of a wording from 1 on, or `plain`.

    Raises:
        Misread: it is neither.
    """
    if value != "plain" and not (re.fullmatch(r"\d{1,6}", value) and int(value)):
        raise Misread(line, f"“{short(value)}” is no wording", "write its number, from 1 on, or plain")
    return value


def pattern(text: str, line: int) -> str:
    """A regular expression.

    Raises:
        Misread: it is none, or matches everything.
    """
    try:
        compiled = re.compile(text)
    except (re.error, RecursionError, OverflowError) as error:
        raise Misread(
            line,
            f"“{short(text)}” is no regular expression: {error}",
            "write \\ before a character that means itself",
        ) from error
    if not text or _never_fails(compiled):
        raise Misread(line, f"the regular expression “{short(text)}” matches everything", "write one that can fail")
    return text


def _never_fails(compiled: re.Pattern[str]) -> bool:
    if _LIMITED.search(compiled.pattern):
        return False
    return all(map(compiled.search, (*compiled.pattern, *_ANYTHING)))


def length_s(value: str, line: int) -> float:
    """A length of time in seconds.

    Raises:
        Misread: it is none.
    """
    found = seconds(value)
    if found is None:
        raise Misread(
            line, f"“{short(value)}” is no length of time", "write it as 300 ms, 20 s, 1 hour 30 minutes or 3 days"
        )
    return found


def in_digits(value: float) -> str:
    """A number, without decimals where it has none."""
    return f"{value:.0f}" if value == int(value) else repr(round(value, 6))


def milliseconds(value: str, line: int) -> str:
    """A length of time in milliseconds, with its unit.

    Raises:
        Misread: it is none.
    """
    return f"{in_digits(length_s(value, line) * 1000)} ms"


def whole(text: str, line: int) -> int:
    """A whole number, as a seed is.

    Raises:
        Misread: it is none.
    """
    if not re.fullmatch(r"-?\d{1,18}", text):
        raise Misread(line, f"“{short(text)}” is no whole number", "write the seed in digits, as 7")
    return int(text)
