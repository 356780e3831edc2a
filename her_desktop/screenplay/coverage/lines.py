"""What was reached, line by line of a pack file: for reports that show lines. Receives a coverage."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

from her_desktop.screenplay.coverage.coverage import Coverage
from her_desktop.screenplay.coverage.units import COUNTED, Unit

Status = Literal["reached", "partly", "missed"]


class Line(msgspec.Struct, frozen=True):
    """One line of a pack file, and what stands on it that can be reached."""

    number: int
    units: tuple[Unit, ...]

    @property
    def status(self) -> Status:
        """Whether all that stands on it was reached."""
        branches = [branch for unit in self.units for branch in unit.branches]
        return "reached" if all(branches) else "partly" if any(branches) else "missed"

    @property
    def hits(self) -> int:
        """How often it was come by: as often as the part of it that was least; its conditions tell more by branches."""
        others = [unit.runs for unit in self.units if unit.kind != "condition"]
        return min(others) if others else max(unit.runs for unit in self.units)

    @property
    def conditions(self) -> tuple[Unit, ...]:
        """Its conditions, each of which has two branches."""
        return tuple(unit for unit in self.units if unit.kind == "condition")


def lines(coverage: Coverage, file: str) -> list[Line]:
    """The lines of a pack file that hold something to reach, plain wordings left out as they are from the figures."""
    return list(_lines(unit for unit in coverage.in_file(file) if unit.kind in COUNTED))


def all_lines(coverage: Coverage, file: str) -> dict[int, Line]:
    """The same by number, with plain wordings."""
    return {line.number: line for line in _lines(iter(coverage.in_file(file)))}


def rules(coverage: Coverage, file: str) -> list[Unit]:
    """The rules of a pack file, with those that are only heard as answers."""
    return [unit for unit in coverage.in_file(file) if unit.kind in ("rule", "rejoinder")]


def under(file: str, root: Path) -> str:
    """A file as seen from a folder, with slashes; the whole path where it is not in it."""
    path, folder = Path(file), root.resolve()
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.as_posix()


def short_names(coverage: Coverage) -> dict[str, str]:
    """Each pack file as it is seen from the folder that holds them all."""
    folders = [os.path.dirname(file) for file in coverage.files]  # noqa: PTH120 -- relative and absolute ones alike
    kinds = {Path(folder).anchor for folder in folders}
    shared = os.path.commonpath(folders) if len(kinds) == 1 else ""
    return {file: Path(os.path.relpath(file, shared) if shared else file).as_posix() for file in coverage.files}


def _lines(units: Iterator[Unit]) -> Iterator[Line]:
    found: dict[int, list[Unit]] = {}
    for unit in units:
        found.setdefault(unit.line, []).append(unit)
    for number in sorted(found):
        yield Line(number, tuple(found[number]))
