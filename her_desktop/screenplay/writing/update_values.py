"""Receives an expectation that did not hold, and the turn. Emits the value that holds, where there is only one."""

from __future__ import annotations

from her_desktop.screenplay.check import values_of
from her_desktop.screenplay.found import FOUND, Scene
from her_desktop.screenplay.reading.notes import STATES
from her_desktop.screenplay.script import Check, Expectation, Hers

_MEANT = frozenset[Check](["mentions", "matches", "within"])
"""What a person has chosen as a measure, and not as it came."""


def instead(wanted: Expectation, hers: Hers, scene: Scene) -> str | None:
    """What to expect instead; None where a person has to say it.

    Args:
        wanted: what did not hold.
        hers: all that is expected in the turn: what another note expects already is not meant.
        scene: the turn as it was.
    """
    if wanted.check in _MEANT or not wanted.wanted:
        return None
    others = {one for other in hers.expectations if _alike(other, wanted) for one in other.wanted}
    found = [one for one in dict.fromkeys(_values(wanted, scene)) if one and one not in others]
    return found[0] if len(found) == 1 else None


def _alike(other: Expectation, wanted: Expectation) -> bool:
    return other != wanted and not other.negated and (other.check, other.name) == (wanted.check, wanted.name)


def _values(wanted: Expectation, scene: Scene) -> list[str]:
    """What there was that can be expected."""
    found = values_of(wanted, FOUND[wanted.check](scene), scene)
    return [one for one in found if one in STATES] if wanted.check == "state" else found
