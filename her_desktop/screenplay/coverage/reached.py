"""Takes what was recorded, entry by entry, and counts which parts of the packs it reached."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from her_desktop.dialogue.policy import first_false
from her_desktop.dialogue.rules import ACTS_PLAIN
from her_desktop.events import (
    CommandHeld,
    Condition,
    Decision,
    Entry,
    Interpreted,
    Loser,
    Recorded,
    Reply,
    Suppressed,
    Volunteered,
)
from her_desktop.screenplay.coverage.units import Unit


class Reached:
    """Counts, for the parts of one rule book."""

    def __init__(self, units: Sequence[Unit]) -> None:
        """Begin with what was reached before.

        Args:
            units: the parts of one rule book.

        Raises:
            ValueError: they are of several.
        """
        self._units = units
        self._times = [unit.times for unit in units]
        self._other = [unit.other for unit in units]
        self._rules: dict[str, int] = {}
        self._answers: dict[str, int] = {}
        self._said: dict[tuple[str, int], int] = {}
        self._templates: dict[tuple[str, str], int] = {}
        self._conditions: dict[str, list[int]] = {}
        self._fit: frozenset[str] = frozenset()
        for number, unit in enumerate(units):
            self._index(number, unit)
        for numbers in self._conditions.values():
            numbers.sort(key=lambda number: units[number].at)
        self._false = {
            number: _says_false(units[number].text) for numbers in self._conditions.values() for number in numbers
        }

    def take(self, recorded: Recorded) -> None:
        """Count what one entry reached; rules that the book does not have are passed over."""
        self._take(recorded.entry)

    def units(self) -> tuple[Unit, ...]:
        """The parts, with what was reached by now."""
        return tuple(
            unit
            if (unit.times, unit.other) == (times, other)
            else msgspec.structs.replace(unit, times=times, other=other)
            for unit, times, other in zip(self._units, self._times, self._other, strict=True)
        )

    def _index(self, number: int, unit: Unit) -> None:
        match unit.kind:
            case "rule" | "rejoinder":
                if unit.rule in self._rules or unit.rule in self._answers:
                    raise ValueError(f"{unit.rule} stands in two rule books: count in each, then add")
                (self._rules if unit.kind == "rule" else self._answers)[unit.rule] = number
            case "wording" | "plain":
                self._said[unit.rule, unit.at] = number
            case "template":
                self._templates.setdefault((unit.rule, unit.text), number)
            case "condition":
                self._conditions.setdefault(unit.rule, []).append(number)

    def _take(self, entry: Entry) -> None:
        match entry:
            case Interpreted():
                self._fit = frozenset(one.rule for one in entry.candidates if one.matched)
            case Decision():
                self._decided(entry)
            case CommandHeld():
                self._all_true(entry.asking)
            case Reply():
                self._count(self._rules.get(entry.rule))
                self._spoke(entry.act if entry.variant == ACTS_PLAIN else entry.rule, entry.variant)
            case Volunteered():
                self._count(self._rules.get(entry.rule))
                self._spoke(entry.rule, entry.variant)
                self._seen(entry.rule, entry.conditions)
                self._lost(entry.losers)
            case Suppressed():
                self._left_out(entry)

    def _decided(self, decision: Decision) -> None:
        """What a decision says; of the losers only those were looked at whose words fit."""
        self._count(self._templates.get((decision.rule, decision.template)))
        self._seen(decision.rule, decision.conditions)
        self._lost(loser for loser in decision.losers if loser.rule in self._fit)
        if not decision.held:
            self._count(self._answers.get(decision.rule))

    def _count(self, number: int | None) -> None:
        if number is not None:
            self._times[number] += 1

    def _spoke(self, rule: str, variant: int) -> None:
        self._count(self._said.get((rule, variant)))

    def _left_out(self, entry: Suppressed) -> None:
        """The wording is named by the source of its words."""
        for source in dict.fromkeys(span.source for span in entry.spans if span.origin == "author"):
            rule, _, variant = source.rpartition("#")
            if variant.isdigit() and (number := self._said.get((rule, int(variant)))) is not None:
                self._other[number] += 1
                return

    def _seen(self, rule: str, conditions: Iterable[Condition]) -> None:
        values = {condition.text: condition.value for condition in conditions}
        for number in self._conditions.get(rule, ()):
            if (value := values.get(self._units[number].text)) is not None:
                (self._times if value else self._other)[number] += 1

    def _lost(self, losers: Iterable[Loser]) -> None:
        for loser in losers:
            if loser.rule in self._conditions:
                self._looked_at(self._conditions[loser.rule], loser.reason)

    def _looked_at(self, numbers: Sequence[int], reason: str) -> None:
        """The record names the first condition that was false: those before it were true, those behind it unasked."""
        if not reason.startswith(_FALSE):
            false = len(numbers)
        else:
            fits = [at for at, number in enumerate(numbers) if reason.startswith(self._false[number])]
            if not fits:  # it is about something else, such as a follow-up that is not due
                return
            false = max(fits, key=lambda at: len(self._false[numbers[at]]))
            self._other[numbers[false]] += 1
        for number in numbers[:false]:
            self._times[number] += 1

    def _all_true(self, rule: str) -> None:
        for number in self._conditions.get(rule, ()):
            self._times[number] += 1


def _says_false(text: str) -> str:
    """How a reason begins that names this condition as false, up to the values."""
    return first_false([Condition(text, False, {})]).removesuffix(")")


_FALSE = _says_false("").removesuffix(" (")
