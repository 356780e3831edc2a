"""Receives what she knows. Emits the rows of it that hold the words he looks for, and what of them is unfolded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import msgspec
from PySide6.QtCore import QAbstractListModel, QByteArray, QModelIndex, QObject, QPersistentModelIndex, Qt

from her_desktop.ui.pages.memory_facts import Row
from her_desktop.ui.pages.memory_look import Shaped

_ROOT = QModelIndex()
_FACT, _SUBJECT = int(Qt.ItemDataRole.UserRole) + 1, int(Qt.ItemDataRole.UserRole) + 2
_NAMES = {_FACT: QByteArray(b"fact"), _SUBJECT: QByteArray(b"subject")}
_ONE_BY_ONE = 40
"""Where more rows come and go, the whole list is made anew."""

AS_MAP = cast("type", "QVariantMap")
"""How a mapping goes to QML."""

AT_ONCE = 20
"""So many replies are unfolded at once."""


def as_map(struct: msgspec.Struct) -> dict[str, Any]:
    """A struct as QML reads it: mappings, lists and plain values."""
    return cast(dict[str, Any], msgspec.json.decode(msgspec.json.encode(struct)))


class Unfolded(msgspec.Struct, frozen=True):
    """What of a row is unfolded."""

    history: bool = False
    replies: bool = False
    shaped: tuple[Shaped, ...] | None = None
    """None while they are looked up."""
    most: int = AT_ONCE


class FactList(QAbstractListModel):
    """The rows that are drawn. Keeps its place where rows come and go."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Row, ...] = ()
        self._rows: list[Row] = []
        self._words: list[str] = []
        self._unfolded: dict[str, Unfolded] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """Of all facts, also of those that are not drawn."""
        return tuple(row.name for row in self._all)

    def take(self, rows: Sequence[Row]) -> list[str]:
        """Show these facts. Returns the names of those whose replies are unfolded and have to be looked up again."""
        before, self._all = dict(zip(self.names, self._all, strict=True)), tuple(rows)
        known = set(self.names)
        self._unfolded = {name: one for name, one in self._unfolded.items() if name in known}
        self._show()
        return [row.name for row in rows if self._lacks(row, before.get(row.name))]

    def _lacks(self, row: Row, before: Row | None) -> bool:
        unfolded = self.unfolded(row.name)
        return unfolded.replies and (unfolded.shaped is None or row != before)

    def let_go(self, *, of_all: bool) -> None:
        """Words were forgotten: hold no reply that may have them, and (with `of_all`) no fact."""
        if of_all:
            self.take(())
        self._unfolded = {name: msgspec.structs.replace(one, shaped=None) for name, one in self._unfolded.items()}
        self._changed_all()

    def _changed_all(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def filter(self, text: str) -> None:
        """Draw only the facts in which all words of this text stand."""
        self._words = text.casefold().split()
        self._show()

    def place(self, name: str) -> int:
        """Where a fact is drawn; -1 where it is not."""
        return next((at for at, row in enumerate(self._rows) if row.name == name), -1)

    def object_of(self, name: str) -> str:
        """What is known under a name; empty where nothing is."""
        return next((row.object for row in self._all if row.name == name), "")

    def unfolded(self, name: str) -> Unfolded:
        """What is unfolded of a fact."""
        return self._unfolded.get(name, Unfolded())

    def unfold(self, name: str, **changes: Any) -> None:
        """Unfold something of a fact, or fold it again."""
        self._unfolded[name] = msgspec.structs.replace(self.unfolded(name), **changes)
        self._changed(self.place(name))

    # ---- as Qt wants it ----

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        """How many rows are drawn."""
        return 0 if parent.isValid() else len(self._rows)

    def roleNames(self) -> dict[int, QByteArray]:
        """`fact`, a mapping, and `subject`, by which rows stand together."""
        return _NAMES

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = _FACT) -> Any:
        """A row, as QML reads it."""
        if not index.isValid() or role not in _NAMES:
            return None
        row = self._rows[index.row()]
        return row.subject if role == _SUBJECT else self._told(row)

    def _told(self, row: Row) -> dict[str, Any]:
        unfolded = self.unfolded(row.name)
        found = unfolded.shaped or ()
        return as_map(row) | {
            "historyOpen": unfolded.history, "repliesOpen": unfolded.replies,
            "looking": unfolded.replies and unfolded.shaped is None,
            "shaped": [as_map(one) for one in found[: unfolded.most]],
            "more": max(0, len(found) - unfolded.most),
        }  # fmt: skip

    def _show(self) -> None:
        rows = [row for row in self._all if not self._words or row.holds(self._words)]
        before, after = {row.name for row in self._rows}, {row.name for row in rows}
        kept = [row.name for row in self._rows if row.name in after]
        if len(before ^ after) > _ONE_BY_ONE or kept != [row.name for row in rows if row.name in before]:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
        else:
            self._become(rows, after)

    def _become(self, rows: Sequence[Row], names: set[str]) -> None:
        for at in reversed(range(len(self._rows))):
            if self._rows[at].name not in names:
                self.beginRemoveRows(_ROOT, at, at)
                del self._rows[at]
                self.endRemoveRows()
        for at, row in enumerate(rows):
            if at >= len(self._rows) or self._rows[at].name != row.name:
                self.beginInsertRows(_ROOT, at, at)
                self._rows.insert(at, row)
                self.endInsertRows()
            elif self._rows[at] != row:
                self._rows[at] = row
                self._changed(at)

    def _changed(self, at: int) -> None:
        if at >= 0:
            self.dataChanged.emit(self.index(at), self.index(at))
