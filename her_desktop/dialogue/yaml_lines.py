"""YAML read by a safe loader that also knows the line of every part, so that an error can name it.

Only `true` and `false` are truth values, as in YAML 1.2: in a dialogue, yes, no, on and off are words.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

Path = tuple[str | int, ...]

MOST_ALIASES = 100
MOST_VALUES = 2_000_000
MOST_DEPTH = 50
"""A file beyond these is refused: nested aliases are how a small file becomes an enormous one."""


class YamlError(ValueError):
    """The text is not YAML that can be used: what is wrong, at which line and column, both counted from 1."""

    def __init__(self, why: str, line: int, column: int) -> None:
        self.line, self.column = line, column
        super().__init__(why)


class _Loader(yaml.CSafeLoader):
    yaml_implicit_resolvers = {  # noqa: RUF012 -- PyYAML's own way to configure a loader
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
        for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), ["t", "f"])


class Lines:
    """Where each part of a file stands."""

    def __init__(self, root: yaml.Node | None) -> None:
        self._root = root

    def of(self, *path: str | int) -> int:
        """The line of a part (`"rules", 0, "says"`), or of the nearest part around it; counted from 1."""
        node = self.node(*path)
        return node.start_mark.line + 1 if node else 1

    def node(self, *path: str | int) -> yaml.Node | None:
        """A part as it was parsed, or the nearest part around it; None where the file is empty."""
        node = self._root
        for key in path:
            inner = _child(node, key)
            if inner is None:
                break
            node = inner
        return node


def _child(node: yaml.Node | None, key: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for name, value in node.value if name.value == str(key)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        found: yaml.Node = node.value[key]
        return found
    return None


def read(text: str) -> tuple[Any, Lines]:
    """Plain values, and the line of each of their parts.

    Raises:
        YamlError: it cannot be parsed, or is built to be enormous.
    """
    try:
        _survey(text)
        loader = _Loader(text)
        node = loader.get_single_node()
        return (_Values(loader).of(node) if node else None), Lines(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise YamlError(f"not YAML: {error.problem or error.context}", line, column) from error
    except (yaml.YAMLError, ValueError, UnicodeError, RecursionError) as error:
        if isinstance(error, YamlError):
            raise
        raise YamlError(f"not YAML: {error}", 1, 1) from error


def _survey(text: str) -> None:
    """Look the file over before it is built up: the parser itself does not survive a file nested deeply enough."""
    aliases = depth = 0
    for event in yaml.parse(text, _Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.AliasEvent):
            aliases += 1
        if depth > MOST_DEPTH or aliases > MOST_ALIASES:
            why = f"nested more than {MOST_DEPTH} deep" if depth > MOST_DEPTH else f"more than {MOST_ALIASES} aliases"
            mark = event.start_mark
            raise YamlError(why, mark.line + 1 if mark else 1, mark.column + 1 if mark else 1)


class _Values:
    def __init__(self, loader: _Loader) -> None:
        self._loader, self._count = loader, 0

    def of(self, node: yaml.Node) -> Any:
        self._count += 1
        if self._count > MOST_VALUES:
            raise YamlError(f"more than {MOST_VALUES} values", node.start_mark.line + 1, 1)
        if isinstance(node, yaml.SequenceNode):
            return [self.of(item) for item in node.value]
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node)
        if node.tag == "tag:yaml.org,2002:str":
            return node.value
        return self._loader.construct_object(node)

    def _mapping(self, node: yaml.MappingNode) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, value in node.value:
            mark = key.start_mark
            if not isinstance(key, yaml.ScalarNode):
                raise YamlError("a key must be a word", mark.line + 1, mark.column + 1)
            if key.value in values:
                raise YamlError(f"“{key.value}” stands here twice", mark.line + 1, mark.column + 1)
            values[key.value] = self.of(value)
        return values
