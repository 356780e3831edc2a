"""The packs as they are written. Receives paths; emits where each rule and each part of it stands, line and column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from her_desktop.dialogue import yaml_lines
from her_desktop.dialogue.packs import pack_files
from her_desktop.dialogue.rules import Rule
from her_desktop.lint.finding import Spot

KINDS = ("rules", "gambits", "confirms")
"""The lists of a pack that hold rules."""

Key = str | int


class Source:
    """One pack file, read without asking whether its rules work."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text, self.data, self._lines = "", dict[str, Any](), yaml_lines.Lines(None)
        try:
            self.text = path.read_text(encoding="utf-8")
            data, self._lines = yaml_lines.read(self.text)
            self.data = data if isinstance(data, dict) else {}
        except (yaml_lines.YamlError, UnicodeDecodeError):  # told by the load itself, with its place
            pass
        self.rows = self.text.splitlines()

    def spot(self, *path: Key) -> Spot:
        """Where a part stands, or the nearest part around it."""
        node = self._lines.node(*path)
        line, column = (node.start_mark.line + 1, node.start_mark.column + 1) if node else (1, 1)
        return self.at(line, column)

    def at(self, line: int, column: int) -> Spot:
        """A place of this file."""
        return Spot(str(self.path), self.path.name, line, column)

    def inside(self, column: int, *path: Key) -> Spot:
        """The place of a column of a text, where the text stands on one line as it is; else where the text begins."""
        spot, node = self.spot(*path), self._lines.node(*path)
        if isinstance(node, yaml.ScalarNode):
            first = spot.column - 1 + (node.style in ("'", '"'))
            row = self.rows[spot.line - 1] if spot.line <= len(self.rows) else ""
            if row[first : first + column - 1] == node.value[: column - 1]:
                return self.at(spot.line, first + column)
        return spot

    def rules(self) -> Iterator[tuple[str, tuple[Key, ...], Mapping[str, Any]]]:
        """Everything that has the form of a rule: its id, its path in the file, what it says."""
        for kind in KINDS:
            entries = self.data.get(kind)
            for at, data in enumerate(entries if isinstance(entries, list) else ()):
                if isinstance(data, dict):
                    yield from _with_inner(str(data.get("id", "")), (kind, at), data)

    def texts(self, key: str) -> Iterator[str]:
        """Every text that stands under a key of its rules, broken ones too."""
        for _, _, data in self.rules():
            yield from strings(data.get(key))

    def keys(self, key: str) -> Iterator[str]:
        """Every key that stands under a key of its rules, broken ones too."""
        for _, _, data in self.rules():
            inner = data.get(key)
            yield from inner if isinstance(inner, dict) else ()


def _with_inner(
    name: str, path: tuple[Key, ...], data: Mapping[str, Any]
) -> Iterator[tuple[str, tuple[Key, ...], Mapping[str, Any]]]:
    """A rule and the ones inside it, named as the load names them."""
    yield name, path, data
    expects = data.get("expects")
    for number, child in enumerate(expects if isinstance(expects, list) else (), 1):
        if isinstance(child, dict):
            inner = (*path, "expects", number - 1)
            yield from _with_inner(f"{name}/{child.get('id') or number}", inner, child)
    if isinstance(later := data.get("follow_up"), dict):
        yield from _with_inner(f"{name}/{later.get('id') or 'later'}", (*path, "follow_up"), later)


def strings(value: Any) -> Iterator[str]:
    """Every text inside a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


class Sources:
    """All packs of a check."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self.files = tuple(Source(path) for path in dict.fromkeys(pack_files(paths)))
        self._rules: dict[str, list[tuple[Source, tuple[Key, ...]]]] = {}
        for source in self.files:
            for name, path, _ in source.rules():
                self._rules.setdefault(name, []).append((source, path))

    def of(self, rule: Rule, *path: Key) -> Spot:
        """Where a part of a rule stands; the rule itself without a path."""
        source, top = self._found(rule)
        return source.spot(*top, *path)

    def _found(self, rule: Rule) -> tuple[Source, tuple[Key, ...]]:
        """The rule that is in force: another one of the same id may have been left out."""
        found = self._rules[rule.id]
        return next((one for one in found if _place(*one) == rule.place), found[0])

    def named(self, name: str) -> Source:
        """The file of a name, as places name it."""
        return next(source for source in self.files if source.path.name == name)


def _place(source: Source, path: tuple[Key, ...]) -> str:
    spot = source.spot(*path[:2])
    return f"{spot.name}:{spot.line}"
