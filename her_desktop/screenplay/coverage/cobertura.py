"""A coverage as Cobertura XML (coverage-04), which CI services show. The lines are those of the packs.

A folder is a package, a pack a class, a rule a method, a condition a jump.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path, PurePosixPath
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from her_desktop import __version__
from her_desktop.screenplay.coverage.coverage import Coverage
from her_desktop.screenplay.coverage.lines import Line, lines, rules, under
from her_desktop.screenplay.coverage.units import Unit

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def cobertura(coverage: Coverage, root: Path, at: datetime) -> str:
    """The document.

    Args:
        coverage: what was reached.
        root: the folder that paths are seen from; packs outside of it keep their whole path.
        at: when the screenplays were performed.
    """
    files = {file: lines(coverage, file) for file in coverage.files}
    every = [line for found in files.values() for line in found]
    top = Element("coverage", _totals(every), version=__version__, timestamp=str(round(at.timestamp() * 1000)))
    SubElement(SubElement(top, "sources"), "source").text = root.resolve().as_posix()
    packages = SubElement(top, "packages")
    by_folder: dict[str, list[str]] = {}
    for file in files:
        by_folder.setdefault(str(PurePosixPath(under(file, root)).parent), []).append(file)
    for folder, inside in by_folder.items():
        rates = _rates([line for file in inside for line in files[file]])
        package = SubElement(packages, "package", rates, name=folder.strip("/").replace("/", "."))
        classes = SubElement(package, "classes")
        for file in inside:
            _class(classes, coverage, file, under(file, root))
    indent(top, " ")
    return _HEAD + tostring(top, encoding="unicode") + "\n"


def _class(classes: Element, coverage: Coverage, file: str, name: str) -> None:
    found = lines(coverage, file)
    pack = SubElement(classes, "class", _rates(found), name=PurePosixPath(name).name, filename=name)
    methods = SubElement(pack, "methods")
    for rule in rules(coverage, file):
        own = _own(found, rule)
        method = SubElement(methods, "method", _rates(own), name=rule.rule, signature="")
        _lines(SubElement(method, "lines"), own)
    _lines(SubElement(pack, "lines"), found)


def _own(found: Iterable[Line], rule: Unit) -> list[Line]:
    """The lines of one rule, with only what is its own on them."""
    own = (Line(line.number, tuple(unit for unit in line.units if unit.rule == rule.rule)) for line in found)
    return [line for line in own if line.units]


def _lines(parent: Element, found: Iterable[Line]) -> None:
    for line in found:
        element = SubElement(parent, "line", number=str(line.number), hits=str(line.hits))
        if line.conditions:
            taken = [branch for one in line.conditions for branch in one.branches]
            element.set("branch", "true")
            element.set("condition-coverage", f"{_percent(taken)} ({sum(taken)}/{len(taken)})")
            conditions = SubElement(element, "conditions")
            for number, one in enumerate(line.conditions):
                SubElement(conditions, "condition", number=str(number), type="jump", coverage=_percent(one.branches))


def _percent(taken: Sequence[bool]) -> str:
    return f"{100 * sum(taken) // len(taken)}%"


def _rates(found: Sequence[Line]) -> dict[str, str]:
    reached, branches = _counts(found)
    return {"line-rate": _rate(reached), "branch-rate": _rate(branches), "complexity": "0"}


def _totals(found: Sequence[Line]) -> dict[str, str]:
    reached, branches = _counts(found)
    counted = {
        "lines-covered": str(sum(reached)), "lines-valid": str(len(reached)),
        "branches-covered": str(sum(branches)), "branches-valid": str(len(branches)),
    }  # fmt: skip
    return _rates(found) | counted


def _counts(found: Iterable[Line]) -> tuple[list[bool], list[bool]]:
    """For each line whether it was come by, and for each branch."""
    listed = list(found)
    branches = [branch for line in listed for one in line.conditions for branch in one.branches]
    return [line.hits > 0 for line in listed], branches


def _rate(seen: Sequence[bool]) -> str:
    return f"{sum(seen) / len(seen):.4g}" if seen else "1"
