"""Receives questions about one thing, one after the other. Emits the answer to the last of them, and to no other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from her_desktop.events import Failure
from her_desktop.trace.reader import Past
from her_desktop.ui.desk import Desk

T = TypeVar("T")

AS_MAP, AS_LIST = cast("type", "QVariantMap"), cast("type", "QVariantList")
"""How a property says that QML reads it as an object or a list; the stubs know types only."""


class Asking:
    """Asks the desk; an answer that came too late, or is no longer wanted, is dropped."""

    def __init__(self, desk: Desk, key: str, changed: Callable[[], None]) -> None:
        """Take the desk, what this is about, and whom to tell that an answer is waited for, or no longer."""
        self._desk, self._key, self._changed = desk, key, changed
        self._number = 0
        self._answered = 0

    @property
    def waits(self) -> bool:
        """Whether an answer is waited for."""
        return self._answered != self._number

    def ask(self, work: Callable[[Past], T], done: Callable[[T], None], failed: Callable[[Failure], None]) -> None:
        """Have `work` done on the desk's thread, and its answer handed over on the window's."""
        self._number += 1
        number = self._number
        self._changed()

        def told(tell: Callable[[T], None]) -> Callable[[T], None]:
            return lambda answer: self._tell(number, tell, answer)

        def failing(failure: Failure) -> None:
            self._tell(number, failed, failure)

        self._desk.ask(self._key, work, told(done), failing)

    def withdraw(self) -> None:
        """Want no answer any more."""
        if self.waits:
            self._number += 1
            self._answered = self._number
            self._changed()

    def _tell(self, number: int, tell: Callable[[T], None], answer: T) -> None:
        if number == self._number and self.waits:
            self._answered = number
            tell(answer)
            self._changed()
