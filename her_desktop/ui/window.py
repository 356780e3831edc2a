"""Builds the window from its parts, and runs it. Receives the trace through a `Watcher`, emits to `Presses`."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import cast

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QUrl, Slot
from PySide6.QtGui import QGuiApplication, QIcon, QImage, QWindow
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from her_desktop import paths
from her_desktop.events import Recorded
from her_desktop.trouble import missing
from her_desktop.ui import Presses, fonts
from her_desktop.ui.bridge import Bridge, Watcher
from her_desktop.ui.controls import Controls
from her_desktop.ui.presence import Presence
from her_desktop.ui.tape import Shown, Tape

APP_ID = "her-desktop"


class Window(QObject):
    """The window and the models behind it. Lives on the thread that built it."""

    def __init__(self, presses: Presses, title: str) -> None:
        super().__init__()
        self._engine = QQmlApplicationEngine(self)  # the first child goes first: its bindings read the others
        self.watcher = Watcher()
        self.presence = Presence(self)
        self.tape = Tape(self.presence.fail, self)
        self.shown = Shown(self.tape, self)
        self.controls = Controls(presses, self.presence.fail, self)
        self.root = self._load(title)
        self.bridge = Bridge(self.watcher, self._take, self.presence.breathe, self.presence.fail, self)
        self.root.visibilityChanged.connect(self._seen)

    def grab(self) -> QImage:
        """The window as a picture."""
        return self.root.grabWindow()

    def close(self) -> None:
        """Close the window and let go of all that it holds."""
        self.bridge.stop()
        self.root.close()
        self.root.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self._engine.deleteLater()
        self.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def _load(self, title: str) -> QQuickWindow:
        faces = fonts.load()
        self._engine.setInitialProperties({
            "title": title, "presence": self.presence, "tape": self.shown, "controls": self.controls,
            "serif": faces.serif, "mono": faces.mono, "motion": not _reduced_motion(),
        })  # fmt: skip
        main = paths.resources() / "qml" / "Main.qml"
        self._engine.load(QUrl.fromLocalFile(str(main)))
        if not self._engine.rootObjects():
            raise missing("window", f"{main} could not be loaded", "install her-desktop again")
        return cast(QQuickWindow, self._engine.rootObjects()[0])

    def _take(self, entries: list[Recorded]) -> None:
        self.tape.take(entries)
        for recorded in entries:
            self.presence.take(recorded)

    @Slot()
    def _seen(self) -> None:
        hidden = {QWindow.Visibility.Hidden, QWindow.Visibility.Minimized}
        self.bridge.seen(self.root.visibility() not in hidden)


def build(presses: Presses, title: str = "Her Desktop") -> Window:
    """Make the window and show it. Does not run an event loop.

    Raises:
        Trouble: the QML files are missing or broken (exit 3).
    """
    if QGuiApplication.instance() is None:
        _application()
    return Window(presses, title)


def run(session_watch: Callable[[Watcher], None], presses: Presses, title: str = "Her Desktop") -> int:
    """Show the window until it is closed. Returns the exit code of the event loop.

    Args:
        session_watch: is handed the watcher once the first picture stands; starts the session and returns at once.
        presses: takes what the person does, on this thread.
        title: of the window.
    """
    application = QGuiApplication.instance() or _application()
    window = build(presses, title)
    application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
    try:
        session_watch(window.watcher)
        with _interruptible():
            return QGuiApplication.exec()
    finally:
        window.close()


def _application() -> QGuiApplication:
    QGuiApplication.setApplicationName(APP_ID)
    QGuiApplication.setDesktopFileName(APP_ID)
    application = QGuiApplication(sys.argv[:1])
    application.setWindowIcon(QIcon(str(paths.resources() / "icons" / f"{APP_ID}.svg")))
    return application


def _reduced_motion() -> bool:
    """Asked for by `HER_DESKTOP_REDUCED_MOTION`; Qt 6.11 has no hint for it."""
    return os.environ.get("HER_DESKTOP_REDUCED_MOTION", "0") not in {"", "0"}


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let Ctrl+C in the terminal close the window. Only the main thread may ask for that."""
    before = signal.signal(signal.SIGINT, lambda *_: QGuiApplication.quit())
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
