"""Walks a program over the tokens of an utterance, keeping for each step the one best way to have reached it.

Best is: most words of the template itself, then most words in slots, then fewest in gaps, then fewest heard-as
variants, then the earliest beginning. The work is words times steps, whatever the template.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec

from her_desktop.events import Repair
from her_desktop.language import surfaces
from her_desktop.nlu.line import Line
from her_desktop.nlu.program import MORE, Program, Step
from her_desktop.nlu.template import VALUE_TYPES


class Match(msgspec.Struct, frozen=True):
    """The template fits: which tokens it used, how many of them are its own words, what its slots caught."""

    tokens: tuple[int, ...]
    literals: int
    slots: dict[str, tuple[int, ...]]
    values: dict[str, str] = {}
    """For slots with a typed value, the value in its canonical form."""
    repairs: tuple[Repair, ...] = ()


class Miss(msgspec.Struct, frozen=True):
    """The template does not fit: how many of its words were found, where it gave up, what it wanted there."""

    literals: int
    failed_at: int | None
    """Index of the token; None at the end of the utterance."""
    wanted: tuple[str, ...]


Trail = Any
"""What a way took, last first: (the trail before, first token, token after the last, number of the step, value)."""

LITERAL, SLOTTED, GAP, VARIANT = -(1 << 52), -(1 << 36), 1 << 20, 1 << 16
"""What each word adds to the rank of a way, smaller first. The lowest bits are the token that the way began with."""

Watch = Callable[[int, int, int], None]
"""Told of each way that goes no further: how many words of the template it has, the token, the step."""


def match(program: Program, line: Line) -> Match | Miss:
    """Look for the template in an utterance; where it does not fit, say where the best try gave up."""
    trail = walk(program, line)
    return matched(program, trail, line) if trail is not None else miss(program, line)


def walk(  # noqa: PLR0912, PLR0915 -- the hot loop: a call for each step of each word would double its time
    program: Program, line: Line, watch: Watch | None = None
) -> Trail | None:
    """The trail of the best way through the program; None where there is none."""
    if program.absent and not program.absent.isdisjoint(line.words):
        return None
    steps, norms, begins = program.steps, line.norms, program.begins
    ways: dict[int, tuple[int, Trail]] = {}
    later: dict[int, list[tuple[tuple[int, ...], tuple[int, Trail]]]] = {}
    best: tuple[int, Trail] | None = None

    def enter(
        into: dict[int, tuple[int, Trail]], targets: Iterable[int], way: tuple[int, Trail], position: int
    ) -> None:
        nonlocal best
        for target in targets:
            known = into.get(target)
            if known is not None and known[0] <= way[0]:
                continue
            op = steps[target].op
            if op == "take":
                into[target] = way
            elif op == "accept":
                if best is None or way[0] < best[0]:
                    best = way
            elif position <= line.first if op == "start" else position >= line.last:
                enter(into, steps[target].then, way, position)
            elif watch:
                watch(_literals(way[0]), position, target)

    for position, norm in enumerate(norms):
        for targets, way in later.pop(position, ()):
            enter(ways, targets, way, position)
        if begins is None or norm in begins:
            enter(ways, program.first, (position, ()), position)
        if not ways:
            continue
        after: dict[int, tuple[int, Trail]] = {}
        for at, (rank, trail) in ways.items():
            step = steps[at]
            if step.words:
                if norm in step.words and norm not in step.barred:
                    worth = LITERAL + SLOTTED if step.slot else LITERAL
                    way = (rank + worth + VARIANT if step.of else rank + worth, (trail, position, position + 1, at, ""))
                    enter(after, step.then, way, position + 1)
                elif watch:
                    watch(_literals(rank), position, at)
            elif step.type in VALUE_TYPES:
                for span in line.values(step.type).get(position, ()):
                    if step.barred.isdisjoint(norms[position : span.end]):
                        taken = (trail, position, span.end, at, span.value)
                        way = (rank + SLOTTED * (span.end - position), taken)
                        later.setdefault(span.end, []).append((step.then, way))
                if watch:
                    watch(_literals(rank), position, at)
            elif norm not in step.barred and line.fills(step.type, line.tokens[position]):
                way = (rank + (SLOTTED if step.slot else GAP), (trail, position, position + 1, at, ""))
                enter(after, step.then, way, position + 1)
            elif watch:
                watch(_literals(rank), position, at)
        ways = after
    end = len(norms)
    for targets, way in later.pop(end, ()):
        enter(ways, targets, way, end)
    if begins is None:
        enter(ways, program.first, (end, ()), end)
    if watch:
        for at, (rank, _) in ways.items():
            watch(_literals(rank), end, at)
    return best[1] if best is not None else None


def _literals(rank: int) -> int:
    """How many words of the template a way has: all else together adds less to its rank than half of one."""
    return (rank + LITERAL // 2) // LITERAL


def matched(program: Program, trail: Trail, line: Line) -> Match:
    """What a trail took."""
    used = []
    while trail:
        used.append(trail)
        trail = trail[0]
    tokens: list[int] = []
    slots: dict[str, list[int]] = {}
    values: dict[str, str] = {}
    variants: list[tuple[int, str]] = []
    goes_on: Counter[int] = Counter()
    literals = 0
    for _, start, end, at, value in reversed(used):
        step, taken = program.steps[at], range(start, end)
        tokens += taken
        literals += bool(step.words)
        if step.slot:
            slots.setdefault(step.slot, []).extend(taken)
        if value:
            values[step.slot] = value
        if step.of == MORE:
            goes_on[variants[-1][0]] += 1
        elif step.of:
            variants.append((start, step.of))
    caught = {name: tuple(positions) for name, positions in slots.items()}
    repairs = (_heard_as(line, at, 1 + goes_on[at], word) for at, word in variants)
    return Match(tuple(tokens), literals, caught, values, tuple(repairs))


def _heard_as(line: Line, at: int, tokens: int, word: str) -> Repair:
    return Repair("heard_as", at, surfaces(line.tokens[at : at + tokens]), word, tokens=tokens)


def miss(program: Program, line: Line) -> Miss:
    """Where the best try of a template that does not fit gave up."""
    furthest, stuck = (0, 0), list[int]()

    def note(literals: int, position: int, at: int) -> None:
        nonlocal furthest, stuck
        if (literals, position) > furthest:
            furthest, stuck = (literals, position), []
        if (literals, position) == furthest:
            stuck.append(at)

    fits = walk(msgspec.structs.replace(program, absent=frozenset()), line, note) is not None
    if fits and (barred := [at for at, norm in enumerate(line.norms) if norm in program.absent]):
        return Miss(furthest[0], barred[0], (f"no “{line.norms[barred[0]]}”",))
    literals, position = furthest
    wanted = dict.fromkeys(word for at in stuck for word in _wanted(program.steps[at], line.norms[position:]))
    return Miss(literals, position if position < len(line.norms) else None, tuple(wanted))


def _wanted(step: Step, ahead: Sequence[str]) -> tuple[str, ...]:
    return (f"no “{ahead[0]}”",) if ahead and ahead[0] in step.barred else step.wants
