"""What the commands about the record share: the journal, the conversation as it was, a turn by its number."""

from __future__ import annotations

from pathlib import Path

import msgspec

from her_desktop import paths
from her_desktop.cli.common import Options, builder
from her_desktop.conversation import Conversation
from her_desktop.folded import state_at
from her_desktop.memory.journal import Journal
from her_desktop.trace.aloud import Aloud
from her_desktop.trace.packs_then import PacksThen
from her_desktop.trace.past import saved_turn
from her_desktop.trace.turns import SavedTurn
from her_desktop.trouble import Trouble


def open_journal(options: Options) -> Journal:
    """The journal of the profile, to read.

    Raises:
        Trouble: there is none.
    """
    home: Path = options.home or paths.default_home()
    if not (home / "journal.sqlite").is_file():
        raise Trouble("trace", f"{home} holds no journal yet", "talk with her first: her-desktop chat")
    return Journal(home, read_only=True)


def last_talk(journal: Journal) -> int:
    """The number of the last session in which somebody spoke; where nobody ever did, of the last one."""
    return max((one.session for one in journal.sessions() if one.turns), default=journal.last_session)


class Past:
    """The record and the conversations in it, each with the packs that were in force."""

    def __init__(self, options: Options, journal: Journal) -> None:
        self.journal = journal
        self._packs = PacksThen(journal, builder().conversation(options))
        self._record = Aloud(journal, self._packs)

    def conversation(self, turn: SavedTurn) -> Conversation:
        """The conversation in which a turn was answered, able to answer about what came before it."""
        return msgspec.structs.replace(self._packs.of(turn), record=self._record)

    def turn(self, number: int | None, *, also_marked: bool = False) -> SavedTurn:
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
