"""Receives every entry, and the turn that is shown. Emits its time as a waterfall, and the session's in figures."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Property, QObject, Signal, Slot

from her_desktop.events import FinalTranscript, Recorded, SessionStarted, SpeechDiscarded, SpeechEnded, Timing
from her_desktop.ui.bridge import guarded
from her_desktop.ui.pages.page import House, Page, Told
from her_desktop.ui.pages.time_session import Tally
from her_desktop.ui.pages.time_taken import taken
from her_desktop.ui.pages.time_told import PEOPLE_MS, told_turn

_TIMED = (FinalTranscript, SessionStarted, SpeechDiscarded, SpeechEnded, Timing)


class TimePage(Page):
    """How long the shown turn took, and the turns of this session."""

    turnChanged = Signal()
    sessionChanged = Signal()

    def __init__(self, house: House, parent: QObject | None = None) -> None:
        super().__init__(house, parent)
        self._tally = Tally()
        self._turn: Told = told_turn(taken(()))
        self._session: Told = self._tally.told()
        self._seen, self._stale = False, True
        house.place.changed.connect(self._look)

    turn = Property(dict, lambda self: self._turn, notify=turnChanged)
    session = Property(dict, lambda self: self._session, notify=sessionChanged)
    people = Property(int, lambda _self: PEOPLE_MS, constant=True)

    def opened(self) -> None:
        """Draw what has come meanwhile."""
        self._seen = True
        self._look()
        self._count()

    def closed(self) -> None:
        """Draw nothing until it can be seen again."""
        self._seen = False

    def take(self, entries: Sequence[Recorded]) -> None:
        """Count the entries that tell of time."""
        for recorded in entries:
            if isinstance(recorded.entry, _TIMED):
                self._tally.take(recorded)
                self._stale = True
        if self._seen and self._stale:
            self._count()

    def _count(self) -> None:
        if self._stale:
            self._stale = False
            self._session = self._tally.told()
            self.sessionChanged.emit()

    @Slot()
    @guarded("drawing the time of the turn")
    def _look(self) -> None:
        if not self._seen:
            return
        turn = told_turn(taken(self.house.place.entries))
        if turn != self._turn:
            self._turn = turn
            self.turnChanged.emit()
