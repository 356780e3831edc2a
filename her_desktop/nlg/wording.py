"""Wordings: templates of what she says, parsed once, realized to spans that each know where they came from.

`{slot}` his word, `{slot|you}` the same turned from me to you, `{slot|title}` as a name, `{user.name}` a remembered
fact, `{clock.time}` what a skill computed. Text beside a dotted name inside the braces is said only where there is a
value: `{, user.name}`.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable, Mapping

import msgspec

from her_desktop.events import Origin, Span

_HOLE = re.compile(r"\{([^{}]*)\}")
_NAME = re.compile(r"[a-z_]\w*\.[a-z_]\w*|^[a-z_]\w*(?=\||$)")
FILTERS = ("you", "title")


class WordingError(ValueError):
    """A wording that cannot be parsed, or a value that it needs and that is not there."""


class Value(msgspec.Struct, frozen=True):
    """Something a hole is filled with, and where it came from."""

    text: str
    origin: Origin
    source: str


class Hole(msgspec.Struct, frozen=True):
    """A place for a value; `before` and `after` are said only where there is one."""

    name: str
    filter: str = ""
    """`you` turns it from me to you, `title` capitalizes it as a name."""
    before: str = ""
    after: str = ""

    @property
    def optional(self) -> bool:
        """Whether the wording stands without the value."""
        return bool(self.before or self.after)


class Wording(msgspec.Struct, frozen=True):
    """One parsed wording."""

    text: str
    parts: tuple[str | Hole, ...]

    @property
    def needs(self) -> frozenset[str]:
        """Names that must have a value."""
        return frozenset(part.name for part in self.parts if isinstance(part, Hole) and not part.optional)

    @property
    def reflected(self) -> frozenset[str]:
        """Names that must be turned from me to you."""
        return frozenset(part.name for part in self.parts if isinstance(part, Hole) and part.filter == "you")

    @property
    def names(self) -> frozenset[str]:
        """All names that it mentions."""
        return frozenset(part.name for part in self.parts if isinstance(part, Hole))


def parse_wording(text: str) -> Wording:
    """Parse a wording.

    Raises:
        WordingError: a brace is not closed or holds no name.
    """
    pieces = _HOLE.split(" ".join(text.split()))
    if any("{" in piece or "}" in piece for piece in pieces):
        raise WordingError(f"a brace is never closed or opened in “{text}”")
    parts: list[str | Hole] = [_hole(piece) if at % 2 else piece for at, piece in enumerate(pieces)]
    return Wording(text, tuple(part for part in parts if part))


def _hole(inside: str) -> Hole:
    found = _NAME.search(inside)
    if not found:
        raise WordingError(f"{{{inside}}} holds no name")
    before, after = inside[: found.start()], inside[found.end() :]
    if not after.startswith("|"):
        return Hole(found.group(), "", before, after)
    if after[1:] not in FILTERS:
        raise WordingError(f"{{{inside}}}: no filter “{after[1:]}” (there are {', '.join(FILTERS)})")
    return Hole(found.group(), after[1:], before)


def realize(
    wording: Wording, values: Mapping[str, Value], source: str, reflect: Callable[[str], str]
) -> tuple[Span, ...]:
    """What she says: the wording filled in (see `fill`), with a capital at the beginning of each sentence."""
    return _sentence_case(fill(wording, values, source, reflect))


def fill(wording: Wording, values: Mapping[str, Value], source: str, reflect: Callable[[str], str]) -> list[Span]:
    """Fill a wording in. The joined texts of the spans are the reply; adjacent spans of one source are one.

    Args:
        wording: what to say.
        values: what the holes may be filled with, by name.
        source: names the template and variant, for the words that were written beforehand.
        reflect: turns his words from me to you.

    Raises:
        WordingError: a value that the wording needs is missing.
    """
    spans: list[Span] = []
    for part in wording.parts:
        if isinstance(part, str):
            spans.append(Span(part, "author", source))
        elif value := values.get(part.name):
            text = filtered(value.text, part.filter, reflect)
            around = (Span(part.before, "author", source), Span(text, value.origin, value.source))
            spans += [*around, Span(part.after, "author", source)]
        elif not part.optional:
            raise WordingError(f"“{wording.text}” needs {part.name}, which has no value")
    return _joined(spans)


def filtered(text: str, name: str, reflect: Callable[[str], str]) -> str:
    """A value as a filter changes it."""
    match name:
        case "you":
            return reflect(text)
        case "title":
            return text if any(c.isupper() for c in text) else string.capwords(text)
    return text


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in spans:
        if not span.text:
            continue
        if joined and (joined[-1].origin, joined[-1].source) == (span.origin, span.source):
            joined[-1] = Span(joined[-1].text + span.text, span.origin, span.source)
        else:
            joined.append(span)
    return joined


def _sentence_case(spans: Iterable[Span]) -> tuple[Span, ...]:
    cased, begins, stopped = [], True, False
    for span in spans:
        text = ""
        for character in span.text:
            begins = begins or (stopped and character.isspace())
            text += character.upper() if begins and character.isalpha() else character
            begins = begins and not character.isalnum()
            stopped = character in ".!?"
        cased.append(Span(text, span.origin, span.source))
    return tuple(cased)
