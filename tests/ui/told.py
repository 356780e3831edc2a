"""What a screen reader is told: every announcement that the window makes, in order."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import PySide6
import pytest
import shiboken6
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

_INSTALL = "_ZN11QAccessible20installUpdateHandlerEPFvP16QAccessibleEventE"
_Handler = ctypes.CFUNCTYPE(None, ctypes.c_void_p)


@contextmanager
def announcements() -> Iterator[list[str]]:
    """Collect what is announced, as a screen reader would get it. Qt tells this to C++ only, so it is asked there."""
    library = next((Path(PySide6.__path__[0]) / "Qt" / "lib").glob("libQt6Gui.so.6"), None)
    if library is None:
        pytest.skip("Qt's own library is not where Linux has it")
    install = ctypes.CDLL(str(library))[_INSTALL]
    install.restype, install.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
    heard: list[str] = []

    def hear(at: int) -> None:
        event = cast(QAccessibleAnnouncementEvent, shiboken6.wrapInstance(at, QAccessibleAnnouncementEvent))
        if event.type() == QAccessible.Event.Announcement:
            heard.append(event.message())

    handler = _Handler(hear)
    was_active = QAccessible.isActive()
    before = install(ctypes.cast(handler, ctypes.c_void_p))
    QAccessible.setActive(True)
    try:
        yield heard
    finally:
        install(before)
        QAccessible.setActive(was_active)
