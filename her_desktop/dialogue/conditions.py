"""Conditions of rules: small safe expressions over the state. Every name and type is checked when the pack is loaded.

Evaluated by simpleeval, never by Python's own eval. The result keeps the value that each name had, for the trace.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal

from simpleeval import SimpleEval

from her_desktop.clock import days_between
from her_desktop.dialogue.state import State
from her_desktop.events import Condition

Type = Literal["number", "text", "truth"]

NAMES: Mapping[str, tuple[Type, str]] = {
    "turns": ("number", "turns since the first day"),
    "session_turns": ("number", "turns in this conversation"),
    "hour": ("number", "hour of the day, 0 to 23"),
    "weekday": ("number", "day of the week, 1 Monday to 7 Sunday"),
    "topic": ("text", "the topic of her last reply"),
    "asked": ("truth", "her last reply was a question"),
    "word_count": ("number", "words that he said just now"),
    "days": ("number", "whole days since the first conversation"),
    "talks": ("number", "conversations since the first day, 1 in the first"),
}
FUNCTIONS: Mapping[str, tuple[Type, str]] = {
    "recently": ("truth", "recently('rule, topic or technique', turns=20): it spoke within so many turns"),
    "knows": ("truth", "knows('user.name'): the fact is kept"),
    "fact": ("text", "fact('user.name'): what is kept, empty where nothing is"),
    "times": ("number", "times('rule or topic'): how often it has spoken since the first day"),
    "minutes_since": ("number", "minutes_since('rule'): since she brought it up in this talk, else since that began"),
    "days_since": ("number", "days_since('user.plan'): days since the fact was told, 0 today, -1 where it is not kept"),
}
_ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Mod)
_CONSTANTS: Mapping[type, Type] = {bool: "truth", int: "number", float: "number", str: "text"}
_COMPARES = (ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_MOST_CHARACTERS = 1_200
_MOST_LEVELS = 40


class _Wrong(ValueError):
    pass


def check(expression: str, slots: Mapping[str, str] | None = None) -> None:
    """Check that an expression can be read, names only what there is, compares like with like and is true or false.

    Args:
        expression: the condition.
        slots: slots whose values it may use, by name, with their types.

    Raises:
        ValueError: says what is wrong.
    """
    if len(expression) > _MOST_CHARACTERS:
        raise ValueError(f"condition “{expression[:40]}…” is longer than {_MOST_CHARACTERS} characters")
    try:
        tree = _parsed(expression)
    except SyntaxError as error:
        raise ValueError(f"condition “{expression}” cannot be read: {error.msg}") from error
    except (RecursionError, MemoryError, ValueError) as error:
        raise ValueError(f"condition “{expression[:40]}” cannot be read: nested too deeply") from error
    if _levels(tree) > _MOST_LEVELS:
        raise ValueError(f"condition “{expression[:40]}…” is nested more than {_MOST_LEVELS} levels deep")
    try:
        kind = _Types(slots or {}).of(tree)
    except _Wrong as error:
        raise ValueError(f"condition “{expression}”: {error}") from error
    if kind != "truth":
        raise ValueError(f"condition “{expression}” is a {kind}, not true or false; compare it with something")


def _levels(tree: ast.AST) -> int:
    levels, nodes = 0, [tree]
    while nodes:
        levels += 1
        nodes = [inner for node in nodes for inner in ast.iter_child_nodes(node)]
    return levels


class _Types:
    """Works out the type of every part; anything that is not listed here is refused."""

    def __init__(self, slots: Mapping[str, str]) -> None:
        self._names = {name: kind for name, (kind, _) in NAMES.items()}
        self._names |= {name: "number" if kind == "number" else "text" for name, kind in slots.items()}

    def of(self, node: ast.AST) -> Type:
        match node:
            case ast.Constant(value=value) if type(value) in _CONSTANTS:
                return _CONSTANTS[type(value)]
            case ast.Name():
                return self._name(node.id)
            case ast.Call():
                return self._call(node)
            case ast.Compare():
                return self._compare([node.left, *node.comparators], node.ops)
            case ast.BoolOp():
                return self._all(node.values, "truth")
            case ast.UnaryOp(op=ast.Not() | ast.USub() as op):
                return self._all([node.operand], "truth" if isinstance(op, ast.Not) else "number")
            case ast.BinOp(op=op) if isinstance(op, _ARITHMETIC):
                return self._all([node.left, node.right], "number")
        raise _Wrong(f"{type(node).__name__} is not part of the language of conditions")

    def _name(self, name: str) -> Type:
        if name not in self._names:
            raise _Wrong(f"no “{name}” (there are {', '.join([*self._names, *FUNCTIONS])})")
        return self._names[name]

    def _all(self, nodes: list[ast.expr], kind: Type) -> Type:
        for node in nodes:
            if (found := self.of(node)) != kind:
                raise _Wrong(f"“{ast.unparse(node)}” is a {found}, where a {kind} is wanted")
        return kind

    def _compare(self, nodes: list[ast.expr], compares: list[ast.cmpop]) -> Type:
        kind = self._all(nodes, self.of(nodes[0]))
        for compare in compares:
            if not isinstance(compare, (*_COMPARES, ast.In, ast.NotIn)):
                raise _Wrong("“is” is not part of the language of conditions; write == or !=")
            if kind != "text" and not isinstance(compare, _COMPARES):
                raise _Wrong(f"“in” looks for a text in a text, and “{ast.unparse(nodes[0])}” is a {kind}")
        return "truth"

    def _call(self, node: ast.Call) -> Type:
        name = node.func.id if isinstance(node.func, ast.Name) else ast.unparse(node.func)
        if name not in FUNCTIONS:
            raise _Wrong(f"no “{name}” (there are {', '.join([*self._names, *FUNCTIONS])})")
        if len(node.args) != 1 or not (isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)):
            raise _Wrong(f"does not work: {FUNCTIONS[name][1]}")
        turns = [word for word in node.keywords if name == "recently" and word.arg == "turns"]
        if not len(turns) == len(node.keywords) <= 1 or any(self.of(word.value) != "number" for word in turns):
            raise _Wrong(f"does not work: {FUNCTIONS[name][1]}")
        return FUNCTIONS[name][0]


@lru_cache(4_096)
def _named(expression: str) -> frozenset[str]:
    return frozenset(node.id for node in ast.walk(_parsed(expression)) if isinstance(node, ast.Name))


@lru_cache(4_096)
def _parsed(expression: str) -> ast.expr:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a backslash in a text: nobody who talks with her can mend that
        return ast.parse(expression.strip(), mode="eval").body


class Conditions:
    """Evaluates conditions in one state at one time; rules often share them, so each is evaluated once."""

    def __init__(self, state: State, now: datetime) -> None:
        self.state, self._now = state, now
        self._fixed: dict[str, str | float] = {
            "turns": state.turn, "session_turns": state.session_turns, "hour": now.hour, "weekday": now.isoweekday(),
            "topic": state.topic, "asked": state.asked, "word_count": len(state.heard.split()),
            "days": state.days(now), "talks": state.talks_at(now),
        }  # fmt: skip
        self._slots: Mapping[str, str | float] = {}
        self._used: dict[str, Any] = {}
        own = (state.recently, state.knows, state.fact, state.times, self.days_since, self.minutes_since)
        functions = {function.__name__: self._noting(function) for function in own}
        self._evaluator = SimpleEval(names=self._name, functions=functions)
        self._known: dict[str, Condition] = {}

    def of(self, expression: str, slots: Mapping[str, str | float] | None = None) -> Condition:
        """The value of a condition, with the values of all that it names."""
        general = not slots or slots.keys().isdisjoint(_named(expression))
        if general and expression in self._known:
            return self._known[expression]
        self._slots, self._used = slots or {}, {}
        try:
            value = bool(self._evaluator.eval(expression, previously_parsed=_parsed(expression)))
        except ArithmeticError as error:
            self._used["error"], value = str(error), False
        found = Condition(expression, value, self._used)
        if general:
            self._known[expression] = found
        return found

    def days_since(self, subject: str) -> int:
        """Days since a fact was told, by the calendar: 0 today; -1 where it is not kept."""
        fact = self.state.facts.get(subject)
        return days_between(fact.told_at, self._now) if fact else -1

    def minutes_since(self, rule: str) -> int:
        """Minutes since she brought a rule up in this conversation; where she has not, since it began."""
        before = self.state.brought_up.get(rule, self.state.talk_began)
        if self.state.resumed(self._now):
            return 0
        return int((self._now - before).total_seconds() // 60) if before else 0

    def _name(self, node: ast.Name) -> str | float:
        value = self._slots[node.id] if node.id in self._slots else self._fixed[node.id]
        self._used[node.id] = value
        return value

    def _noting(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(subject: str, **options: int) -> Any:
            value = function(subject, **options)
            shown = "".join(f", {name}={number}" for name, number in options.items())
            self._used[f"{function.__name__}({subject!r}{shown})"] = value
            return value

        return call


def evaluate(expression: str, state: State, now: datetime, slots: Mapping[str, str | float] | None = None) -> Condition:
    """The value of one condition."""
    return Conditions(state, now).of(expression, slots)
