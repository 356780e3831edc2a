"""What became of one part of a pack, in a few words, as it stands beside its line."""

from __future__ import annotations

from her_desktop.screenplay.coverage.coverage import where
from her_desktop.screenplay.coverage.units import Kind, Unit

_DONE: dict[Kind, str] = {
    "rule": "spoke", "wording": "said", "rejoinder": "heard", "template": "won", "plain": "said",
}  # fmt: skip
_NEVER: dict[Kind, str] = {**_DONE, "rule": "spoken"}


def note(unit: Unit) -> str:
    """How often it was reached, or that it never was."""
    if unit.kind == "condition":
        return _condition(unit)
    left_out = f"left out × {unit.other}" if unit.other else ""
    reached = f"{_DONE[unit.kind]} × {unit.times}" if unit.times else f"never {_NEVER[unit.kind]}"
    return ", ".join(filter(None, (left_out, reached)))


def _condition(unit: Unit) -> str:
    if not unit.runs:
        return f"never looked at{where(unit)}"
    true = f"true × {unit.times}" if unit.times else f"never true{where(unit)}"
    return f"{true}, false × {unit.other}" if unit.other else f"{true}, never false{where(unit)}"
