"""Mutation testing of rule packs: which parts of the rules does a test hold? Receives screenplays; emits the verdict.

Each part of each rule is changed alone, and the screenplays that come near the rule are performed, those in which it
speaks before the others, the shorter first, until one goes wrong. What none of them notices, no test holds.
"""

from __future__ import annotations

import os
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from time import perf_counter

import msgspec

from her_desktop.screenplay.mutation.lab import (
    LONGEST_TURN_S,
    Conversations,
    Deck,
    Lab,
    Perform,
    Play,
    Played,
    Scene,
    Setup,
    Try,
    Verdict,
    deck_of,
)
from her_desktop.screenplay.mutation.mutants import Change
from her_desktop.screenplay.mutation.reach import Reach
from her_desktop.screenplay.mutation.result import MutationResult, Outcome, table
from her_desktop.screenplay.mutation.workers import Result, Workers
from her_desktop.screenplay.performance import Performance
from her_desktop.screenplay.script import Screenplay
from her_desktop.trouble import Trouble

__all__ = ["MutationResult", "Outcome", "Seen", "run", "table"]

Seen = Callable[[Outcome, int, int], None]
"""Told of each mutant as it is done, with how many are done, and of how many."""

_Sketch = tuple[Change, Try]
"""A change that is not yet known to be idle, and the task to try it."""


def run(
    tests: Sequence[Screenplay | Performance], conversation: Conversations, perform: Perform, *,
    most: int | None = None, seed: int = 0, workers: int | None = None,
    seen: Seen = lambda _outcome, _done, _of: None, longest_turn_s: float = LONGEST_TURN_S,
) -> MutationResult:  # fmt: skip
    """Try the mutants of all packs that some screenplays are about.

    The result is the same with any number of workers, but for mutants that never come to an end or take their process
    along: only where there are workers are they told as such; without, they do to this process what they do.

    Args:
        tests: the screenplays; as the packs are, all of them hold. Where all were performed already, the performances
            are taken, and they are not performed anew.
        conversation: makes the conversation that a title page asks for. It and `perform` are sent to other processes:
            each is a function of a module, or a `functools.partial` of one.
        perform: performs a screenplay, at least to the first fault.
        most: so many mutants are tried, spread over rules and kinds of change; None tries all.
        seed: of the dice that choose among them.
        workers: how many processes share the work; 0 does it in this one; None takes one for each core.
        seen: told of each mutant.
        longest_turn_s: a mutant on which a turn takes longer has timed out.

    Raises:
        Trouble: a screenplay does not hold as the packs are, packs cannot be read, or something went wrong that no
            mutant is to blame for.
    """
    since, screenplays = perf_counter(), tuple(one.screenplay if isinstance(one, Performance) else one for one in tests)
    known = [one for one in tests if isinstance(one, Performance)]
    setup = Setup(screenplays, conversation, perform, longest_turn_s)
    lab = Lab(setup)
    if len(known) == len(tests):
        setup = msgspec.structs.replace(setup, scenes=tuple(map(lab.scene, known)))
    with Workers(setup, (os.cpu_count() or 1) if workers is None else workers) as crew:
        sketches = list(_sketches(lab, setup, _reached(setup, crew)))
        tasks = sketches if most is None else _sample(lab, sketches, most, random.Random(seed))  # noqa: S311 -- dice
        done = list(_done(crew, tasks, seen))
    found = sorted((outcome for outcome in done if outcome), key=_by_place)
    return MutationResult(tuple(found), done.count(None), len(sketches), perf_counter() - since)


def _by_place(outcome: Outcome) -> tuple[object, ...]:
    change = outcome.change
    return (change.spot, change.kind, change.rules, change.told)


def _reached(setup: Setup, crew: Workers) -> Mapping[int, Reach]:
    """What each screenplay considers, as the packs are."""
    found: dict[int, Reach] = {}
    plays = enumerate(setup.scenes) if setup.scenes else crew.done([Play(at) for at in range(len(setup.screenplays))])
    for at, played in plays:
        assert isinstance(played, Played | Scene), "what a performance comes to"
        if played.fault:
            raise Trouble(*played.fault, "mend it first: mutants are tried on tests that hold")
        found[at] = played.reach
    return found


def _sketches(lab: Lab, setup: Setup, reached: Mapping[int, Reach]) -> Iterator[_Sketch]:
    """Every change of the packs, with the screenplays that it is tried on."""
    decks: defaultdict[Deck, list[int]] = defaultdict(list)
    for at, screenplay in enumerate(setup.screenplays):
        decks[deck_of(screenplay)].append(at)
    for deck, plays in decks.items():
        plays.sort(key=lambda at: (len(setup.screenplays[at].beats), str(setup.screenplays[at].path), at))
        for rule in lab.workshop(deck).heads():
            sketched = lab.sketched(deck, rule)
            near = _near(sketched[0].change.rules, plays, reached)
            for number, mutant in enumerate(sketched):
                yield mutant.change, Try(deck, rule, number, near)


def _near(rules: tuple[str, ...], plays: Sequence[int], reached: Mapping[int, Reach]) -> tuple[int, ...]:
    """The screenplays that come near a rule, or one that shares its place: first those in which it speaks."""
    spoke = [at for at in plays if not reached[at].spoke.isdisjoint(rules)]
    near = [at for at in plays if not reached[at].near.isdisjoint(rules)]
    return tuple(dict.fromkeys((*spoke, *near)))


def _sample(lab: Lab, sketches: Sequence[_Sketch], most: int, dice: random.Random) -> list[_Sketch]:
    """So many changes that are not idle: one of each rule by turns, and of the rule one of each kind by turns."""
    by_rule: defaultdict[str, defaultdict[str, list[_Sketch]]] = defaultdict(lambda: defaultdict(list))
    for sketch in dice.sample(sketches, len(sketches)):
        by_rule[f"{sketch[1].deck}/{sketch[1].rule}"][sketch[0].kind].append(sketch)
    rules = [_by_turns(dice.sample([*kinds.values()], len(kinds))) for kinds in by_rule.values()]
    taken: list[_Sketch] = []
    for change, task in _by_turns(rules):
        if len(taken) == most:
            break
        if not lab.sketched(task.deck, task.rule)[task.number].idle:
            taken.append((change, task))
    return taken


def _by_turns(queues: Sequence[Iterable[_Sketch]]) -> Iterator[_Sketch]:
    """One of each queue, then one more of each, until all are empty."""
    for some in zip_longest(*queues):
        yield from (one for one in some if one)


def _done(crew: Workers, tasks: Sequence[_Sketch], seen: Seen) -> Iterator[Outcome | None]:
    """What became of each mutant, as they are done; None where it is idle."""
    for done, (number, result) in enumerate(crew.done([task for _, task in tasks]), 1):
        outcome = _outcome(tasks[number][0], result)
        if outcome:
            seen(outcome, done, len(tasks))
        yield outcome


def _outcome(change: Change, result: Result) -> Outcome | None:
    assert isinstance(result, Verdict), "what a mutant comes to"
    return Outcome(change, result.how, result.by, result.why, result.performed) if result.how else None
