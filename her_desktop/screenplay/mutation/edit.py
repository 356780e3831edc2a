"""Changes in what a pack says. Receives plain values of YAML; emits others, and leaves the ones it was given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Key = str | int

_INNER = ("expects", "follow_up")
"""What holds other rules."""


def edited(data: Any, path: Sequence[Key], value: Any, *, gone: bool = False) -> Any:
    """The same with another value at a path, or without the part that stands there."""
    if not path:
        return value
    key, *further = path
    if isinstance(data, Mapping):
        if gone and not further:
            return {name: inner for name, inner in data.items() if name != key}
        return {**data, key: edited(data.get(key), further, value, gone=gone)}
    assert isinstance(key, int), "a path names the parts of a list by their number"
    instead = [] if gone and not further else [edited(data[key], further, value, gone=gone)]
    return [*data[:key], *instead, *data[key + 1 :]]


def alone(entry: Mapping[str, Any], path: Sequence[Key], rule: Mapping[str, Any]) -> dict[str, Any]:
    """An entry of a pack with no other rule inside it than the one at a path, which keeps its name.

    Args:
        entry: a rule at the top of a pack.
        path: of the rule inside it; empty for itself.
        rule: what stands there.
    """
    bare = {key: value for key, value in (entry if path else rule).items() if key not in _INNER}
    if not path:
        return bare
    if path[0] == "follow_up":
        return bare | {"follow_up": alone(entry["follow_up"], path[1:], rule)}
    number = int(path[1])
    inner = alone(entry["expects"][number], path[2:], rule)
    return bare | {"expects": [inner | {"id": inner.get("id") or str(number + 1)}]}
