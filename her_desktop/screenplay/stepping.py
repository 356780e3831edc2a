"""Receives a screenplay, and what a watcher presses. Emits its performance an exchange at a time, on its own thread."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, Protocol

import msgspec
from msgspec.structs import replace

from her_desktop.events import Recorded
from her_desktop.inbox import ByHand, Lights, Rehearse
from her_desktop.memory.journal import Journal
from her_desktop.screenplay.perform import TYPED, Conversations, broken, checked, conversation, profile_of
from her_desktop.screenplay.performance import Played
from her_desktop.screenplay.script import Beat, Screenplay
from her_desktop.screenplay.stage import Stage
from her_desktop.screenplay.theatre import Theatre
from her_desktop.trace.reader import Past

_GOODBYE_S = 30.0
"""How long an exchange that is under way may take to end, when the watcher leaves."""

_log = logging.getLogger(__name__)

Press = Literal["next", "again", "end"] | ByHand | Rehearse


class Watcher(Protocol):
    """Who watches. Both are called on the stage's thread."""

    def put(self, recorded: Recorded) -> None:
        """See an entry, right after it was recorded."""
        ...

    def end(self) -> None:
        """Leave: there is nothing to see."""
        ...


class Standing(msgspec.Struct, frozen=True):
    """How far a performance has come."""

    number: int
    """How often it was begun, this time included."""
    performed: int = 0
    """How many exchanges were performed."""
    held: int = 0
    """In how many of them everything held."""
    last: Played | None = None
    broke: bool = False
    """The last one could not be performed, so that nothing of it was checked but that."""
    by_hand: bool = False
    """The watcher changed something, so that what follows may come out otherwise than in a plain performance."""


class Stepping:
    """A screenplay that waits for its watcher before each exchange. Nothing is performed before `begin`."""

    def __init__(
        self, screenplay: Screenplay, folder: Path, conversations: Conversations = conversation,
        theatre: Theatre = TYPED,
    ) -> None:  # fmt: skip
        """Make everything ready.

        Args:
            screenplay: what is performed.
            folder: where the profile of the performance is kept; whoever names it clears it away, after `end`.
            conversations: makes the rules that are spoken by.
            theatre: how he is heard.

        Raises:
            Trouble: the packs or the profile of the title page cannot be read.
        """
        self.screenplay, self._folder, self._theatre = screenplay, folder, theatre
        self._conversation, self._profile = conversations(screenplay.title), profile_of(screenplay.title)
        self._presses: queue.SimpleQueue[Press] = queue.SimpleQueue()
        self._standings: queue.SimpleQueue[Standing] = queue.SimpleQueue()
        self._set = threading.Event()
        self._failed: BaseException | None = None
        self._thread: threading.Thread | None = None

    def begin(self, watcher: Watcher) -> None:
        """Set the stage, aside; the watcher is told if that cannot be."""
        self._thread = threading.Thread(target=self._run, args=(watcher,), name="stage")
        self._thread.start()

    def press(self, press: Press) -> None:
        """Do what he wants, soon: the next exchange, all of it from the beginning, or something by hand."""
        self._presses.put(press)

    def standings(self) -> list[Standing]:
        """Take out how far it had come, each time that this changed since the last call."""
        return [self._standings.get_nowait() for _ in range(self._standings.qsize())]

    def record(self) -> Past:
        """Open the record of the performance, on another thread; waits until the stage is set.

        Raises:
            Trouble: there is none.
        """
        self._set.wait()
        return Past(Journal(self._folder, read_only=True), lambda: self._conversation)

    def end(self) -> None:
        """Leave the stage, and wait until it is dark.

        Raises:
            Trouble: it could not be set.
        """
        self.press("end")
        self._set.set()
        if self._thread:
            self._thread.join(_GOODBYE_S)
        if self._failed:
            raise self._failed

    # ---- on the stage's thread ----

    def _run(self, watcher: Watcher) -> None:
        try:
            number = 1
            while self._performed(watcher, number):
                number += 1
        except BaseException as error:  # this thread's barrier: it is raised again where the program ends
            self._failed = error
            watcher.end()
        finally:
            self._set.set()

    def _performed(self, watcher: Watcher, number: int) -> bool:
        """Perform it as far as he likes. Returns whether he wants it from the beginning again."""
        beats = self.screenplay.beats
        hand = self._theatre.opens(sounding=any(beat.his and beat.his.interrupts for beat in beats))
        title, rules = self.screenplay.title, self._conversation
        with Stage(title, rules, hand, self._profile, watch=watcher.put, folder=self._folder) as stage:
            performance = _Performance(stage, beats, number)
            self._set.set()
            self._standings.put(performance.begin())
            while (press := self._presses.get()) not in ("again", "end"):
                self._standings.put(performance.next() if press == "next" else performance.by_hand(press))
        return press == "again"


class _Performance:
    """One time that it is performed."""

    def __init__(self, stage: Stage, beats: Sequence[Beat], number: int) -> None:
        self._stage, self._beats = stage, beats
        self._standing = Standing(number)

    def begin(self) -> Standing:
        """Have her there, and what is arranged before the first exchange."""
        for beat in self._beats[:1]:
            try:
                self._stage.arrange(beat)
            except Exception as error:  # likewise a barrier
                return self._over(broken(beat, error, self._stage.now), broke=True)
        return self._standing

    def next(self) -> Standing:
        """Perform the next exchange, where there is one."""
        for beat in self._coming()[:1]:
            try:
                return self._over(checked(self._stage, beat, self._coming()[1:2]))
            except Exception as error:  # a barrier: the stage stays, and what went wrong is told
                _log.debug("line %d", beat.line, exc_info=True)
                return self._over(broken(beat, error, self._stage.now), broke=True)
        return self._standing

    def by_hand(self, message: Press) -> Standing:
        """Do what he did in the window."""
        assert not isinstance(message, str)
        self._stage.by_hand(message)
        if not isinstance(message, Lights | Rehearse):
            self._standing = replace(self._standing, by_hand=True)
        return self._standing

    def _coming(self) -> Sequence[Beat]:
        return self._beats[self._standing.performed :]

    def _over(self, played: Played, *, broke: bool = False) -> Standing:
        before = self._standing
        self._standing = replace(
            before, performed=before.performed + 1, held=before.held + (not played.faults), last=played, broke=broke
        )
        return self._standing
