"""Receives which change he chose. Emits what she would have said then, as soon as the desk has run the turn again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Property, QObject, Signal, Slot

from her_desktop.events import Failure
from her_desktop.trace.alterations import Alteration, OtherWords
from her_desktop.trace.reader import Past
from her_desktop.trace.what_if import WhatIf, what_if
from her_desktop.ui.bridge import guarded
from her_desktop.ui.desk import Desk
from her_desktop.ui.pages.page import Told
from her_desktop.ui.pages.whatif_asking import AS_LIST, AS_MAP, Asking
from her_desktop.ui.pages.whatif_choices import left_out
from her_desktop.ui.pages.whatif_outcome import outcome
from her_desktop.ui.pages.whatif_turn import Meant, calm, scene


def tried(past: Past, meant: Meant, change: Alteration) -> WhatIf:
    """Run a turn again with one thing changed. Runs on the desk's thread.

    Raises:
        Trouble: it cannot be run again, or there is nothing of that name to change.
    """
    return what_if(scene(past, meant), meant.turn.reply, change)


class Change(QObject):
    """The one thing that is changed about the turn, and what comes of it."""

    chosenChanged = Signal()
    outcomeChanged = Signal()
    runsChanged = Signal()

    def __init__(self, desk: Desk, failed: Callable[[Failure], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.failed = failed
        self._meant: Meant | None = None
        self._chosen: list[str] = []
        self._found: WhatIf | None = None
        self._outcome: Told = {}
        self._running = Asking(desk, "whatif", self.runsChanged.emit)

    chosen = Property(AS_LIST, lambda self: self._chosen, notify=chosenChanged)
    outcome = Property(AS_MAP, lambda self: self._outcome, notify=outcomeChanged)
    runs = Property(bool, lambda self: self._running.waits, notify=runsChanged)

    @property
    def found(self) -> WhatIf | None:
        """What came of the change that is shown."""
        return self._found

    def begin(self, meant: Meant | None) -> None:
        """Change nothing about another turn, or about none."""
        self._meant = meant
        self.clear()

    @Slot(str)
    @guarded("changing a word")
    def say(self, text: str) -> None:
        """Try what she would have said to other words."""
        if text.strip():
            self.attempt(["said"], OtherWords(text.strip()))

    @Slot(str)
    @guarded("changing something")
    def choose(self, key: str) -> None:
        """Try this change instead of the one before; words that are left out add up. The chosen one is let go of."""
        if not self._meant or key not in self._meant.choices:
            return
        if key.startswith("word:"):
            self._leave_out(self._meant, key)
        elif key in self._chosen:
            self.clear()
        else:
            self.attempt([key], self._meant.choices[key].change)

    def _leave_out(self, meant: Meant, key: str) -> None:
        before = [one for one in self._chosen if one.startswith("word:")]
        keys = [one for one in before if one != key] if key in before else [*before, key]
        places = tuple(sorted(int(one.partition(":")[2]) for one in keys))
        if places and meant.conversation:
            self.attempt(keys, left_out(meant.turn, meant.conversation.language, places))
        else:
            self.clear()

    @Slot()
    def clear(self) -> None:
        """Change nothing."""
        self._running.withdraw()
        self._choose([])
        self._show_outcome(None, {})

    def attempt(self, keys: list[str], change: Alteration) -> None:
        """Try a change that these choices stand for."""
        meant = self._meant
        if meant and not meant.blocked:
            self._choose(keys)
            self._running.ask(lambda past: tried(past, meant, change), self._came, self._failed)

    def _choose(self, keys: list[str]) -> None:
        if keys != self._chosen:
            self._chosen = keys
            self.chosenChanged.emit()

    def _came(self, found: WhatIf) -> None:
        self._show_outcome(found, outcome(found))

    def _failed(self, failure: Failure) -> None:
        self._show_outcome(None, {"failed": calm(failure)})

    def _show_outcome(self, found: WhatIf | None, drawn: Told) -> None:
        self._found = found
        if drawn != self._outcome:
            self._outcome = drawn
            self.outcomeChanged.emit()
