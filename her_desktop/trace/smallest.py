"""Looks for the smallest changes that let a rule answer: of his words, of its conditions, of its place in the order."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import islice

from msgspec.structs import replace

from her_desktop.dialogue.rules import Rule
from her_desktop.nlu.line import Line
from her_desktop.nlu.matcher import walk
from her_desktop.nlu.program import Program
from her_desktop.trace.changes import Change, Moment, completed
from her_desktop.trace.examples import programs, slot_examples
from her_desktop.trace.nearest import Edited, nearest, one_word

MOST_TRIES = 120
"""So many other sentences are really tried."""

_MOST_WORDS = 60
"""In a longer utterance no word is tried on chance."""

_MOST_OTHER_WORDS = 30
_MOST_CHANGED_WORDS = 2
"""Where more would have to be changed, a sample that says it well is the better help."""
_MOST_SAMPLES = 5

_BARRED = frozenset({"without", "cooldown_turns"})
"""Where these alone are in the way, other words do not help."""


def smallest(moment: Moment, rule: Rule) -> tuple[Change, ...]:
    """The smallest changes that let a rule answer, one of each kind; every one was tried and works.

    Nothing where nothing was found: safety comes first whatever he says.
    """
    first = opening(moment, rule) if rule.parent not in ("", moment.asked) else ()
    base = Change(asked=rule.parent) if first is None else Change(first=first)
    if rule.topic_wanted not in ("", moment.state.topic):
        base = replace(base, topic=rule.topic_wanted)
    found = _Search(moment, rule, base).run()
    least = min((change.size for change in found), default=0)
    kinds = {change.kind: change for change in reversed(found) if change.size == least}
    return tuple(sorted(kinds.values(), key=lambda change: ("said" not in change.kind, change.line)))


def opening(moment: Moment, rule: Rule) -> tuple[str, ...] | None:
    """What to say, one sentence after the other, until the question is open that a rule answers; None for nothing."""
    if not rule.parent:
        return ()
    asking = moment.conversation.book.rules[rule.parent]
    before = opening(moment, asking)
    if before is None or asking.prompt != "heard":
        return None
    after = moment.after(*before)
    for sample in asking.spec.samples[:_MOST_SAMPLES]:
        standings = after.says(sample).standings()
        if standings and standings[0].rule.id == asking.id and not standings[0].barred:
            asked = after.after(sample).state.question
            if asked and asked.rule == asking.id:
                return (*before, sample)
    return None


class _Search:
    def __init__(self, moment: Moment, rule: Rule, base: Change) -> None:
        self._moment, self._rule, self._base = moment, rule, base
        self._found: list[Change] = []
        language, now = moment.conversation.language, moment.now
        self._lines = [Line.of(one.text, language, now) for one in moment.heard.alternatives]
        self._programs = programs(moment.conversation, rule)
        samples = [Line.of(sample, language, now) for sample in rule.spec.samples]
        self._usual = frozenset(norm for line in samples for norm in line.norms)
        self._tries = 0

    def run(self) -> list[Change]:
        """All that works, as far as it was looked for."""
        self._try(self._base)
        if not (self._found and self._found[0].kind <= _BARRED | self._base.kind):
            for text, words in self._sentences():
                if self._tries >= MOST_TRIES or self._enough(words):
                    break
                self._try(replace(self._base, said=text, words=words))
        return self._found

    def _try(self, change: Change) -> None:
        self._tries += 1
        if made := completed(self._moment, self._rule, change):
            self._found.append(made)

    def _enough(self, words: int) -> bool:
        """Whether other words alone were found to do, with no more of them changed."""
        alone = self._base.kind | {"said"}
        return any(change.kind == alone and change.words <= words for change in self._found)

    def _sentences(self) -> Iterator[tuple[str, int]]:
        """Other sentences, and how many words of each are other ones: the nearest first."""
        near = sorted(self._near(), key=lambda edited: (edited.words, -edited.kept, len(edited.text), edited.text))
        yield from ((edited.text, 1) for edited in near if edited.words == 1)
        if self._found or (near and near[0].words == 1):
            yield from ((text, 1) for text in self._one_word())
        more = [(edited.text, edited.words) for edited in near if edited.words > 1 and edited.kept]
        yield from (one for one in more if one[1] <= _MOST_CHANGED_WORDS)
        others = ((sample, self._differs(sample)) for sample in self._rule.spec.samples)
        yield from sorted((one for one in others if one[1]), key=lambda one: one[1])
        yield from more

    def _near(self) -> Iterator[Edited]:
        fillers = slot_examples(self._moment.conversation, self._rule, self._moment.now)
        for program in self._programs:
            for line in self._lines:
                edited = nearest(program, line, fillers, self._usual)
                if edited and edited.words:
                    yield edited

    def _one_word(self) -> Iterator[str]:
        line = self._lines[0]
        if len(line.tokens) <= _MOST_WORDS:
            yield from filter(self._fits, dict.fromkeys(one_word(line, self._words())))

    def _words(self) -> list[str]:
        """Words of the templates, the usual ones first."""
        words = {word for program in self._programs for step in program.steps if not step.of for word in step.words}
        return list(islice(sorted(words, key=lambda word: (word not in self._usual, word)), _MOST_OTHER_WORDS))

    def _fits(self, text: str) -> bool:
        line = Line.of(text, self._moment.conversation.language, self._moment.now)
        return any(_met(program, line) and walk(program, line) is not None for program in self._programs)

    def _differs(self, text: str) -> int:
        ours, theirs = self._lines[0].norms, Line.of(text, self._moment.conversation.language, self._moment.now).norms
        parts = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
        return sum(max(to - at, end - begin) for kind, at, to, begin, end in parts if kind != "equal")


def _met(program: Program, line: Line) -> bool:
    return not any(need.isdisjoint(line.words) for need in program.needs)
