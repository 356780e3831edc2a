"""What each field of the record holds: his words, what was made of them, or the author's own structure.

Every field of every kind of entry is in the table; a test fails where a new one is not, so that forgetting a fact can
never pass one by.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

import msgspec

from her_desktop import events as e

Role = Literal["his", "other", "reason", "inside", "own", "by itself"]

HIS: Role = "his"
"""What he said, or a value read from it."""
OTHER: Role = "other"
"""What may hold words of his among others."""
REASON: Role = "reason"
"""Why a rule did not win: the author's words, with heard ones and values in them."""
INSIDE: Role = "inside"
"""A structure with a row of its own here."""
OWN: Role = "own"
"""What was there before he spoke: names, ids, numbers, times, and what the author of a rule wrote."""
ITSELF: Role = "by itself"
"""A field that needs what other fields say (`redaction.py`)."""


def _roles(
    own: str = "", his: str = "", other: str = "", reason: str = "", inside: str = "", itself: str = ""
) -> Mapping[str, Role]:
    def pairs() -> Iterator[tuple[str, Role]]:
        named: list[tuple[str, Role]] = [
            (own, OWN), (his, HIS), (other, OTHER), (reason, REASON), (inside, INSIDE), (itself, ITSELF),
        ]  # fmt: skip
        for names, role in named:
            yield from ((name, role) for name in names.split())

    return dict(pairs())


ROLES: Mapping[type[msgspec.Struct], Mapping[str, Role]] = {
    e.Word: _roles("start_ms end_ms confidence", his="text"),
    e.Alternative: _roles("confidence", his="text", inside="words"),
    e.Span: _roles("origin", itself="text source"),
    e.Seen: _roles("technique cue", itself="words at"),
    e.Loser: _roles("rule", reason="reason"),
    e.Repair: _roles("kind at known tokens", his="heard", other="word"),
    e.Candidate: _roles(
        "rule template matched alternative tokens literals slot_words wanted", his="slots values failed_at",
        inside="repairs",
    ),
    e.Condition: _roles("text value", itself="names"),
    e.Draw: _roles("variant liked not_liked value"),
    e.MarkedTurn: _roles("turn how"),
    e.SessionStarted: _roles("version language seed packs country front adapts off began_at"),
    e.PacksChanged: _roles("packs added removed changed left_out"),
    e.TechniqueSwitched: _roles("technique on", other="why"),
    e.LightsSwitched: _roles("on cause"),
    e.Rehearsed: _roles("of_turn", other="text change"),
    e.SessionEnded: _roles("cause"),
    e.PartReady: _roles("part name detail"),
    e.PartLost: _roles("part why todo"),
    e.Failure: _roles(other="what why todo"),
    e.StateChanged: _roles("state cause"),
    e.Timing: _roles("stage ms"),
    e.SpeechStarted: _roles("cause"),
    e.SpeechEnded: _roles("cause speech_ms waited_ms"),
    e.SpeechDiscarded: _roles("why", his="text"),
    e.PartialTranscript: _roles(his="text"),
    e.FinalTranscript: _roles("recognizer", his="text", inside="alternatives"),
    e.Interpreted: _roles("tried of", his="tokens", inside="candidates"),
    e.Decision: _roles(
        "rule tier order template slot_words alternative held", his="slots values unused",
        inside="losers conditions repairs",
    ),
    e.WordingRewarded: _roles("rule variant wording reward why"),
    e.CommandHeld: _roles("rule asking", his="text"),
    e.CommandResumed: _roles("rule", his="text"),
    e.FollowUpPlanned: _roles("rule due facts"),
    e.Volunteered: _roles("rule cause variant of choice die said_at", inside="losers conditions"),
    e.SkillCalled: _roles("skill turns", other="input output"),
    e.FactLearned: _roles("fact subject predicate source_turn told_at replaces", itself="object words"),
    e.FactUsed: _roles("fact subject predicate source_turn", itself="object"),
    e.FactForgotten: _roles("fact subject predicate source_turn why", itself="object"),
    e.TurnsMarked: _roles("fact turns"),
    e.QuestionOpened: _roles("reply rule"),
    e.QuestionClosed: _roles("reply cause"),
    e.Suppressed: _roles("rule techniques tone", itself="text spans"),
    e.Reply: _roles(
        "act tone techniques rule variant of choice die draws ends exhibit", itself="text spans seen",
    ),
    e.VoiceSynthesized: _roles("voice rate_hz sound_ms"),
    e.PlaybackStarted: _roles("sound_ms"),
    e.WordSpoken: _roles("index at_ms", itself="text"),
    e.PlaybackFinished: _roles("sound_ms"),
    e.PlaybackInterrupted: _roles("cause at_ms"),
}  # fmt: skip
"""By kind of entry or structure: the fields of each role."""
