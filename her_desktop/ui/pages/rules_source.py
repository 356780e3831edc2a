"""The lines of a pack file in which a rule is written: from its first to its last. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec

from her_desktop.dialogue import yaml_lines

MOST_LINES = 400
"""Of a longer rule, so many are shown."""


class Source(msgspec.Struct, frozen=True):
    """Where a rule is written, and how."""

    file: str
    first: int
    """Its first line, counted from 1."""
    lines: tuple[str, ...] = ()
    """As they stand in the file; none where it is not kept."""
    more: int = 0
    """How many further lines it has."""


def source(text: str, file: str, first: int, path: Sequence[str | int] = ()) -> Source:
    """The lines of a rule, or of a part of it.

    Args:
        text: the whole file.
        file: its name.
        first: the line on which the rule at the top of the pack begins.
        path: leads from there to the part: `("expects", 0)`.
    """
    lines = text.splitlines()
    end = _end(lines, first)
    if path:
        first, end = _part(text, lines, first, end, path)
    shown = lines[first - 1 : end]
    return Source(file, first, tuple(shown[:MOST_LINES]), max(0, len(shown) - MOST_LINES))


def source_around(text: str, file: str, line: int) -> Source:
    """The lines of the rule that a line stands in; that line alone where it stands in none."""
    lines = text.splitlines()
    begins = []
    for number in range(min(line, len(lines)), 0, -1):
        written = lines[number - 1]
        if written.lstrip().startswith("- "):
            begins.append((_indent(written), -number))
        if _is_content(written) and not written.startswith((" ", "-")):
            break
    return source(text, file, -min(begins)[1] if begins else line)


def kept_text(file: str, hashes: Mapping[str, str], content: Callable[[str], bytes | None], marks: str) -> str | None:
    """The text of a pack as it is in force; None where it is not kept.

    Args:
        file: its name, without its folder.
        hashes: name with folder to SHA-256, of all packs in force.
        content: what is kept under a hash.
        marks: words of it, by which it is told from others of the same name.
    """
    named = [sha for name, sha in hashes.items() if name.rpartition("/")[2].rpartition(":")[2] == file]
    texts = [found.decode("utf-8", "replace") for sha in named if (found := content(sha)) is not None]
    return next((text for text in texts if marks in text), next(iter(texts), None))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _is_content(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _end(lines: Sequence[str], first: int) -> int:
    """The last line of what begins on a line: before the next one that stands as far to the left."""
    begin = lines[first - 1] if first <= len(lines) else ""
    limit = _indent(begin) if begin.lstrip().startswith("- ") else _indent(begin) - 1
    last = first
    for number in range(first + 1, len(lines) + 1):
        line = lines[number - 1]
        if _is_content(line):
            if _indent(line) <= limit:
                break
            last = number
    return last


def _part(text: str, lines: Sequence[str], first: int, end: int, path: Sequence[str | int]) -> tuple[int, int]:
    """First and last line of a part; the whole file is read only where the rule cannot be read by itself."""
    try:
        _, found = yaml_lines.read("\n".join(lines[first - 1 : end]))
        place = first - 1 + found.of(*_within(lines[first - 1]), *path)
    except yaml_lines.YamlError:  # it uses what stands elsewhere
        _, found = yaml_lines.read(text)
        place = found.of(*_way(found, first), *path)
    return place, min(end, _end(lines, place))


def _way(found: yaml_lines.Lines, first: int) -> tuple[str | int, ...]:
    """What leads from the top of the file to the rule that begins on a line."""
    for kind in ("rules", "gambits", "confirms"):
        each = found.node(kind)
        for at, rule in enumerate(each.value if each else ()):
            if not isinstance(rule, tuple) and rule.start_mark.line + 1 == first:
                return kind, at
    return ()


def _within(line: str) -> tuple[int, ...]:
    return (0,) if line.lstrip().startswith("- ") else ()
