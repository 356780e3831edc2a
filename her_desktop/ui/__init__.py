"""Receives the trace as it is recorded and the level of the sound. Emits what the person presses and types.

The only room that imports Qt; this door plate does not. The window only watches: everything it shows is in an entry.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from her_desktop.inbox import ByHand, Rehearse


class Presses(Protocol):
    """What the person does in the window. Each call comes from the window's thread and returns at once."""

    def typed(self, text: str) -> None:
        """Take a line that was typed; never empty."""
        ...

    def talk_pressed(self) -> None:
        """Listen from now on: the talk key or button went down."""
        ...

    def talk_released(self) -> None:
        """Take the utterance as finished: the talk key or button went up."""
        ...

    def stop_pressed(self) -> None:
        """Be silent."""
        ...

    def by_hand(self, message: ByHand | Rehearse) -> None:
        """Do what he did in the window beside talking: a switch, the lights, a fact mended or forgotten."""
        ...

    def closed(self) -> None:
        """End the conversation: the window was closed. Called once."""
        ...


def display_available() -> bool:
    """Whether there is somewhere to show a window. Asks the environment only; loads nothing."""
    if os.environ.get("QT_QPA_PLATFORM"):
        return True
    if sys.platform in {"darwin", "win32"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
