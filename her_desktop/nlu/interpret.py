"""Tries the rules that the words could fit, on all alternatives of the recognizer at once.

First exactly; where that finds nothing in particular, with one repair; and for the trace, what came near and failed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby, islice
from operator import itemgetter

import msgspec

from her_desktop.events import Candidate, FinalTranscript, Interpreted, Repair
from her_desktop.language import Language
from her_desktop.nlu.index import Index, Needs
from her_desktop.nlu.line import Line
from her_desktop.nlu.matcher import Match, matched, miss, walk
from her_desktop.nlu.program import Program
from her_desktop.nlu.repair import LEAST_NEEDS, Alike, repaired

NEAR_TEMPLATES = 16
"""Of so many templates that nearly fit it is looked up where they gave up, of ten times as many how near they are."""
REPAIRED_TEMPLATES = 8
"""Where more than so many templates lack one word that was not said at all, it is not clear which one was meant."""
_MOST_LOOKED_AT = 1_000
MOST_REPAIRED_TOKENS = 200
"""A longer utterance is not repaired: by chance it holds all words but one of too many templates."""


class Grammar:
    """The compiled templates of every rule, and the index that finds the few that are worth trying."""

    def __init__(
        self,
        language: Language,
        programs: Sequence[Program],
        rules: Sequence[str],
        opens_with: Mapping[str, str],
        needs: Needs | None = None,
    ) -> None:
        """Index templates.

        Args:
            language: what matching leans on.
            programs: one for each template.
            rules: for each template the rule that it belongs to.
            opens_with: for each rule that is not always heard, what opens it: the rule whose reply it answers, or a topic.
            needs: the needs of all templates, where they are known already.
        """
        self.language, self.programs, self.rules = language, programs, rules
        by_rule = sorted(range(len(rules)), key=rules.__getitem__)
        opens = {at: opens_with[rule] for at, rule in enumerate(rules) if rule in opens_with}
        self.index = Index(needs or Needs.of_templates(program.needs for program in programs), by_rule, opens)
        self._opened = Counter(opens_with.values())
        self._always = len(set(rules)) - len(opens_with)

    def knows(self, word: str) -> bool:
        """Whether a word is one that rules or the language name."""
        return self.index.knows(word) or word in self.language.common

    def in_force(self, opened: Iterable[str]) -> int:
        """How many rules may speak."""
        return self._always + sum(self._opened[one] for one in opened)


class Interpretation(msgspec.Struct, frozen=True):
    """What the words could mean so far: each alternative, and the best candidate of every rule that fits."""

    lines: tuple[Line, ...]
    opened: tuple[str, ...]
    """The question that is open and the topic that is active, as `opens_with` of the rules names them."""
    candidates: tuple[Candidate, ...]
    tried: frozenset[str]
    """Rules of which a template was walked."""

    @property
    def words(self) -> tuple[int, ...]:
        """How many tokens each alternative has."""
        return tuple(len(line.norms) for line in self.lines)


def interpret(heard: FinalTranscript, grammar: Grammar, opened: Iterable[str], now: datetime) -> Interpretation:
    """Find every rule in force that fits.

    Args:
        heard: the transcript, with its alternatives.
        grammar: the rules.
        opened: the question that is open and the topic that is active, as `opens_with` of the rules names them.
        now: what dates and times in the words are relative to.
    """
    lines = tuple(Line.of(alternative.text, grammar.language, now) for alternative in heard.alternatives)
    opened = tuple(opened)
    found: dict[str, Candidate] = {}
    tried: set[str] = set()
    for rank, line in enumerate(lines):
        for at in grammar.index.fitting(grammar.index.keys(line.words), opened):
            tried.add(grammar.rules[at])
            if (trail := walk(program := grammar.programs[at], line)) is not None:
                _keep(found, _candidate(grammar.rules[at], program, rank, line, matched(program, trail, line)), lines)
    return Interpretation(lines, opened, tuple(found.values()), frozenset(tried))


def repair(found: Interpretation, grammar: Grammar) -> Interpretation:
    """The same words again, with one repair: candidates of rules that did not fit as it was heard.

    A word that was heard wrong comes before one that was not heard at all. All rules are tried, since which of them may
    speak is not known here: where two may, it is not clear which one was meant.
    """
    exact = {candidate.rule for candidate in found.candidates}
    misheard, unheard = list[tuple[int, int]](), list[tuple[int, int]]()
    short = {line.norms: rank for rank, line in reversed([*enumerate(found.lines)]) if _is_short(line)}
    for rank in sorted(short.values()):
        line = found.lines[rank]
        for at, alike in _repairable(grammar, line, found.opened):
            if grammar.rules[at] not in exact:
                (misheard if alike else unheard).append((rank, at))
    more = _repaired(misheard, found, grammar)
    if not more and len(unheard) <= REPAIRED_TEMPLATES:
        misheard += unheard
        more = _repaired(unheard, found, grammar)
    tried = found.tried.union(grammar.rules[at] for _, at in misheard)
    return msgspec.structs.replace(found, candidates=(*found.candidates, *more.values()), tried=tried)


def _is_short(line: Line) -> bool:
    return len(line.norms) <= MOST_REPAIRED_TOKENS


def _repairable(grammar: Grammar, line: Line, opened: Iterable[str]) -> Iterator[tuple[int, bool]]:
    """Templates that could fit with one repair, and whether with the words that were heard."""
    index, met, alike = grammar.index, grammar.index.keys(line.words), Alike(line)
    for lacks, at in sorted(index.lacking(met, _MOST_LOOKED_AT, opened), key=itemgetter(0)):
        if lacks > 1:
            return
        if index.needs(at) >= LEAST_NEEDS:
            yield at, not lacks or alike.any(index.missing(at, met))


def _repaired(tries: Iterable[tuple[int, int]], found: Interpretation, grammar: Grammar) -> dict[str, Candidate]:
    more: dict[str, Candidate] = {}
    for rank, at in tries:
        if match := repaired(grammar.programs[at], found.lines[rank], grammar.knows):
            candidate = _candidate(grammar.rules[at], grammar.programs[at], rank, found.lines[rank], match)
            _keep(more, candidate, found.lines)
    return more


def interpreted(found: Interpretation, grammar: Grammar) -> Interpreted:
    """The entry: all that fits, and of what came near, the first word that failed."""
    near = _near(found, grammar)
    tried = found.tried.union(near)
    came_close = (candidate for candidate in near.values() if candidate.literals)
    kept = sorted((*found.candidates, *came_close), key=lambda c: (_closest(c, found.lines), c.rule))
    return Interpreted(
        tokens=tuple(line.norms for line in found.lines),
        tried=len(tried),
        of=grammar.in_force(found.opened),
        candidates=tuple(kept),
    )


def _near(found: Interpretation, grammar: Grammar) -> dict[str, Candidate]:
    fits = {candidate.rule for candidate in found.candidates}
    near: dict[str, Candidate] = {}
    for rank, line in enumerate(found.lines):
        met = grammar.index.keys(line.words)
        lacking = sorted(grammar.index.lacking(met, 10 * NEAR_TEMPLATES, found.opened), key=itemgetter(0))
        for _, at in islice(lacking, NEAR_TEMPLATES):
            if grammar.rules[at] not in fits:
                _keep(near, failed(grammar.rules[at], grammar.programs[at], rank, line), found.lines)
    return near


def _keep(found: dict[str, Candidate], candidate: Candidate, lines: Sequence[Line]) -> None:
    known = found.get(candidate.rule)
    if known is None or _closest(candidate, lines) < _closest(known, lines):
        found[candidate.rule] = candidate


def _closest(c: Candidate, lines: Sequence[Line]) -> tuple[object, ...]:
    """Of one rule's tries: one that fits, in the order that the policy has among rules."""
    over = fit(c, len(lines[c.alternative].norms)) if c.matched else (0, 0)
    return (not c.matched, -c.literals, over, c.alternative, len(c.repairs), c.template)


