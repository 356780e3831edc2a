"""What `perform` does once the screenplays were performed: rewrite expectations, tell coverage, change the rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

import click
import msgspec

from her_desktop.cli.progress import progress_bar
from her_desktop.screenplay.coverage import cobertura as coverage_cobertura
from her_desktop.screenplay.coverage import html as coverage_html
from her_desktop.screenplay.coverage import lcov as coverage_lcov
from her_desktop.screenplay.coverage import table as coverage_table
from her_desktop.screenplay.coverage.coverage import Coverage
from her_desktop.screenplay.coverage.decks import covered, deck, packs
from her_desktop.screenplay.coverage.units import sources
from her_desktop.screenplay.mutation import running as mutation
from her_desktop.screenplay.perform import conversation, perform
from her_desktop.screenplay.performance import Performance
from her_desktop.screenplay.report import at
from her_desktop.screenplay.runs import performed
from her_desktop.screenplay.writing import update
from her_desktop.trouble import Exit, Trouble


class Wanted(msgspec.Struct, frozen=True):
    """What the command line asks for beside performing."""

    update: bool = False
    coverage: bool = False
    html: Path | None = None
    lcov: Path | None = None
    cobertura: Path | None = None
    mutate: str | None = None
    seed: int = 0

    @property
    def covers(self) -> bool:
        """Whether coverage is wanted in some form."""
        return bool(self.coverage or self.html or self.lcov or self.cobertura)

    @property
    def most(self) -> int | None:
        """How many mutants; None for all of them."""
        if self.mutate is None or self.mutate == "all":
            return None
        if not self.mutate.isdecimal() or not int(self.mutate):
            raise click.UsageError(f"--mutate {self.mutate} must be a number or all")
        return int(self.mutate)

    def check(self, *, spoken: bool, step: bool) -> None:
        """See whether all that is asked for can be done at once, before anything is performed.

        Raises:
            click.UsageError: it cannot.
        """
        self.most  # noqa: B018 -- a number that cannot be read is told here
        if self.mutate is not None and self.update:
            raise click.UsageError("--update rewrites what --mutate would try: first the one, then the other")
        if self.mutate is not None and spoken:
            raise click.UsageError("--mutate tries rules on what is typed: leave out --spoken")
        if step and (spoken or self.update or self.covers or self.mutate is not None):
            raise click.UsageError("--step shows one screenplay in the window, and goes with no other option of these")


def after(performances: Sequence[Performance], wanted: Wanted, *, json: bool) -> Exit:
    """Do what is wanted.

    Returns:
        The exit code: a check failed where something did not hold and was not rewritten.
    """
    failed = [one for one in performances if not one.holds]
    code = Exit.CHECK_FAILED if failed else Exit.DONE
    if wanted.update:
        left = [one for one in failed if _rewritten(one, json=json)]
        code = Exit.CHECK_FAILED if left else Exit.DONE
    if wanted.covers:
        _cover(performances, wanted, json=json)
    if wanted.mutate is not None:
        if code:
            raise Trouble("--mutate", "the screenplays do not hold as the rules are", "mend them first", code)
        _mutate(performances, wanted, json=json)
    return code


def _rewritten(done: Performance, *, json: bool) -> bool:
    """Rewrite what can be, and show it; returns whether something is left that a person has to decide."""
    path = done.screenplay.path
    source = update.source_of(path)
    changed = update.updated(done, source)
    if changed.diff:
        update.write(path, source, changed.text)
        shown = msgspec.json.encode({"file": str(path), "diff": changed.diff}).decode() if json else changed.diff
        click.echo(shown)
        click.echo(f"{path}: rewritten; read it before you keep it", err=True)
    for fault in changed.left:
        click.echo(f"{at(done.screenplay, fault)} (left for you)", err=True)
    return bool(changed.left)


def _cover(performances: Sequence[Performance], wanted: Wanted, *, json: bool) -> None:
    found, root = _reached(performances), Path.cwd()
    if json and wanted.coverage:
        click.echo(msgspec.json.encode(coverage_table.flat(found, root)).decode())
    elif wanted.coverage:
        click.echo("\n".join(coverage_table.table(found, root)))
    if wanted.html:
        decks = dict.fromkeys(deck(one.screenplay.title) for one in performances)
        texts = {name: text for title in decks for name, text in sources(packs(title)).items()}
        _write(wanted.html, coverage_html.page(found, texts))
    if wanted.lcov:
        _write(wanted.lcov, coverage_lcov.lcov(found, root))
    if wanted.cobertura:
        _write(wanted.cobertura, coverage_cobertura.cobertura(found, root, datetime.now().astimezone()))


def _reached(performances: Sequence[Performance]) -> Coverage:
    return covered(
        (one.screenplay.title, entry) for one in performances for beat in one.played for entry in beat.entries
    )


def _write(path: Path, text: str) -> None:
    if path.suffix == ".fountain":
        raise Trouble(str(path), "a report is not written over a screenplay", "name another file")
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Trouble(str(path), error.strerror or str(error), "name a file that can be written") from error
    click.echo(f"{path}: written", err=True)


def _mutate(performances: Sequence[Performance], wanted: Wanted, *, json: bool) -> None:
    parts = [part for one in performances for part in performed(one)]
    with progress_bar("Changing the rules") as progress:
        result = mutation.run(
            parts, conversation, partial(perform, to_first_fault=True), most=wanted.most, seed=wanted.seed,
            seen=lambda _outcome, done, of: progress(done, of),
        )  # fmt: skip
    lines: Iterator[str] = iter([msgspec.json.encode(result.flat()).decode()]) if json else mutation.table(result)
    click.echo("\n".join(lines))
