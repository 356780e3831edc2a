"""What she can tell aloud about an earlier turn: read from its record, and tried again on the real code.

Emits values for the wordings of the packs; the sentences are rules (`trace.yaml`), in each language its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from her_desktop.events import FactForgotten, FactLearned, FactUsed, FinalTranscript, TurnsMarked
from her_desktop.memory.journal import Journal
from her_desktop.memory.words import MARK
from her_desktop.nlg.wording import Value
from her_desktop.skills.ask import Answer
from her_desktop.trace.aloud_details import clock_time, details
from her_desktop.trace.aloud_meant import LOOKS_BACK_TURNS, Answered, Finder
from her_desktop.trace.aloud_values import Telling
from her_desktop.trace.alterations import FactGone
from her_desktop.trace.causes import Cause, Kind
from her_desktop.trace.explain import Why, why
from her_desktop.trace.packs_then import PacksThen
from her_desktop.trace.past import saved_turn, timings
from her_desktop.trace.scene import Scene
from her_desktop.trace.turns import SavedTurn, marked
from her_desktop.trace.what_if import what_if
from her_desktop.trouble import Trouble

_KINDS: tuple[Kind, ...] = ("word", "question", "dice", "time")
"""What is tried of every turn; of the facts, only those that it used or asked for."""
_IN_DISTRESS = frozenset({"why", "before", "program", "pleasing"})
"""Questions that are answered otherwise for some turns after somebody was in danger."""
_KEPT = 20
"""So many turns stay explained, in case he asks on."""


class Aloud:
    """The record, as far as she is asked about it (a `Record` of `skills/ask.py`)."""

    def __init__(self, journal: Journal, packs: PacksThen) -> None:
        self._journal, self._packs, self._finder = journal, packs, Finder(journal)
        self._told: dict[int, tuple[SavedTurn, Why]] = {}

    def tells(self, question: str, turn: int, about: str, language: str) -> Answer:
        """What the record says about a turn before this one."""
        meant = self._finder.meant(question, turn, about, language)
        if not meant:
            return _nothing(question, turn, about)
        asked = f"{question} of turn {meant.number}"
        source = f"skill:explain.{question}({asked})"
        grave = question in _IN_DISTRESS and self._finder.in_distress(turn, language)
        values = self._lacking(meant, turn, language, source) or self._values(
            meant, turn, language, source, grave=grave
        )
        return Answer(asked, {f"explain.{name}": value for name, value in values.items()}, turns=(meant.number,))

    def _lacking(self, meant: Answered, turn: int, language: str, source: str) -> dict[str, Value]:
        """Why nothing can be told of a turn: words of it were forgotten, or its packs are not kept."""
        marks = self._journal.entries(kinds=(TurnsMarked,))
        if meant.number in marked(one for one in marks if one.turn < turn):
            return {"forgotten": Value(clock_time(meant.heard.at, language), "computed", source)}
        try:
            self._why(meant)
        except Trouble:
            return {"unkept": Value(meant.said.strip(" .!?"), "computed", source)}
        return {}

    def _values(self, meant: Answered, turn: int, language: str, source: str, *, grave: bool) -> dict[str, Value]:
        saved, found = self._why(meant)
        telling = Telling(found, saved, language, source, self._packs.of(saved).language)
        first = telling.values(self._asked(saved), self._replaced(saved, turn), grave=grave)
        values = (*first, *details(telling, self._packs.of(saved)))
        return {name: value for name, value in values if not any(MARK in one.text for one in (value, *value.items))}

    def _why(self, meant: Answered) -> tuple[SavedTurn, Why]:
        """Found once for each turn; anew where the record was erased and another turn has its number."""
        number = meant.number
        if number not in self._told or self._told[number][0].entries[0] != meant.heard:
            saved = saved_turn(self._journal, number)
            if len(self._told) >= _KEPT:
                self._told.pop(next(iter(self._told)))
            packs = self._packs.of(saved)
            found = why(saved, packs, timings(self._journal, number), _KINDS)
            causes = (*found.causes, *_by_facts(saved, Scene.of(saved, packs)))
            self._told[number] = saved, msgspec.structs.replace(found, causes=causes)
        return self._told[number]

    def _asked(self, saved: SavedTurn) -> str:
        """Her question that was open in a turn."""
        question = saved.before.question
        asked = self._finder.read(question.turn) if question else None
        sentences = re.findall(r"[^.!?]+[.!?]+[”“»]?", asked.said) if asked else []
        return next((one.strip() for one in reversed(sentences) if "?" in one), "")

    def _replaced(self, saved: SavedTurn, turn: int) -> frozenset[str]:
        """Facts that were corrected or forgotten between a turn and the present one."""
        asking = next((one.seq for one in self._journal.turn(turn) if isinstance(one.entry, FinalTranscript)), None)
        later = self._journal.entries(kinds=(FactLearned, FactForgotten), after=saved.entries[0].seq, before=asking)
        changes = [one.entry for one in later]
        return frozenset(
            one.replaces if isinstance(one, FactLearned) else one.fact
            for one in changes
            if isinstance(one, FactLearned | FactForgotten)
        )


def _by_facts(saved: SavedTurn, scene: Scene) -> Iterator[Cause]:
    """The facts without which she would have said something else, of those that she used or that were asked for."""
    used = {f"{one.entry.subject}.{one.entry.predicate}" for one in saved.entries if isinstance(one.entry, FactUsed)}
    asked = " ".join(condition.text for condition in saved.decision.conditions)
    for name in saved.before.facts:
        if name in used or f"'{name}'" in asked:
            found = what_if(scene, saved.reply, FactGone(name))
            if found.differs:
                yield Cause("fact", name, found.change, found)


def _nothing(question: str, turn: int, about: str) -> Answer:
    """Where no such turn is; with words that nobody said, how far back she looked."""
    asked = f"{question}, and no such turn is there"
    if not about or turn < 2:
        return Answer(asked, {})
    back = Value(str(max(1, turn - LOOKS_BACK_TURNS)), "computed", f"skill:explain.{question}({asked})")
    return Answer(asked, {"explain.searched": back})
