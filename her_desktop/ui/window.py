"""Builds the window from its parts, and runs it. Receives the trace through a `Watcher`, emits to `Presses`."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QUrl, Slot
from PySide6.QtGui import QGuiApplication, QIcon, QImage, QWindow
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from her_desktop import paths
from her_desktop.events import Recorded, SessionStarted, TurnsMarked
from her_desktop.screenplay.stepping import Stepping
from her_desktop.trace.reader import Past
from her_desktop.trouble import missing
from her_desktop.ui import Presses, fonts
from her_desktop.ui.bridge import Bridge, Watcher
from her_desktop.ui.controls import Controls
from her_desktop.ui.desk import Desk
from her_desktop.ui.glossary import glossary
from her_desktop.ui.motion import prefers_contrast, prefers_dark, reduced_motion
from her_desktop.ui.pages.pages import Pages
from her_desktop.ui.pages.record import RecordPage
from her_desktop.ui.place import Place
from her_desktop.ui.preferences import Preferences
from her_desktop.ui.presence import Presence
from her_desktop.ui.prompt_book import PromptBook

APP_ID = "her-desktop"

Record = Callable[[], Past]
"""Opens the record to read; called on another thread."""


class Window(QObject):
    """The window and the models behind it. Lives on the thread that built it."""

    def __init__(
        self, presses: Presses, title: str, record: Record | None, home: Path | None, stepping: Stepping | None
    ) -> None:
        super().__init__()
        self._engine = QQmlApplicationEngine(self)  # the first child goes first: its bindings read the others
        self.watcher = Watcher()
        self.presence = Presence(self)
        fail = self.presence.fail
        self.preferences = Preferences(home, system_look(), fail, self)
        self.desk = Desk(record, fail, self)
        self.place = Place(self.desk, self)
        self.place.mended.connect(self._mend)
        self.pages = Pages(self.desk, self.place, presses, fail, home, self)
        self.controls = Controls(presses, fail, self)
        self.book = PromptBook(stepping, fail, self) if stepping else None
        self.root = self._load(title, home)
        self.bridge = Bridge(self.watcher, self._take, self.presence.breathe, fail, self)
        self.bridge.also(self.desk.drain)
        if self.book:
            self.bridge.also(self.book.drain)
        self.bridge.also(self._end_if_told)
        self.root.visibilityChanged.connect(self._seen)

    @property
    def record(self) -> RecordPage:
        """The page of all entries."""
        return cast(RecordPage, self.pages.page("record"))

    def grab(self) -> QImage:
        """The window as a picture."""
        return self.root.grabWindow()

    def close(self) -> None:
        """Close the window and let go of all that it holds."""
        self.bridge.stop()
        self.root.close()
        self.preferences.keep()
        self.desk.close()
        self.pages.ended()
        self.root.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self._engine.deleteLater()
        self.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def _load(self, title: str, home: Path | None) -> QQuickWindow:
        faces = fonts.load()
        terms = {key: {"name": one.name, "says": one.says} for key, one in glossary().items()}
        self._engine.setInitialProperties({
            "title": title, "presence": self.presence, "controls": self.controls, "pages": self.pages,
            "place": self.place, "desk": self.desk, "preferences": self.preferences, "terms": terms,
            "serif": faces.serif, "mono": faces.mono, "motion": not reduced_motion(), "home": str(home or ""),
            "book": self.book,
        })  # fmt: skip
        main = paths.resources() / "qml" / "Main.qml"
        self._engine.load(QUrl.fromLocalFile(str(main)))
        if not self._engine.rootObjects():
            raise missing("window", f"{main} could not be loaded", "install her-desktop again")
        return cast(QQuickWindow, self._engine.rootObjects()[0])

    def _take(self, entries: list[Recorded]) -> None:
        if any(_removes(recorded) for recorded in entries):
            self.desk.outdate()
        for recorded in entries:
            self.presence.take(recorded)
        self.place.take(entries)
        self.pages.take(entries)

    def _end_if_told(self) -> None:
        if self.watcher.ended:
            self.watcher.ended = False
            self.root.close()
            QGuiApplication.quit()

    @Slot()
    def _mend(self) -> None:
        self.presence.mend(self.place.present)

    @Slot()
    def _seen(self) -> None:
        hidden = {QWindow.Visibility.Hidden, QWindow.Visibility.Minimized}
        self.bridge.seen(self.root.visibility() not in hidden)


def _removes(recorded: Recorded) -> bool:
    """Whether words were removed from the record before this entry: facts were forgotten, or all of it was erased."""
    return isinstance(recorded.entry, TurnsMarked) or (isinstance(recorded.entry, SessionStarted) and recorded.seq == 1)


def build(
    presses: Presses, title: str = "Her Desktop", record: Record | None = None, home: Path | None = None,
    stepping: Stepping | None = None,
) -> Window:  # fmt: skip
    """Make the window and show it. Does not run an event loop.

    Args:
        presses: takes what the person does, on this thread.
        title: of the window.
        record: opens the record, for the pages that tell of earlier turns.
        home: the profile folder, where the window keeps how he likes it.
        stepping: the performance that it shows, where he does not talk with her himself.

    Raises:
        Trouble: the QML files are missing or broken (exit 3).
    """
    if QGuiApplication.instance() is None:
        _application()
    return Window(presses, title, record, home, stepping)


def run(
    session_watch: Callable[[Watcher], None],
    presses: Presses,
    title: str = "Her Desktop",
    record: Record | None = None,
    home: Path | None = None,
    stepping: Stepping | None = None,
) -> int:
    """Show the window until it is closed. Returns the exit code of the event loop.

    Args:
        session_watch: is handed the watcher once the first picture stands; starts the session and returns at once.
        presses: takes what the person does, on this thread.
        title: of the window.
        record: opens the record, for the pages that tell of earlier turns.
        home: the profile folder.
        stepping: the performance that it shows, where he does not talk with her himself.
    """
    application = QGuiApplication.instance() or _application()
    window = build(presses, title, record, home, stepping)
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


def system_look() -> str:
    """The look that the system asks for, which is taken where he has chosen none."""
    return "contrast" if prefers_contrast() else "dark" if prefers_dark() else "paper"


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let Ctrl+C in the terminal, or a polite end, close the window. Only the main thread may ask for that."""
    asked = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(one, lambda *_: QGuiApplication.quit()) for one in asked]
    try:
        yield
    finally:
        for one, handler in zip(asked, before, strict=True):
            signal.signal(one, handler)
