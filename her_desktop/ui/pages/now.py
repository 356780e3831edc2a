"""Receives the turn that is shown, as it grows. Emits it taken apart: the page "now"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot

from her_desktop.events import FactLearned, Recorded, SessionStarted, TechniqueSwitched, TurnsMarked
from her_desktop.folded import state_at
from her_desktop.inbox import Switch
from her_desktop.trace.reader import Past
from her_desktop.ui.bridge import guarded
from her_desktop.ui.pages.now_parts import PARTS, made, reached, touched
from her_desktop.ui.pages.now_said import wanted
from her_desktop.ui.pages.page import House, Page, Told

NOWHERE = (-1, -1)


class NowPage(Page):
    """One turn, part by part. A part is made anew only when an entry came for it, and only while it can be seen."""

    heardChanged = Signal()
    consideredChanged = Signal()
    wonChanged = Signal()
    changedChanged = Signal()
    saidChanged = Signal()
    distanceChanged = Signal()
    charmsChanged = Signal()
    soundChanged = Signal()
    spokenChanged = Signal()
    offChanged = Signal()
    turnChanged = Signal()

    def __init__(self, house: House, parent: QObject | None = None) -> None:
        super().__init__(house, parent)
        self._shown: dict[str, Told] = {part: {} for part in PARTS}
        self._due: set[str] = set(PARTS)
        self._whose: tuple[int, int, int] = (0, 0, 0)
        self._entries: tuple[Recorded, ...] = ()
        self._reached = NOWHERE
        self._taught: dict[str, str] = {}
        self._open = self._asked = False
        self._kept_off: tuple[str, ...] = ()
        self._switched: dict[str, bool] = {}
        house.place.changed.connect(self._grew)

    heard = Property(dict, lambda self: self._shown["heard"], notify=heardChanged)
    considered = Property(dict, lambda self: self._shown["considered"], notify=consideredChanged)
    won = Property(dict, lambda self: self._shown["won"], notify=wonChanged)
    changed = Property(dict, lambda self: self._shown["changed"], notify=changedChanged)
    said = Property(dict, lambda self: self._shown["said"], notify=saidChanged)
    distance = Property(dict, lambda self: self._shown["distance"], notify=distanceChanged)
    charms = Property(dict, lambda self: self._shown["charms"], notify=charmsChanged)
    sound = Property(dict, lambda self: self._shown["sound"], notify=soundChanged)
    at = Property(int, lambda self: self._reached[0], notify=spokenChanged)
    cut = Property(int, lambda self: self._reached[1], notify=spokenChanged)
    off = Property(list, lambda self: self._off(), notify=offChanged)
    turn = Property(int, lambda self: self._whose[2], notify=turnChanged)

    def opened(self) -> None:
        """Make what became due while nobody looked."""
        self._open = True
        self._grew()

    def closed(self) -> None:
        """Let the parts wait."""
        self._open = False

    def take(self, entries: Sequence[Recorded]) -> None:
        """Remember what is switched on and off; let go of words that were forgotten."""
        for one in entries:
            match one.entry:
                case TechniqueSwitched(technique=name, on=on):
                    self._switched[name] = on
                    self.offChanged.emit()
                case SessionStarted() if one.seq == 1:  # in a new profile, or in a record that was erased
                    self._kept_off, self._switched = (), {}
                    self._let_go()
                    self.offChanged.emit()
                case TurnsMarked() if not self._open:
                    self._let_go()

    def _let_go(self) -> None:
        """Hold no words until they are read again."""
        self._begin(self._whose)
        for part in PARTS:
            self._become(part, {})
        if self._open:
            self._grew()

    @Slot(str, bool)
    @guarded("switching a technique")
    def switch_(self, technique: str, on: bool) -> None:
        """Switch a technique off, or on again."""
        self.house.presses.by_hand(Switch(technique, on, "window"))

    @Slot(str, str)
    @guarded("going to where a word comes from")
    def jump(self, tab: str, target: str) -> None:
        """Go to where something comes from: another page, or another turn."""
        if tab == "turn":
            self.house.place.go(int(target))
        elif tab not in ("", "here"):
            self.house.go(tab, target)

    def _off(self) -> list[str]:
        kept = {*self._kept_off, *self._switched}
        return sorted(one for one in kept if not self._switched.get(one, one not in self._kept_off))

    def _look_up_off(self) -> None:
        """Ask once what was switched off before the window opened."""
        if not self._asked:
            self._asked = True
            self.house.desk.ask("now off", lambda past: state_at(past.journal).off, self._take_off)

    def _take_off(self, off: tuple[str, ...]) -> None:
        self._kept_off = off
        self.offChanged.emit()

    # ---- the turn ----

    @guarded("showing the turn")
    def _grew(self) -> None:
        """Take note of what came, or that it is another turn; make what is due."""
        entries = self.house.place.entries
        whose = (entries[0].seq, entries[0].session, entries[0].turn) if entries else (0, 0, 0)
        if whose != self._whose or entries[: len(self._entries)] != self._entries:
            self._begin(whose)
        news = entries[len(self._entries) :]
        self._entries = entries
        for one in news:
            self._due |= touched(one.entry)
        if (now := reached(self._reached, news)) != self._reached:
            self._reached = now
            self.spokenChanged.emit()
        if self._open and self._due:
            self._make(entries)

    def _begin(self, whose: tuple[int, int, int]) -> None:
        self._whose, self._entries, self._taught = whose, (), {}
        self._due = set(PARTS)
        if self._reached != NOWHERE:
            self._reached = NOWHERE
            self.spokenChanged.emit()
        self.turnChanged.emit()

    def _make(self, entries: Sequence[Recorded]) -> None:
        due, self._due = self._due, set()
        for part in due:
            self._become(part, made(part, entries, self._taught))
        if "said" in due and self._shown["said"]:
            self._look_up(wanted(entries))
            self._look_up_off()

    def _become(self, part: str, told: Told) -> None:
        if told != self._shown[part]:
            self._shown[part] = told
            getattr(self, f"{part}Changed").emit()

    def _look_up(self, facts: dict[str, int]) -> None:
        """Ask which words taught the facts that went into the reply."""
        if facts and not self._taught:
            whose = self._whose
            self.house.desk.ask("now taught", lambda past: _taught(past, facts), lambda got: self._learned(whose, got))

    def _learned(self, whose: tuple[int, int, int], taught: dict[str, str]) -> None:
        if whose == self._whose and taught:
            self._taught = taught
            self._due.add("said")
            self._grew()


def _taught(past: Past, facts: dict[str, int]) -> dict[str, str]:
    """The words that taught each fact, as they stand in the record now. Runs at the desk."""
    found: dict[str, Any] = {}
    for turn in set(facts.values()):
        learned = (one.entry for one in past.journal.turn(turn))
        found |= {one.fact: one.words for one in learned if isinstance(one, FactLearned) and one.fact in facts}
    return found
