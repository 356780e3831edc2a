"""Receives how far a performance has come. Emits to QML what the prompt book shows, and what the watcher wants next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot

from her_desktop.events import Failure
from her_desktop.inbox import ByHand, Rehearse
from her_desktop.screenplay.script import Beat
from her_desktop.screenplay.stepping import Standing, Stepping
from her_desktop.trouble import Trouble
from her_desktop.ui.bridge import guarded
from her_desktop.ui.prompt_book_told import Told, coming, counted, went

PACE_MS = 4_000
"""How long each exchange stands, where they follow each other by themselves."""


class Watching:
    """The presses of a window in which a screenplay is performed: what is done by hand is done, only not talking."""

    def __init__(self, stepping: Stepping) -> None:
        self._stepping = stepping

    def typed(self, text: str) -> None:  # noqa: ARG002 -- whatever it is
        """Refuse: only the screenplay speaks with her.

        Raises:
            Trouble: always.
        """
        raise Trouble("talking with her", "this is a performance", "the window without --step is for that")

    def talk_pressed(self) -> None:
        """Nobody listens."""

    def talk_released(self) -> None:
        """Nobody listened."""

    def stop_pressed(self) -> None:
        """What plays on by itself is stopped by the prompt book."""

    def by_hand(self, message: ByHand | Rehearse) -> None:
        """Do it on the stage."""
        self._stepping.press(message)

    def closed(self) -> None:
        """Whoever opened the window ends the performance once it is closed."""


class PromptBook(QObject):
    """Which line comes next, how the last exchange went, and the keys that a watcher has."""

    changed = Signal()
    playingChanged = Signal()
    stepped = Signal(str)
    """An exchange was performed, or all begins again: in words, for who listens instead of looking."""

    def __init__(self, stepping: Stepping, failed: Callable[[Failure], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stepping, self.failed = stepping, failed
        self._standing: Standing | None = None
        self._asked = False
        self._timer = QTimer(self)
        self._timer.setInterval(PACE_MS)
        self._timer.timeout.connect(self.next)

    def _beats(self) -> tuple[Beat, ...]:
        return self._stepping.screenplay.beats

    def _next(self) -> Beat | None:
        at = self._standing.performed if self._standing else 0
        return self._beats()[at] if at < len(self._beats()) else None

    def _title(self) -> str:
        screenplay = self._stepping.screenplay
        return screenplay.title.title or screenplay.path.name

    def _scene(self) -> str:
        beat = self._next() or (self._beats()[-1] if self._beats() else None)
        return beat.scene if beat else ""

    def _coming(self) -> Told:
        beat = self._next()
        return coming(beat, self._stepping.screenplay.title) if beat else {}

    def _how_far(self) -> str:
        return f"{self._standing.performed if self._standing else 0} of {len(self._beats())}"

    def _verdict(self) -> str:
        """The last exchange in one line."""
        if not self._standing or not self._standing.last:
            return ""
        missed, line = len(self._standing.last.faults), self._standing.last.beat.line
        return f"line {line}: " + (f"{missed} did not hold" if missed else "it held")

    def _end(self) -> str:
        """How many held, once all were performed."""
        if not self._standing or self._next():
            return ""
        held, count = self._standing.held, len(self._beats())
        return f"The end. All {counted(count, 'exchange')} held." if held == count else (
            f"The end. {held} of {counted(count, 'exchange')} held, {count - held} did not."
        )  # fmt: skip

    title = Property(str, _title, constant=True)
    scene = Property(str, _scene, notify=changed)
    coming = Property(dict, _coming, notify=changed)
    howFar = Property(str, _how_far, notify=changed)
    of = Property(str, lambda self: " exchange" + ("" if len(self._beats()) == 1 else "s"), constant=True)
    begun = Property(bool, lambda self: bool(self._standing and self._standing.performed), notify=changed)
    verdict = Property(str, _verdict, notify=changed)
    held = Property(bool, lambda self: not (self._standing and self._standing.last and self._standing.last.faults),
                    notify=changed)  # fmt: skip
    went = Property(list, lambda self: went(self._standing) if self._standing else [], notify=changed)
    end = Property(str, _end, notify=changed)
    byHand = Property(bool, lambda self: bool(self._standing and self._standing.by_hand), notify=changed)
    playing = Property(bool, lambda self: self._timer.isActive(), notify=playingChanged)

    @Slot()
    @guarded("performing the next line")
    def next(self) -> None:
        """Have the next exchange performed; while one is, another press is one too many."""
        if self._next() and not self._asked:
            self._asked = True
            self._stepping.press("next")

    @Slot()
    @guarded("beginning again")
    def again(self) -> None:
        """Have it performed from the beginning, on a new stage."""
        self._asked = True
        self._stepping.press("again")

    @Slot()
    @guarded("playing on")
    def play(self) -> None:
        """Have it go on by itself, or stop that."""
        if self.property("playing"):
            self.stop()
        elif self._next():
            self.next()
            self._timer.start()
            self.playingChanged.emit()

    @Slot()
    def stop(self) -> None:
        """Let the next line wait until he asks for it."""
        if self._timer.isActive():
            self._timer.stop()
            self.playingChanged.emit()

    @guarded("showing how far it has come")
    def drain(self) -> None:
        """Show what came of it since the last time."""
        for standing in self._stepping.standings():
            before, self._standing = self._standing, standing
            if not before or (before.number, before.performed) != (standing.number, standing.performed):
                self._asked = self._asked and not before  # what he asked before there was a stage is still to come
                self.stepped.emit(self._told(standing))
            if not self._next():
                self.stop()
            self.changed.emit()

    def _told(self, standing: Standing) -> str:
        if not standing.performed:
            return "from the beginning" if standing.number > 1 else ""
        return " ".join(filter(None, (f"{self._verdict()}.", self._end())))
