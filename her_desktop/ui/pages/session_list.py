"""Receives where the turns stand, and their lines as they are looked up. Emits them to QML as rows of a long list.

Only what comes into view is looked up, `PAGE_ROWS` at a time, and only `MOST_PAGES` of that is kept.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Set
from datetime import datetime
from typing import Any

import msgspec
from PySide6.QtCore import QAbstractListModel, QByteArray, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer

from her_desktop.events import Failure, FinalTranscript, Recorded, Reply
from her_desktop.ui.bridge import guarded
from her_desktop.ui.pages.session_turns import Index, Line, headline, lines

PAGE_ROWS, MOST_PAGES, MOST_ASKED = 100, 40, 4
MOST_LIVE = 300
"""So many turns of this session are kept as they were heard, until they can be read from the record."""

_ROOT = QModelIndex()
_FIRST_ROLE = int(Qt.ItemDataRole.UserRole) + 1
ROLES = {
    name: number
    for number, name in enumerate(
        ("turn", "session", "head", "known", "clock", "heard", "reply", "forgotten"), _FIRST_ROLE
    )
}
_NAMES = {number: name for name, number in ROLES.items()}
Stretch = tuple[int, int, int | None]
"""A page, and the entries between which its turns stand."""


class Live(msgspec.Struct, frozen=True):
    """A turn as it was just heard."""

    session: int
    turn: int
    line: Line


class Turns(QAbstractListModel):
    """All turns of the record, the newest at the end."""

    def __init__(
        self,
        ask: Callable[[tuple[Stretch, ...]], None],
        failed: Callable[[Failure], None],
        parent: QObject | None = None,
    ) -> None:
        """Take what looks pages up; `fill` is to be called with each."""
        super().__init__(parent)
        self.failed, self._ask = failed, ask
        self.index_ = Index()
        self._began: dict[int, datetime] = {}
        self._marked: Set[int] = frozenset()
        self._pages: OrderedDict[int, Mapping[int, Line]] = OrderedDict()
        self._live: OrderedDict[int, Live] = OrderedDict()
        self._wanted: OrderedDict[int, None] = OrderedDict()
        self._soon = QTimer(self, interval=0, singleShot=True)
        self._soon.timeout.connect(self._look_up)
        self.keeps_all = False
        """Nothing can be looked up: what was heard is all there is."""

    @property
    def pages_kept(self) -> int:
        """How many pages are in memory."""
        return len(self._pages)

    @property
    def any_forgotten(self) -> bool:
        """Whether words were removed from any turn."""
        return bool(self._marked)

    def head(self, session: int) -> str:
        """Which session it is, and when it began."""
        return headline(session, self._began)

    # ---- what QML reads ----

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        """How many turns there are."""
        return 0 if parent.isValid() else len(self.index_)

    def roleNames(self) -> dict[int, QByteArray]:
        """What a row has."""
        return {number: QByteArray(name.encode()) for number, name in _NAMES.items()}

    @guarded("drawing a turn")
    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        """Read what a row has; what is not known yet is looked up."""
        row = index.row()
        if not 0 <= row < len(self.index_):
            return None
        match _NAMES.get(role):
            case "turn":
                return self.index_.turns[row]
            case "session":
                return self.index_.sessions[row]
            case "head":
                return self.head(self.index_.sessions[row]) if self.index_.begins(row) else ""
            case "forgotten":
                line = self._line(row)
                return self.index_.turns[row] in self._marked or bool(line and line.forgotten)
            case "known":
                return self._line(row) is not None
            case "clock" | "heard" | "reply" as name:
                return getattr(self._line(row), name, "")
        return None

    def _line(self, row: int) -> Line | None:
        seq, page = self.index_.seqs[row], row // PAGE_ROWS
        if live := self._live.get(seq):
            return live.line
        if (known := self._pages.get(page)) is not None:
            self._pages.move_to_end(page)
            return known.get(seq)
        if page not in self._wanted:
            self._want(page)
        return None

    # ---- looking up ----

    def _want(self, page: int) -> None:
        self._wanted[page] = None
        while len(self._wanted) > MOST_ASKED:
            self._wanted.popitem(last=False)
        if not self._soon.isActive():
            self._soon.start()

    def _look_up(self) -> None:
        last = len(self.index_)
        spans = [(page, *self.index_.stretch(page * PAGE_ROWS, min(last, (page + 1) * PAGE_ROWS)))
                 for page in self._wanted if page * PAGE_ROWS < last]  # fmt: skip
        if spans:
            self._ask(tuple(reversed(spans)))

    def fill(self, pages: Mapping[int, Mapping[int, Line]]) -> None:
        """Take the lines of pages that were looked up."""
        for page, found in pages.items():
            self._wanted.pop(page, None)
            self._pages[page] = found
            self._redraw(page * PAGE_ROWS, (page + 1) * PAGE_ROWS)
        while len(self._pages) > MOST_PAGES:
            self._pages.popitem(last=False)

    def _redraw(self, first: int, after: int) -> None:
        last = min(after, len(self.index_)) - 1
        if first <= last:
            self.dataChanged.emit(
                self.index(first),
                self.index(last),
                [ROLES[name] for name in ("known", "clock", "heard", "reply", "forgotten")],
            )

    def begin(self, index: Index, began: Mapping[int, datetime], marked: Set[int]) -> None:
        """Take all turns that the record has; those that were heard since come after them."""
        self.beginResetModel()
        last = index.seqs[-1] if index.seqs else 0
        for seq, live in self._live.items():
            if seq > last:
                index.add(seq, live.session, live.turn)
        self.index_, self._marked = index, marked
        self._began = {**began, **{s: at for s, at in self._began.items() if s not in began}}
        self._pages.clear()
        self._wanted.clear()
        self.endResetModel()

    def forget(self, *, all_of_it: bool = False) -> None:
        """Let go of every word: words were removed from the record, or (with `all_of_it`) it was erased."""
        self._pages.clear()
        self._wanted.clear()
        self._live.clear()
        if all_of_it:
            self.beginResetModel()
            self.index_, self._began, self._marked = Index(), {}, frozenset()
            self.endResetModel()
        else:
            self._redraw(0, len(self.index_))

    # ---- as it happens ----

    def take(self, recorded: Recorded) -> None:
        """Put a turn at the end, or her answer beside what he said."""
        self._began.setdefault(recorded.session, recorded.at)
        if isinstance(recorded.entry, FinalTranscript):
            self._append(recorded)
        elif isinstance(recorded.entry, Reply) and self._live:
            seq, live = next(reversed(self._live.items()))
            if (live.session, live.turn) == (recorded.session, recorded.turn) and not live.line.reply:
                self._live[seq] = msgspec.structs.replace(
                    live, line=msgspec.structs.replace(live.line, reply=recorded.entry.text)
                )
                self._redraw(len(self.index_) - 1, len(self.index_))

    def _append(self, recorded: Recorded) -> None:
        row = len(self.index_)
        place = recorded.seq, recorded.session, recorded.turn
        if row and (self.index_.turns[-1], self.index_.sessions[-1]) == (recorded.turn, recorded.session):
            return
        self._live[recorded.seq] = Live(recorded.session, recorded.turn, lines([recorded])[recorded.seq])
        self.beginInsertRows(_ROOT, row, row)
        self.index_.add(*place)
        self.endInsertRows()
        while len(self._live) > MOST_LIVE and not self.keeps_all:
            old, _ = self._live.popitem(last=False)
            self._pages.pop(self.index_.row_from(old) // PAGE_ROWS, None)
