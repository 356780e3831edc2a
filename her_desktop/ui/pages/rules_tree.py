"""Receives a catalog of rules. Emits to QML those of its lines that are unfolded, drawn line by line."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QByteArray, QModelIndex, QObject, QPersistentModelIndex, Qt, Slot

from her_desktop.events import Failure
from her_desktop.ui.bridge import guarded
from her_desktop.ui.pages.rules_catalog import Catalog

_ROOT = QModelIndex()
_EMPTY = Catalog((), {}, 0, 0, 0)
Index = QModelIndex | QPersistentModelIndex

ROLES = ("name", "kind", "depth", "open", "below", "fired", "ruleId")
_FIRST = int(Qt.ItemDataRole.UserRole) + 1
ROLE_NUMBERS = {name: number for number, name in enumerate(ROLES, _FIRST)}
_ROLES = dict(enumerate(ROLES, _FIRST))


class Tree(QAbstractListModel):
    """The lines that can be seen: numbers of the catalog, in its order."""

    def __init__(
        self, failed: Callable[[Failure], None], fired: Callable[[int], int], parent: QObject | None = None
    ) -> None:
        """Take where errors go, and what tells how often the rule of a node spoke."""
        super().__init__(parent)
        self.failed, self._fired = failed, fired
        self.catalog = _EMPTY
        self._among: Sequence[int] = range(0)
        self._all = True
        self._opened: set[int] = set()
        self._closed: set[int] = set()
        self.lines: list[int] = []
        """The number of the node in each line."""

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many lines there are."""
        return 0 if parent.isValid() else len(self.lines)

    def roleNames(self) -> dict[int, QByteArray]:
        """Every role as QML knows it."""
        return {number: QByteArray(name.encode()) for name, number in ROLE_NUMBERS.items()}

    @guarded("drawing a rule")
    def data(self, index: Index, role: int = 0) -> Any:
        """Read what a line has for a role."""
        if not index.isValid() or role not in _ROLES:
            return None
        number = self.lines[index.row()]
        node = self.catalog.nodes[number]
        match _ROLES[role]:
            case "open":
                return node.size > 0 and self._is_open(number)
            case "below":
                return node.size
            case "fired":
                return self._fired(number)
            case "ruleId":
                return node.id
            case name:
                return getattr(node, name)

    def take(self, catalog: Catalog) -> None:
        """Show another catalog, folded."""
        self.beginResetModel()
        self.catalog, self._opened, self._closed = catalog, set(), set()
        self._among, self._all = range(len(catalog.nodes)), True
        self.lines = list(self._visible(0, len(catalog.nodes)))
        self.endResetModel()

    def only(self, numbers: list[int] | None) -> None:
        """Show only these nodes, in their order and unfolded; None shows all again."""
        self.beginResetModel()
        self._closed = set()
        self._all = numbers is None
        self._among = range(len(self.catalog.nodes)) if numbers is None else numbers
        self.lines = list(self._visible(0, len(self.catalog.nodes))) if numbers is None else list(numbers)
        self.endResetModel()

    def fold(self, line: int, *, is_open: bool) -> None:
        """Fold what is below a line, or unfold it."""
        number = self.lines[line]
        size = self.catalog.nodes[number].size
        if not size or self._is_open(number) == is_open:
            return
        if is_open:
            self._note(number, is_open=True)
            added = list(self._visible(number + 1, number + size + 1))
            if added:
                self.beginInsertRows(_ROOT, line + 1, line + len(added))
                self.lines[line + 1 : line + 1] = added
                self.endInsertRows()
        else:
            end = bisect_left(self.lines, number + size + 1, line + 1)
            self._note(number, is_open=False)
            if end > line + 1:
                self.beginRemoveRows(_ROOT, line + 1, end - 1)
                del self.lines[line + 1 : end]
                self.endRemoveRows()
        self.dataChanged.emit(self.index(line), self.index(line), [ROLE_NUMBERS["open"]])

    @Slot(int)
    @guarded("folding rules")
    def turn(self, line: int) -> None:
        """Fold what is below a line, or unfold it where it is folded."""
        if 0 <= line < len(self.lines):
            self.fold(line, is_open=not self._is_open(self.lines[line]))

    @Slot(int, result=int)
    @guarded("walking the rules", -1)
    def above(self, line: int) -> int:
        """The line of what a line belongs to; -1 for a pack."""
        parent = self.catalog.nodes[self.lines[line]].parent if 0 <= line < len(self.lines) else -1
        return self.line_of(parent) if parent >= 0 else -1

    def reach(self, number: int) -> int:
        """Unfold whatever hides a node; returns its line, -1 where it is not among those that are shown."""
        for above in [*self.catalog.above(number)][::-1]:
            if (line := self.line_of(above)) >= 0:
                self.fold(line, is_open=True)
        return self.line_of(number)

    def line_of(self, number: int) -> int:
        """The line of a node; -1 where it is folded away."""
        line = bisect_left(self.lines, number)
        return line if line < len(self.lines) and self.lines[line] == number else -1

    def refresh(self, number: int) -> None:
        """Say that the count of a node is another."""
        if (line := self.line_of(number)) >= 0:
            self.dataChanged.emit(self.index(line), self.index(line), [ROLE_NUMBERS["fired"]])

    def refresh_all(self) -> None:
        """Say that all counts may be others."""
        if self.lines:
            self.dataChanged.emit(self.index(0), self.index(len(self.lines) - 1), [ROLE_NUMBERS["fired"]])

    def _is_open(self, number: int) -> bool:
        return number in self._opened if self._all else number not in self._closed

    def _note(self, number: int, *, is_open: bool) -> None:
        if self._all:
            (self._opened.add if is_open else self._opened.discard)(number)
        else:
            (self._closed.discard if is_open else self._closed.add)(number)

    def _visible(self, first: int, end: int) -> Iterator[int]:
        """The nodes from one up to another that are neither left out nor folded away."""
        at = bisect_left(self._among, first)
        while at < len(self._among) and (number := self._among[at]) < end:
            yield number
            beyond = number + self.catalog.nodes[number].size + 1
            at = at + 1 if self._is_open(number) else bisect_left(self._among, beyond, at + 1)
