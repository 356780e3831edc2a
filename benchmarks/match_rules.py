"""Rules and utterances that no engine has seen: the frames are English, every word that tells rules apart is invented.

A seed changes all the words, so nothing can be tuned to one list. Needs the standard library alone: it also runs in the
peers' environment.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Literal, NamedTuple

Kind = Literal["literal", "optional", "choice", "slot"]

_CONSONANTS, _VOWELS, _ENDINGS = "bdfgklmnprstvz", "aeiou", ("", "n", "r", "l")
_ENGLISH = frozenset(
    {"please", "show", "tell", "me", "the", "my", "do", "you", "is", "now", "time", "name", "home", "same"}
)
_KINDS: tuple[Kind, ...] = ("literal", "optional", "choice", "slot")
_KIND_WEIGHTS = (30, 25, 25, 20)
_HITS, _NEAR_MISSES = 0.6, 0.25
"""Shares of the utterances; the rest is chat."""

_CHAT = (
    "i feel a bit lonely tonight", "what a strange day it has been", "tell me something nice", "no",
    "why do you say that", "i was thinking about my mother and the old house", "asdf qwer zxcv",
    "the weather is awful and i cannot sleep at all",
)  # fmt: skip


class Rule(NamedTuple):
    """One rule, which every engine is given in its own language."""

    name: str
    kind: Kind
    verb: str
    adjective: str
    first: str
    second: str
    """The two nouns; no other rule has the same two in this order."""


class RuleSet(NamedTuple):
    """The rules, and the invented words they are made of."""

    rules: tuple[Rule, ...]
    nouns: tuple[str, ...]
    values: tuple[str, ...]
    """What slots are filled with."""


class Utterance(NamedTuple):
    """What is said, and the name of the rule that must answer; None where none must."""

    text: str
    rule: str | None


def rule_set(size: int, seed: int) -> RuleSet:
    """Invent so many rules."""
    rng = random.Random(f"rules {seed}")
    words = _invented(rng, 60 + 80 + 40, 2)
    verbs, adjectives, values = words[:60], words[60:140], words[140:]
    nouns = _invented(rng, 700, 3)
    pairs: set[tuple[str, str]] = set()
    rules: list[Rule] = []
    while len(rules) < size:
        pair = rng.choice(nouns), rng.choice(nouns)
        if pair not in pairs:
            pairs.add(pair)
            kind = rng.choices(_KINDS, _KIND_WEIGHTS)[0]
            rules.append(Rule(f"r{len(rules)}", kind, rng.choice(verbs), rng.choice(adjectives), *pair))
    return RuleSet(tuple(rules), tuple(nouns), tuple(values))


def _invented(rng: random.Random, how_many: int, syllables: int) -> list[str]:
    words: dict[str, None] = {}
    while len(words) < how_many:
        spelled = "".join(rng.choice(_CONSONANTS) + rng.choice(_VOWELS) for _ in range(syllables))
        word = spelled + rng.choice(_ENDINGS)
        if word not in _ENGLISH:
            words[word] = None
    return list(words)


def utterances(given: RuleSet, how_many: int, seed: int) -> list[Utterance]:
    """What is said to every engine: most must reach a rule, some nearly do, some are chat."""
    rng = random.Random(f"utterances {seed}")
    taken = {(rule.first, rule.second) for rule in given.rules}
    return [_utterance(given, taken, rng) for _ in range(how_many)]


def hits(given: RuleSet, how_many: int, seed: int) -> list[Utterance]:
    """Only utterances that must reach a rule."""
    rng = random.Random(f"hits {seed}")
    rules = [rng.choice(given.rules) for _ in range(how_many)]
    return [Utterance(sentence(rule, given.values, rng), rule.name) for rule in rules]


def _utterance(given: RuleSet, taken: set[tuple[str, str]], rng: random.Random) -> Utterance:
    rule, kind = rng.choice(given.rules), rng.random()
    if kind < _HITS:
        return Utterance(sentence(rule, given.values, rng), rule.name)
    if kind >= _HITS + _NEAR_MISSES:
        return Utterance(rng.choice(_CHAT), None)
    pair = rule.first, rule.second
    while pair in taken:
        pair = rng.choice(given.nouns), rng.choice(given.nouns)
    return Utterance(sentence(rule._replace(first=pair[0], second=pair[1]), given.values, rng), None)


def sentence(rule: Rule, values: Sequence[str], rng: random.Random) -> str:
    """A sentence that the rule must accept."""
    nouns = f"{rule.first} {rule.second}"
    match rule.kind:
        case "literal":
            return f"do you {rule.verb} {nouns}"
        case "optional":
            maybe = [word if rng.random() < 0.5 else "" for word in ("please", rule.adjective, "now")]
            return " ".join(f"{maybe[0]} {rule.verb} the {maybe[1]} {nouns} {maybe[2]}".split())
        case "choice":
            return f"{rng.choice(('show', 'tell'))} me {rng.choice(('the', 'my'))} {nouns}"
    return f"my {nouns} is {' '.join(rng.choices(values, k=rng.randint(1, 4)))}"


def template(rule: Rule, slot: str) -> str:
    """The rule as a template of the whole utterance, in the syntax that hassil, RiveScript and ours share."""
    nouns = f"{rule.first} {rule.second}"
    match rule.kind:
        case "literal":
            return f"do you {rule.verb} {nouns}"
        case "optional":
            return f"[please] {rule.verb} the [{rule.adjective}] {nouns} [now]"
        case "choice":
            return f"(show|tell) me (the|my) {nouns}"
    return f"my {nouns} is {slot}"
