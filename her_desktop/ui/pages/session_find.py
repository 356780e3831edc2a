"""Receives the words that he looks for. Emits the places where they were said, and on which of them he stands."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot

from her_desktop.ui.bridge import guarded
from her_desktop.ui.pages.page import House, Page, Told
from her_desktop.ui.pages.session_search import MOST_HITS, as_typed, told

TYPING_MS = 150
"""So long after the last letter it is looked up."""


class Finding(Page):
    """What was said that holds the words that he types."""

    looked = Signal()

    def __init__(self, house: House, parent: QObject | None = None) -> None:
        super().__init__(house, parent)
        self._words = self._searched = ""
        self._hits: list[Told] = []
        self._hit = -1
        self._typing = QTimer(self, interval=TYPING_MS, singleShot=True)
        self._typing.timeout.connect(self._search)

    hits = Property(list, lambda self: self._hits, notify=looked)
    hit = Property(int, lambda self: self._hit, notify=looked)
    words = Property(str, lambda self: self._words, notify=looked)
    note = Property(str, lambda self: self._note(), notify=looked)

    @Slot(str)
    @guarded("looking for words")
    def search(self, words: str) -> None:
        """Look for what was said, once he has stopped typing."""
        self._words = words.strip() and words
        if self._words:
            self._typing.start()
        else:
            self._find("")
        self.looked.emit()

    @guarded("looking for words")
    def _search(self) -> None:
        self._typing.stop()
        words = self._words
        if words:
            self.house.desk.ask(
                "words that were said",
                lambda past: [told(hit) for hit in past.journal.search(as_typed(words), MOST_HITS)],
                lambda hits: self._found(words, hits),
            )

    def _find(self, words: str) -> None:
        self._typing.stop()
        self._words, self._searched, self._hits, self._hit = words, "", [], -1
        self.looked.emit()

    def _found(self, words: str, hits: list[Told]) -> None:
        if self._words:
            self._searched, self._hits, self._hit = words, hits, 0 if hits else -1
            self.looked.emit()

    def _point(self, hit: int) -> None:
        if self._hits:
            self._hit = min(max(0, hit), len(self._hits) - 1)
            self.looked.emit()

    def _note(self) -> str:
        if self._words and not self.house.desk.has_record:
            return "there is no record to look in"
        if not self._words or not self._searched:
            return ""
        if not self._hits:
            return "nothing was said with these words"
        most = len(self._hits) == MOST_HITS
        return f"the newest {MOST_HITS}" if most else f"{len(self._hits)} found, the newest first"
