"""What she can tell aloud about an earlier turn: read from its record, and tried again on the real code.

Emits values for the wordings of the packs; the sentences are rules (`trace.yaml`), in each language its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from her_desktop.dialogue.cues import cues
from her_desktop.events import (
    FactForgotten,
    FactLearned,
    FinalTranscript,
    Recorded,
    Reply,
    SessionStarted,
    SkillCalled,
    TurnsMarked,
)
from her_desktop.memory.journal import Journal
from her_desktop.nlg.wording import Value
from her_desktop.skills.ask import Answer
from her_desktop.trace.aloud_values import Telling, clock_time
from her_desktop.trace.causes import Kind
from her_desktop.trace.explain import Why, why
from her_desktop.trace.packs_then import PacksThen
from her_desktop.trace.past import saved_turn, timings
from her_desktop.trace.turns import SavedTurn, marked
from her_desktop.trouble import Trouble

LOOKS_BACK_TURNS = 50
"""So far back she looks for the turn that is meant."""

_KINDS: tuple[Kind, ...] = ("word", "fact", "question", "dice", "time")
_FURTHER = frozenset({"more", "words"})
"""Questions that go on about the turn that was explained last."""
_IN_DISTRESS = frozenset({"why", "before", "program", "pleasing"})
"""Questions that are answered otherwise for so many turns after somebody was in danger."""
_DISTRESS_TURNS = 10


class _Answered(msgspec.Struct, frozen=True):
    """A turn as far as finding it needs."""

    number: int
    heard: Recorded
    said: str
    explained: tuple[int, ...]
    """The turn that it explains."""
    explains: bool
    danger: bool
    """Whether a rule for somebody in danger answered."""


class Aloud:
    """The record, as far as she is asked about it (a `Record` of `skills/ask.py`)."""

    def __init__(self, journal: Journal, packs: PacksThen) -> None:
        self._journal, self._packs = journal, packs
        self._told: dict[int, tuple[SavedTurn, Why]] = {}
        self._languages: dict[int, str] = {}

    def tells(self, question: str, turn: int, about: str, language: str) -> Answer:
        """What the record says about a turn before this one."""
        meant = self._meant(question, turn, about, language)
        if not meant:
            return self._nothing(question, turn, about)
        asked = f"{question} of turn {meant.number}"
        source = f"skill:explain.{question}({asked})"
        if self._forgotten(meant.number, turn):
            time = Value(clock_time(meant.heard.at, language), "computed", source)
            return Answer(asked, {"explain.forgotten": time}, turns=(meant.number,))
        try:
            saved, found = self._why(meant.number)
        except Trouble:  # the packs of that time are not kept
            said = {"explain.unkept": Value(meant.said, "computed", source)}
            return Answer(asked, said, turns=(meant.number,))
        telling = Telling(found, saved, language, source, self._packs.of(saved))
        grave = question in _IN_DISTRESS and self._in_distress(turn, language)
        values = telling.values(self._asked(saved), self._replaced(saved, turn), grave=grave)
        return Answer(asked, {f"explain.{name}": value for name, value in values}, turns=(meant.number,))

    def _nothing(self, question: str, turn: int, about: str) -> Answer:
        asked = f"{question}, and no such turn is there"
        if not about or turn < 2:
            return Answer(asked, {})
        back = Value(str(max(1, turn - LOOKS_BACK_TURNS)), "computed", f"skill:explain.{question}({asked})")
        return Answer(asked, {"explain.searched": back})

    # ---- which turn is meant ----

    def _meant(self, question: str, turn: int, about: str, language: str) -> _Answered | None:
        """The last turn that was no explanation; with words, the last one in which they were said."""
        if question in _FURTHER:
            return self._explained_last(turn, language)
        before = turn
        if question == "before":
            last = self._last(turn, language)
            before = last.number if last else turn
        for found in self._answered(before, language):
            if not found.explains and self._holds(found, about, language):
                return found
        return None

    def _last(self, turn: int, language: str) -> _Answered | None:
        """The turn that was spoken of last: the one just explained, else the one just said."""
        last = next(self._answered(turn, language), None)
        return self._explained_last(turn, language) if last and last.explains else last

    def _explained_last(self, turn: int, language: str) -> _Answered | None:
        explanation = next((found for found in self._answered(turn, language) if found.explains), None)
        if not explanation or not explanation.explained:
            return None
        return next(self._answered(explanation.explained[0] + 1, language), None)

    def _answered(self, before: int, language: str) -> Iterator[_Answered]:
        """The turns of this language, the last one first."""
        for number in range(before - 1, max(0, before - 1 - LOOKS_BACK_TURNS), -1):
            found = self._read(number)
            if found and self._language(found.heard) == language:
                yield found

    def _read(self, number: int) -> _Answered | None:
        entries = self._journal.turn(number)
        heard = next((one for one in entries if isinstance(one.entry, FinalTranscript)), None)
        said = next((one.entry.text for one in reversed(entries) if isinstance(one.entry, Reply)), None)
        if not heard or said is None:
            return None
        called = [one.entry for one in entries if isinstance(one.entry, SkillCalled) and _explains(one.entry)]
        danger = any(isinstance(one.entry, Decision) and one.entry.tier == "safety" for one in entries)
        explained = next((one.turns for one in called if one.turns), ())
        return _Answered(number, heard, said, explained, bool(called), danger)

    def _language(self, heard: Recorded) -> str:
        if heard.session not in self._languages:
            started = (one.entry for one in self._journal.entries(heard.session, (SessionStarted,)))
            self._languages |= {heard.session: one.language for one in started if isinstance(one, SessionStarted)}
        return self._languages.get(heard.session, "")

    def _holds(self, found: _Answered, about: str, language: str) -> bool:
        wanted = _words(about)
        wanted = wanted - cues(language).stop_words or wanted
        assert isinstance(found.heard.entry, FinalTranscript)
        return wanted <= _words(f"{found.heard.entry.text} {found.said}")

    def _in_distress(self, turn: int, language: str) -> bool:
        recent = (found for found in self._answered(turn, language) if turn - found.number <= _DISTRESS_TURNS)
        return any(found.danger for found in recent)

    # ---- what is known of it ----

    def _forgotten(self, number: int, turn: int) -> bool:
        marks = self._journal.entries(kinds=(TurnsMarked,))
        return number in marked(one for one in marks if one.turn < turn)

    def _why(self, number: int) -> tuple[SavedTurn, Why]:
        """Found once for each turn."""
        if number not in self._told:
            saved = saved_turn(self._journal, number)
            conversation = self._packs.of(saved)
            self._told[number] = saved, why(saved, conversation, timings(self._journal, number), _KINDS)
        return self._told[number]

    def _asked(self, saved: SavedTurn) -> str:
        """Her question that was open in a turn."""
        question = saved.before.question
        asked = self._read(question.turn) if question else None
        sentences = re.findall(r"[^.!?]+[.!?]+[”“»]?", asked.said) if asked else []
        return next((one.strip() for one in reversed(sentences) if "?" in one), "")

    def _replaced(self, saved: SavedTurn, turn: int) -> frozenset[str]:
        """Facts that were corrected or forgotten between a turn and the present one."""
        later = self._journal.entries(kinds=(FactLearned, FactForgotten), after=saved.entries[0].seq)
        gone = {one.entry.replaces if isinstance(one.entry, FactLearned) else one.entry.fact for one in later
                if one.turn < turn and isinstance(one.entry, FactLearned | FactForgotten)}  # fmt: skip
        return frozenset(gone)


def _explains(called: SkillCalled) -> bool:
    return called.skill.startswith("explain.")


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))
