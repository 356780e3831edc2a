"""How well rules stand recognition errors. Receives packs; emits for each rule how many errors its samples survive."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import msgspec

from her_desktop.dialogue.rules import Rule
from her_desktop.language import tokenize
from her_desktop.lint.mishearing import KINDS, Kind, Misheard, Vocabulary
from her_desktop.lint.scenes import Role
from her_desktop.lint.stage import Scene
from her_desktop.lint.work import Work

MOST_ERRORS = 30_000
_MOST_OF_A_KIND = 4
_NOT_IN_PARTICULAR = ("generic", "fallback")


class Line(msgspec.Struct, frozen=True):
    """A sentence in the scene in which its rule was heard."""

    rule: str
    sentence: str
    scene: Scene


class Slip(msgspec.Struct, frozen=True):
    """An error after which nothing in particular answered: a word that was written as another one of the packs."""

    line: Line
    """With the sentence as it was misheard."""
    word: str
    heard: str


class Survived(msgspec.Struct, frozen=True):
    """What became of the errors in a rule's samples."""

    rule: str
    tried: Mapping[Kind, int]
    landed: Mapping[Kind, int]
    wrong: int
    """Answered by another rule about something in particular."""
    slips: tuple[Slip, ...] = ()

    @property
    def share(self) -> float:
        """The share of all errors that it survived, 0 to 1."""
        return sum(self.landed.values()) / (sum(self.tried.values()) or 1)

    def flat(self) -> dict[str, object]:
        """As one mapping, for machines."""
        kinds: dict[str, object] = {kind: {"landed": self.landed[kind], "tried": self.tried[kind]} for kind in KINDS}
        return {"rule": self.rule, **kinds, "wrong": self.wrong, "share": round(self.share, 4)}


class Robustness:
    """Measures rules."""

    def __init__(self, work: Work, seed: int = 0) -> None:
        """Take packs.

        Args:
            work: the packs.
            seed: of the dice that choose the errors.
        """
        self.work, self._seed = work, seed

    @cached_property
    def lines(self) -> Mapping[str, Sequence[Line]]:
        """By rule, its samples that reach it, each in a scene in which they do."""
        return {rule.id: tuple(self._lines(rule)) for rule in self.work.heard()}

    def _lines(self, rule: Rule) -> Iterator[Line]:
        if self.work.scenes.find([Role(rule)]):
            for sample in rule.spec.samples:
                if scene := self.work.rehearsal.trial(rule, sample).scene:
                    yield Line(rule.id, sample, scene)

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        words = {word for key in self.work.book.needs.keys for word in key}
        for rule in self.work.heard():
            for sample in rule.spec.samples:
                words |= {token.norm for token in tokenize(sample, {})}
        return Vocabulary(words, self.work.language)

    def measure(self, rule: Rule, most: int = _MOST_OF_A_KIND) -> Survived:
        """Try errors in all samples of a rule, at most so many of a kind in each."""
        tried, landed = dict.fromkeys(KINDS, 0), dict.fromkeys(KINDS, 0)
        wrong, slips = 0, list[Slip]()
        for line in self._lines(rule):
            dice = random.Random(f"{self._seed}/{rule.id}/{line.sentence}")  # noqa: S311 -- dice, not a lock
            for error in self._vocabulary.errors(line.sentence, dice, most):
                tried[error.kind] += 1
                answered, particular = self._answered(line, error)
                landed[error.kind] += answered == rule.id
                wrong += particular and answered != rule.id
                if error.real and answered != rule.id and not particular:
                    slips.append(Slip(Line(rule.id, error.sentence, line.scene), error.word, error.heard))
        return Survived(rule.id, tried, landed, wrong, tuple(slips))

    def _answered(self, line: Line, error: Misheard) -> tuple[str, bool]:
        """Which rule answers, and whether it is about something in particular."""
        standings = self.work.rehearsal.stand(error.sentence, line.scene)
        if not standings or standings[0].barred:
            return "", False
        return standings[0].rule.id, standings[0].tier not in _NOT_IN_PARTICULAR

    def of_a_kind(self, rules: Sequence[Rule]) -> int:
        """How many errors of a kind each sample may have, so that rules are measured in bounded time."""
        samples = sum(len(rule.spec.samples) for rule in rules)
        return max(1, min(_MOST_OF_A_KIND, MOST_ERRORS // (samples * len(KINDS) or 1)))


def total(found: Sequence[Survived]) -> Survived:
    """All rules together."""
    tried = {kind: sum(one.tried[kind] for one in found) for kind in KINDS}
    landed = {kind: sum(one.landed[kind] for one in found) for kind in KINDS}
    return Survived("total", tried, landed, sum(one.wrong for one in found))
