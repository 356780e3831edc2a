"""YAML read by a safe loader that also knows the line of every part, so that an error can name it.

What is no text is as in YAML 1.2: in a dialogue, yes, no, on and off are words, and so are 12:30 and 2026-11-22.
"""

from __future__ import annotations

import re
from collections.abc import Callable
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


_TAG = "tag:yaml.org,2002:"
_FORMS: dict[str, tuple[re.Pattern[str], str]] = {
    "null": (re.compile("(?:~|null|)$"), "~n"),
    "bool": (re.compile("(?:true|false)$"), "tf"),
    "int": (re.compile(r"[-+]?[0-9]{1,18}$"), "-+0123456789"),
    "float": (re.compile(r"[-+]?(?:[0-9]{1,18}\.[0-9]{0,18}|\.[0-9]{1,18})(?:[eE][-+]?[0-9]{1,2})?$"), "-+.0123456789"),
}
"""What is no text: by its tag how it is written, and what it can begin with."""


class _Loader(yaml.CSafeLoader):
    yaml_implicit_resolvers = {}  # noqa: RUF012 -- PyYAML's own way to configure a loader


for _name, (_form, _begins) in _FORMS.items():
    _Loader.add_implicit_resolver(_TAG + _name, _form, [*_begins] if _name != "null" else [*_begins, ""])


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
        return (_Values().of(node) if node else None), Lines(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise YamlError(f"not YAML: {error.problem or error.context}", line, column) from error
    except (yaml.YAMLError, ValueError, UnicodeError, RecursionError) as error:
        if isinstance(error, YamlError):
            raise
        why = (
            "nested too deeply, or a part holds itself"
            if isinstance(error, RecursionError)
            else " ".join(str(error).split())
        )
        raise YamlError(f"not YAML: {why}", 1, 1) from error


def _survey(text: str) -> None:
    """Look the file over before it is built up: the parser itself does not survive a file nested deeply enough."""
    aliases = depth = 0
    for values, event in enumerate(yaml.parse(text, _Loader)):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.AliasEvent):
            aliases += 1
        if depth > MOST_DEPTH:
            raise _error(f"nested more than {MOST_DEPTH} deep", event.start_mark)
        if aliases > MOST_ALIASES:
            raise _error(f"more than {MOST_ALIASES} aliases", event.start_mark)
        if values > MOST_VALUES:
            raise _error(f"more than {MOST_VALUES} values", event.start_mark)


def _error(why: str, mark: Any) -> YamlError:
    return YamlError(why, mark.line + 1 if mark else 1, mark.column + 1 if mark else 1)


class _Values:
    """Plain values of nodes. The library's own way runs code for tags, and some of it fails on what a file may say."""

    def __init__(self) -> None:
        self._count = 0

    def of(self, node: yaml.Node) -> Any:
        self._count += 1
        if self._count > MOST_VALUES:
            raise _error(f"more than {MOST_VALUES} values", node.start_mark)
        match node.tag.removeprefix(_TAG):
            case "seq" if isinstance(node, yaml.SequenceNode):
                return [self.of(item) for item in node.value]
            case "map" if isinstance(node, yaml.MappingNode):
                return self._mapping(node)
            case "str" if isinstance(node, yaml.ScalarNode):
                return node.value
            case kind if kind in _FORMS and isinstance(node, yaml.ScalarNode) and _FORMS[kind][0].match(node.value):
                return _READ[kind](node.value)
        raise _error(f"“{node.tag[:40]}” is not used here", node.start_mark)

    def _mapping(self, node: yaml.MappingNode) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _error("a key must be a word", key.start_mark)
            if key.value in values:
                raise _error(f"“{key.value}” stands here twice", key.start_mark)
            values[key.value] = self.of(value)
        return values


_READ: dict[str, Callable[[str], Any]] = {
    "null": lambda _text: None,
    "bool": "true".__eq__,
    "int": int,
    "float": float,
}
