"""Receives what he wants exported or forgotten. Emits what is kept at all, and which connections are open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtCore import Property, QObject, Signal, Slot

from her_desktop.events import Failure
from her_desktop.inbox import Erase, Forget
from her_desktop.memory.journal import Journal
from her_desktop.trace.reader import Past
from her_desktop.trouble import Trouble
from her_desktop.ui.bridge import guarded
from her_desktop.ui.connections import Connections, Counted
from her_desktop.ui.pages import memory_look
from her_desktop.ui.pages.memory_export import default_path, export, path_from
from her_desktop.ui.pages.memory_facts import counted
from her_desktop.ui.pages.memory_kept import Kept, kept
from her_desktop.ui.pages.memory_list import AS_MAP, as_map
from her_desktop.ui.pages.page import House, Told

WORD = "forget"
"""What has to be typed before everything is forgotten."""

_FEW = 12
"""For so many facts at most it is counted beforehand what forgetting all of them would clear: each takes a second where
the record is long."""


class Say(Protocol):
    """Tells him something."""

    def __call__(self, text: str, *, waits: bool = False) -> None:
        """Tell this; with `waits`, what becomes of it will be told, too."""
        ...


class Keeping(QObject):
    """What is kept, where, how large and since when; taking it along, and taking all of it back."""

    keptChanged = Signal()
    connectionsChanged = Signal()
    exportedChanged = Signal()
    askingChanged = Signal()

    def __init__(self, house: House, say: Say, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._house, self.failed, self._say = house, house.failed, say
        self._kept: Kept | None = None
        self._asking, self._reach = "", -1
        self._exported: Told = {"note": "", "ask": "", "bad": False}
        self._path = default_path()
        self.watched = Connections(self)
        self._page = self._pane = False
        self.watched.changed.connect(self.connectionsChanged)

    kept = Property(AS_MAP, lambda self: as_map(self._kept) if self._kept else {}, notify=keptChanged)
    connections = Property(AS_MAP, lambda self: connected(self.watched.counted), notify=connectionsChanged)
    exported = Property(AS_MAP, lambda self: self._exported, notify=exportedChanged)
    asking = Property(str, lambda self: self._asking, notify=askingChanged)
    """Which step of forgetting he is at: facts, erase, word; empty for none."""
    question = Property(str, lambda self: self._question(), notify=askingChanged)
    path = Property(str, lambda self: self._path, constant=True)

    def opened(self) -> None:
        """Count connections from now on."""
        self._page = True
        self._watch()

    def closed(self) -> None:
        """Count no more."""
        self._page = False
        self._watch()
        self._ask("")

    @Slot(bool)
    @guarded("counting connections")
    def watch(self, yes: bool) -> None:
        """Count also while only the foot of the pane shows it."""
        self._pane = yes
        self._watch()

    def _watch(self) -> None:
        self.watched.watch(self._page or self._pane)

    def look(self) -> None:
        """Look what is kept now."""
        if home := self._house.home:
            self._house.desk.ask("memory kept", lambda past: kept(past, home), self._arrived)

    def _arrived(self, found: Kept) -> None:
        if found != self._kept:
            self._kept = found
            self.keptChanged.emit()

    # ---- taking it along ----

    @Slot(str, bool)
    @guarded("exporting the memory")
    def export(self, text: str, over: bool) -> None:
        """Write what she knows to a file; one that is there already only where he says so."""
        if not text.strip():
            return self._tell("name a file to write it to", bad=True)
        try:
            path = path_from(text)
        except Trouble as trouble:
            return self._tell(trouble.line, bad=True)

        def done(facts: int | None) -> None:
            if facts is None:
                self._tell("there is such a file already", ask=str(path))
            else:
                self._tell(f"{counted(facts, 'fact')} written to {path}")

        def failed(failure: Failure) -> None:
            self._tell(failure_line(failure), bad=True)

        def work(past: Past) -> int | None:
            return export(past.journal, path, over=over)

        return self._house.desk.ask("memory export", work, done, failed, once=True)

    @Slot()
    @guarded("leaving a file as it is")
    def leave_file(self) -> None:
        """Do not write over it."""
        self._tell("")

    def _tell(self, note: str, *, ask: str = "", bad: bool = False) -> None:
        self._exported = {"note": note, "ask": ask, "bad": bad}
        self.exportedChanged.emit()
        self._say(note)

    # ---- taking it back ----

    @Slot()
    @guarded("asking about all facts")
    def ask_facts(self) -> None:
        """Ask whether all facts are to be forgotten, and count what that would clear."""
        self._reach = -1
        self._ask("facts")

        def arrived(turns: int) -> None:
            self._reach = turns
            self.askingChanged.emit()

        if self._kept and self._kept.facts <= _FEW:
            self._house.desk.ask(
                "memory reach all", lambda past: memory_look.reach(past, _names(past.journal)), arrived
            )

    @Slot()
    @guarded("forgetting all facts")
    def forget_facts(self) -> None:
        """Have her forget every fact; the conversations stay, without their words."""

        def found(names: Sequence[str]) -> None:
            if names:
                self._house.presses.by_hand(Forget(tuple(names)))

        self._ask("")
        self._say("forgetting all facts …", waits=True)
        self._house.desk.ask("memory names", lambda past: _names(past.journal), found)

    @Slot()
    @guarded("asking about everything")
    def ask_erase(self) -> None:
        """Tell what would go, if everything were forgotten."""
        self._ask("erase")

    @Slot()
    @guarded("asking about everything")
    def ask_word(self) -> None:
        """Ask for the word without which nothing is erased."""
        self._ask("word")

    @Slot()
    @guarded("leaving it as it is")
    def keep(self) -> None:
        """Forget nothing."""
        self._ask("")

    @Slot(str, result=bool)
    @guarded("forgetting everything", otherwise=False)
    def erase(self, word: str) -> bool:
        """Have everything forgotten, where the right word was typed. Returns whether it was."""
        if self._asking != "word" or word.strip().casefold() != WORD:
            return False
        self._ask("")
        self._say("forgetting everything …", waits=True)
        self._house.presses.by_hand(Erase())
        return True

    def _ask(self, step: str) -> None:
        if step != self._asking:
            self._asking = step
            self.askingChanged.emit()

    def _question(self) -> str:
        found = self._kept
        if not found or not self._asking:
            return ""
        facts = counted(found.facts, "fact")
        if self._asking == "facts":
            turns = counted(self._reach, "turn") if self._reach >= 0 else "every turn that had to do with them"
            return f"Forget {facts}, and take their words out of {turns}? It cannot be undone."
        since = f", everything since {found.since}" if found.since else ""
        return (
            f"{counted(found.turns, 'turn')} and {facts} would go{since}: the whole record, off the disk. It cannot be"
            " undone. What you exported stays where you put it, and so do your settings."
        )


def connected(found: Counted | None) -> dict[str, Any]:
    """What the page tells of the connections."""
    if not found:
        return {"count": -1, "text": "counting …", "open": [], "local": ""}
    if found.why:
        return {"count": -1, "text": found.why, "open": [], "local": ""}
    number = len(found.internet)
    local = f"{counted(found.local, 'local socket')} to other programs here (the display, the sound), not the internet"
    return {
        "count": number, "text": f"{counted(found.processes, 'process', 'processes')} looked at",
        "open": [as_map(one) for one in found.internet], "local": local if found.local else "",
    }  # fmt: skip


def _names(journal: Journal) -> tuple[str, ...]:
    return tuple(memory_look.facts_at(journal))


def failure_line(failure: Failure) -> str:
    """What went wrong, why, and what to do, in one line."""
    return f"{failure.what}: {failure.why}" + (f" ({failure.todo})" if failure.todo else "")
