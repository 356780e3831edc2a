"""The page "what if": the shown turn run again with one thing changed, and why another rule did not answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import Property, QObject, Signal, Slot

from her_desktop.dialogue.techniques import techniques
from her_desktop.events import (
    Failure,
    FinalTranscript,
    PartLost,
    PartReady,
    Recorded,
    Reply,
    SessionStarted,
    TurnsMarked,
)
from her_desktop.inbox import Rehearse
from her_desktop.trace.alterations import FactGone, OtherWords, TechniqueOff
from her_desktop.ui.bridge import guarded
from her_desktop.ui.pages.page import House, Page, Told
from her_desktop.ui.pages.whatif_asking import AS_MAP, Asking
from her_desktop.ui.pages.whatif_change import Change
from her_desktop.ui.pages.whatif_rules import AskedRule
from her_desktop.ui.pages.whatif_turn import EMPTY, Meant, calm, nothing, read, told
from her_desktop.ui.pages.whatif_voice import no_sound
from her_desktop.ui.pages.whatif_why import ToldWhy

_NO_TURN = "Nothing was said yet. Say something; then change one thing about it here, and see what she would have said."
_NO_RECORD = "No record is kept here, so there is no turn to run again."
_UNANSWERED = "She has not answered yet."


class WhatIfPage(Page):
    """One turn, one change, and what comes of it."""

    turnChanged = Signal()
    readsChanged = Signal()
    muteChanged = Signal()
    wordsPut = Signal(str)
    pointed = Signal(str)

    def __init__(self, house: House, parent: QObject | None = None) -> None:
        super().__init__(house, parent)
        self._open = False
        self._number, self._turn = 0, nothing(_NO_TURN)
        self._meant: Meant | None = None
        self._parts: dict[str, PartReady | PartLost] = {}
        self._wanted = ""
        self._reading = Asking(house.desk, "whatif.turn", self.readsChanged.emit)
        self._change = Change(house.desk, house.failed, self)
        self._rules = AskedRule(house.desk, house.failed, self)
        self._why = ToldWhy(house.desk, house.failed, self)
        house.place.changed.connect(self._follow)

    turn = Property(AS_MAP, lambda self: self._turn, notify=turnChanged)
    reads = Property(bool, lambda self: self._reading.waits, notify=readsChanged)
    mute = Property(str, lambda self: no_sound(self._parts), notify=muteChanged)
    change = Property(QObject, lambda self: self._change, constant=True)
    rules = Property(QObject, lambda self: self._rules, constant=True)
    why = Property(QObject, lambda self: self._why, constant=True)

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

    @guarded("following the turn")
    def _follow(self) -> None:
        if not self._open:
            return
        number, why_none = self._meant_now()
        if why_none:
            if not self._number:
                self._show_turn(nothing(why_none))
        elif number != self._number:
            self._drop()
            self._number = number
            self._reading.ask(lambda past: read(past, number), self._read, self._unread)

    def _meant_now(self) -> tuple[int, str]:
        """Which turn is meant, or why none is: the one that is shown; while it is only being said, the one before."""
        place = self.house.place
        kinds = {type(one.entry) for one in place.entries}
        if not self.house.desk.has_record:
            return 0, _NO_RECORD
        if not place.live or Reply in kinds:
            return cast("int", place.turn), ""
        if FinalTranscript in kinds:
            return 0, _UNANSWERED
        return cast("int", place.newest), "" if place.newest else _NO_TURN

    def _let_go(self) -> None:
        """Show nothing of it any more, at once."""
        self._drop()
        self._show_turn(EMPTY)

    def _drop(self) -> None:
        """Begin anew; the turn itself stands there until the next one is read, so that nothing flickers."""
        self._number, self._meant = 0, None
        self._reading.withdraw()
        self._change.begin(None)
        self._rules.begin(None)
        self._why.begin(None)

    def _read(self, meant: Meant) -> None:
        self._meant = meant
        self._show_turn(told(meant))
        self._change.begin(meant)
        self._rules.begin(None if meant.blocked else meant)
        self._why.begin(meant)
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
        self._change.attempt([known or target], meant.choices[known].change if known else change)
        self.pointed.emit("outcome")

    @Slot(int)
    @guarded("trying a change")
    def try_it(self, number: int) -> None:
        """Try the change that would let the rule answer that was asked for."""
        change = self._rules.change(number)
        if isinstance(change, OtherWords):
            self.wordsPut.emit(change.text)
        self._change.attempt(["said" if isinstance(change, OtherWords) else "condition"], change)
        self.pointed.emit("outcome")

    @Slot()
    @guarded("hearing it")
    def hear(self) -> None:
        """Have her speak what she would have said."""
        found = self._change.found
        if found and found.now and not no_sound(self._parts):
            now = found.now
            self.house.presses.by_hand(Rehearse(now.text, now.tone, self._number, found.change.told))
