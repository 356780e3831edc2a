"""What every check is handed. Receives packs and their book; emits the means to look at them, each made once."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cached_property
from pathlib import Path

from her_desktop.conversation import Conversation
from her_desktop.dialogue.packs import read_lexicon
from her_desktop.dialogue.rules import Rule
from her_desktop.lint.fillers import fillers
from her_desktop.lint.finding import Finding
from her_desktop.lint.rehearsal import Rehearsal
from her_desktop.lint.scenes import BEGINS, Scenes
from her_desktop.lint.sources import Sources
from her_desktop.nlu.line import Line
from her_desktop.nlu.matcher import walk
from her_desktop.nlu.program import Lexicon, Program
from her_desktop.nlu.sample import Fillers, sentences


class Work:
    """Packs, the conversation that they make, and what can be asked of both."""

    def __init__(
        self,
        paths: Iterable[Path],
        conversation: Conversation,
        now: datetime = BEGINS,
        only: frozenset[Path] = frozenset(),
    ) -> None:
        """Open packs.

        Args:
            paths: pack files, or folders of them.
            conversation: what was loaded from them.
            now: the time of every trial where no condition asks for another.
            only: files whose rules are looked at, with those elsewhere that they may get in the way of; all where none.
        """
        self._paths, self.conversation, self.now = tuple(paths), conversation, now
        self.only = only
        self.book, self.language = conversation.book, conversation.language
        self.scenes = Scenes(self.book, now)
        self.rehearsal = Rehearsal(conversation, self.scenes)

    @cached_property
    def sources(self) -> Sources:
        """The packs as written."""
        return Sources(self._paths)

    @cached_property
    def lexicon(self) -> Lexicon:
        """What templates refer to."""
        return read_lexicon(self._paths, self.language)

    @cached_property
    def fillers(self) -> Fillers:
        """What sentences say in slots and gaps."""
        return fillers(self.conversation.grammar, self.now)

    @cached_property
    def guarded_words(self) -> frozenset[str]:
        """The words of rules of the safety tier: they are never to be taken for something else."""
        guards = (rule for rule in self.heard() if rule.tier == "safety")
        needs = (need for rule in guards for at in rule.templates for need in self.book.programs[at].needs)
        return frozenset().union(*needs)

    @cached_property
    def chosen(self) -> frozenset[str]:
        """The rules of the files that are looked at."""
        shown = {str(path) for path in self.only}
        rules = self.book.rules.values()
        return frozenset(rule.id for rule in rules if not shown or self.sources.of(rule).file in shown)

    @cached_property
    def concerned(self) -> frozenset[str]:
        """Those, and the rules elsewhere of which one of theirs hears a sample, too, whatever was said before."""
        rules = [self.book.rules[name] for name in self.chosen]
        always = [rule for rule in rules if rule.tier != "fallback" and not rule.opens_with]
        theirs = [self.book.programs[at] for rule in always for at in rule.templates]
        others = (rule for rule in self.heard() if rule.id not in self.chosen)
        return self.chosen.union(
            rule.id for rule in others if any(self._hears(theirs, one) for one in rule.spec.samples)
        )

    def _hears(self, programs: Iterable[Program], sample: str) -> bool:
        line = Line.of(sample, self.language, self.now)
        near = (one for one in programs if not any(need.isdisjoint(line.words) for need in one.needs))
        return any(walk(program, line) is not None for program in near)

    def heard(self) -> Iterator[Rule]:
        """The rules that answer what he says, a rule before its answers."""
        return (rule for rule in self.book.rules.values() if rule.templates)

    def sentences(self, template: int, most: int) -> tuple[str, ...]:
        """Sentences that a template accepts, the same ones each time."""
        text = self.book.programs[template].template
        return sentences(text, self.lexicon, self.fillers, random.Random(text), most)  # noqa: S311 -- dice, not a lock


Check = Callable[[Work], Iterable[Finding]]
"""Looks at packs for one kind of fault."""
