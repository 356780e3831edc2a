"""Receives when each of his lines was said. Emits headings and waits that bring the stage's clock there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from her_desktop.screenplay.script import BETWEEN_S
from her_desktop.trace.export.words import daytime

SCENE_S = 30 * 60
"""After so long a pause a new scene begins."""

_UNITS = {"week": 604_800, "day": 86_400, "hour": 3_600, "minute": 60, "second": 1}
_BETWEEN = timedelta(seconds=BETWEEN_S)


def begins(first: datetime) -> datetime:
    """When the stage is lit so that his first line can be said at this time: a full minute, as clocks showed it."""
    return (_wall(first) - _BETWEEN).replace(second=0)


class StageClock:
    """The clock of the stage as a screenplay moves it.

    It cannot go back, and ten seconds pass before each line that he does not begin at once.
    """

    def __init__(self) -> None:
        self._now: datetime | None = None

    def until(self, said: datetime) -> Iterator[str]:
        """The heading and the wait, as lines, before something that was said at this time."""
        at = _wall(said)
        if self._now is None or self._pauses(at):
            self._now = begins(said)
            yield f"INT. HER DESKTOP - {daytime(at).upper()} - {self._now:%Y-%m-%d %H:%M}"
        gap_s = round((at - self._now).total_seconds())
        if gap_s < BETWEEN_S:
            yield "[[at once]]"
        else:
            gap_s -= BETWEEN_S
        if gap_s > 0:
            yield f"[[wait: {duration(gap_s)}]]"
        self._now = max(at, self._now)

    def _pauses(self, at: datetime) -> bool:
        assert self._now is not None
        lit = begins(at)
        return lit >= self._now and ((at - self._now).total_seconds() > SCENE_S or lit.date() != self._now.date())


def duration(seconds: int) -> str:
    """A time in words: `3 days`, `1 minute 15 seconds`."""
    told = list[str]()
    for unit, length_s in _UNITS.items():
        count, seconds = divmod(seconds, length_s)
        if count:
            told.append(f"{count} {unit}{'' if count == 1 else 's'}")
    return " ".join(told)


def _wall(at: datetime) -> datetime:
    return at.replace(tzinfo=None, microsecond=0)
