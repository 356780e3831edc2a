"""Tries the rules that the words could fit, on all alternatives of the recognizer at once.

An index by the rarest word that each template needs picks the few that are worth trying.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

import msgspec

from her_desktop.events import Candidate, FinalTranscript, Interpreted
from her_desktop.language import Language, Token, surfaces, tokenize
from her_desktop.nlu.matcher import Match, match
from her_desktop.nlu.program import Program


class Grammar(msgspec.Struct, frozen=True):
    """The compiled templates of every rule, and for each word the ones that need it."""

    language: Language
    by_word: Mapping[str, tuple[tuple[str, Program], ...]]
    always: tuple[tuple[str, Program], ...]
    """Templates that need no word in particular."""


class Interpretation(msgspec.Struct, frozen=True):
    """What was heard as tokens, one tuple an alternative, and the entry that says what was tried on them."""

    tokens: tuple[tuple[Token, ...], ...]
    entry: Interpreted


def grammar(language: Language, programs: Mapping[str, tuple[Program, ...]]) -> Grammar:
    """Index the templates of each rule, by rule id."""
    pairs = [(rule, program) for rule, found in programs.items() for program in found]
    common = Counter(word for _, program in pairs for need in program.needs for word in need)
    by_word: defaultdict[str, list[tuple[str, Program]]] = defaultdict(list)
    for rule, program in pairs:
        if program.needs:
            for word in min(program.needs, key=lambda need: (sum(common[word] for word in need), sorted(need))):
                by_word[word].append((rule, program))
    always = tuple(pair for pair in pairs if not pair[1].needs)
    return Grammar(language, {word: tuple(found) for word, found in by_word.items()}, always)


def interpret(heard: FinalTranscript, grammar: Grammar, active: Collection[str]) -> Interpretation:
    """Find every rule among the active ones that fits, and where each of the others that was tried gave up."""
    tokens = tuple(tokenize(alternative.text, grammar.language.contractions) for alternative in heard.alternatives)
    best: dict[str, Candidate] = {}
    for rank, line in enumerate(tokens):
        for rule, program in _worth_trying(grammar, line):
            if rule in active:
                candidate = _candidate(rule, program, rank, line, grammar.language)
                best[rule] = min(best.get(rule, candidate), candidate, key=lambda c: _closest(c, tokens))
    kept = sorted((c for c in best.values() if c.matched or c.literals), key=lambda c: (_closest(c, tokens), c.rule))
    norms = tuple(tuple(token.norm for token in line) for line in tokens)
    return Interpretation(tokens, Interpreted(tokens=norms, tried=len(best), of=len(active), candidates=tuple(kept)))


def _worth_trying(grammar: Grammar, line: Iterable[Token]) -> Iterator[tuple[str, Program]]:
    for word in dict.fromkeys(token.norm for token in line):
        yield from grammar.by_word.get(word, ())
    yield from grammar.always


def _closest(c: Candidate, tokens: tuple[tuple[Token, ...], ...]) -> tuple[object, ...]:
    """Of one rule's tries: one that fits, in the order that the policy has among rules."""
    over = fit(c, len(tokens[c.alternative])) if c.matched else (0, 0)
    return (not c.matched, -c.literals, over, c.alternative, c.template)


def _candidate(rule: str, program: Program, rank: int, tokens: tuple[Token, ...], language: Language) -> Candidate:
    result = match(program, tokens, language)
    if isinstance(result, Match):
        caught = {name: tuple(tokens[i] for i in found) for name, found in result.slots.items()}
        slots = {name: surfaces(words) for name, words in caught.items()}
        places = {name: tuple(dict.fromkeys(word.index for word in words)) for name, words in caught.items()}
        return Candidate(rule, program.template, True, rank, result.tokens, result.literals, slots, places)
    failed_at = tokens[result.failed_at].surface if result.failed_at is not None else ""
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
