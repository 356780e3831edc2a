"""A talk with a pack written in the test: `own_talk(PACK).says("hello").reply.text`."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from her_desktop.conversation import Conversation, Turn
from her_desktop.dialogue.packs import load_packs
from her_desktop.events import Alternative, Entry, FinalTranscript
from her_desktop.skills import VALUES
from tests.dialogue.talk import Talk, language

E = TypeVar("E", bound=Entry)

FALLBACK = """\
topic: otherwise
rules:
  - id: otherwise.anything
    tier: fallback
    samples: [xyzzy]
    hears: ["*"]
    act: auto_negative
    says: ["I have no rule for that."]
"""


class OwnTalk(Talk):
    """A talk with one's own rules; `later` lets time pass."""

    def __init__(self, *packs: str, seed: int = 0, adapts: bool = True) -> None:
        super().__init__(seed=seed)
        with tempfile.TemporaryDirectory() as folder:
            for number, pack in enumerate((*packs, FALLBACK)):
                (Path(folder) / f"pack{number}.yaml").write_text(pack, encoding="utf-8")
            book = load_packs([Path(folder)], language(), VALUES)
        assert not book.quarantined, [broken.line for broken in book.quarantined]
        self._conversation = Conversation.of(book, language(), adapts=adapts)

    def later(self, **time: float) -> None:
        """Let time pass: `later(days=1)`."""
        self.now += timedelta(**time)

    def hears_spoken(self, *alternatives: str) -> Turn:
        """Say something that a recognizer wrote down in several ways, the best first."""
        heard = FinalTranscript(
            text=alternatives[0], recognizer="vosk:test", alternatives=tuple(map(Alternative, alternatives))
        )
        return self.takes(heard)


def entry(turn: Turn, kind: type[E]) -> E:
    """The entry of this kind."""
    return next(entry for entry in turn.entries if isinstance(entry, kind))


def entries(turn: Turn, kind: type[E]) -> list[E]:
    """Every entry of this kind."""
    return [entry for entry in turn.entries if isinstance(entry, kind)]
