"""Receives the rules in force and what they said. Emits the page "rules": a tree to look in, and one rule laid open."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import cast

from PySide6.QtCore import Property, QObject, Signal, Slot

from her_desktop.events import Failure, PacksChanged, Recorded, Reply, SessionStarted, TurnsMarked, Volunteered
from her_desktop.trace.ledger_words import many
from her_desktop.ui.bridge import guarded
from her_desktop.ui.pages import rules_desk
from her_desktop.ui.pages.page import House, Page, Told
from her_desktop.ui.pages.rules_catalog import Catalog
from her_desktop.ui.pages.rules_counts import Counts, Spoken
from her_desktop.ui.pages.rules_tree import Tree


class RulesPage(Page):
    """The tree of all rules, which of its lines is chosen, and what was looked for."""

    changed = Signal()
    chosenChanged = Signal()
    firedChanged = Signal()
    landed = Signal(int)
    """The line to go to."""

    def __init__(self, house: House, parent: QObject | None = None) -> None:
        super().__init__(house, parent)
        self._tree = Tree(house.failed, self._times, self)
        self._spoken = Spoken()
        self._loaded = self._reading = self._open = self._changed = False
        self._wanted = self._sought = ""
        self._chosen: Told = {}
        self._note = ""

    tree = Property(QObject, lambda self: self._tree, constant=True)
    summary = Property(str, lambda self: self._summary(), notify=changed)
    note = Property(str, lambda self: self._note, notify=changed)
    sought = Property(str, lambda self: self._sought, notify=changed)
    chosen = Property(cast(type, "QVariantMap"), lambda self: self._chosen, notify=chosenChanged)
    spoke = Property(
        cast(type, "QVariantMap"), lambda self: self._spoken.told(self._chosen.get("id", "")), notify=firedChanged
    )
    recorded = Property(bool, lambda self: self.house.desk.has_record, constant=True)

    def opened(self) -> None:
        """Read the rules where they were not read yet, and count anew what they said."""
        self._open = True
        self._read()
        self._count()

    def closed(self) -> None:
        """Read nothing by itself any more."""
        self._open = False

    def take(self, entries: Sequence[Recorded]) -> None:
        """Count what is said as it is recorded; read the rules again where they were changed."""
        for recorded in entries:
            match recorded.entry:
                case SessionStarted() if recorded.seq == 1:  # in a new profile, or in a record that was erased
                    self._begin_anew()
                case Reply() | Volunteered():
                    self._add(recorded)
                    self._seek_nothing()
                case TurnsMarked():
                    self._seek_nothing()
                case PacksChanged():
                    self._loaded, self._reading, self._changed = False, False, True
                    if self._open:
                        self._read()

    def _seek_nothing(self) -> None:
        """Words were forgotten; what he looks for may be one of them."""
        if self._sought:
            self.find("")

    def _begin_anew(self) -> None:
        self._spoken.begin_anew()
        self._tree.refresh_all()
        self.firedChanged.emit()

    @Slot(str)
    @guarded("showing a rule")
    def show(self, target: str) -> None:
        """Go to a rule, and lay it open."""
        self._wanted = target
        self._read()
        if self._loaded:
            self._land()

    @Slot(str)
    @guarded("looking for rules")
    def find(self, words: str) -> None:
        """Show only what holds these words; nothing shows all again."""
        self._sought = words
        if words.strip() and self._loaded:
            work = partial(rules_desk.holding, shown=self._tree.catalog, words=words)
            self.house.desk.ask("rules that hold these words", work, self._found)
        else:
            self._found(None)

    def _found(self, numbers: list[int] | None) -> None:
        if (numbers is None) != (not self._sought.strip()):
            return
        self._tree.only(numbers)
        rules = sum(self._tree.catalog.nodes[number].kind != "pack" for number in numbers or ())
        self._note = "" if numbers is None else many(rules, "rule") + " found"
        self.changed.emit()

    @Slot(int)
    @guarded("showing a rule")
    def choose(self, line: int) -> None:
        """Lay the rule of a line open; a pack is unfolded or folded."""
        if not 0 <= line < len(self._tree.lines):
            return
        number = self._tree.lines[line]
        if self._tree.catalog.nodes[number].kind == "pack":
            self._tree.turn(line)
        else:
            self._lay_open(number)

    @Slot()
    @guarded("closing a rule")
    def leave(self) -> None:
        """Lay no rule open any more."""
        self._chosen = {}
        self.chosenChanged.emit()

    @Slot(int)
    @guarded("going to a turn")
    def go(self, turn: int) -> None:
        """Show a turn."""
        self.house.place.go(turn)
        self.house.go("now", "")

    @Slot()
    @guarded("asking why not")
    def why_not(self) -> None:
        """Ask why the rule that is laid open did not answer in the turn that is shown."""
        if name := self._chosen.get("id"):
            self.house.go("whatif", f"whynot:{name}")

    @Slot(str)
    @guarded("saying a sample")
    def say(self, sample: str) -> None:
        """Say a sample, as if it were typed."""
        if sample.strip():
            self.house.presses.typed(sample)

    # ---- what is read at the desk ----

    def _read(self) -> None:
        if not self._loaded and not self._reading and self.house.desk.has_record:
            self._reading, self._note = True, "reading the rules …"
            self.changed.emit()
            work = partial(rules_desk.in_force, anew=self._changed)
            self._changed = False
            self.house.desk.ask("the rules", work, self._arrived, self._lost)

    def _arrived(self, found: Catalog) -> None:
        self._loaded, self._reading, self._note = True, False, ""
        self._spoken.sum_up(found)
        self._tree.take(found)
        self.changed.emit()
        if self._sought:
            self.find(self._sought)
        self._land()

    def _land(self) -> None:
        """Go to the rule that another page pointed to."""
        wanted, self._wanted = self._wanted, ""
        if not wanted:
            return
        number = self._tree.catalog.at.get(wanted)
        if number is None:
            self._note = f"{wanted} is not among the rules in force"
            self.changed.emit()
            return
        if self._sought:
            self._sought = ""
            self._found(None)
        line = self._tree.reach(number)
        if self._tree.catalog.nodes[number].kind == "pack":
            self._tree.fold(line, is_open=True)
        else:
            self._lay_open(number)
        self.landed.emit(line)

    def _lay_open(self, number: int) -> None:
        work = partial(rules_desk.laid_open, shown=self._tree.catalog, number=number)
        self.house.desk.ask("a rule", work, self._opened)

    def _opened(self, told: Told) -> None:
        self._chosen = told
        self.chosenChanged.emit()
        self.firedChanged.emit()

    def _count(self) -> None:
        self.house.desk.ask("what rules said", rules_desk.spoken, self._counted)

    def _counted(self, counts: Counts) -> None:
        self._spoken.counted(counts, self._tree.catalog)
        self._tree.refresh_all()
        self.firedChanged.emit()

    def _add(self, recorded: Recorded) -> None:
        for number in self._spoken.add(recorded, self._tree.catalog):
            self._tree.refresh(number)
        self.firedChanged.emit()

    def _times(self, number: int) -> int:
        return self._spoken.times(self._tree.catalog, number)

    def _lost(self, failure: Failure) -> None:
        self._reading, self._note = False, ""
        self.changed.emit()
        self.failed(failure)

    def _summary(self) -> str:
        shown = self._tree.catalog
        if not shown.nodes:
            return ""
        left_out = f" · {many(shown.broken, 'rule')} left out, broken" if shown.broken else ""
        return f"{many(shown.rules, 'rule')} in {many(shown.packs, 'pack')}{left_out}"
