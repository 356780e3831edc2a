"""Receives which session he wants as a file, in which format and where. Emits where it was written."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Property, QObject, QUrl, Signal, Slot

from her_desktop.events import Failure
from her_desktop.trouble import Trouble
from her_desktop.ui.bridge import guarded
from her_desktop.ui.pages.page import House
from her_desktop.ui.pages.session_export import (
    FORMATS,
    There,
    Wish,
    Written,
    documents,
    file_name,
    path_from,
    with_ending,
    write,
)

SCREENPLAYS = "screenplays"


class TakeAway(QObject):
    """A session on its way out: as a file of his choice, or as a screenplay that can be run as a test."""

    changed = Signal()

    def __init__(self, house: House, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._house, self.failed = house, house.failed
        self._session, self._head = 0, ""
        self._form = FORMATS[0]
        self._typed = ""
        """The file that he named himself."""
        self._folder = str(documents() / SCREENPLAYS)
        self._told, self._busy = "", False
        self._there: Wish | None = None
        """What would be written if he lets a file go for it."""

    session = Property(int, lambda self: self._session, notify=changed)
    head = Property(str, lambda self: self._head, notify=changed)
    forms = Property(list, lambda _self: list(FORMATS), constant=True)
    form = Property(str, lambda self: self._form, notify=changed)
    file = Property(str, lambda self: self._typed or str(self._default()), notify=changed)
    url = Property(QUrl, lambda self: QUrl.fromLocalFile(self._typed or str(self._default())), notify=changed)
    folder = Property(str, lambda self: self._folder, notify=changed)
    told = Property(str, lambda self: self._told, notify=changed)
    """What became of it."""
    there = Property(bool, lambda self: self._there is not None, notify=changed)
    """Whether a file of that name is there, and he is to say if it may go."""
    busy = Property(bool, lambda self: self._busy, notify=changed)

    def _default(self) -> Path:
        return documents() / file_name(self._session, self._form)

    def about(self, session: int, head: str) -> None:
        """Take this session from now on."""
        if (session, head) != (self._session, self._head):
            self._session, self._head = session, head
            self._say("")

    @Slot(str)
    @guarded("choosing a format")
    def choose(self, form: str) -> None:
        """Take a format; the ending of the file follows it."""
        if form in FORMATS and form != self._form:
            self._form = form
            self._typed = with_ending(self._typed, form)
            self._say("")

    @Slot(str)
    @guarded("naming a file")
    def name(self, file: str) -> None:
        """Take the file that he typed; the one it would have by itself where that is nothing."""
        self._typed = file
        self._say("")

    @Slot(QUrl)
    @guarded("choosing a file")
    def chosen(self, url: QUrl) -> None:
        """Take the file that he chose in the dialog."""
        self.name(url.toLocalFile())

    @Slot(str)
    @guarded("naming a folder")
    def name_folder(self, folder: str) -> None:
        """Take the folder for screenplays that he typed."""
        self._folder = folder
        self._say("")

    @Slot(QUrl)
    @guarded("choosing a folder")
    def chosen_folder(self, url: QUrl) -> None:
        """Take the folder for screenplays that he chose in the dialog."""
        self.name_folder(url.toLocalFile())

    @Slot()
    @guarded("exporting a session")
    def export(self) -> None:
        """Write the session to the file."""
        name = file_name(self._session, self._form)
        self._want(self._form, self._typed or str(self._default()), name)

    @Slot()
    @guarded("saving a screenplay")
    def screenplay(self) -> None:
        """Write the session as a screenplay into the folder."""
        name = file_name(self._session, "fountain")
        self._want("fountain", str(Path(self._folder) / name) if self._folder.strip() else "", name)

    @Slot()
    @guarded("replacing a file")
    def replace(self) -> None:
        """Write over the file that is there."""
        if wish := self._there:
            self._write(Wish(wish.session, wish.form, wish.path, replace=True))

    def _want(self, form: str, file: str, name: str) -> None:
        try:
            self._write(Wish(self._session, form, path_from(file, name)))
        except Trouble as trouble:
            self._say(trouble.line)

    def _write(self, wish: Wish) -> None:
        if not self._house.desk.has_record or not wish.session:
            return self._say("nothing was recorded yet, so there is nothing to take with you")
        self._say("writing …", busy=True)
        home = self._house.home
        work = self._house.desk.ask
        work(
            "a session to export",
            lambda past: write(past.journal, home, wish),
            lambda done: self._done(wish, done),
            self._lost,
            once=True,
        )
        return None

    def _done(self, wish: Wish, done: Written | There) -> None:
        if isinstance(done, There):
            self._say(f"{done.path} is there already", there=wish)
        else:
            turns = f"{done.turns} turn{'' if done.turns == 1 else 's'}"
            self._say(f"session {done.session}, {turns}: written to {done.path}")

    def _lost(self, failure: Failure) -> None:
        self._say(f"{failure.what}: {failure.why}" + (f" ({failure.todo})" if failure.todo else ""))

    def _say(self, text: str, *, there: Wish | None = None, busy: bool = False) -> None:
        self._told, self._there, self._busy = text, there, busy
        self.changed.emit()
