"""Which parts of the packs were reached. Receives what was recorded; emits figures, and what was missed, and where."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

import msgspec

from her_desktop.dialogue.book import RuleBook
from her_desktop.dialogue.rules import ACTS_PLAIN
from her_desktop.events import Recorded
from her_desktop.screenplay.coverage.reached import Reached
from her_desktop.screenplay.coverage.units import COUNTED, Key, Kind, Unit, in_order, units
from her_desktop.trouble import Trouble


class Figure(msgspec.Struct, frozen=True):
    """How many of how many were reached."""

    reached: int = 0
    of: int = 0

    def __add__(self, other: Figure) -> Figure:
        return Figure(self.reached + other.reached, self.of + other.of)

    @property
    def percent(self) -> float:
        """0 to 100; 100 where there is nothing to reach."""
        return 100 * self.reached / self.of if self.of else 100.0


class Missed(msgspec.Struct, frozen=True):
    """Something that was not reached, and what would reach it."""

    kind: Kind
    file: str
    line: int
    rule: str
    what: str
    todo: str


class Coverage(msgspec.Struct, frozen=True, dict=True):
    """Every part of some packs, with how often it was reached. Two of them can be added, of other packs too."""

    units: tuple[Unit, ...] = ()

    @classmethod
    def of(cls, book: RuleBook, packs: Iterable[Path] = ()) -> Coverage:
        """Nothing reached yet.

        Args:
            book: the rules in force.
            packs: the files and folders that it was read from. Without them every part stands at the first line of its
                rule, the plain wordings of acts are left out, and packs of the same name cannot be told apart.
        """
        return cls(units(book, packs))

    @classmethod
    def from_json(cls, data: str | bytes) -> Coverage:
        """What `to_json` has written.

        Raises:
            Trouble: it is something else.
        """
        try:
            return msgspec.json.decode(data, type=cls)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise Trouble("coverage", f"it cannot be read: {error}", "perform the screenplays again") from error

    def to_json(self) -> bytes:
        """All of it, for another process or the next run."""
        return msgspec.json.encode(self)

    def with_entries(self, entries: Iterable[Recorded]) -> Coverage:
        """The same with all that these entries reached, which are of the packs that it is about.

        Raises:
            ValueError: it is a sum of several rule books, so that it is not known whose rules the entries mean.
        """
        reached = Reached(self.units)
        for recorded in entries:
            reached.take(recorded)
        return Coverage(reached.units())

    def __add__(self, other: Coverage) -> Coverage:
        """Both.

        Raises:
            Trouble: a pack has changed in between.
        """
        found: dict[Key, Unit] = {unit.key: unit for unit in self.units}
        for unit in other.units:
            found[unit.key] = _joined(found[unit.key], unit) if unit.key in found else unit
        return Coverage(tuple(sorted(found.values(), key=in_order)))

    @property
    def files(self) -> tuple[str, ...]:
        """The pack files, in order."""
        return tuple(self._by_file)

    def in_file(self, file: str) -> tuple[Unit, ...]:
        """The parts of one pack file, by line."""
        return tuple(self._by_file.get(file, ()))

    def figures(self, file: str | None = None) -> dict[Kind, Figure]:
        """For each kind how much was reached, in one pack file or in all. A condition counts twice: true and false."""
        found: dict[Kind, Figure] = {}
        for unit in self.units if file is None else self.in_file(file):
            branches = Figure(sum(unit.branches), len(unit.branches))
            found[unit.kind] = found.get(unit.kind, Figure()) + branches
        return found

    def total(self, file: str | None = None) -> Figure:
        """All kinds together but plain wordings."""
        return sum((one for kind, one in self.figures(file).items() if kind in COUNTED), Figure())

    @property
    def missed(self) -> tuple[Missed, ...]:
        """Everything that was not reached, by file and line."""
        return tuple(
            Missed(unit.kind, unit.file, unit.line, unit.rule, what, unit.todo)
            for unit in self.units
            if (what := never(unit))
        )

    @cached_property
    def _by_file(self) -> dict[str, list[Unit]]:
        found: dict[str, list[Unit]] = {}
        for unit in self.units:
            found.setdefault(unit.file, []).append(unit)
        return found


def never(unit: Unit) -> str:
    """What never happened to a part, as a sentence; empty where it was reached."""
    if all(unit.branches):
        return ""
    text = " ".join(unit.text.split())
    match unit.kind:
        case "rule":
            return f"{unit.rule} never spoke."
        case "rejoinder":
            return f"{unit.rule} was never heard as an answer."
        case "template":
            return f"{unit.rule} never won by “{text}”."
        case "condition":
            return f"“{text}” of {unit.rule} was never {_lacking(unit)}{where(unit)}."
        case _:
            left_out = f"left out {_often(unit.other)}, but never said" if unit.other else "never said"
            return f"{_wording(unit)} was {left_out}: “{text}”"


def where(unit: Unit) -> str:
    """Where alone it is recorded that the conditions of a rule were looked at, as the end of a sentence."""
    return " where something was brought up" if unit.herself else ""


def _wording(unit: Unit) -> str:
    if unit.kind == "plain":
        return f"the plain wording of {'the act ' if unit.at == ACTS_PLAIN else ''}{unit.rule}"
    return f"wording {unit.at + 1} of {unit.rule}"


def _lacking(unit: Unit) -> str:
    """Which value of a condition was never seen."""
    return ("looked at" if not unit.other else "true") if not unit.times else ("" if unit.other else "false")


def _often(times: int) -> str:
    return {1: "once", 2: "twice"}.get(times, f"{times} times")


def _joined(one: Unit, other: Unit) -> Unit:
    if (one.line, one.text) != (other.line, other.text):
        raise Trouble(
            f"{other.file}:{other.line}", "the pack has changed between two performances", "perform all of them again"
        )
    return msgspec.structs.replace(one, times=one.times + other.times, other=one.other + other.other)
