"""Receives that he wants the light out, or back. Emits the entry that darkens her half of the window, or lights it."""

from __future__ import annotations

from her_desktop.events import LightsSwitched
from her_desktop.skills.ask import Answer, Ask

_CAUSE = "his words"


def out(_ask: Ask) -> Answer:
    """Darken her half of the window; only voices remain."""
    return _switched(on=False)


def on(_ask: Ask) -> Answer:
    """Light her half of the window again."""
    return _switched(on=True)


def _switched(*, on: bool) -> Answer:
    return Answer(f"the window's light {'on' if on else 'out'}", {}, done=(LightsSwitched(on=on, cause=_CAUSE),))
