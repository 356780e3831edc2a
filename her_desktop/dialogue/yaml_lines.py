"""YAML read by a safe loader that also remembers the line of every part, so that an error can name it."""

from __future__ import annotations

from typing import Any

import yaml

Path = tuple[str | int, ...]

MOST_ALIASES = 100
"""A file with more is refused: nested aliases are how a small file becomes an enormous one."""


class YamlError(ValueError):
    """The text is not YAML: what is wrong, at which line and column, both counted from 1."""

    def __init__(self, why: str, line: int, column: int) -> None:
        self.line, self.column = line, column
        super().__init__(why)


def read(text: str) -> tuple[Any, dict[Path, int]]:
    """Plain values, and the line of each of their parts by its path (`("rules", 0, "says")`).

    Raises:
        YamlError: it cannot be parsed.
    """
    try:
        if sum(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, yaml.CSafeLoader)) > MOST_ALIASES:
            raise YamlError(f"more than {MOST_ALIASES} aliases", 1, 1)
        node = yaml.compose(text, yaml.CSafeLoader)
        lines: dict[Path, int] = {}
        if node is not None:
            _lines(node, (), lines)
        return yaml.load(text, yaml.CSafeLoader), lines  # noqa: S506 -- CSafeLoader is a safe loader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise YamlError(f"not YAML: {error.problem or error.context}", line, column) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise YamlError(f"not YAML: {error}", 1, 1) from error


def _lines(node: yaml.Node, path: Path, lines: dict[Path, int]) -> None:
    if path in lines:
        return
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            _lines(value, (*path, str(key.value)), lines)
    elif isinstance(node, yaml.SequenceNode):
        for at, item in enumerate(node.value):
            _lines(item, (*path, at), lines)
