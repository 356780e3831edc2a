"""`trace ledger`: the techniques of a whole relationship, what followed them, how close it became, by which steps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from difflib import get_close_matches

import click
import msgspec

from her_desktop import paths
from her_desktop.cli.common import Options, global_options
from her_desktop.dialogue.techniques import techniques
from her_desktop.memory.journal import Journal
from her_desktop.trace.ledger import KINDS, Ledger, Period
from her_desktop.trace.ledger import ledger as fold
from her_desktop.trace.ledger_words import NOTHING, detail, heading, table
from her_desktop.trace.slope_words import distance_lines, slope_lines, step_lines
from her_desktop.trouble import Trouble

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.option("--since", type=_DAY, metavar="DATE", help="From this day on.")
@click.option("--until", type=_DAY, metavar="DATE", help="Up to this day, which is in it.")
@click.option(
    "--last", type=click.IntRange(min=1), metavar="DAYS", help="The last so many days, today the last of them."
)
@click.option("--session", type=int, help="Only this session.")
@click.option("--technique", metavar="ID", help="Only this technique, with all that is known of it.")
@global_options
def ledger(
    options: Options,
    since: datetime | None,
    until: datetime | None,
    last: int | None,
    session: int | None,
    technique: str | None,
) -> None:
    """Show which techniques she used, what followed, how close it became, and how far her words are from contact."""
    period = _period(options, since, until, last, session)
    name = _known(technique) if technique else ""
    with _journal(options) as journal:
        if session is not None and not 1 <= session <= journal.last_session:
            raise Trouble("trace", f"there is no session {session}", "see her-desktop trace list")
        found = fold(journal.entries(kinds=KINDS), period)
    if name:
        found = _only(found, name)
    if options.json:
        click.echo(msgspec.json.encode(found).decode())
    elif not found.turns:
        click.echo(NOTHING)
    else:
        _print(found, name)


def _period(
    options: Options, since: datetime | None, until: datetime | None, last: int | None, session: int | None
) -> Period:
    today = (options.now or datetime.now().astimezone()).date()
    if last and (since or until):
        raise click.UsageError("--last goes without --since and --until")
    begins = today - timedelta(days=last - 1) if last else since.date() if since else None
    ends: date | None = today if last else until.date() if until else None
    if begins and ends and begins > ends:
        raise click.UsageError(f"--since {begins} is after --until {ends}")
    return Period(begins, ends, session)


def _known(technique: str) -> str:
    name = technique.upper()
    if name not in techniques():
        near = get_close_matches(name, techniques(), cutoff=0)
        raise Trouble(f"technique {technique}", "there is none", f"there is {', '.join(sorted(near))}")
    return name


def _only(found: Ledger, technique: str) -> Ledger:
    """The ledger of one technique: its uses and its steps; what is told of all replies stays."""
    uses = tuple(use for use in found.uses if use.technique == technique)
    steps = tuple(step for step in found.slope.steps if technique in step.new_techniques)
    return msgspec.structs.replace(found, uses=uses, slope=msgspec.structs.replace(found.slope, steps=steps))


def _print(found: Ledger, technique: str) -> None:
    _section("What she used", heading(found) if technique else [*heading(found), "", *table(found)])
    if technique:
        known = techniques()[technique]
        lines = [line for use in found.uses for line in detail(use)]
        _section("", lines or [f"{technique} {known.name} was not used in this span."])
    else:
        _section("How close it became", slope_lines(found.slope))
    if found.slope.steps:
        _section("The small steps", step_lines(found.slope.steps))
    if not technique:
        _section("How far her words are from contact", distance_lines(found.distance, found.slope.days))


def _section(title: str, lines: Iterable[str]) -> None:
    if title:
        click.secho(title, bold=True)
    click.echo("\n".join(lines) + "\n")


def _journal(options: Options) -> Journal:
    home = options.home or paths.default_home()
    if not (home / "journal.sqlite").is_file():
        raise Trouble("trace", f"{home} holds no journal yet", "talk with her first: her-desktop chat")
    return Journal(home, read_only=True)
