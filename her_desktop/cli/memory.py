"""`her-desktop memory`: what she knows of you, in your own words; taking it elsewhere, and taking it back."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import click
import msgspec

from her_desktop.cli.common import Options, global_options
from her_desktop.cli.later import Later
from her_desktop.cli.memory_session import facts_of, here, recording
from her_desktop.events import FactLearned
from her_desktop.memory.document import Document, document_of, news, read, written
from her_desktop.memory.facts import Fact, Facts
from her_desktop.trace.lines import printable
from her_desktop.trouble import Trouble, missing

NOTHING = "She knows nothing of you yet. What you tell her stays on this machine: her-desktop chat"


@click.group(cls=Later, later={"forget": "her_desktop.cli.memory_forget"})
@global_options
def memory(_options: Options) -> None:
    """What she knows of you: to see it, to take it elsewhere, to take it back."""


@memory.command()
@click.option("--history", is_flag=True, help="Also what was corrected.")
@global_options
def show(options: Options, history: bool) -> None:
    """Show each thing that she knows, with the words that taught it.

    With --json: one object a line, always with its history.
    """
    facts = _read(options)
    if not facts and not options.json:
        click.echo(NOTHING)
    for name in sorted(facts):
        if options.json:
            click.echo(msgspec.json.encode({"name": name, **msgspec.to_builtins(facts[name])}).decode())
        else:
            click.echo("\n".join(_lines(facts[name], history)))


def _lines(fact: Fact, history: bool) -> Iterator[str]:
    yield click.style(f"{printable(fact.name)}: {printable(fact.object)}", bold=True)
    yield f"    you said “{printable(fact.words)}” {_when(fact)}"
    for one in reversed(fact.earlier) if history else ():
        yield f"    before that: {printable(one.object)}, as you said “{printable(one.words)}” {_when(one)}"


def _when(fact: Fact) -> str:
    turn = f"in turn {fact.source_turn}, " if fact.source_turn else "(imported), "
    return f"{turn}{fact.told_at.astimezone():%Y-%m-%d %H:%M}"


@memory.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)
@global_options
def export(options: Options, file: Path | None) -> None:
    """Write all that she knows to FILE as JSON; without FILE, to standard output. `import` reads it back.

    The file can be read by its owner alone.
    """
    facts = _read(options)
    content = written(document_of(facts))
    if file is None:
        return click.echo(content.decode(), nl=False)
    try:
        _write(file, content)
    except OSError as error:
        raise missing(str(file), error.strerror or str(error), "name another file") from error
    if options.json:
        return click.echo(msgspec.json.encode({"file": str(file), "facts": len(facts)}).decode())
    return click.echo(f"{_count(len(facts), 'fact')} written to {file}")


def _write(file: Path, content: bytes) -> None:
    """Write a file that only its owner can read, also where it was there before."""
    with open(file, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as out:
        if file.is_file() and os.name == "posix":
            os.fchmod(out.fileno(), 0o600)
        out.write(content)


@memory.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--yes", is_flag=True, help="Do not ask before something is replaced.")
@global_options
def import_file(options: Options, file: Path, yes: bool) -> None:
    """Let her know what FILE tells, as `export` writes it. What she knows already is skipped."""
    document = _document(file)
    with recording(options) as session:
        facts = facts_of(session.journal)
        learned = list(news(facts, document))
        changed = _changed(facts, learned)
        if not _may_change(changed, str(file), yes):
            return None
        session.record(*learned)
    skipped = sum(len(statement.all_told) for statement in document.facts) - len(learned)
    if options.json:
        figures = {"learned": len(learned), "replaced": len(changed), "skipped": skipped}
        return click.echo(msgspec.json.encode(figures).decode())
    return click.echo(f"{_count(len(learned), 'fact')} learned, {skipped} known already")


def _changed(facts: Facts, learned: Iterable[FactLearned]) -> dict[str, tuple[str, str]]:
    """By name, what is kept of it and what would be kept instead."""
    after = {f"{one.subject}.{one.predicate}": one.object for one in learned}
    return {name: (facts[name].object, after[name]) for name in sorted(after) if name in facts}


def _may_change(changed: Mapping[str, tuple[str, str]], what: str, yes: bool) -> bool:
    for name, (before, after) in changed.items():
        click.echo(f"{name}: {printable(before)} → {printable(after)}", err=True)
    if yes or not changed:
        return True
    if not sys.stdin.isatty():
        raise Trouble(what, f"replaces {_count(len(changed), 'fact')}, and nobody is there to be asked", "add --yes")
    return click.confirm(f"Replace {_count(len(changed), 'fact')}?", err=True)


def _document(file: Path) -> Document:
    try:
        return read(file.read_bytes(), str(file))
    except OSError as error:
        raise missing(str(file), error.strerror or str(error), "name another file") from error


def _read(options: Options) -> Facts:
    with here(options) as journal:
        return facts_of(journal) if journal else {}


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
