"""Receives questions about the record from the window. Emits the answers on its thread; reads on one of its own."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec
from PySide6.QtCore import Property, QObject, Signal

from her_desktop.events import Failure
from her_desktop.trace.reader import Past
from her_desktop.trouble import Trouble
from her_desktop.ui.bridge import guarded

_PATIENCE_S = 20.0
"""How long a piece of work that cannot be cut short may take to end, when the window is closed."""

_log = logging.getLogger(__name__)
T = TypeVar("T")


class _Asked(msgspec.Struct, frozen=True):
    key: str
    number: int
    work: Callable[[Past], Any]
    done: Callable[[Any], None]
    failed: Callable[[Failure], None]
    age: int
    """How often words had been removed from the record when it was asked."""
    once: bool


class Desk(QObject):
    """Reads the record aside, so that the window never waits for it. One piece of work at a time, in order."""

    busyChanged = Signal()

    def __init__(
        self,
        open_record: Callable[[], Past] | None,
        failed: Callable[[Failure], None],
        parent: QObject | None = None,
    ) -> None:
        """Take what opens the record, on the desk's own thread, once something is asked; None has no record."""
        super().__init__(parent)
        self.failed = failed
        self._open = open_record
        self._asked: queue.SimpleQueue[_Asked | None] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[tuple[_Asked, Any]] = queue.SimpleQueue()
        self._newest: dict[str, int] = {}
        self._age = 0
        self._waiting = 0
        self._past: Past | None = None
        self._thread = threading.Thread(target=self._run, name="desk", daemon=True)
        self._closed = False

    busy = Property(bool, lambda self: self._waiting > 0, notify=busyChanged)

    @property
    def has_record(self) -> bool:
        """Whether there is a record to ask about."""
        return self._open is not None

    def ask(
        self,
        key: str,
        work: Callable[[Past], T],
        done: Callable[[T], None],
        failed: Callable[[Failure], None] | None = None,
        *,
        once: bool = False,
    ) -> None:
        """Have something looked up.

        Args:
            key: what is asked for; an older question of this key is dropped, or its answer is.
            work: runs on the desk's thread, with the record as it is then.
            done: is handed what `work` returned, on the window's thread.
            failed: is told on the window's thread why it could not be found; else it becomes a notice.
            once: it does something, as writing a file, and is not to be done again where it was read too early.
        """
        if self._closed or not self._open:
            return
        self._newest[key] = self._newest.get(key, 0) + 1
        if not self._thread.ident:
            self._thread.start()
        self._count(1)
        self._asked.put(_Asked(key, self._newest[key], work, done, failed or self.failed, self._age, once))

    def outdate(self) -> None:
        """Words were removed from the record: what was asked before, and is not told yet, is looked up again."""
        self._age += 1

    def drain(self) -> None:
        """Hand over the answers that are there. Called on the window's thread, about 30 times a second."""
        while True:
            try:
                asked, answer = self._answers.get_nowait()
            except queue.Empty:
                return
            self._count(-1)
            if not self._closed and self._newest.get(asked.key) == asked.number:
                if asked.age == self._age or asked.once:
                    self._hand_over(asked, answer)
                else:
                    self.ask(asked.key, asked.work, asked.done, asked.failed)

    @guarded("showing what was looked up")
    def _hand_over(self, asked: _Asked, answer: Any) -> None:
        if isinstance(answer, Failure):
            asked.failed(answer)
        else:
            asked.done(answer)

    def close(self) -> None:
        """Look up nothing more, and wait until the record is let go of."""
        if self._closed:
            return
        self._closed = True
        self._asked.put(None)
        if self._past:
            self._past.journal.interrupt()
        if self._thread.ident:
            self._thread.join(_PATIENCE_S)

    def _count(self, change: int) -> None:
        before, self._waiting = self._waiting, self._waiting + change
        if bool(before) != bool(self._waiting):
            self.busyChanged.emit()

    # ---- on the desk's own thread ----

    def _run(self) -> None:
        while asked := self._asked.get():
            if self._closed:
                break
            dropped = self._newest.get(asked.key) != asked.number
            self._answers.put((asked, None if dropped else self._worked(asked)))
        if self._past:
            self._past.journal.close()

    def _worked(self, asked: _Asked) -> Any:
        """The barrier of this thread: whatever goes wrong is the answer."""
        try:
            return asked.work(self._fresh())
        except Trouble as trouble:
            return Failure(what=trouble.what, why=trouble.why, todo=trouble.todo)
        except Exception as error:
            _log.debug("%s", asked.key, exc_info=True)
            return Failure(what=f"looking up {asked.key}", why=f"{type(error).__name__}: {error}")

    def _fresh(self) -> Past:
        if self._past is None:
            assert self._open
            self._past = self._open()
        self._past.journal.look_again()
        return self._past
