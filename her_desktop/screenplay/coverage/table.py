"""A coverage as a table for the terminal, and as one object for machines. Receives a coverage; emits lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from her_desktop.screenplay.coverage.coverage import Coverage, Figure, Missed
from her_desktop.screenplay.coverage.lines import short_names, under
from her_desktop.screenplay.coverage.units import COUNTED, KINDS, Kind
from her_desktop.trace.lines import printable

HEADS = ("rules", "wordings", "conditions", "rejoinders", "templates", "all", "plain")
"""What the columns are called; plain wordings stand behind the percentage, since they are not in it."""

Row = tuple[str, ...]


def table(coverage: Coverage, root: Path | None = None) -> Iterator[str]:
    """The table, then what was missed, with its line and what would reach it.

    Of a rule that never spoke only that is told, and how much stands in it; of plain wordings, how many were missed.

    Args:
        coverage: what was reached.
        root: the folder that paths are seen from; None is the one that holds all packs.
    """
    names = _names(coverage, root)
    rows = [(name, *_cells(coverage, file)) for file, name in names.items()]
    total = ("in all", *_cells(coverage, None))
    yield from _drawn([("pack", *HEADS), *rows, total] if len(rows) != 1 else [("pack", *HEADS), *rows])
    if missed := told(coverage):
        yield ""
        yield "Missed:"
    for one, more in missed:
        yield printable(f"{names[one.file]}:{one.line}: {one.what}{more} {one.todo}")
    plain = coverage.figures().get("plain", Figure())
    if left := plain.of - plain.reached:
        yield ""
        yield f"{left} of {plain.of} plain wordings were not said either; they are not in the figures."


def flat(coverage: Coverage, root: Path | None = None) -> dict[str, Any]:
    """The same as one object, with everything that was missed."""
    names = _names(coverage, root)
    packs = [{"pack": name, "file": file, **_numbers(coverage, file)} for file, name in names.items()]
    missed = [msgspec.to_builtins(one) for one in coverage.missed]
    return {"packs": packs, "total": _numbers(coverage, None), "missed": missed}


def told(coverage: Coverage) -> list[tuple[Missed, str]]:
    """What was missed that counts; of rules that never spoke not their parts, but beside the rule, how many."""
    missed = [one for one in coverage.missed if one.kind in COUNTED]
    silent = {one.rule for one in missed if one.kind in ("rule", "rejoinder")}
    within: dict[str, dict[Kind, int]] = {}
    for one in missed:
        if one.rule in silent and one.kind not in ("rule", "rejoinder"):
            counts = within.setdefault(one.rule, {})
            counts[one.kind] = counts.get(one.kind, 0) + 1
    heads = (one for one in missed if one.kind in ("rule", "rejoinder") or one.rule not in silent)
    return [(one, _within(within.get(one.rule, {}))) for one in heads]


def percent(figure: Figure) -> str:
    """A figure in whole percent, rounded down, so that 100 % is all of it."""
    return f"{100 * figure.reached // figure.of}%" if figure.of else ""


def share(figure: Figure) -> str:
    """So many of so many; empty where there are none."""
    return f"{figure.reached}/{figure.of}" if figure.of else ""


def cells(figures: dict[Kind, Figure], total: Figure) -> Row:
    """What stands in the columns of `HEADS`."""
    shares = {kind: share(figures.get(kind, Figure())) for kind in KINDS}
    return (*(shares[kind] for kind in COUNTED), percent(total), shares["plain"])


def _cells(coverage: Coverage, file: str | None) -> Row:
    return cells(coverage.figures(file), coverage.total(file))


def _names(coverage: Coverage, root: Path | None) -> dict[str, str]:
    return {file: under(file, root) for file in coverage.files} if root else short_names(coverage)


def _numbers(coverage: Coverage, file: str | None) -> dict[str, Any]:
    found, total = coverage.figures(file), coverage.total(file)
    heads = dict(zip((*COUNTED, "plain"), (*HEADS[:5], HEADS[6]), strict=True))
    shares = {heads[kind]: msgspec.to_builtins(found.get(kind, Figure())) for kind in KINDS}
    return shares | {"all": {**msgspec.to_builtins(total), "percent": round(total.percent, 2)}}


def _drawn(rows: Sequence[Row]) -> Iterator[str]:
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        first, *others = row
        line = "  ".join(cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))
        yield f"{first.ljust(widths[0])}  {line}".rstrip()


def _within(counts: dict[Kind, int]) -> str:
    parts = [f"{number} {kind}{'' if number == 1 else 's'}" for kind, number in counts.items()]
    return f" With it: {', '.join(parts)}." if parts else ""
