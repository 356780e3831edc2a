"""Conditions of rules: small safe expressions over the state. Every name is checked when the pack is loaded.

Evaluated by simpleeval, never by Python's own eval. The result keeps the value that each name had, for the trace.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import datetime
from typing import Any

from simpleeval import SimpleEval

from her_desktop.dialogue.state import State
from her_desktop.events import Condition

NAMES = {
    "turns": "turns since the first day",
    "session_turns": "turns in this conversation",
    "hour": "hour of the day, 0 to 23",
    "topic": "the topic of her last reply",
}
FUNCTIONS = {
    "recently": "recently('rule or topic', turns=20): it spoke within so many turns",
    "knows": "knows('user.name'): the fact is kept",
}


def check(expression: str) -> None:
    """Check that an expression can be read and names only what there is.

    Raises:
        ValueError: says what is wrong.
    """
    try:
        tree = ast.parse(expression.strip(), mode="eval")
    except SyntaxError as error:
        raise ValueError(f"condition “{expression}” cannot be read: {error.msg}") from error
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    named = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} - called
    for name in sorted((called - FUNCTIONS.keys()) | (named - NAMES.keys())):
        raise ValueError(f"condition “{expression}”: no “{name}” (there are {', '.join([*NAMES, *FUNCTIONS])})")
    try:
        evaluate(expression, State(), datetime(2026, 1, 1))  # any time will do to see whether it works
    except Exception as error:
        raise ValueError(f"condition “{expression}” does not work: {error}") from error


def evaluate(expression: str, state: State, now: datetime) -> Condition:
    """The value of a condition, with the values of all that it names."""
    used: dict[str, Any] = {}
    names = {"turns": state.turn, "session_turns": state.session_turns, "hour": now.hour, "topic": state.topic}

    def name(node: ast.Name) -> Any:
        used[node.id] = names[node.id]
        return names[node.id]

    def noting(function: Callable[..., bool]) -> Callable[..., bool]:
        def call(subject: str, **options: int) -> bool:
            value = function(subject, **options)
            shown = "".join(f", {name}={number}" for name, number in options.items())
            used[f"{function.__name__}({subject!r}{shown})"] = value
            return value

        return call

    functions = {"recently": noting(state.recently), "knows": noting(state.knows)}
    value = SimpleEval(names=name, functions=functions).eval(expression.strip())
    return Condition(expression, bool(value), used)
