"""YAML read by a safe loader that also remembers the line of every part, so that an error can name it.

Only `true` and `false` are truth values, as in YAML 1.2: in a dialogue, yes, no, on and off are words.
"""

from __future__ import annotations

import re
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


class _Loader(yaml.CSafeLoader):
    yaml_implicit_resolvers = {  # noqa: RUF012 -- PyYAML's own way to configure a loader
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
        for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), ["t", "f"])


def read(text: str) -> tuple[Any, dict[Path, int]]:
    """Plain values, and the line of each of their parts by its path (`("rules", 0, "says")`).

    Raises:
        YamlError: it cannot be parsed.
    """
    try:
        if "&" in text and _aliases(text) > MOST_ALIASES:
            raise YamlError(f"more than {MOST_ALIASES} aliases", 1, 1)
        loader = _Loader(text)
        node = loader.get_single_node()
        if node is None:
            return None, {}
        lines: dict[Path, int] = {}
        _lines(node, (), lines)
        return loader.construct_document(node), lines
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise YamlError(f"not YAML: {error.problem or error.context}", line, column) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise YamlError(f"not YAML: {error}", 1, 1) from error


def _aliases(text: str) -> int:
    return sum(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, _Loader))


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
