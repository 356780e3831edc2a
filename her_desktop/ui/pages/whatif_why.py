"""Receives the wish to know how a reply was made. Emits the whole explanation; nothing is looked up before."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Property, QObject, Signal, Slot

from her_desktop.events import Failure
from her_desktop.trace.causes import KINDS
from her_desktop.trace.explain import Why, why
from her_desktop.trace.past import forgotten, timings
from her_desktop.trace.reader import Past
from her_desktop.ui.bridge import guarded
from her_desktop.ui.desk import Desk
from her_desktop.ui.pages.page import Told
from her_desktop.ui.pages.whatif_asking import AS_MAP, Asking
from her_desktop.ui.pages.whatif_turn import calm

_NOTHING: Told = {"paragraph": "", "causes": [], "trouble": ""}


def explained(past: Past, number: int) -> Why:
    """Explain a turn; of one from which words were removed only what the record tells, as nothing is tried again."""
    turn = past.turn(number, also_marked=True)
    kinds = () if forgotten(past.journal, number) else KINDS
    return why(turn, past.conversation(turn), timings(past.journal, number), kinds)


class ToldWhy(QObject):
    """The explanation of the turn that is shown, behind a fold."""

    openChanged = Signal()
    answerChanged = Signal()
    waitsChanged = Signal()

    def __init__(self, desk: Desk, failed: Callable[[Failure], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.failed = failed
        self._asking = Asking(desk, "whatif.why", self.waitsChanged.emit)
        self._turn, self._open, self._answer = 0, False, _NOTHING

    open = Property(bool, lambda self: self._open, notify=openChanged)
    answer = Property(AS_MAP, lambda self: self._answer, notify=answerChanged)
    waits = Property(bool, lambda self: self._asking.waits, notify=waitsChanged)

    def begin(self, turn: int) -> None:
        """Tell of another turn; 0 for none."""
        self._turn = turn
        self._asking.withdraw()
        self._fold(unfolded=False)
        self._show(_NOTHING)

    @Slot(bool)
    @guarded("telling why")
    def unfold(self, unfolded: bool) -> None:
        """Open the fold, or close it."""
        self._fold(unfolded=unfolded)
        if unfolded and self._turn and not self._answer["paragraph"]:
            turn = self._turn
            self._asking.ask(lambda past: explained(past, turn), self._found, self._failed)

    def _found(self, found: Why) -> None:
        causes = [cause.found.paragraph for cause in found.causes]
        self._show(_NOTHING | {"paragraph": found.paragraph, "causes": causes})

    def _failed(self, failure: Failure) -> None:
        self._show(_NOTHING | {"trouble": calm(failure)})

    def _fold(self, *, unfolded: bool) -> None:
        if unfolded != self._open:
            self._open = unfolded
            self.openChanged.emit()

    def _show(self, answer: Told) -> None:
        if answer != self._answer:
            self._answer = answer
            self.answerChanged.emit()
