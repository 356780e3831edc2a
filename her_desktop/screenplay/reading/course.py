"""What time it is in the course of a screenplay; it never goes back, unless a new profile begins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from her_desktop.screenplay.reading.trouble import Misread
from her_desktop.screenplay.script import BEGINS, Given, His, pause_s


class Time:
    """The time by the wall clock, as far as the screenplay alone tells it."""

    def __init__(self, begins: datetime | None) -> None:
        """Begin when the title page says, or whenever the first heading does."""
        self._heading = self._now = begins or BEGINS
        self._free = begins is None

    def goes_on(self, given: Sequence[Given], his: His) -> None:
        """Let time pass until he has spoken.

        Raises:
            Misread: a heading sets the clock back.
        """
        for one in given:
            match one.what:
                case "clock":
                    self._set(datetime.fromisoformat(one.value), one.line)
                case "wait":
                    self._pass(float(one.value), one.line)
                case "fresh":
                    self._now, self._free = self._heading, True
        self._pass(pause_s(given, his), his.line)
        self._free = False

    def _set(self, to: datetime, line: int) -> None:
        if to < self._now and not self._free:
            raise Misread(
                line,
                f"time goes back: it is {self._now:%Y-%m-%d %H:%M:%S} by then",
                "write a later time, or [[fresh]] before the heading to begin anew",
            )
        self._heading = self._now = to

    def _pass(self, length_s: float, line: int) -> None:
        try:
            self._now += timedelta(seconds=length_s)
        except OverflowError as error:
            raise Misread(line, "so long no calendar lasts", "let less time pass") from error
