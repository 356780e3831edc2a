"""Stopwatches for a running window: how long a frame takes to draw, and how long the event loop answered nobody."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtQuick import QQuickWindow

from her_desktop.ui.window import Window

BEAT_MS = 5


class Heartbeat(QObject):
    """A timer of 5 ms; what a beat comes late is time in which the event loop was blocked."""

    def __init__(self) -> None:
        super().__init__()
        self.late_ms: list[float] = []
        self._last_s = time.perf_counter()
        self._timer = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.late_ms.append(max(0.0, (now - self._last_s) * 1000 - BEAT_MS))
        self._last_s = now

    def reset(self) -> None:
        """Forget what was measured."""
        self.late_ms.clear()
        self._last_s = time.perf_counter()

    @property
    def longest_ms(self) -> float:
        """The longest that the event loop was blocked; also that which lasts until now."""
        return max([*self.late_ms, (time.perf_counter() - self._last_s) * 1000 - BEAT_MS], default=0.0)


class Frames(QObject):
    """How long each frame took from the request to draw it, and how far the frames lay apart."""

    def __init__(self, root: QQuickWindow) -> None:
        super().__init__()
        self.drawn_ms: list[float] = []
        self.apart_ms: list[float] = []
        self._root, self._asked_s, self._swapped_s = root, 0.0, 0.0
        root.installEventFilter(self)
        root.frameSwapped.connect(self._swapped)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 -- a name of Qt
        """Note when a frame is asked for."""
        if watched is self._root and event.type() == QEvent.Type.UpdateRequest:
            self._asked_s = time.perf_counter()
        return False

    def _swapped(self) -> None:
        now = time.perf_counter()
        if self._asked_s:
            self.drawn_ms.append((now - self._asked_s) * 1000)
        if self._swapped_s:
            self.apart_ms.append((now - self._swapped_s) * 1000)
        self._asked_s, self._swapped_s = 0.0, now

    def reset(self) -> None:
        """Forget what was measured."""
        self.drawn_ms.clear()
        self.apart_ms.clear()
        self._swapped_s = 0.0


def spin(seconds: float) -> None:
    """Let the window live for so long, in an event loop as the program has it: only there are old parts deleted."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def opened(window: Window, tab: str) -> None:
    """Show the pane with this page, and let it come to rest."""
    window.root.resize(1280, 800)
    window.preferences.open_pane(True)
    window.pages.go(tab, "")
    spin(1.0)


def spread(values: Sequence[float]) -> list[str]:
    """Median, p95, p99 and the longest, in milliseconds; nearest ranks."""
    ordered = sorted(values)
    if not ordered:
        return ["–"] * 4
    ranks = [ordered[math.ceil(len(ordered) * part) - 1] for part in (0.5, 0.95, 0.99, 1.0)]
    return [f"{value:.1f}" for value in ranks]


def load() -> str:
    """How much else runs on the machine."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "–"
