"""Why a rule did not answer: the first word or condition that fails, or the rule before it; and what would help.

Found by running the turn again, and every change that is named was made and tried.
"""

from __future__ import annotations

from datetime import datetime

from her_desktop.conversation import Conversation
from her_desktop.dialogue.policy import Standing
from her_desktop.dialogue.rules import Rule
from her_desktop.dialogue.state import State
from her_desktop.events import FinalTranscript
from her_desktop.nlu.line import Line
from her_desktop.nlu.matcher import miss
from her_desktop.nlu.program import Program
from her_desktop.trace import why_not_words as words
from her_desktop.trace.changes import Moment
from her_desktop.trace.examples import programs, slot_examples
from her_desktop.trace.nearest import Edited, nearest
from her_desktop.trace.reasons import Cause, Missed, Outranked, WhyNot
from her_desktop.trace.rule_names import left_out, unknown
from her_desktop.trace.smallest import smallest

_FAR = Edited("", 1 << 20, 0)


def why_not(conversation: Conversation, state: State, heard: FinalTranscript, now: datetime, rule: str) -> WhyNot:
    """Say why a rule did not answer an utterance.

    Args:
        conversation: the rules in force.
        state: what came before the utterance.
        heard: the transcript.
        now: the time of the turn.
        rule: id of the rule.

    Raises:
        Trouble: there is no such rule; the nearest names are told.
    """
    if rule in conversation.book.rules:
        return _Inquiry(Moment(conversation, state, heard, now), conversation.book.rules[rule]).result()
    if broken := left_out(conversation.book, rule):
        return WhyNot(rule, heard.text, "quarantined", f"{rule} is left out: {broken.line}.", place=broken.place)
    raise unknown(conversation.book, rule)


class _Inquiry:
    def __init__(self, moment: Moment, rule: Rule) -> None:
        self._moment, self._rule = moment, rule
        self._standings = moment.standings()
        self._mine = next((one for one in self._standings if one.rule.id == rule.id), None)
        self._first = self._standings[0] if self._standings and not self._standings[0].barred else None

    def result(self) -> WhyNot:
        cause = self._cause()
        changes = () if cause in ("won", "unprompted") else smallest(self._moment, self._rule)
        found = WhyNot(
            rule=self._rule.id,
            heard=self._moment.heard.text,
            cause=cause,
            paragraph="",
            winner=self._first.rule.id if self._first else "",
            missed=self._missed() if cause == "words" else None,
            conditions=self._mine.conditions if self._mine else (),
            outranked=self._outranked() if cause in ("won", "outranked") else None,
            place=self._rule.place,
            changes=changes,
        )
        return words.told(found, self._rule, self._moment, self._mine)

    def _cause(self) -> Cause:
        if self._rule.prompt != "heard":
            return "unprompted"
        if self._rule.parent not in ("", self._moment.asked):
            return "question"
        if self._rule.topic_wanted not in ("", self._moment.state.topic):
            return "topic"
        if not self._mine:
            return "words"
        if self._mine.unclear:
            return "unclear"
        false = next((condition for condition in self._mine.conditions if not condition.value), None)
        if false:
            return "once" if false.text == "once" else "cooldown" if words.is_cooldown(false) else "condition"
        return "won" if self._mine is self._first else "outranked"

    def _missed(self) -> Missed | None:
        """Where the template that needs the fewest other words gave up."""
        language, now = self._moment.conversation.language, self._moment.now
        fillers = slot_examples(self._moment.conversation, self._rule, now)
        tries: list[tuple[tuple[int, ...], Missed]] = []
        for rank, alternative in enumerate(self._moment.heard.alternatives):
            line = Line.of(alternative.text, language, now)
            for program in programs(self._moment.conversation, self._rule):
                near = nearest(program, line, fillers, frozenset()) or _FAR
                missed = _gave_up(program, line, alternative.text)
                tries.append(((near.words, -near.kept, -missed.literals, rank), missed))
        return min(tries, key=lambda one: one[0])[1] if tries else None

    def _outranked(self) -> Outranked | None:
        """The first field on which this rule and the winner differ; if it won, this rule and the next one."""
        first, won = self._standings[0], self._mine is self._first
        other = self._next() if won else self._mine
        if not other:
            return None
        for (field, its), (_, others) in zip(first.order, other.order, strict=True):
            if its != others:
                return (
                    Outranked(other.rule.id, field, its, others)
                    if won
                    else Outranked(first.rule.id, field, others, its)
                )
        return None

    def _next(self) -> Standing | None:
        return next((one for one in self._standings[1:] if not one.barred), None)


def _gave_up(program: Program, line: Line, heard: str) -> Missed:
    found = miss(program, line)
    at, wanted = found.failed_at, found.wanted
    if not found.literals and program.absent.isdisjoint(line.words):  # it never began
        at, wanted = line.first if line.first < line.last else None, tuple(_beginning(program, program.first))
    return Missed(program.template, heard, found.literals, "" if at is None else line.tokens[at].surface, wanted)


def _beginning(program: Program, first: tuple[int, ...]) -> dict[str, None]:
    """What a template wants to begin with."""
    wanted: dict[str, None] = {}
    for step in (program.steps[at] for at in first):
        wanted |= _beginning(program, step.then) if step.op == "start" else dict.fromkeys(step.wants)
    return wanted
