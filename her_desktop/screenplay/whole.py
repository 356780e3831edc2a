"""Receives a title page. Emits the conversation that it asks for, whole: in tests no rule is left out unnoticed."""

from __future__ import annotations

from her_desktop.conversation import Conversation
from her_desktop.screenplay.perform import conversation
from her_desktop.screenplay.script import Title
from her_desktop.trouble import Trouble


def whole(title: Title) -> Conversation:
    """The conversation that a title page asks for; packs are read once.

    Raises:
        Trouble: there is no such language, or a rule cannot be read.
    """
    found = conversation(title)
    for broken in found.book.quarantined:
        raise Trouble(broken.place, broken.why, "mend the pack")
    return found
