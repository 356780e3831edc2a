"""The second pass: a template that fits but for one word that was misheard, mistyped, left out or put in.

It is walked like the first time, in two layers: no repair yet, and one repair made. A negation is never repaired, and a
repair is only made where enough of the other words of the template were really heard.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Literal

import jellyfish
import msgspec

from her_desktop.events import Repair
from her_desktop.language import Language, Token
from her_desktop.nlu.line import Line
from her_desktop.nlu.matcher import GAP, LITERAL, SLOTTED, VARIANT, Match, Trail, matched
from her_desktop.nlu.program import MORE, Program, Step
from her_desktop.nlu.template import VALUE_TYPES

LONG_WORD_LETTERS = 4
"""A misheard word this long is repaired where two other words of the template were heard; every other repair needs
three. One of them, and two for a word that was not heard at all, must say what the sentence is about; except where what
was heard is no word that the rules know."""

LEAST_NEEDS = 2
"""A template that needs fewer words than this is never repaired."""

_MOST_SUPPLIED = 3
"""A word is put in only where the template leaves so little choice of it."""

_SOUND_EDITS = 2
"""Words that sound alike to a rule of thumb are still told apart where more letters differ: like, lucky."""

_SOUNDS: Mapping[str, Callable[[str], str]] = {
    "metaphone": jellyfish.metaphone,
    "soundex": jellyfish.soundex,
    "nysiis": jellyfish.nysiis,
}

SOUNDS = frozenset(_SOUNDS)
"""How a language may tell which of its words sound alike; named in its `language.yaml`."""


@lru_cache(maxsize=4096)
def alike(heard: str, word: str, sounds: str) -> Literal["edit", "sound", ""]:
    """Whether one word may have been heard or typed for another: one letter apart, or alike in sound."""
    near = abs(len(heard) - len(word)) <= 1 and min(len(heard), len(word)) > 1
    if near and jellyfish.damerau_levenshtein_distance(heard, word) <= 1:
        return "edit"
    if sounds and min(len(heard), len(word)) >= LONG_WORD_LETTERS and _sound(sounds, heard) == _sound(sounds, word):
        return "sound" if jellyfish.damerau_levenshtein_distance(heard, word) <= _SOUND_EDITS else ""
    return ""


class Alike:
    """Tells quickly whether any word of an utterance may have been heard for another.

    Two words one letter apart begin or end alike, so only those few are compared letter by letter.
    """

    def __init__(self, line: Line) -> None:
        language = line.language
        self._near: defaultdict[tuple[int, int, str], list[str]] = defaultdict(list)
        heard = sorted(line.words - language.common - language.negations)
        for word in heard:
            for letters in (len(word) - 1, len(word), len(word) + 1):
                self._near[letters, 0, word[0]].append(word)
                self._near[letters, -1, word[-1]].append(word)
        self._sounds = language.sounds
        self._sounding = {_sound(self._sounds, word) for word in heard if len(word) >= LONG_WORD_LETTERS}

    def any(self, words: Iterable[str]) -> bool:
        """Whether one of these words may have been said."""
        return any(self._one(word) for word in words)

    def _one(self, word: str) -> bool:
        letters = len(word)
        if self._sounds and letters >= LONG_WORD_LETTERS and _sound(self._sounds, word) in self._sounding:
            return True
        near = (*self._near.get((letters, 0, word[0]), ()), *self._near.get((letters, -1, word[-1]), ()))
        return any(jellyfish.damerau_levenshtein_distance(word, heard) <= 1 for heard in near)


@lru_cache(maxsize=16_384)
def _sound(sounds: str, word: str) -> str:
    return _SOUNDS[sounds](word) if sounds else ""


def repaired(program: Program, line: Line, knows: Callable[[str], bool]) -> Match | None:
    """The best way through the program with exactly one repair, where the rest bears it out.

    Args:
        program: the template.
        line: what was heard.
        knows: tells the words that rules know.
    """
    if program.absent and not program.absent.isdisjoint(line.words):
        return None
    found = _Repairing(program, line).run()
    if not found:
        return None
    repair = msgspec.structs.replace(found[1], known=knows(found[1].heard.casefold()))
    if not _borne_out(program, found[0], repair, line):
        return None
    match = matched(program, found[0], line)
    return Match(match.tokens, match.literals, match.slots, match.values, (*match.repairs, repair))


def slip(repair: Repair) -> bool:
    """Whether a word was misspelled or misheard into something that is no word that rules know."""
    return repair.kind == "heard_as" or (
        len(repair.word) >= LONG_WORD_LETTERS
        and bool(repair.heard)
        and not repair.known
        and not _other_ending(repair.heard.casefold(), repair.word)
    )


def _other_ending(heard: str, word: str) -> bool:
    """Whether two words differ in their last letter only: then it may well be another form that is rightly written."""
    shorter = min(len(heard), len(word)) - 1
    return heard[:shorter] == word[:shorter]


def _borne_out(program: Program, trail: Trail, repair: Repair, line: Line) -> bool:
    if not trail:
        return False
    heard: list[str] = []
    last, first = trail[2], trail[1]
    while trail:
        trail, first, _, at, _ = trail
        if line.norms[first] in program.steps[at].words:
            heard.append(line.norms[first])
    if repair.kind == "supplied" and not (
        first < repair.at < last or repair.at <= line.first or repair.at >= line.last
    ):
        return False  # other words stand where it would be put in
    least = 2 if len(repair.word) >= LONG_WORD_LETTERS and repair.heard else 3
    telling = 0 if slip(repair) else 2 if repair.kind == "supplied" else 1
    return len(heard) >= least and sum(word not in line.language.common for word in heard) >= telling


def as_repaired(tokens: tuple[Token, ...], repairs: Iterable[Repair]) -> str:
    """The utterance with its repairs made; a short form that one of them falls into is written out."""
    before, instead = dict[int, str](), dict[int, str]()
    for repair in repairs:
        if repair.kind == "supplied":
            before[repair.at] = repair.word
        else:
            instead |= dict.fromkeys(range(repair.at, repair.at + repair.tokens), "") | {repair.at: repair.word}
    follows = [0 < at < len(tokens) and tokens[at - 1].index == tokens[at].index for at in range(len(tokens) + 1)]
    apart = {tokens[at].index for at in (*instead, *(at for at in before if follows[at]))}
    words: list[str] = []
    for at, token in enumerate(tokens):
        said = "" if follows[at] else token.surface
        words += [before.get(at, ""), instead.get(at, token.norm if token.index in apart else said)]
    return " ".join(filter(None, (*words, before.get(len(tokens), ""))))


_Way = tuple[int, Trail, Repair | None]


class _Repairing:
    def __init__(self, program: Program, line: Line) -> None:
        self._program, self._line = program, line
        self._language: Language = line.language
        self._later: dict[int, list[tuple[tuple[int, ...], _Way]]] = {}
        self._best: _Way | None = None

    def run(self) -> tuple[Trail, Repair] | None:
        ways: dict[tuple[int, bool], _Way] = {}
        for position in range(len(self._line.norms)):
            self._begin(ways, position)
            ways = self._advance(ways, position)
        self._begin(ways, len(self._line.norms))
        return (self._best[1], self._best[2]) if self._best and self._best[2] else None

    def _begin(self, ways: dict[tuple[int, bool], _Way], position: int) -> None:
        for targets, way in self._later.pop(position, ()):
            self._enter(ways, targets, way, position)
        self._enter(ways, self._program.first, (position, (), None), position)

    def _enter(self, ways: dict[tuple[int, bool], _Way], targets: Iterable[int], way: _Way, position: int) -> None:
        for target in targets:
            step, place = self._program.steps[target], (target, way[2] is not None)
            if place in ways and ways[place][0] <= way[0]:
                continue
            match step.op:
                case "take":
                    ways[place] = way
                    if not way[2] and self._may_supply(target):
                        supplied = Repair("supplied", position, "", min(self._wanted(step)))
                        self._enter(ways, step.then, (way[0] + VARIANT, way[1], supplied), position)
                case "accept":
                    if way[2] and (self._best is None or way[0] < self._best[0]):
                        self._best = way
                case edge:
                    if (further := self._at_edge(edge, way, position)) is not None:
                        self._enter(ways, step.then, further, position)

    def _at_edge(self, edge: str, way: _Way, position: int) -> _Way | None:
        """The way, where the edge holds here, or would but for a weak word between here and it."""
        line = self._line
        over = position - line.first if edge == "start" else line.last - position
        if over <= 0:
            return way
        beyond = position - 1 if edge == "start" else position
        if over > 1 or way[2] or line.norms[beyond] not in self._language.weak:
            return None
        return way[0] + VARIANT, way[1], Repair("dropped", beyond, line.tokens[beyond].surface)

    def _after_word(self, trail: Trail) -> bool:
        """Whether a way took a word of the template last: beside a slot even a weak word has its meaning."""
        return bool(trail and self._program.steps[trail[3]].words)

    def _may_supply(self, target: int) -> bool:
        step = self._program.steps[target]
        return (
            0 < len(step.words) <= _MOST_SUPPLIED
            and not (step.slot or step.of)
            and step.words.isdisjoint(self._language.negations)
            and bool(self._wanted(step))
        )

    def _wanted(self, step: Step) -> frozenset[str]:
        """The words that it takes, without those that must be absent."""
        barred = step.barred | self._program.absent
        return step.words - barred if barred else step.words

    def _advance(self, ways: dict[tuple[int, bool], _Way], position: int) -> dict[tuple[int, bool], _Way]:
        after: dict[tuple[int, bool], _Way] = {}
        norm = self._line.norms[position]
        for (at, done), way in ways.items():
            step = self._program.steps[at]
            taken = (way[1], position, position + 1, at, "")
            if step.words and norm not in step.barred:
                worth = LITERAL + (SLOTTED if step.slot else 0) + (VARIANT if step.of else 0)
                if norm in step.words:
                    self._enter(after, step.then, (way[0] + worth, taken, way[2]), position + 1)
                elif not (done or step.of) and (repair := self._close(norm, self._wanted(step), position)):
                    self._enter(after, step.then, (way[0] + worth + VARIANT, taken, repair), position + 1)
            elif step.type in VALUE_TYPES:
                self._value(at, way, position)
            elif norm not in step.barred and self._line.fills(step.type, self._line.tokens[position]):
                rank = way[0] + (SLOTTED if step.slot else GAP)
                self._enter(after, step.then, (rank, taken, way[2]), position + 1)
            if not done and step.words and step.of != MORE and self._after_word(way[1]) and norm in self._language.weak:
                dropped = Repair("dropped", position, self._line.tokens[position].surface)
                self._enter(after, (at,), (way[0] + VARIANT, way[1], dropped), position + 1)
        return after

    def _value(self, at: int, way: _Way, position: int) -> None:
        step = self._program.steps[at]
        for span in self._line.values(step.type).get(position, ()):
            if step.barred.isdisjoint(self._line.norms[position : span.end]):
                taken = (way[1], position, span.end, at, span.value)
                further = (way[0] + SLOTTED * (span.end - position), taken, way[2])
                self._later.setdefault(span.end, []).append((step.then, further))

    def _close(self, norm: str, words: frozenset[str], position: int) -> Repair | None:
        language = self._language
        if norm in language.negations or norm in language.common or norm.isdigit():
            return None
        for word in sorted(words):
            if word not in language.negations and not word.isdigit() and (kind := alike(norm, word, language.sounds)):
                return Repair(kind, position, self._line.tokens[position].surface, word)
        return None
