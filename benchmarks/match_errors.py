"""What becomes of an utterance when the recognizer gets one word wrong: the right rule, another one, or none."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from benchmarks.match_figures import Errors, Job, begin
from benchmarks.match_rules import RuleSet, hits, rule_set

RULES = 1000
UTTERANCES = 200
_KINDS = ("inserted", "dropped", "changed")
_SMALL_WORDS = ("um", "uh", "a", "the", "and", "of")


def measure(job: Job, load: Callable[[RuleSet, Path], Callable[[str], str | None]]) -> Errors:
    """Ask an engine for what it should know, as said and as misheard."""
    given = rule_set(job.rules, job.seed)
    match = load(given, Path(job.folder))
    begin("match", job.limit_s)
    rng = random.Random(f"errors {job.seed}")
    by_kind: dict[str, list[bool]] = {kind: [] for kind in _KINDS}
    clean = wrong = 0
    for one in hits(given, UTTERANCES, job.seed):
        kind, text = misheard(one.text, rng)
        answer = match(text)
        by_kind[kind].append(answer == one.rule)
        wrong += answer not in (one.rule, None)
        clean += match(one.text) == one.rule
    return Errors(
        engine=job.engine, seed=job.seed, rules=job.rules, utterances=UTTERANCES, clean=clean,
        right=sum(sum(right) for right in by_kind.values()), wrong=wrong,
        right_by_kind={kind: (sum(right), len(right)) for kind, right in by_kind.items()},
    )  # fmt: skip


def misheard(text: str, rng: random.Random) -> tuple[str, str]:
    """A kind of error, and the text with one: a small word inserted, a word dropped, or the end of a word changed."""
    words, kind = text.split(), rng.choice(_KINDS)
    at = rng.randrange(len(words))
    match kind:
        case "inserted":
            words.insert(at, rng.choice(_SMALL_WORDS))
        case "dropped":
            del words[at]
        case "changed":
            words[at] = words[at][:-1] + rng.choice([letter for letter in "aeioun" if letter != words[at][-1]])
    return kind, " ".join(words)
