"""Small sums, worked out exactly: two numbers and what is done with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Context, Decimal, DivisionByZero, InvalidOperation, Overflow

from her_desktop.skills.ask import Answer, Ask, computed

_EXACT = Context(prec=30)
_MOST_DIGITS, _MOST_DECIMALS = 15, 4

DONE: Mapping[str, tuple[str, Callable[[Decimal, Decimal], Decimal]]] = {
    "plus": ("+", _EXACT.add),
    "minus": ("-", _EXACT.subtract),
    "times": ("*", _EXACT.multiply),
    "over": ("/", _EXACT.divide),
    "percent": ("% of", lambda part, whole: _EXACT.divide(_EXACT.multiply(part, whole), Decimal(100))),
}
"""By the slot that caught the word for it: its sign, and what it does with the slots `a` and `b`, which are numbers."""


def result(ask: Ask) -> Answer:
    """What a sum comes to, as `sums.result`; no value where there is none, or it is too long to be said."""
    done = next((name for name in DONE if name in ask.slots), "")
    a, b = (ask.values.get(name, "") for name in ("a", "b"))
    if not (done and a and b):
        return Answer(" ".join(ask.slots.values()), {})
    sign, work = DONE[done]
    asked = f"{a} {sign} {b}"
    try:
        found = work(Decimal(a), Decimal(b))
    except (DivisionByZero, InvalidOperation, Overflow):
        return Answer(asked, {})
    if abs(found) >= 10**_MOST_DIGITS:
        return Answer(asked, {})
    return computed("sums.result", asked, sums__result=_said(found, ask.language))


def _said(number: Decimal, language: str) -> str:
    from babel.numbers import format_decimal  # noqa: PLC0415 -- as in clock.py

    return str(format_decimal(round(number, _MOST_DECIMALS), format=f"#,##0.{'#' * _MOST_DECIMALS}", locale=language))
