"""Receives presses before there is a session to take them. Emits them to it, in order, once there is."""

from __future__ import annotations

import threading
from collections.abc import Callable

from her_desktop.inbox import ByHand, Rehearse
from her_desktop.ui import Presses

Press = Callable[[Presses], None]


class Doorstep:
    """So that the window can stand while the rules are still being loaded. Safe to call from two threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[Press] = []
        self._inside: Presses | None = None

    def opened(self, inside: Presses) -> None:
        """Hand over what was pressed so far, and everything from now on."""
        with self._lock:
            self._inside = inside
            for press in self._waiting:
                press(inside)
            self._waiting.clear()

    def _take(self, press: Press) -> None:
        with self._lock:
            if self._inside:
                press(self._inside)
            else:
                self._waiting.append(press)

    def typed(self, text: str) -> None:
        """He typed something."""
        self._take(lambda inside: inside.typed(text))

    def talk_pressed(self) -> None:
        """The talk key went down."""
        self._take(lambda inside: inside.talk_pressed())

    def talk_released(self) -> None:
        """The talk key went up."""
        self._take(lambda inside: inside.talk_released())

    def stop_pressed(self) -> None:
        """He wants her to be silent."""
        self._take(lambda inside: inside.stop_pressed())

    def by_hand(self, message: ByHand | Rehearse) -> None:
        """He did something beside talking."""
        self._take(lambda inside: inside.by_hand(message))

    def closed(self) -> None:
        """The window was closed."""
        self._take(lambda inside: inside.closed())