def _candidate(rule: str, program: Program, rank: int, line: Line, found: Match) -> Candidate:
    slots = {name: _said(positions, line, found.repairs) for name, positions in found.slots.items()}
    places = {
        name: tuple(dict.fromkeys(line.tokens[at].index for at in positions)) for name, positions in found.slots.items()
    }
    return Candidate(
        rule, program.template, True, rank, found.tokens, found.literals, slots, places, found.values, found.repairs
    )


def _said(positions: Sequence[int], line: Line, repairs: Iterable[Repair]) -> str:
    """Some words as they were said, each once; of half a short form its full word, of a mishearing what was meant."""
    instead: dict[int, str] = {}
    for repair in repairs:
        if repair.kind != "supplied":
            instead |= dict.fromkeys(range(repair.at, repair.at + repair.tokens), "") | {repair.at: repair.word}
    words: list[str] = []
    for index, group in groupby(positions, key=lambda at: line.tokens[at].index):
        caught = list(group)
        around = line.tokens[max(0, caught[0] - 1) : caught[-1] + 2]
        whole = len(caught) == sum(token.index == index for token in around)
        if whole and instead.keys().isdisjoint(caught):
            words.append(line.tokens[caught[0]].surface)
        else:
            words += [instead.get(at, line.tokens[at].norm) for at in caught]
    return " ".join(filter(None, words))


def failed(rule: str, program: Program, rank: int, line: Line) -> Candidate:
    """Where a template that does not fit gave up."""
    result = miss(program, line)
    failed_at = line.tokens[result.failed_at].surface if result.failed_at is not None else ""
    return Candidate(
        rule, program.template, False, rank, literals=result.literals, failed_at=failed_at, wanted=result.wanted
    )


def fit(candidate: Candidate, words: int) -> tuple[int, int]:
    """How many of his words a match leaves over, and how many it fills in; 0 where it has no words of its own.

    A template of wildcards alone is about no words in particular, so it must not prefer a shorter alternative.
    """
    if not candidate.literals:
        return 0, 0
    return words - len(candidate.tokens), len(candidate.tokens) - candidate.literals
