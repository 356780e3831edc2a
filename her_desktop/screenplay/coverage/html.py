"""A coverage as one page: a table of the packs, and each of them as it is written, every line marked.

Receives a coverage and the text of its packs. Emits HTML without a script, that loads nothing from anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from her_desktop.screenplay.coverage.coverage import Coverage, Figure
from her_desktop.screenplay.coverage.lines import Line, all_lines, short_names
from her_desktop.screenplay.coverage.notes import note
from her_desktop.screenplay.coverage.table import HEADS, cells, percent
from her_desktop.screenplay.coverage.units import COUNTED, Unit
from her_desktop.trace.export import frame
from her_desktop.trace.export.tags import Html, joined, tag

_MARKS = {"reached": "✓", "partly": "◐", "missed": "✗"}
_TITLE = "What the screenplays reached"


def page(coverage: Coverage, sources: Mapping[str, str]) -> str:
    """The page.

    Args:
        coverage: what was reached.
        sources: the text of each pack file, by its path; see `coverage_units.sources`.
    """
    names = short_names(coverage)
    packs = [
        _pack(number, name, coverage, file, sources.get(file)) for number, (file, name) in enumerate(names.items(), 1)
    ]
    body = tag("body", _head(coverage), tag("main", _index(coverage, names), *packs), _foot())
    return frame.page(_TITLE, "coverage.css", body)


def _head(coverage: Coverage) -> Html:
    total, figures = coverage.total(), coverage.figures()
    told = [_figure(head, figures[kind]) for kind, head in zip(COUNTED, HEADS, strict=False) if kind in figures]
    whole = (
        f"{percent(total)} of {total.of:,} parts of {len(coverage.files)} packs" if total.of else "There are no rules."
    )
    return tag("header", frame.RING, tag("div", tag("h1", _TITLE), tag("p", whole), tag("dl", *told)))


def _figure(head: str, figure: Figure) -> Html:
    share = tag("small", f"{figure.reached:,} of {figure.of:,}")
    return tag("div", tag("dt", head), tag("dd", percent(figure), " ", share, _bar(figure)))


def _bar(figure: Figure) -> Html:
    return tag("span", tag("i", style=f"--v:{figure.percent / 100:.4f}"), class_="bar", aria_hidden="true")


def _index(coverage: Coverage, names: Mapping[str, str]) -> Html:
    columns = tag("tr", *(tag("th", head, scope="col") for head in ("pack", *HEADS)))
    rows = [
        _row(tag("a", name, href=f"#pack-{number}"), coverage, file)
        for number, (file, name) in enumerate(names.items(), 1)
    ]
    body = tag("tbody", *rows, _row("in all", coverage, None))
    plain = (
        "Plain wordings are said where techniques are switched off. They stand apart, and are not in the percentage."
    )
    return tag("section", tag("table", tag("thead", columns), body), tag("p", plain), _legend(), class_="index")


def _row(name: Html | str, coverage: Coverage, file: str | None) -> Html:
    total = coverage.total(file)
    *shares, whole, plain = cells(coverage.figures(file), total)
    head = tag("th", name, scope="row")
    told = [*(tag("td", one) for one in shares), tag("td", _bar(total), whole, class_="all"), tag("td", plain)]
    return tag("tr", head, *told)


def _legend() -> Html:
    words = {"reached": "reached", "partly": "in part", "missed": "never"}
    return tag(
        "p",
        *(tag("span", tag("b", _MARKS[one]), f" {word}", class_=one) for one, word in words.items()),
        class_="legend",
    )


def _pack(number: int, name: str, coverage: Coverage, file: str, source: str | None) -> Html:
    found = all_lines(coverage, file)
    missed = [line for line in found.values() if line.status != "reached" and _counts(line)]
    links = [tag("a", str(line.number), href=f"#line-{number}-{line.number}") for line in missed]
    ways = [tag("p", "not wholly reached: lines ", joined(_spaced(links)), class_="ways")] if links else []
    rows = (source or "").splitlines()
    lines = [_line(number, at, row, found.get(at)) for at, row in enumerate(rows, 1)]
    lines += [_line(number, at, "", line) for at, line in found.items() if at > len(rows)]
    head = tag("h2", name, " ", tag("small", percent(coverage.total(file))))
    return tag("section", head, *ways, tag("ol", *lines), id=f"pack-{number}", class_="pack")


def _counts(line: Line) -> bool:
    return any(unit.kind in COUNTED and not all(unit.branches) for unit in line.units)


def _spaced(links: list[Html]) -> Iterator[Html | str]:
    for link in links:
        yield from (link, " ")


def _line(pack: int, number: int, text: str, line: Line | None) -> Html:
    code = tag("code", text)
    if line is None:
        return tag("li", tag("i", str(number)), tag("b"), code)
    apart = "" if any(unit.kind in COUNTED for unit in line.units) else " apart"
    return tag(
        "li", tag("i", str(number)), tag("b", _MARKS[line.status]), code, _notes(line), class_=line.status + apart,
        id=f"line-{pack}-{number}",
    )  # fmt: skip


def _notes(line: Line) -> Html:
    """What became of the parts on a line; where something was missed, what would reach it."""
    several = len({unit.rule for unit in line.units}) > 1
    notes = dict.fromkeys(_note(unit, several=several) for unit in line.units)
    todo = dict.fromkeys(unit.todo for unit in line.units if not all(unit.branches))
    said = tag("span", " · ".join(notes))
    if not todo:
        return tag("small", said)
    return tag("details", tag("summary", said), *(tag("p", one) for one in todo))


def _note(unit: Unit, *, several: bool) -> str:
    return f"{unit.rule} {note(unit)}" if several else note(unit)


def _foot() -> Html:
    return tag(
        "footer",
        tag(
            "p", "Made by Her Desktop from the record of the performances. This page runs no script and loads nothing."
        ),
    )
