"""Receives recorded entries. Emits to QML the rows of "this is programming", and those of them that are drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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

from her_desktop.events import Failure, Recorded
from her_desktop.trace.summaries import summary
from her_desktop.ui.bridge import guarded
from her_desktop.ui.rich import rich
from her_desktop.ui.rows import Row, data_text, fold, surplus

_TITLES = {"final_transcript": "heard", "decision": "considered", "reply": "said"}
_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


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

    def __init__(self, failed: Callable[[Failure], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.failed = failed
        self._rows: list[Row] = []

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    @guarded("drawing an entry")
    def data(self, index: Index, role: int = 0) -> Any:
        """Read what a row has for a role."""
        reader = _READERS.get(role)
        return reader(self._rows[index.row()]) if reader and index.isValid() else None

    def roleNames(self) -> dict[int, QByteArray]:
        """Every role as QML knows it. `data` is a property of each delegate already, so it is called `json` there."""
        return {number: QByteArray(b"json" if n == "data" else n.encode()) for n, number in ROLE_NUMBERS.items()}

    def take(self, entries: Sequence[Recorded]) -> None:
        """Write entries at the end, in one go."""
        added: list[Row] = []
        for recorded in entries:
            last = added[-1] if added else self._rows[-1] if self._rows else None
            row = fold(last, recorded)
            if row.run_length > 1:
                self._follow(added)
            added.append(row)
        if not added:
            return
        self.beginInsertRows(_ROOT, len(self._rows), len(self._rows) + len(added) - 1)
        self._rows += added
        self.endInsertRows()
        self._drop(surplus(self._rows))

    def clear(self) -> None:
        """Hold no rows any more."""
        self.beginResetModel()
        self._rows.clear()
        self.endResetModel()

    def _follow(self, added: list[Row]) -> None:
        """Let the row before stand for its run no longer."""
        if added:
            added[-1] = msgspec.structs.replace(added[-1], leads=False)
        else:
            self._replace(len(self._rows) - 1, leads=False)

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
        self.dataChanged.emit(
            self.index(at), self.index(at), [ROLE_NUMBERS[role] for name in changes for role in _SHOWS[name]]
        )

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
