"""PySide6 6.12 drops a reference to True on every emit under CPython 3.11 and ends the process after about 550."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

EMITS = 5000


class Switch(QObject):
    flipped = Signal(bool)


class Counter:
    """Keeps no reference to what it is told."""

    def __init__(self) -> None:
        self.count = 0

    def take(self, _value: bool) -> None:
        self.count += 1


def test_five_thousand_signals_leave_true_where_it_was(qtbot: QtBot) -> None:
    switch, counter = Switch(), Counter()
    switch.flipped.connect(counter.take)
    before = sys.getrefcount(True)
    for _ in range(EMITS):
        switch.flipped.emit(True)
    assert counter.count == EMITS
    assert abs(sys.getrefcount(True) - before) < 100, "references to True were lost or leaked"
