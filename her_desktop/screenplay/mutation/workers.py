"""Processes that do tasks side by side. Receives tasks; emits each result as it comes, with the number of its task.

One that hangs is ended, and another process takes its place. One that dies is replaced too, and the task is tried once
more: what kills two processes on the same mutant is the mutant; what kills one has other reasons.
"""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection, wait
from time import monotonic
from types import TracebackType
from typing import Any

from her_desktop.screenplay.mutation.lab import Begun, Lab, Play, Played, Setup, Try, Verdict
from her_desktop.screenplay.mutation.result import How
from her_desktop.trouble import Exit, Trouble

_LOOKS_EVERY_S = 0.5
_ENDS_S = 5.0

Task = Play | Try
Result = Played | Verdict


class _Worker:
    def __init__(self, setup: Setup) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, far = context.Pipe()
        self._process = context.Process(target=_serve, args=(far, setup), daemon=True)
        self._process.start()
        far.close()
        self.number = -1
        self.task: Task | None = None
        self.begun: Begun | None = None
        self._until_s = float("inf")

    def begins(self, number: int, task: Task) -> None:
        self.number, self.task, self.begun, self._until_s = number, task, None, float("inf")
        self.connection.send(task)

    def tries(self, begun: Begun) -> None:
        self.begun, self._until_s = begun, monotonic() + begun.limit_s

    def lost(self, how: How, why: str) -> Verdict:
        """What it tells of the mutant that it ends by.

        Raises:
            Trouble: no mutant was being tried.
        """
        self.ends()
        if self.begun is None:
            raise Trouble("mutation", f"{why}, and not by a mutant", "try it again with fewer screenplays")
        return Verdict(how, self.begun.by, why, self.begun.performed + 1)

    @property
    def hangs(self) -> bool:
        return self.task is not None and monotonic() > self._until_s

    def ends(self) -> None:
        self.connection.close()
        self._process.terminate()
        self._process.join(_ENDS_S)


class Workers:
    """Some processes with a lab each; with none, tasks are done here."""

    def __init__(self, setup: Setup, number: int) -> None:
        self._setup, self._lab = setup, Lab(setup)
        self._workers = [_Worker(setup) for _ in range(number)]
        self._killers: set[int] = set()

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.ends()

    def done(self, tasks: Sequence[Task]) -> Iterator[tuple[int, Result]]:
        """Do tasks; each result with the number of its task, as they come.

        Raises:
            Trouble: something went wrong that no mutant is to blame for.
        """
        if not self._workers:
            yield from ((number, self._lab.done(task)) for number, task in enumerate(tasks))
            return
        waiting = iter(enumerate(tasks))
        for worker in self._workers:
            self._next(worker, waiting)
        while busy := [worker for worker in self._workers if worker.task is not None]:
            ready = wait([worker.connection for worker in busy], _LOOKS_EVERY_S)
            for worker in busy:
                result = self._heard(worker, heard=worker.connection in ready)
                if result is not None:
                    yield worker.number, result
                    self._next(self._whole(worker), waiting)

    def _heard(self, worker: _Worker, *, heard: bool) -> Result | None:
        """What a process says of its task; None where it is still at it."""
        try:
            said: Any = worker.connection.recv() if heard else None
        except (EOFError, OSError):
            return self._died(worker)
        if isinstance(said, Begun):
            worker.tries(said)
            return None
        if isinstance(said, Trouble):
            raise said
        if said is None and worker.hangs:
            return worker.lost("timed out", "it never came to an end")
        return said  # type: ignore[no-any-return]  # the far end is ours: what is begun, results and trouble

    def _died(self, worker: _Worker) -> Verdict | None:
        """Its process is gone: the first time, another one does the task; the second time, the mutant is to blame."""
        number, task = worker.number, worker.task
        if number in self._killers or task is None:
            return worker.lost("crashed", "its process ended")
        worker.ends()
        self._killers.add(number)
        self._whole(worker).begins(number, task)
        return None

    def _whole(self, worker: _Worker) -> _Worker:
        """The same process, or another one in the place of one that is lost."""
        if not worker.connection.closed:
            return worker
        fresh = _Worker(self._setup)
        self._workers[self._workers.index(worker)] = fresh
        return fresh

    @staticmethod
    def _next(worker: _Worker, waiting: Iterator[tuple[int, Task]]) -> None:
        worker.task = None
        for number, task in waiting:
            worker.begins(number, task)
            return


def _serve(connection: Connection, setup: Setup) -> None:
    """The life of a process: it does tasks until nobody has any more for it."""
    lab = Lab(setup)
    while True:
        try:
            task: Task = connection.recv()
        except EOFError:
            return
        try:
            result: Result | Trouble = lab.done(task, connection.send)
        except Trouble as trouble:
            result = trouble
        except Exception as error:  # the process's barrier: it is raised again where the work was given out
            why = f"{type(error).__name__}: {error}"
            result = Trouble("mutation", why, "please report it, with the packs", Exit.CHECK_FAILED)
        connection.send(result)
        gc.freeze()
