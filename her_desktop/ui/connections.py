"""Receives a wish to watch. Emits how many internet sockets this program and its children have open, and where to."""

from __future__ import annotations

import queue
import socket
import threading
from collections.abc import Iterator
from typing import Any

import msgspec
from PySide6.QtCore import Property, QObject, QTimer, Signal

EVERY_MS = 2000
"""So often they are counted, while somebody looks."""
_ARRIVES_MS = 50
_PATIENCE_S = 5.0
"""How long a count may take to end when the window is closed."""


class Open(msgspec.Struct, frozen=True):
    """An internet socket that is open."""

    program: str
    kind: str
    """TCP or UDP."""
    here: str
    """Address and port on this side."""
    there: str
    """Address and port of the other side; empty where there is none."""
    state: str


class Counted(msgspec.Struct, frozen=True):
    """What one count has found."""

    internet: tuple[Open, ...] = ()
    local: int = 0
    """Sockets that lead only to other programs of this machine: the display, the sound server, her own parts."""
    processes: int = 0
    why: str = ""
    """Why nothing could be counted; empty where it could."""


def count() -> Counted:
    """Ask the system which sockets this process and all that it has started hold open. Takes a few milliseconds."""
    try:
        import psutil  # noqa: PLC0415 -- the session runs without it
    except ImportError as error:
        return Counted(why=f"they cannot be counted here: {error}")
    found: list[Open] = []
    local = processes = 0
    here = psutil.Process()
    for process in [here, *here.children(recursive=True)]:
        try:
            sockets, name = process.net_connections(kind="all"), process.name()
        except psutil.NoSuchProcess:  # it has ended meanwhile
            continue
        except psutil.Error as error:
            return Counted(why=f"the system does not tell: {error}")
        processes += 1
        local += sum(one.family not in _INTERNET for one in sockets)
        found += _internet(name, sockets)
    return Counted(tuple(found), local, processes)


_INTERNET = (socket.AF_INET, socket.AF_INET6)


def _internet(program: str, sockets: list[Any]) -> Iterator[Open]:
    for one in sockets:
        if one.family in _INTERNET:
            kind = "TCP" if one.type == socket.SOCK_STREAM else "UDP"
            state = one.status.lower().replace("_", " ") if one.status != "NONE" else ""
            yield Open(program, kind, _place(one.laddr), _place(one.raddr), state)


def _place(address: Any) -> str:
    return f"{address.ip}:{address.port}" if address else ""


class Connections(QObject):
    """The count, made anew every two seconds on a thread of its own, as long as somebody watches."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._counted: Counted | None = None
        self._answers: queue.SimpleQueue[Counted] = queue.SimpleQueue()
        self._counting = False
        self._thread: threading.Thread | None = None
        self._again, self._arriving = QTimer(self), QTimer(self)
        self._again.setInterval(EVERY_MS)
        self._again.timeout.connect(self._ask)
        self._arriving.setInterval(_ARRIVES_MS)
        self._arriving.timeout.connect(self._arrived)

    @property
    def counted(self) -> Counted | None:
        """What the last count has found; None before the first."""
        return self._counted

    count = Property(
        int, lambda self: len(self._counted.internet) if self._counted and not self._counted.why else -1, notify=changed
    )
    """How many there are; -1 where that is not known."""

    def watch(self, yes: bool) -> None:
        """Count from now on, at once and every two seconds; or no more."""
        if yes and not self._again.isActive():
            self._again.start()
            self._ask()
        elif not yes:
            self._again.stop()

    def _ask(self) -> None:
        if not self._counting:
            self._counting = True
            self._arriving.start()
            self._thread = threading.Thread(target=self._count, name="connections", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Count no more, and wait for a count that is under way."""
        self._counting = True
        self._again.stop()
        self._arriving.stop()
        if self._thread:
            self._thread.join(_PATIENCE_S)

    def _count(self) -> None:
        """Runs on a thread of its own, and is its barrier."""
        try:
            counted = count()
        except Exception as error:  # whatever the system answers, the window goes on
            counted = Counted(why=f"{type(error).__name__}: {error}")
        self._answers.put(counted)

    def _arrived(self) -> None:
        try:
            counted = self._answers.get_nowait()
        except queue.Empty:
            return
        self._counting = False
        self._arriving.stop()
        if counted != self._counted:
            self._counted = counted
            self.changed.emit()
