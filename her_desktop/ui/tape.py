"""Receives recorded entries. Emits the rows of "this is programming": one for each entry, in the order recorded.

The present turn is kept whole; of earlier turns the latest that fit into `EARLIER_ROWS`, whole turns only. What fell
off is in the journal. A run of rows of one kind, as partial transcripts and spoken words make, is drawn as its last row
until it is unfolded.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec
from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRegularExpression,
    QSortFilterProxyModel,
    Qt,
    Slot,
)

from her_desktop.events import Recorded
from her_desktop.ui.rich import rich
from her_desktop.ui.summaries import summary

EARLIER_ROWS = 400

_RUNS = {"partial_transcript", "word_spoken"}
_TITLES = {"final_transcript": "heard", "decision": "considered", "reply": "said"}
_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class Row(msgspec.Struct, frozen=True):
    """One entry and how it stands among its neighbours."""

    recorded: Recorded
    began: datetime
    """When the first entry of its turn was recorded."""
    run_of: int
    """The number (`seq`) of the first entry of its run."""
    run_length: int = 1
    """How many rows of its run there are, up to and with this one."""
    leads: bool = True
    """The last of its run so far, which stands for it."""
    unfolded: bool = False
    """Every row of its run is drawn."""
    expanded: bool = False
    """Its data is shown."""

    @property
    def folded(self) -> bool:
        """Not drawn: a later row of its run stands for it."""
        return not self.leads and not self.unfolded

    @property
    def at_ms(self) -> int:
        """Milliseconds since the turn began."""
        return round((self.recorded.at - self.began).total_seconds() * 1000)


def fold(last: Row | None, recorded: Recorded) -> Row:
    """The row of an entry, given the row before it."""
    if last is None or last.recorded.turn != recorded.turn:
        return Row(recorded, recorded.at, recorded.seq)
    if recorded.kind in _RUNS and recorded.kind == last.recorded.kind:
        return Row(recorded, last.began, last.run_of, last.run_length + 1, unfolded=last.unfolded)
    return Row(recorded, last.began, recorded.seq)


def surplus(rows: list[Row]) -> int:
    """How many rows at the beginning, in whole turns, are more than the tape keeps."""
    present = rows[-1].recorded.turn if rows else 0
    earlier = next((at for at, row in enumerate(rows) if row.recorded.turn == present), 0)
    least = earlier - EARLIER_ROWS
    if least <= 0:
        return 0
    return next(at for at in range(least, earlier + 1) if rows[at].recorded.turn != rows[at - 1].recorded.turn)


def data_text(recorded: Recorded) -> str:
    """All fields of an entry, as JSON on several lines."""
    return json.dumps(recorded.flat(), indent=2, ensure_ascii=False)


ROLES: dict[str, Callable[[Row], Any]] = {
    "kind": lambda row: row.recorded.kind,
    "title": lambda row: _TITLES.get(row.recorded.kind, row.recorded.kind.replace("_", " ")),
    "summary": lambda row: summary(row.recorded.entry),
    "atMs": lambda row: row.at_ms,
    "turn": lambda row: row.recorded.turn,
    "seq": lambda row: row.recorded.seq,
    "data": lambda row: data_text(row.recorded),
    "rich": lambda row: rich(row.recorded.entry),
    "expanded": lambda row: row.expanded,
    "folded": lambda row: row.folded,
    "runLength": lambda row: row.run_length if row.leads else 1,
    "unfolded": lambda row: row.unfolded,
}
"""Role name to what it reads from a row."""

_FIRST_ROLE = int(Qt.ItemDataRole.UserRole) + 1
ROLE_NUMBERS = {name: number for number, name in enumerate(ROLES, _FIRST_ROLE)}
_SHOWS = {"expanded": ("expanded",), "leads": ("folded", "runLength"), "unfolded": ("folded", "unfolded")}
_READERS = dict(enumerate(ROLES.values(), _FIRST_ROLE))


class Tape(QAbstractListModel):
    """The rows, one for each entry."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = 0) -> Any:
        """What a row has for a role."""
        reader = _READERS.get(role)
        return reader(self._rows[index.row()]) if reader and index.isValid() else None

    def roleNames(self) -> dict[int, QByteArray]:
        """Every role as QML knows it. `data` is a property of each delegate already, so it is called `json` there."""
        return {number: QByteArray(b"json" if n == "data" else n.encode()) for n, number in ROLE_NUMBERS.items()}

    def take(self, recorded: Recorded) -> None:
        """Write one entry at the end."""
        last = self._rows[-1] if self._rows else None
        row = fold(last, recorded)
        self.beginInsertRows(_ROOT, len(self._rows), len(self._rows))
        self._rows.append(row)
        self.endInsertRows()
        if row.run_length > 1:
            self._replace(len(self._rows) - 2, leads=False)
        if last and last.recorded.turn != recorded.turn:
            self._drop(surplus(self._rows))

    def toggle(self, at: int) -> None:
        """Show or hide the data of a row."""
        self._replace(at, expanded=not self._rows[at].expanded)

    def unfold(self, at: int) -> None:
        """Draw every row of the run that this row belongs to, or only its last."""
        chosen = self._rows[at]
        for place, row in enumerate(self._rows):
            if row.run_of == chosen.run_of:
                self._replace(place, unfolded=not chosen.unfolded)

    def _replace(self, at: int, **changes: bool) -> None:
        self._rows[at] = msgspec.structs.replace(self._rows[at], **changes)
        self.dataChanged.emit(self.index(at), self.index(at), [ROLE_NUMBERS[role] for name in changes for role in _SHOWS[name]])

    def _drop(self, count: int) -> None:
        if not count:
            return
        self.beginRemoveRows(_ROOT, 0, count - 1)
        del self._rows[:count]
        self.endRemoveRows()


class Shown(QSortFilterProxyModel):
    """The rows that are drawn: all but the folded ones."""

    def __init__(self, tape: Tape, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tape = tape
        self.setFilterRole(ROLE_NUMBERS["folded"])
        self.setFilterRegularExpression(QRegularExpression("^false$"))
        self.setSourceModel(tape)

    @Slot(int)
    def toggle(self, at: int) -> None:
        """Show or hide the data of a drawn row."""
        if 0 <= at < self.rowCount():
            self._tape.toggle(self._place(at))

    @Slot(int)
    def unfold(self, at: int) -> None:
        """Draw the whole run of a drawn row, or only its last row."""
        if 0 <= at < self.rowCount():
            self._tape.unfold(self._place(at))

    def _place(self, at: int) -> int:
        return self.mapToSource(self.index(at, 0)).row()
