"""The page "what if": the shown turn run again with one thing changed, and why another rule did not answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import Property, QObject, Signal, Slot

from her_desktop.dialogue.techniques import techniques
from her_desktop.events import Failure, PartLost, PartReady, Recorded, Reply, SessionStarted, TurnsMarked
from her_desktop.inbox import Rehearse
from her_desktop.trace.alterations import Alteration, FactGone, OtherWords, TechniqueOff
from her_desktop.trace.reader import Past
from her_desktop.trace.scene import Scene
from her_desktop.trace.what_if import WhatIf, what_if
from her_desktop.ui.bridge import guarded
from her_desktop.ui.pages.page import House, Page, Told
from her_desktop.ui.pages.whatif_asking import AS_LIST, AS_MAP, Asking
from her_desktop.ui.pages.whatif_choices import left_out
from her_desktop.ui.pages.whatif_outcome import outcome
from her_desktop.ui.pages.whatif_rules import AskedRule
from her_desktop.ui.pages.whatif_turn import EMPTY, Meant, calm, nothing, read, told
from her_desktop.ui.pages.whatif_voice import no_sound
from her_desktop.ui.pages.whatif_why import ToldWhy

_NO_TURN = "Nothing was said yet. Say something; then change one thing about it here, and see what she would have said."
_NO_RECORD = "No record is kept here, so there is no turn to run again."
_UNANSWERED = "She has not answered yet."


def tried(past: Past, number: int, change: Alteration) -> WhatIf:
    """Run a turn again with one thing changed. Runs on the desk's thread.

    Raises:
        Trouble: it cannot be run again, or there is nothing of that name to change.
    """
    turn = past.turn(number)
    return what_if(Scene.of(turn, past.conversation(turn)), turn.reply, change)


class WhatIfPage(Page):
    """One turn, one change, and what comes of it."""

    turnChanged = Signal()
    chosenChanged = Signal()
    outcomeChanged = Signal()
    runsChanged = Signal()
    muteChanged = Signal()
    wordsPut = Signal(str)
    pointed = Signal(str)

    def __init__(self, house: House, parent: QObject | None = None) -> None:
        super().__init__(house, parent)
        self._open = False
        self._number, self._turn = 0, nothing(_NO_TURN)
        self._meant: Meant | None = None
        self._chosen: list[str] = []
        self._found: WhatIf | None = None
        self._outcome: Told = {}
        self._parts: dict[str, PartReady | PartLost] = {}
        self._wanted = ""
        self._reading = Asking(house.desk, "whatif.turn", lambda: None)
        self._running = Asking(house.desk, "whatif", self.runsChanged.emit)
        self._rules = AskedRule(house.desk, house.failed, self)
        self._why = ToldWhy(house.desk, house.failed, self)
        house.place.changed.connect(self._follow)

    turn = Property(AS_MAP, lambda self: self._turn, notify=turnChanged)
    chosen = Property(AS_LIST, lambda self: self._chosen, notify=chosenChanged)
    outcome = Property(AS_MAP, lambda self: self._outcome, notify=outcomeChanged)
    runs = Property(bool, lambda self: self._running.waits, notify=runsChanged)
    mute = Property(str, lambda self: no_sound(self._parts), notify=muteChanged)
    rules = Property(QObject, lambda self: self._rules, constant=True)
    why = Property(QObject, lambda self: self._why, constant=True)

    @property
    def found(self) -> WhatIf | None:
        """What came of the change that is shown."""
        return self._found

    # ---- which turn ----

    def opened(self) -> None:
        """Look up the turn that the pane shows."""
        self._open = True
        self._follow()

    def closed(self) -> None:
        """Look up nothing more."""
        self._open = False

    def take(self, entries: Sequence[Recorded]) -> None:
        """Take note of whether she can be heard; let go of a turn whose words were forgotten."""
        for recorded in entries:
            match recorded.entry:
                case PartReady(part=part) | PartLost(part=part):
                    self._part(part, recorded.entry)
                case SessionStarted() | TurnsMarked():
                    self._let_go()
                    self._follow()

    def _part(self, part: str, entry: PartReady | PartLost) -> None:
        before, self._parts = no_sound(self._parts), {**self._parts, part: entry}
        if no_sound(self._parts) != before:
            self.muteChanged.emit()

    def show(self, target: str) -> None:
        """Choose the change that another page means: `whynot:RULE`, a technique, a fact."""
        self._wanted = target
        if self._meant:
            self._show_wanted()

    def _follow(self) -> None:
        if not self._open:
            return
        place = self.house.place
        number = cast("int", place.turn)
        answered = any(isinstance(one.entry, Reply) for one in place.entries)
        if not self.house.desk.has_record:
            self._show_turn(nothing(_NO_RECORD))
        elif place.live and not answered:
            if not self._number:
                self._show_turn(nothing(_UNANSWERED if number else _NO_TURN))
        elif number != self._number:
            self._drop()
            self._number = number
            self._reading.ask(lambda past: read(past, number), self._read, self._unread)

    def _let_go(self) -> None:
        """Show nothing of it any more, at once."""
        self._drop()
        self._show_turn(EMPTY)

    def _drop(self) -> None:
        """Begin anew; the turn itself stands there until the next one is read, so that nothing flickers."""
        self._number, self._meant = 0, None
        self._reading.withdraw()
        self.clear()
        self._rules.begin(0, ())
        self._why.begin(0)

    def _read(self, meant: Meant) -> None:
        self._meant = meant
        self._show_turn(told(meant))
        self._rules.begin(0 if meant.blocked else meant.turn.number, meant.rules)
        self._why.begin(meant.turn.number)
        self._show_wanted()

    def _unread(self, failure: Failure) -> None:
        self._show_turn(nothing(calm(failure)))

    def _show_turn(self, turn: Told) -> None:
        if turn != self._turn:
            self._turn = turn
            self.turnChanged.emit()

    def _show_wanted(self) -> None:
        target, self._wanted = self._wanted, ""
        meant = self._meant
        if not target or not meant or meant.blocked:
            return
        kind, _, rule = target.partition(":")
        if kind == "whynot" or target in meant.rules:
            self._rules.ask(rule or target)
            self.pointed.emit("rule")
            return
        known = next((key for key in meant.choices if key.partition(":")[2] == target), "")
        change = TechniqueOff(target) if target in techniques() else FactGone(target)
        self._try([known or target], meant.choices[known].change if known else change)
        self.pointed.emit("outcome")

    # ---- one change ----

    @Slot(str)
    @guarded("changing a word")
    def say(self, text: str) -> None:
        """Try what she would have said to other words."""
        if text.strip():
            self._try(["said"], OtherWords(text.strip()))

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
            self._try([key], self._meant.choices[key].change)

    def _leave_out(self, meant: Meant, key: str) -> None:
        before = [one for one in self._chosen if one.startswith("word:")]
        keys = [one for one in before if one != key] if key in before else [*before, key]
        places = tuple(sorted(int(one.partition(":")[2]) for one in keys))
        if places and meant.language:
            self._try(keys, left_out(meant.turn, meant.language, places))
        else:
            self.clear()

    @Slot(int)
    @guarded("trying a change")
    def try_it(self, number: int) -> None:
        """Try the change that would let the rule answer that was asked for."""
        change = self._rules.change(number)
        if isinstance(change, OtherWords):
            self.wordsPut.emit(change.text)
        self._try(["said" if isinstance(change, OtherWords) else "condition"], change)
        self.pointed.emit("outcome")

    @Slot()
    def clear(self) -> None:
        """Change nothing."""
        self._running.withdraw()
        self._choose([])
        self._show_outcome(None, {})

    def _try(self, keys: list[str], change: Alteration) -> None:
        if self._meant and not self._meant.blocked:
            number = self._number
            self._choose(keys)
            self._running.ask(lambda past: tried(past, number, change), self._came, self._failed)

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

    @Slot()
    @guarded("hearing it")
    def hear(self) -> None:
        """Have her speak what she would have said."""
        found = self._found
        if found and found.now and not no_sound(self._parts):
            now = found.now
            self.house.presses.by_hand(Rehearse(now.text, now.tone, self._number, found.change.told))
