"""Conditions with one part changed. Receives the text of a condition; emits each changed text, and what was changed."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from copy import deepcopy


def edits(condition: str) -> Iterator[tuple[str, str]]:
    """What was changed and the changed text: the opposite, then each number by one, up and down."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a backslash in a text, which nobody can mend who mutates
        tree = ast.parse(condition.strip(), mode="eval").body
    yield f"turns “{condition}” around to", _opposite(tree)
    for at, number in enumerate(_numbers(tree)):
        for changed in (number + 1, number - 1):
            other = deepcopy(tree)
            _constants(other)[at].value = changed
            yield f"changes {number} to {changed} in “{condition}”:", ast.unparse(other)


def _opposite(tree: ast.expr) -> str:
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.Not):
        return ast.unparse(tree.operand)
    return ast.unparse(ast.UnaryOp(ast.Not(), tree))


def _numbers(tree: ast.expr) -> Iterator[int | float]:
    for constant in _constants(tree):
        assert isinstance(constant.value, int | float)
        yield constant.value


def _constants(tree: ast.expr) -> list[ast.Constant]:
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    numbers = [node for node in found if type(node.value) in (int, float)]
    return sorted(numbers, key=lambda node: (node.lineno, node.col_offset))
