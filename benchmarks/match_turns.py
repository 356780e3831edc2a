"""Whole turns on the shipped English packs: interpret, decide, word. The durable write to the journal is shown apart.

Said are all samples of the packs, each of them with one word misheard, and chat, shuffled, in one conversation. The
journal is a real one on a real disk.
"""

from __future__ import annotations

import random
import statistics
import time
from pathlib import Path

from benchmarks.match_errors import misheard
from benchmarks.match_figures import Job, Turns, percentile
from benchmarks.match_ours import NOW, Engine, shipped
from her_desktop.memory.journal import Journal

_CHAT = (
    "the train was late again and I had to stand the whole way home",
    "do you think it will rain at the weekend, because we wanted to go to the lake",
    "I had soup for lunch",
    "my sister is getting married in June and nobody has told our father yet",
    "what would you do if you had one day off",
    "I read half a book about whales and then fell asleep on the sofa",
    "hm",
    "that is not what I meant at all",
    "he said that she said that they would call, and then of course nobody called, so I waited until eleven",
    "turn the volume down a bit please",
)


def measure(job: Job) -> Turns:
    """Have the conversation."""
    engine = shipped()
    engine.turn("hello")
    turn_ms: dict[str, float] = {}
    kept_ms: list[float] = []
    entries = 0
    with Journal(Path(job.folder)) as journal:
        journal.begin_session()
        for number, text in enumerate(_said(engine, job.seed), 1):
            began_s = time.perf_counter()
            turn = engine.turn(text)
            ended_s = time.perf_counter()
            journal.append(number, NOW, turn.entries, durable=True)
            kept_ms.append((time.perf_counter() - ended_s) * 1000)
            turn_ms[text] = (ended_s - began_s) * 1000
            entries += len(turn.entries)
    values = list(turn_ms.values())
    return Turns(
        turns=len(values), median_ms=statistics.median(values), p99_ms=percentile(values, 0.99), most_ms=max(values),
        slowest=max(turn_ms, key=lambda text: turn_ms[text]), entries=entries,
        kept_median_ms=statistics.median(kept_ms), kept_p99_ms=percentile(kept_ms, 0.99),
    )  # fmt: skip


def _said(engine: Engine, seed: int) -> list[str]:
    rng = random.Random(f"turns {seed}")
    samples = engine.samples()
    said = list(dict.fromkeys([*samples, *(misheard(sample, rng)[1] for sample in samples), *_CHAT]))
    said = [text for text in said if text.strip()]
    rng.shuffle(said)
    return said
