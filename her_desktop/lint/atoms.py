"""What conditions depend on. Receives a condition; emits the names in it, each with the values that could matter.

`turns >= 4` turns on 3, 4 and 5; `recently('tea', turns=20)` on whether tea spoke a turn ago, 20 ago, 21 ago or never.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Literal

import msgspec

from her_desktop.dialogue.rules import Rejoinder

Kind = Literal[
    "turns",
    "session_turns",
    "hour",
    "weekday",
    "days",
    "talks",
    "asked",
    "topic",
    "ago",
    "fact",
    "times",
    "since",
    "minutes",
]
Value = int | str | None
"""`ago`: turns since it spoke, None for never. `fact`: what is kept, None for nothing. `asked`: 1 or 0."""

RECENT_TURNS = 5
"""What `recently` means where no turns are named."""
SOMETHING = "…"
"""A fact whose words do not matter."""

_CLOCKS = {
    "turns": (1, 10**9), "session_turns": (1, 10**9), "hour": (0, 23), "weekday": (1, 7),
    "days": (0, 10**9), "talks": (1, 10**9),
}  # fmt: skip


_COUNTED: Mapping[str, Kind] = {"times": "times", "days_since": "since", "minutes_since": "minutes"}
"""Functions that give a number, and what they ask for."""


class Atom(msgspec.Struct, frozen=True, order=True):
    """Something that conditions can ask for."""

    kind: Kind
    subject: str = ""
    """ago, times: a rule or topic (ago: or technique); fact, since: which fact."""


@lru_cache(4_096)
def named(condition: str) -> frozenset[str]:
    """The plain names in a condition: slots are among them."""
    calls = {node.func for node in ast.walk(_tree(condition)) if isinstance(node, ast.Call)}
    return frozenset(node.id for node in ast.walk(_tree(condition)) if isinstance(node, ast.Name) and node not in calls)


def asked(conditions: Iterable[str], function: str) -> Iterator[str]:
    """What conditions hand to one of the functions: `recently`, `knows` or `fact`."""
    for condition in conditions:
        for name, subject, _ in _calls(condition):
            if name == function:
                yield subject


def compared(condition: str, name: str) -> list[str]:
    """The texts that a condition may compare a name with."""
    return _constants(condition, str) if name in named(condition) else []


def counts(condition: str) -> bool:
    """Whether a condition does sums, so that values beside the ones named in it could matter."""
    return any(isinstance(node, ast.BinOp) for node in ast.walk(_tree(condition)))


def atoms(spec: Rejoinder, name: str) -> Iterator[tuple[Atom, Value]]:
    """Everything that decides whether a rule may speak, with each value that could make the difference.

    Args:
        spec: the rule.
        name: its id.
    """
    if spec.once or spec.cooldown_turns:
        yield from _ago(name, spec.cooldown_turns)
    for condition in spec.needs:
        yield from _of(condition)


@lru_cache(4_096)
def _of(condition: str) -> tuple[tuple[Atom, Value], ...]:
    found: list[tuple[Atom, Value]] = []
    texts, numbers = _constants(condition, str), _constants(condition, int)
    for function, subject, turns in _calls(condition):
        if function == "recently":
            found += _ago(subject, turns)
        elif function in _COUNTED:
            found += [(Atom(_COUNTED[function], subject), number) for number in _near(numbers) if number >= 0]
        else:
            found += [(Atom("fact", subject), text) for text in (None, SOMETHING, *texts)]
    for clock, (least, most) in _CLOCKS.items():
        if clock in named(condition):
            found += [(Atom(clock), number) for number in _near(numbers) if least <= number <= most]  # type: ignore[arg-type]  # the keys are kinds
    if "asked" in named(condition):
        found += [(Atom("asked"), truth) for truth in (0, 1)]
    if "topic" in named(condition):
        found += [(Atom("topic"), text) for text in ("", *texts)]
    return tuple(dict.fromkeys(found))


def _near(numbers: Iterable[int]) -> list[int]:
    """The numbers that could make a difference beside those that a condition names."""
    return [number + more for number in numbers for more in (-1, 0, 1)]


def _ago(subject: str, turns: int) -> list[tuple[Atom, Value]]:
    return [(Atom("ago", subject), ago) for ago in dict.fromkeys((None, 1, turns, turns + 1)) if ago != 0]


def _calls(condition: str) -> Iterator[tuple[str, str, int]]:
    for node in ast.walk(_tree(condition)):
        match node:
            case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(subject))], keywords=words):
                turns = [word.value.value for word in words if isinstance(word.value, ast.Constant)]
                yield name, subject, next((int(one) for one in turns if isinstance(one, int)), RECENT_TURNS)


def _constants(condition: str, kind: type) -> list[Any]:
    """What is compared with: not what functions are handed."""
    nodes = list(ast.walk(_tree(condition)))
    handed = {inner for node in nodes if isinstance(node, ast.Call) for inner in ast.walk(node)}
    values = (node.value for node in nodes if isinstance(node, ast.Constant) and node not in handed)
    return [value for value in values if isinstance(value, kind) and not isinstance(value, bool)]


@lru_cache(4_096)
def _tree(condition: str) -> ast.expr:
    """Checked when the pack was loaded."""
    return ast.parse(condition.strip(), mode="eval").body
