"""Receives entries and levels from the session's thread. Hands them to the view models on the window's thread."""

from __future__ import annotations

import functools
import logging
import queue
from collections.abc import Callable, Iterator
from typing import Any, Literal, TypeVar, cast

from PySide6.QtCore import QObject, QTimer, Slot

from her_desktop.events import Failure, Recorded

VISIBLE_MS, CALM_MS, HIDDEN_MS = 33, 100, 250
"""How often the window looks for news: 30 times a second, less often after a quiet second, rarely while hidden."""
_CALM_AFTER = 30
_SILENCE = 0.003

_AT_ONCE = 250
_log = logging.getLogger(__name__)
F = TypeVar("F", bound=Callable[..., Any])


class Watcher:
    """Takes what happens, from any thread, and returns at once."""

    def __init__(self) -> None:
        self._entries: queue.SimpleQueue[Recorded] = queue.SimpleQueue()
        self._levels: dict[str, float] = {}
        self.ended = False
        """Whether there is nothing more to watch."""

    def end(self) -> None:
        """Close the window soon: the session could not begin."""
        self.ended = True

    def put(self, recorded: Recorded) -> None:
        """Show this entry soon."""
        self._entries.put(recorded)

    def level(self, who: Literal["him", "her"], rms: float) -> None:
        """Tell how loud a block of his or her sound was: root mean square, 0 to 1."""
        self._levels[who] = max(rms, self._levels.get(who, 0.0))

    def taken(self, most: int) -> Iterator[Recorded]:
        """Take out the entries that wait, oldest first, at most this many."""
        for _ in range(most):
            try:
                yield self._entries.get_nowait()
            except queue.Empty:
                return

    def levels(self) -> dict[str, float]:
        """Take out the loudest level of each since the last call; a side that made no block is missing."""
        levels, self._levels = self._levels, {}
        return levels


def guarded(what: str, otherwise: Any = None) -> Callable[[F], F]:
    """Make a slot a barrier: what it raises goes to `failed` of its object as a `Failure`; `otherwise` is returned.

    Qt would print the error and go on; here a person sees it.
    """

    def decorate(slot: F) -> F:
        @functools.wraps(slot)
        def barrier(self: Any, *args: Any) -> Any:
            try:
                return slot(self, *args)
            except Exception as error:  # a barrier: Qt calls in here
                _log.debug("%s", what, exc_info=True)
                self.failed(Failure(what=what, why=str(error) or type(error).__name__))
                return otherwise

        return cast(F, barrier)

    return decorate


class Bridge(QObject):
    """Drains a watcher at a steady rate: entries to `take`, levels to `breathe`."""

    def __init__(
        self,
        watcher: Watcher,
        take: Callable[[list[Recorded]], None],
        breathe: Callable[[dict[str, float]], None],
        failed: Callable[[Failure], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._watcher, self._take, self._breathe, self.failed = watcher, take, breathe, failed
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.drain)
        self._timer.start(VISIBLE_MS)
        self._visible, self._calm = True, 0
        self._others: list[Callable[[], None]] = []

    def also(self, drain: Callable[[], None]) -> None:
        """Call this as often, too."""
        self._others.append(drain)

    @Slot()
    def drain(self) -> None:
        """Show what has come since the last time."""
        entries = list(self._watcher.taken(_AT_ONCE))
        levels = self._watcher.levels()
        if entries:
            self._show(entries)
        self._level(levels)
        for drain_other in self._others:
            drain_other()
        self._pace(news=bool(entries) or any(level > _SILENCE for level in levels.values()))

    def _pace(self, *, news: bool) -> None:
        self._calm = 0 if news else self._calm + 1
        if self._visible and self._calm in {0, _CALM_AFTER}:
            self._timer.setInterval(CALM_MS if self._calm else VISIBLE_MS)

    @guarded("showing what happened")
    def _show(self, entries: list[Recorded]) -> None:
        self._take(entries)

    @guarded("showing the level")
    def _level(self, levels: dict[str, float]) -> None:
        self._breathe(levels)

    def seen(self, visible: bool) -> None:
        """Look often while the window can be seen, rarely while it cannot."""
        self._visible, self._calm = visible, 0
        self._timer.setInterval(VISIBLE_MS if visible else HIDDEN_MS)

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()
