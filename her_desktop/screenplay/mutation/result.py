"""What came of mutants. Receives an outcome for each; emits the score, the table and the JSON form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Literal, get_args

import msgspec

from her_desktop.lint.finding import counted
from her_desktop.screenplay.mutation.drafts import KINDS
from her_desktop.screenplay.mutation.mutants import Change

How = Literal["killed", "crashed", "timed out", "survived", "not tried"]
"""`killed`: a check of a screenplay did not hold any more. `crashed`: she failed on the changed rules, or what the
screenplay arranges was not possible any more. `timed out`: a turn took too long. `survived`: each screenplay that comes
near went as it did, or at least held. `not tried`: no screenplay comes near the rule."""

HOW: tuple[How, ...] = get_args(How)

NOTICED: tuple[How, ...] = HOW[:3]
"""Noticed in any way, by a check or by the harness."""


class Outcome(msgspec.Struct, frozen=True):
    """What became of one mutant."""

    change: Change
    how: How
    by: str = ""
    """Where it was noticed: `file:line`."""
    why: str = ""
    """What was noticed."""
    performed: int = 0
    """How many screenplays had to be performed with it."""

    @property
    def line(self) -> str:
        """As one line, by the place of the part."""
        change, others = self.change, len(self.change.rules) - 1
        named = f"rule {change.rule}" + (f" (and {counted(others, 'rule')} written in the same place)" * bool(others))
        told = {
            "killed": f"{self.by} holds this part of {named}",
            "crashed": f"{self.by} fails without this part of {named}",
            "timed out": f"{self.by} never ends without this part of {named}",
            "survived": f"no test holds this part of {named}",
            "not tried": f"no test comes near {named}",
        }[self.how]
        return f"{change.place}: {told}: {change.told}." + (f" Noticed: {self.why}" if self.why else "")

    def flat(self) -> dict[str, object]:
        """As one mapping, for machines."""
        change, spot = self.change, self.change.spot
        return {
            "how": self.how, "rule": change.rule, "rules": change.rules, "kind": change.kind, "place": change.place,
            "file": spot.file, "line": spot.line, "column": spot.column, "change": change.told, "by": self.by,
            "why": self.why, "performed": self.performed,
        }  # fmt: skip


class MutationResult(msgspec.Struct, frozen=True):
    """What became of all mutants."""

    outcomes: tuple[Outcome, ...]
    """In the order of their places."""
    idle: int
    """How many were left out because they change nothing, or would not load."""
    of: int
    """How many changes there are; where fewer were taken, a sample was."""
    took_s: float

    def count(self, how: How) -> int:
        """How many ended so."""
        return sum(outcome.how == how for outcome in self.outcomes)

    @property
    def score(self) -> float:
        """The share of mutants that a check of a screenplay notices, 0 to 1; 1 where there are none."""
        return self.count("killed") / len(self.outcomes) if self.outcomes else 1.0

    @property
    def noticed(self) -> float:
        """The share that is noticed in any way, also because performing failed or took too long."""
        return sum(map(self.count, NOTICED)) / len(self.outcomes) if self.outcomes else 1.0

    def flat(self) -> dict[str, object]:
        """As one mapping, for machines."""
        return {
            "score": round(self.score, 4), "noticed": round(self.noticed, 4),
            **{how.replace(" ", "_"): self.count(how) for how in HOW},
            "idle": self.idle, "of": self.of, "took_s": round(self.took_s, 3),
            "kinds": {kind: dict(row) for kind, row in _by_kind(self)},
            "mutants": [outcome.flat() for outcome in self.outcomes],
        }  # fmt: skip


def table(result: MutationResult) -> Iterator[str]:
    """The survivors by place, the rules that no test comes near, a line for each kind, and the score."""
    yield from (outcome.line for outcome in result.outcomes if outcome.how == "survived")
    missed = Counter(outcome.change.rule for outcome in result.outcomes if outcome.how == "not tried")
    places = {outcome.change.rule: outcome.change.place for outcome in reversed(result.outcomes)}
    for rule, number in sorted(missed.items()):
        yield f"{places[rule]}: no test comes near rule {rule}: {counted(number, 'mutant')} not tried."
    yield f"{'kind':<13}{''.join(f'{how:>11}' for how in HOW)}{'score':>9}"
    for kind, row in _by_kind(result):
        share = row["killed"] / sum(row.values())
        yield f"{kind:<13}{''.join(f'{row[how]:>11}' for how in HOW)}{share:>9.1%}"
    others = ", ".join(f"{result.count(how)} {how}" for how in HOW[1:])
    yield (
        f"Mutation score {result.score:.1%}: {result.count('killed')} of {len(result.outcomes)} mutants killed by a "
        f"check, {others}; noticed in any way {result.noticed:.1%} ({result.of} changes there are, {result.idle} seen "
        f"to change nothing)."
    )


def _by_kind(result: MutationResult) -> Iterator[tuple[str, dict[How, int]]]:
    for kind in KINDS:
        found = Counter(outcome.how for outcome in result.outcomes if outcome.change.kind == kind)
        if found:
            yield kind, {how: found[how] for how in HOW}
