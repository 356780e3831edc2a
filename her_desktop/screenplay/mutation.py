"""Mutation testing of rule packs: which parts of the rules does a test hold? Receives screenplays; emits the verdict.

Each part of each rule is changed alone, and the screenplays that come near the rule are performed, those in which it
speaks before the others, the shorter first, until one does not hold any more. What none of them notices, no test holds.
"""

from __future__ import annotations

import os
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from time import perf_counter

from her_desktop.screenplay.mutants import Change, Mutant
from her_desktop.screenplay.mutation_lab import (
    Conversations,
    Deck,
    Lab,
    Perform,
    Play,
    Played,
    Setup,
    Try,
    Verdict,
    deck_of,
)
from her_desktop.screenplay.mutation_reach import Reach
from her_desktop.screenplay.mutation_result import MutationResult, Outcome, table
from her_desktop.screenplay.mutation_workers import Result, Workers
from her_desktop.screenplay.script import Screenplay
from her_desktop.trouble import Trouble

__all__ = ["MutationResult", "Outcome", "Seen", "run", "table"]

Seen = Callable[[Outcome, int, int], None]
"""Told of each mutant as it is done, with how many are done, and of how many."""

_Chosen = tuple[Change, Try]


def run(
    screenplays: Sequence[Screenplay], conversation: Conversations, perform: Perform, *, most: int | None = None,
    seed: int = 0, workers: int | None = None, seen: Seen = lambda _outcome, _done, _of: None,
) -> MutationResult:  # fmt: skip
    """Try the mutants of all packs that some screenplays are about. The result is the same with any number of workers.

    Args:
        screenplays: the tests; as the packs are, all of them hold.
        conversation: makes the conversation that a title page asks for; where there are workers, a function of a module.
        perform: performs a screenplay, at least to the first fault; likewise.
        most: so many mutants are tried, spread over rules and kinds of change; None tries all.
        seed: of the dice that choose among them.
        workers: how many processes share the work; 0 does it in this one; None takes one for each core.
        seen: told of each mutant.

    Raises:
        Trouble: a screenplay does not hold as the packs are, or packs cannot be read.
    """
    since, setup = perf_counter(), Setup(tuple(screenplays), conversation, perform)
    lab = Lab(setup)
    with Workers(setup, _number(workers)) as crew:
        reached = _reached(setup, crew)
        sketches = list(_sketches(lab, setup, reached))
        chosen, idle = (sketches, 0) if most is None else _sample(lab, sketches, most, seed)
        outcomes = list(_outcomes(crew, [one for one in chosen], seen))
    found = sorted((one for one in outcomes if one), key=lambda one: (one.change.spot, one.change.kind, one.change.told))
    return MutationResult(tuple(found), idle + outcomes.count(None), len(sketches), perf_counter() - since)
