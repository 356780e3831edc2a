"""What can be changed in one rule. Receives the rule as its pack says it; emits every change, and where it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

import msgspec

from her_desktop.dialogue.rules import Rule
from her_desktop.screenplay.mutation import conditions as mutants_conditions
from her_desktop.screenplay.mutation import templates as mutants_templates

Kind = Literal[
    "word", "optional", "gap", "alternative", "anchor", "absent", "condition", "no condition", "number", "once",
    "cooldown", "learns", "technique", "wording", "priority", "ends", "skill", "volunteers", "resumes", "rule",
]  # fmt: skip
KINDS: tuple[Kind, ...] = Kind.__args__  # type: ignore[attr-defined]  # what a Literal has at run time

Key = str | int

_PLAIN: tuple[tuple[Kind, Any], ...] = (
    ("ends", False), ("skill", ""), ("volunteers", False), ("resumes", False),
)  # fmt: skip


class Draft(msgspec.Struct, frozen=True):
    """One part of a rule that is changed."""

    kind: Kind
    path: tuple[Key, ...]
    """Where the part stands inside the rule; empty for the rule itself."""
    value: Any
    """What stands there instead; where it is gone, nothing is in it."""
    told: str
    """What the change does, in a plain sentence without its end: `drops “really” from “do you really feel”`."""
    column: int = 1
    """Where in the text of the part the change is, counted from 1."""
    was: str = ""
    """Of a template: how it reads in the pack."""
    gone: bool = False
    """Whether the part is taken out."""


def drafts(rule: Rule, data: Mapping[str, Any], beside: Iterable[tuple[str, int]]) -> Iterator[Draft]:
    """Every change of a rule.

    Args:
        rule: as it was loaded.
        data: as its pack says it.
        beside: id and priority of each rule that may stand beside it.
    """
    what = "rule" if rule.prompt == "heard" and not rule.parent else _CALLED[rule.prompt]
    yield Draft("rule", (), None, f"deletes the {what}", gone=True)
    yield from _heard(data)
    yield from _conditions(data)
    yield from _limits(rule)
    yield from _kept(data)
    yield from _techniques(data)
    yield from _wordings(data)
    yield from _order(rule, frozenset(priority for _, priority in beside))
    for kind, nothing in _PLAIN:
        if data.get(kind):
            named = f"“{kind}: {data[kind]}”" if isinstance(data[kind], str) else f"“{kind}”"
            yield Draft(kind, (kind,), nothing, f"drops {named}")


_CALLED = {"heard": "rejoinder", "gambit": "gambit", "follow_up": "follow-up", "confirm": "confirmation"}


def _heard(data: Mapping[str, Any]) -> Iterator[Draft]:
    for at, template in enumerate(data.get("hears") or ()):
        for edit in mutants_templates.edits(template):
            yield Draft(edit.kind, ("hears", at), edit.text, edit.told, edit.column, template)


def _conditions(data: Mapping[str, Any]) -> Iterator[Draft]:
    for at, condition in enumerate(data.get("needs") or ()):
        yield Draft("no condition", ("needs", at), None, f"drops the condition “{condition}”", gone=True)
        for number, (told, text) in enumerate(mutants_conditions.edits(condition)):
            yield Draft("number" if number else "condition", ("needs", at), text, f"{told} “{text}”")


def _limits(rule: Rule) -> Iterator[Draft]:
    if rule.spec.once:
        yield Draft("once", ("once",), False, "lets it speak more than once")
    if turns := rule.spec.cooldown_turns:
        yield Draft("cooldown", ("cooldown_turns",), 0, f"drops its cooldown of {turns} turns")


def _kept(data: Mapping[str, Any]) -> Iterator[Draft]:
    for name, value in (data.get("learns") or {}).items():
        yield Draft("learns", ("learns", name), None, f"does not learn “{name}: {value}”", gone=True)


def _techniques(data: Mapping[str, Any]) -> Iterator[Draft]:
    of_wordings = [
        (("says", at, "technique"), said.get("technique") or ())
        for at, said in enumerate(data["says"])
        if isinstance(said, dict)
    ]
    found: list[tuple[tuple[Key, ...], Sequence[str]]] = [(("technique",), data.get("technique") or ()), *of_wordings]
    for path, names in found:
        for at, name in enumerate(names):
            yield Draft("technique", (*path, at), None, f"does not declare {name}", gone=True)


def _wordings(data: Mapping[str, Any]) -> Iterator[Draft]:
    says = data["says"]
    for at, said in enumerate(says):
        other = says[(at + 1) % len(says)]
        if other != said:
            yield Draft("wording", ("says", at), other, f"says “{_words(other)}” instead of “{_words(said)}”")


def _words(said: Any) -> str:
    return str(said["say"] if isinstance(said, dict) else said)


def _order(rule: Rule, others: frozenset[int]) -> Iterator[Draft]:
    """A priority that the pack names, where a step changes how it stands to that of a rule beside it."""
    own = rule.spec.priority
    for changed in (own + 1, own - 1) if own else ():
        if others & {own, changed}:
            yield Draft("priority", ("priority",), changed, f"changes the priority {own} to {changed}")
