"""Templates of many wildcards that nearly fit a sentence of 41 words: what makes engines that backtrack explode.

`required`: each wildcard takes a word at least, and the same word stands between all of them. `optional`: each may take
none, and words that are common in speech stand between them. The last word of the template is in the sentence, so no
filter on words can refuse it, but another one follows: the template never fits.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

from benchmarks import match_peers
from benchmarks.match_figures import Job, Wildcards, begin

SHAPES = ("required", "optional")
PEERS = ("rivescript", "aiml", "hassil")
"""Adapt has no wildcards in this sense."""
WORDS = 41
_COMMON = ("and", "the", "i", "that", "we")


class Puzzle(NamedTuple):
    """The words between the wildcards, the last word of the template, and the sentence."""

    between: tuple[str, ...]
    last: str
    sentence: str


def puzzle(shape: str, wildcards: int, seed: int) -> Puzzle:
    """A template with so many wildcards, and a sentence of 41 words that it does not fit.

    `required` has a wildcard before each word (`* a * a * stop`), `optional` one at the end, too
    (`[*] and [*] goodbye [*]`): there the words stand in the sentence, but never in that order to its end.
    """
    rng = random.Random(f"wildcards {seed}")
    if shape == "required":
        return Puzzle(("a",) * (wildcards - 1), "stop", " ".join(["a"] * (WORDS - 2) + ["stop", "end"]))
    between = _COMMON[: wildcards - 2]
    common = list(islice(cycle(between), (WORDS - 1) // 2))
    rng.shuffle(common)
    filling = (f"word{rng.randrange(20)} {word}" for word in common)
    return Puzzle(between, "goodbye", " ".join(["goodbye", *filling]))


def template(puzzle: Puzzle, engine: str, shape: str) -> str:
    """The template in the syntax of an engine."""
    words = [*puzzle.between, puzzle.last]
    if engine == "hassil":
        slots = [f"{{v{at}}}" if shape == "required" else f"[{{v{at}}}]" for at in range(len(words) + 1)]
    elif engine == "ours":
        slots = [f"{{v{at}}}" if shape == "required" else "*" for at in range(len(words) + 1)]
    else:
        slots = ["[*]" if shape == "optional" and engine == "rivescript" else "*"] * (len(words) + 1)
    last = [] if shape == "required" else slots[-1:]
    return " ".join([*(part for pair in zip(slots, words, strict=False) for part in pair), *last])


def measure(job: Job, load: Callable[[str, Path], Callable[[str], str | None]]) -> Wildcards:
    """Load the one template and try it on the sentence."""
    given = puzzle(job.shape, job.wildcards, job.seed)
    match = load(template(given, job.engine, job.shape), Path(job.folder))
    begin("match", job.limit_s)
    began_s = time.perf_counter()
    answer = match(given.sentence)
    return Wildcards(
        engine=job.engine, shape=job.shape, wildcards=job.wildcards, words=len(given.sentence.split()),
        ms=(time.perf_counter() - began_s) * 1000, refused=answer is None,
    )  # fmt: skip


def load_peer(engine: str, text: str, folder: Path) -> Callable[[str], str | None]:
    """Load the one template into a peer."""
    match engine:
        case "rivescript":
            return match_peers.rivescript([("puzzle", text)])
        case "aiml":
            return match_peers.aiml([("puzzle", text)], folder)
        case "hassil":
            return match_peers.hassil([("puzzle", text)], [f"v{at}" for at in range(20)])
    raise ValueError(engine)
