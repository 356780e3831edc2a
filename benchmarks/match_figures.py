"""What is asked of a measuring process, and what it answers: plain dataclasses, which the peers' side can make too."""

from __future__ import annotations

import faulthandler
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Figure = Literal["speed", "wildcards", "errors", "turns"]


@dataclass(frozen=True, kw_only=True)
class Job:
    """One measurement, done by a process of its own."""

    figure: Figure
    engine: str
    """A peer, `ours`, or `ours-cached`: ours from its compiled cache."""
    seed: int
    limit_s: float
    """Whoever takes longer to load, or to answer them all, is stopped."""
    rules: int = 0
    folder: str = ""
    """Where the packs, their compiled cache and the utterances lie."""
    wildcards: int = 0
    shape: str = ""


@dataclass(frozen=True, kw_only=True)
class Speed:
    """How fast one engine matches with so many rules."""

    engine: str
    rules: int
    load_s: float | None = None
    first_ms: float | None = None
    """The first utterance, where engines do what they put off; not part of the median."""
    median_ms: float | None = None
    p99_ms: float | None = None
    utterances: int = 0
    hits_right: int = 0
    hits: int = 0
    misses_right: int = 0
    misses: int = 0
    memory_mb: float | None = None
    """Resident memory that the rules added, after the last utterance."""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Wildcards:
    """How long one engine takes to find that a template of many wildcards does not fit."""

    engine: str
    shape: str
    wildcards: int
    words: int
    ms: float | None = None
    refused: bool = True
    """Whether it says that nothing fits, as it should."""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Errors:
    """What becomes of utterances in which one word was misheard."""

    engine: str
    seed: int
    rules: int = 0
    utterances: int = 0
    clean: int = 0
    """Right before the error."""
    right: int = 0
    wrong: int = 0
    """Answered by another rule; the rest fell to no rule."""
    right_by_kind: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Kind of error to how many were right, of how many."""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Turns:
    """How long whole turns take on the shipped packs."""

    turns: int
    median_ms: float
    p99_ms: float
    most_ms: float
    slowest: str
    entries: int
    kept_median_ms: float
    """The durable write of a turn's entries to the journal, which is not part of the turn."""
    kept_p99_ms: float


def begin(stage: str, limit_s: float) -> None:
    """Tell who waits that a stage begins, and end the process if it takes longer, even within a library's own loop."""
    print(stage, flush=True)
    faulthandler.dump_traceback_later(limit_s, exit=True)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share of the values lies."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))]
