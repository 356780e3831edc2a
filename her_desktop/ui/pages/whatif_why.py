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
from her_desktop.ui.pages.whatif_turn import Meant, calm

_NOTHING: Told = {"paragraph": "", "causes": [], "trouble": ""}


def explained(past: Past, meant: Meant) -> Why:
    """Explain a turn; of one from which words were removed only what the record tells, as nothing is tried again.

    Raises:
        Trouble: the packs that were in force are not kept.
    """
    removed = forgotten(past.journal, meant.turn.number)
    turn = past.turn(meant.turn.number, also_marked=True) if removed else meant.turn
    conversation = meant.conversation or past.conversation(turn)
    return why(turn, conversation, timings(past.journal, turn.number), () if removed else KINDS)


class ToldWhy(QObject):
    """The explanation of the turn that is shown, behind a fold."""

    openChanged = Signal()
    answerChanged = Signal()
    waitsChanged = Signal()

    def __init__(self, desk: Desk, failed: Callable[[Failure], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.failed = failed
        self._asking = Asking(desk, "whatif.why", self.waitsChanged.emit)
        self._meant: Meant | None = None
        self._open, self._answer = False, _NOTHING

    open = Property(bool, lambda self: self._open, notify=openChanged)
    answer = Property(AS_MAP, lambda self: self._answer, notify=answerChanged)
    waits = Property(bool, lambda self: self._asking.waits, notify=waitsChanged)

    def begin(self, meant: Meant | None) -> None:
        """Tell of another turn, or none."""
        self._meant = meant
        self._asking.withdraw()
        self._fold(unfolded=False)
        self._show(_NOTHING)

    @Slot(bool)
    @guarded("telling why")
    def unfold(self, unfolded: bool) -> None:
        """Open the fold, or close it."""
        self._fold(unfolded=unfolded)
        meant = self._meant
        if unfolded and meant and not self._answer["paragraph"]:
            self._asking.ask(lambda past: explained(past, meant), self._found, self._failed)

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
