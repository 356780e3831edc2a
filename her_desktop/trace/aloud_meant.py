"""Which turn he means when he asks about something that was said. Receives the record; emits the turn.

It is the last one that was no explanation; with words of his, the last one in which they were said, by him or by her.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from her_desktop.dialogue.cues import cues
from her_desktop.events import Decision, FinalTranscript, Recorded, Reply, SessionStarted, SkillCalled
from her_desktop.memory.journal import Journal

LOOKS_BACK_TURNS = 50
"""So far back she looks for the turn that is meant."""

_FURTHER = frozenset({"more", "words"})
"""Questions that go on about the turn that was explained last."""
_DISTRESS_TURNS = 10


class Answered(msgspec.Struct, frozen=True):
    """A turn as far as finding it needs."""

    number: int
    heard: Recorded
    said: str
    explains: bool
    """Whether it was an explanation itself."""
    explained: int
    """The turn that it explained; 0 for none."""
    danger: bool
    """Whether a rule for somebody in danger answered."""

    @property
    def words(self) -> set[str]:
        """All that he and she said in it."""
        assert isinstance(self.heard.entry, FinalTranscript)
        return _words(f"{self.heard.entry.text} {self.said}")


class Finder:
    """Looks for turns in the record, the last one first."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._languages: dict[int, str] = {}

    def meant(self, question: str, turn: int, about: str, language: str) -> Answered | None:
        """The turn that a question means.

        Args:
            question: which one, of `skills/explain.py`.
            turn: the turn in which it is asked.
            about: words of the turn that is meant; empty for the last one.
            language: code of the language that is spoken.
        """
        if question in _FURTHER:
            return self._explained_last(turn, language)
        last = self._spoken_of(turn, language) if question == "before" else None
        wanted = _words(about)
        wanted = wanted - cues(language).stop_words or wanted
        talk = self._answered(last.number if last else turn, language)
        return next((found for found in talk if not found.explains and wanted <= found.words), None)

    def in_distress(self, turn: int, language: str) -> bool:
        """Whether a rule for somebody in danger answered a short while before a turn."""
        recent = (found for found in self._answered(turn, language) if turn - found.number <= _DISTRESS_TURNS)
        return any(found.danger for found in recent)

    def read(self, number: int) -> Answered | None:
        """A turn; None where it was never answered."""
        entries = self._journal.turn(number)
        heard = next((one for one in entries if isinstance(one.entry, FinalTranscript)), None)
        said = next((one.entry.text for one in reversed(entries) if isinstance(one.entry, Reply)), None)
        if not heard or said is None:
            return None
        called = [one.entry for one in entries if isinstance(one.entry, SkillCalled)]
        explaining = [one for one in called if one.skill.startswith("explain.")]
        explained = next((one.turns[0] for one in explaining if one.turns), 0)
        danger = any(isinstance(one.entry, Decision) and one.entry.tier == "safety" for one in entries)
        return Answered(number, heard, said, bool(explaining), explained, danger)

    def _spoken_of(self, turn: int, language: str) -> Answered | None:
        """The turn that was spoken of last: the one just explained, else the one just said."""
        last = next(self._answered(turn, language), None)
        return self._explained_last(turn, language) if last and last.explains else last

    def _explained_last(self, turn: int, language: str) -> Answered | None:
        last = next((found for found in self._answered(turn, language) if found.explains), None)
        return self.read(last.explained) if last and last.explained else None

    def _answered(self, before: int, language: str) -> Iterator[Answered]:
        for number in range(before - 1, max(0, before - 1 - LOOKS_BACK_TURNS), -1):
            found = self.read(number)
            if found and self._language(found.heard.session) == language:
                yield found

    def _language(self, session: int) -> str:
        if session not in self._languages:
            started = [one.entry for one in self._journal.entries(session, (SessionStarted,))]
            self._languages[session] = next((one.language for one in started if isinstance(one, SessionStarted)), "")
        return self._languages[session]


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))
