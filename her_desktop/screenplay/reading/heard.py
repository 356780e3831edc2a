"""Receives what stands behind `heard:`. Emits the alternatives, each with its confidence."""

from __future__ import annotations

from collections.abc import Sequence

from her_desktop.events import Alternative
from her_desktop.screenplay.reading.trouble import Misread
from her_desktop.screenplay.reading.values import quotations

MOST = 1.005
"""What confidences may add up to: 1, but people round them."""


def alternatives(told: str, line: int) -> tuple[Alternative, ...]:
    """What the recognizer made of it.

    Args:
        told: texts in quotation marks between bars, each perhaps with a number behind it.
        line: where it stands.

    Raises:
        Misread: a text is not in quotation marks, a number is none from 0 to 1, or they add up to more than 1.
    """
    found = quotations(told, line)
    given = [_confidence(sure, line) if sure else None for _, sure in found]
    total = sum(one for one in given if one is not None)
    if total > MOST:
        todo = "write numbers that add up to at most 1, or none at all"
        raise Misread(line, f"the confidences add up to {total:.6g}", todo)
    return tuple(Alternative(text, sure) for (text, _), sure in zip(found, shares(given), strict=True))


def shares(given: Sequence[float | None]) -> tuple[float, ...]:
    """The confidence of each alternative, from 0 to 1; those that have none share what is left, the first the most.

    Args:
        given: the confidences, the best first; None where there is none. Of n such, the first gets n parts, the last
            one part.
    """
    left = max(0.0, 1 - sum(one for one in given if one is not None))
    many = sum(one is None for one in given)
    parts = iter(range(many, 0, -1))
    whole = many * (many + 1) / 2
    return tuple(left * next(parts) / whole if one is None else one for one in given)


def _confidence(sure: str, line: int) -> float:
    try:
        confidence = float(sure)
    except ValueError:
        confidence = -1
    if not 0 <= confidence <= 1:
        raise Misread(line, f"“{sure}” is no confidence", "write a number from 0 to 1 behind the words, as 0.4")
    return confidence
