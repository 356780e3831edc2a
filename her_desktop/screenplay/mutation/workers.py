"""Processes that do tasks side by side. Receives tasks; emits each result as it comes, with the number of its task.

One that hangs or dies is ended, its task is told as lost, and another process takes its place.
"""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection, wait
from time import monotonic
from types import TracebackType
from typing import Any

from her_desktop.screenplay.mutation.lab import Lab, Play, Played, Setup, Try, Verdict
from her_desktop.trouble import Trouble

_LOOKS_EVERY_S = 0.5
_ENDS_S = 5.0

Task = Play | Try
Result = Played | Verdict | Trouble
"""`Trouble` where the task could not be done."""


class _Worker:
    def __init__(self, setup: Setup) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, far = context.Pipe()
        self._process = context.Process(target=_serve, args=(far, setup), daemon=True)
        self._process.start()
        far.close()
        self.task: int | None = None
        self._until_s = float("inf")

    def begins(self, number: int, task: Task) -> None:
        self.task, self._until_s = number, float("inf")
        self.connection.send(task)

    def may_take(self, limit_s: float) -> None:
        self._until_s = monotonic() + limit_s

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

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.ends()

    def done(self, tasks: Sequence[Task]) -> Iterator[tuple[int, Result]]:
        """Do tasks; each result with the number of its task, as they come."""
        if not self._workers:
            yield from ((number, self._lab.done(task)) for number, task in enumerate(tasks))
            return
        waiting = iter(enumerate(tasks))
        for worker in self._workers:
            self._next(worker, waiting)
        while busy := [worker for worker in self._workers if worker.task is not None]:
            ready = wait([worker.connection for worker in busy], _LOOKS_EVERY_S)
            for worker in busy:
                number = worker.task
                result = self._heard(worker, heard=worker.connection in ready)
                if result is not None and number is not None:
                    yield number, result
                    self._next(self._whole(worker), waiting)

    def _heard(self, worker: _Worker, *, heard: bool) -> Result | None:
        """What a process says of its task; None where it is still at it."""
        try:
            said: Any = worker.connection.recv() if heard else None
        except (EOFError, OSError):
            return _lost(worker, "its process ended")
        if isinstance(said, float):
            worker.may_take(said)
            return None
        if said is None and worker.hangs:
            return _lost(worker, "it never came to an end")
        return said  # type: ignore[no-any-return]  # the far end is ours: floats and results, nothing else

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


def _lost(worker: _Worker, why: str) -> Trouble:
    worker.ends()
    return Trouble("mutation", why, "look at it alone")


def _serve(connection: Connection, setup: Setup) -> None:
    """The life of a process: it does tasks until nobody has any more for it."""
    lab = Lab(setup)
    while True:
        try:
            task: Task = connection.recv()
        except EOFError:
            return
        try:
            result: Result = lab.done(task, connection.send)
        except Trouble as trouble:
            result = trouble
        except Exception as error:  # the process's barrier
            result = Trouble("mutation", f"{type(error).__name__}: {error}", "please report it")
        connection.send(result)
        gc.freeze()
