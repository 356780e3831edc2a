"""Receives presses from the window's QML. Emits them to `Presses`, each press and its release once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Property, QObject, Signal, Slot

from her_desktop.events import Failure
from her_desktop.inbox import Lights
from her_desktop.ui import Presses
from her_desktop.ui.bridge import guarded


class Controls(QObject):
    """What the window's keys and buttons call. An error of the other side becomes a notice."""

    talkingChanged = Signal()

    def __init__(self, presses: Presses, failed: Callable[[Failure], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._presses, self.failed = presses, failed
        self._talking = self._closed = False

    talking = Property(bool, lambda self: self._talking, notify=talkingChanged)

    @Slot(str, result=bool)
    @guarded("sending what you typed", otherwise=False)
    def say(self, text: str) -> bool:
        """Send a typed line. Returns whether there was anything to send."""
        words = " ".join(text.split())
        if words:
            self._presses.typed(words)
        return bool(words)

    @Slot(bool)
    @guarded("talking")
    def talk(self, down: bool) -> None:
        """Take the talk key or button going down or up; what repeats is left out."""
        if down == self._talking:
            return
        self._talking = down
        self.talkingChanged.emit()
        if down:
            self._presses.talk_pressed()
        else:
            self._presses.talk_released()

    @Slot()
    @guarded("stopping")
    def stop(self) -> None:
        """Stop her."""
        self._presses.stop_pressed()

    @Slot(bool)
    @guarded("switching the lights")
    def lights(self, on: bool) -> None:
        """Turn the lights of the left half out, or on again."""
        self._presses.by_hand(Lights(on=on, cause="a key was pressed"))

    @Slot()
    @guarded("closing")
    def close(self) -> None:
        """Tell that the window was closed."""
        if not self._closed:
            self._closed = True
            self._presses.closed()
