"""A turn that can be run again: who talked, after what, what was heard, when, and with which dice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import msgspec

from her_desktop.conversation import Conversation, Turn, respond
from her_desktop.dialogue.book import with_rule
from her_desktop.dialogue.rules import Rule
from her_desktop.dialogue.state import State
from her_desktop.events import FinalTranscript
from her_desktop.trace.turns import SavedTurn


class Scene(msgspec.Struct, frozen=True):
    """All that a reply leans on; what a what-if changes."""

    conversation: Conversation
    state: State
    """Before he was heard."""
    heard: FinalTranscript
    at: datetime
    seed: int

    @classmethod
    def of(cls, turn: SavedTurn, conversation: Conversation) -> Scene:
        """The scene of a saved turn."""
        return cls(conversation, turn.before, turn.heard, turn.at, turn.started.seed)

    def run(self) -> Turn:
        """Answer.

        Raises:
            Trouble: nothing can be said.
        """
        return respond(self.conversation, self.state, self.heard, self.at, self.seed)

    def with_state(self, **fields: object) -> Scene:
        """The same after something else."""
        return msgspec.structs.replace(self, state=msgspec.structs.replace(self.state, **fields))

    def with_conversation(self, **fields: object) -> Scene:
        """The same with something else set."""
        return msgspec.structs.replace(self, conversation=msgspec.structs.replace(self.conversation, **fields))

    def with_rule(self, name: str, change: Callable[[Rule], Rule]) -> Scene:
        """The same with another version of a rule."""
        book = self.conversation.book
        return self.with_conversation(book=with_rule(book, change(book.rules[name])))
