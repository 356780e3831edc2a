"""How fast one engine matches, how long it takes to load, and how much memory its rules add."""

from __future__ import annotations

import gc
import importlib
import json
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from benchmarks.match_figures import Job, Speed, begin, percentile
from benchmarks.match_peers import Match
from benchmarks.match_rules import Utterance, rule_set

UTTERANCES = 500
OURS = ("ours", "ours-cached")
_LIBRARIES = {"adapt": "adapt.engine", **{name: name for name in ("rivescript", "aiml", "hassil")}}


@dataclass
class _Answered:
    """The utterances so far."""

    ms: list[float] = field(default_factory=list)
    right: dict[bool, list[bool]] = field(default_factory=lambda: {True: [], False: []})
    """Whether a rule had to answer, to whether the answers were right."""


def measure(job: Job) -> Speed:
    """Load, then answer every utterance once, until the limit."""
    folder = Path(job.folder)
    said = [Utterance(*one) for one in json.loads((folder / "utterances.json").read_text(encoding="utf-8"))]
    load = _loader(job, folder)
    before_mb, began_s = _resident_mb(), time.perf_counter()
    match = load()
    load_s = time.perf_counter() - began_s
    begin("match", 2 * job.limit_s)
    answered = _answer(match, said, job.limit_s)
    added_mb = _resident_mb() - before_mb
    hits, misses = answered.right[True], answered.right[False]
    done, warm_ms = len(answered.ms), answered.ms[1:] or answered.ms
    note = "" if done == len(said) else f"match > {job.limit_s:.0f} s, stopped after {done} utterances"
    return Speed(
        engine=job.engine, rules=job.rules, load_s=load_s, first_ms=answered.ms[0],
        median_ms=statistics.median(warm_ms), p99_ms=percentile(warm_ms, 0.99), utterances=done,
        hits_right=sum(hits), hits=len(hits), misses_right=sum(misses), misses=len(misses),
        memory_mb=added_mb, note=note,
    )  # fmt: skip


def _loader(job: Job, folder: Path) -> Callable[[], Match]:
    """What loads the rules; the library itself is imported here, before anything is measured."""
    if job.engine in OURS:
        ours = importlib.import_module("benchmarks.match_ours")
        return lambda: ours.Engine(folder / "packs", folder / "compiled").match
    importlib.import_module(_LIBRARIES[job.engine])
    peers = importlib.import_module("benchmarks.match_peers")
    rules = rule_set(job.rules, job.seed).rules
    return lambda: peers.load(job.engine, rules, folder)


def _answer(match: Match, said: list[Utterance], limit_s: float) -> _Answered:
    answered, until_s = _Answered(), time.perf_counter() + limit_s
    for one in said:
        began_s = time.perf_counter()
        answer = match(one.text)
        ended_s = time.perf_counter()
        answered.ms.append((ended_s - began_s) * 1000)
        answered.right[one.rule is not None].append(answer == one.rule)
        if ended_s > until_s:
            break
    return answered


def _resident_mb() -> float:
    gc.collect()
    return psutil.Process().memory_info().rss / 1e6
