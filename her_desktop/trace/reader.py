"""The record and the conversations in it, each with the packs that were in force, for whoever asks about its turns."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import msgspec

from her_desktop.conversation import Conversation
from her_desktop.folded import state_at
from her_desktop.memory.journal import Journal
from her_desktop.trace.aloud import Aloud
from her_desktop.trace.packs_then import PacksThen
from her_desktop.trace.past import saved_turn
from her_desktop.trace.turns import SavedTurn
from her_desktop.trouble import Trouble


class Past:
    """Turns by their number, and the conversation of each."""

    def __init__(self, journal: Journal, present: Callable[[], Conversation]) -> None:
        """Take the record, and what loads the present conversation once it is wanted."""
        self.journal, self._load = journal, present

    @cached_property
    def present(self) -> Conversation:
        """The conversation as the packs are now."""
        return self._load()

    @cached_property
    def _packs(self) -> PacksThen:
        return PacksThen(self.journal, self.present)

    def packs_changed(self) -> None:
        """Load the present conversation anew when it is next wanted."""
        for name in ("present", "_packs"):
            self.__dict__.pop(name, None)

    def conversation(self, turn: SavedTurn) -> Conversation:
        """The conversation in which a turn was answered, able to answer about what came before it."""
        return msgspec.structs.replace(self._packs.of(turn), record=Aloud(self.journal, self._packs))

    def turn(self, number: int | None = None, *, also_marked: bool = False) -> SavedTurn:
        """A turn by its number, or the last one; one whose words were removed only where that is asked for.

        Raises:
            Trouble: there is no such turn, it was never answered, or words of it were forgotten.
        """
        number = self._last() if number is None else number
        return saved_turn(self.journal, number, also_marked=also_marked)

    def _last(self) -> int:
        number = state_at(self.journal).turn
        if not number:
            raise Trouble("trace", "nothing was said yet", "talk with her first: her-desktop chat")
        return number
