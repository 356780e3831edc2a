"""What would have to be otherwise for a condition to be true: `turns would have to be at least 4 (it is 1)`."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from her_desktop.dialogue import conditions
from her_desktop.dialogue.state import State
from her_desktop.events import Condition

_SIDES: Mapping[type[ast.cmpop], str] = {
    ast.GtE: "at least", ast.Gt: "more than", ast.LtE: "at most", ast.Lt: "less than", ast.Eq: "",
    ast.NotEq: "other than",
}  # fmt: skip
_TURNED: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
    ast.GtE: ast.LtE, ast.Gt: ast.Lt, ast.LtE: ast.GtE, ast.Lt: ast.Gt, ast.Eq: ast.Eq, ast.NotEq: ast.NotEq,
}  # fmt: skip
_RECENT_TURNS = 5


def would_have_to(condition: Condition, state: State, now: datetime, slots: Mapping[str, str | float]) -> str:
    """What the names of a false condition would have to be, all of its false parts joined.

    Args:
        condition: as it was evaluated.
        state: after he was heard.
        now: the time of the turn.
        slots: what the slots of its rule caught.
    """
    tree = ast.parse(condition.text.strip(), mode="eval").body
    found = (conditions.evaluate(ast.unparse(part), state, now, slots) for part in _parts(tree))
    return " and ".join(_wish(ast.parse(part.text, mode="eval").body, part) for part in found if not part.value)


def _parts(tree: ast.expr) -> Iterator[ast.expr]:
    """What must be true together."""
    if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And):
        for part in tree.values:
            yield from _parts(part)
    else:
        yield tree


def _wish(part: ast.expr, condition: Condition) -> str:
    match part:
        case ast.Compare(left=ast.Name() | ast.Call() as left, ops=[op], comparators=[ast.Constant(value=value)]):
            return _compared(left, type(op), value, condition)
        case ast.Compare(left=ast.Constant(value=value), ops=[op], comparators=[ast.Name() | ast.Call() as right]):
            return _compared(right, _TURNED[type(op)], value, condition)
        case ast.UnaryOp(op=ast.Not(), operand=ast.Call() as call):
            return _called(call, wanted=False)
        case ast.Call():
            return _called(part, wanted=True)
    return f"“{ast.unparse(part)}” would have to be true"


def _compared(name: ast.expr, op: type[ast.cmpop], value: Any, condition: Condition) -> str:
    shown = ast.unparse(name)
    is_now = condition.names.get(shown, "")
    subject = _subject(name) if isinstance(name, ast.Call) else shown
    return f"{subject} would have to be {' '.join((_SIDES[op], _quoted(value))).strip()} (it is {_quoted(is_now)})"


def _called(call: ast.Call, *, wanted: bool) -> str:
    subject, function = _subject(call), ast.unparse(call.func)
    if function == "knows":
        return f"{subject} would have to be {'known' if wanted else 'unknown'}"
    turns = next((ast.unparse(word.value) for word in call.keywords), str(_RECENT_TURNS))
    spoken = "spoken" if wanted else "been silent"
    return f"{subject} would have to have {spoken} within the last {turns} turns"


def _subject(call: ast.Call) -> str:
    first = call.args[0]
    return str(first.value) if isinstance(first, ast.Constant) else ast.unparse(first)


def _quoted(value: Any) -> str:
    if isinstance(value, str):
        return f"“{value}”" if value else "empty"
    return f"{value:g}" if isinstance(value, float) else str(value)
