"""A coverage as an LCOV tracefile, which genhtml and CI services read. A rule is a function, a condition two branches.

The lines are those of the packs: a wording, condition or template has been run if it was said, looked at or won.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from her_desktop.screenplay.coverage.coverage import Coverage
from her_desktop.screenplay.coverage.lines import Line, lines, rules, under
from her_desktop.screenplay.coverage.units import Unit


def lcov(coverage: Coverage, root: Path) -> str:
    """The tracefile.

    Args:
        coverage: what was reached.
        root: the folder that paths are seen from; packs outside of it keep their whole path.
    """
    return "".join(f"{row}\n" for file in coverage.files for row in _file(coverage, file, root))


def _file(coverage: Coverage, file: str, root: Path) -> Iterator[str]:
    yield "TN:"
    yield f"SF:{under(file, root)}"
    yield from _functions(rules(coverage, file))
    found = lines(coverage, file)
    yield from _branches(found)
    yield from (f"DA:{line.number},{line.hits}" for line in found)
    yield f"LF:{len(found)}"
    yield f"LH:{sum(line.hits > 0 for line in found)}"
    yield "end_of_record"


def _functions(found: list[Unit]) -> Iterator[str]:
    yield from (f"FN:{rule.line},{rule.rule}" for rule in found)
    yield from (f"FNDA:{rule.times},{rule.rule}" for rule in found)
    yield f"FNF:{len(found)}"
    yield f"FNH:{sum(rule.times > 0 for rule in found)}"


def _branches(found: list[Line]) -> Iterator[str]:
    """A dash stands for a branch of a condition that was never looked at, or of a line that was not come by."""
    hit = of = 0
    for line in found:
        for block, one in enumerate(line.conditions):
            looked_at = line.hits > 0 and one.runs > 0
            for branch, seen in enumerate((one.times, one.other)):
                yield f"BRDA:{line.number},{block},{branch},{seen if looked_at else '-'}"
                hit, of = hit + (looked_at and seen > 0), of + 1
    yield f"BRF:{of}"
    yield f"BRH:{hit}"
