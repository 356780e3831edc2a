"""Tries every rule that shares a word with what was heard, on all alternatives of the recognizer at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from her_desktop.events import Candidate, FinalTranscript, Interpreted
from her_desktop.language import Language, Token, surfaces, tokenize
from her_desktop.nlu.matcher import Match, match
from her_desktop.nlu.program import Program


class Grammar(msgspec.Struct, frozen=True):
    """The compiled templates of every rule, by rule id."""

    language: Language
    programs: Mapping[str, tuple[Program, ...]]


class Interpretation(msgspec.Struct, frozen=True):
    """What was heard as tokens, one tuple an alternative, and the entry that says what was tried on them."""

    tokens: tuple[tuple[Token, ...], ...]
    entry: Interpreted


def interpret(heard: FinalTranscript, grammar: Grammar, active: Iterable[str]) -> Interpretation:
    """Find every rule among the active ones that fits, and where each of the others gave up."""
    tokens = tuple(tokenize(alternative.text, grammar.language.contractions) for alternative in heard.alternatives)
    rules = list(active)
    tried, found = 0, []
    for rule in rules:
        candidates = [
            _candidate(rule, program, rank, line, grammar.language)
            for program in grammar.programs[rule]
            for rank, line in enumerate(tokens)
            if not program.vocabulary or any(token.norm in program.vocabulary for token in line)
        ]
        tried += bool(candidates)
        found += [min(candidates, key=_closest)] if candidates else []
    kept = sorted((c for c in found if c.matched or c.literals), key=lambda c: (_closest(c), c.rule))
    norms = tuple(tuple(token.norm for token in line) for line in tokens)
    return Interpretation(tokens, Interpreted(tokens=norms, tried=tried, of=len(rules), candidates=tuple(kept)))


def _closest(candidate: Candidate) -> tuple[bool, int, int, int]:
    return (not candidate.matched, -candidate.literals, len(candidate.tokens), candidate.alternative)


def _candidate(rule: str, program: Program, rank: int, tokens: tuple[Token, ...], language: Language) -> Candidate:
    result = match(program, tokens, language)
    if isinstance(result, Match):
        slots = {name: surfaces(tuple(tokens[i] for i in found)) for name, found in result.slots.items()}
        return Candidate(rule, program.template, True, rank, result.tokens, result.literals, slots)
    failed_at = tokens[result.failed_at].surface if result.failed_at is not None else ""
    return Candidate(rule, program.template, False, rank, (), result.literals, {}, failed_at, result.wanted)
