"""`trace list` and `trace show`: the record of what was said and how each reply was made."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from textwrap import shorten

import click
import msgspec

from her_desktop.cli.common import NUMBER, Options, global_options
from her_desktop.cli.later import Later
from her_desktop.cli.record import last_talk, open_journal
from her_desktop.events import Recorded
from her_desktop.memory.journal import Journal
from her_desktop.memory.reading import Summary
from her_desktop.trace.lines import as_json, as_line, printable
from her_desktop.trouble import Trouble

_LATER = {
    name: f"her_desktop.cli.trace_{module}"
    for name, module in {
        "why": "why", "why-not": "why", "what-if": "why", "replay": "replay", "diff": "replay", "search": "search",
        "export": "export", "ledger": "ledger",
    }.items()
}  # fmt: skip


@click.group(cls=Later, later=_LATER)
@global_options
def trace(_options: Options) -> None:
    """The record: every step of every turn, as it was written while it happened."""


@trace.command("list")
@global_options
def list_sessions(options: Options) -> None:
    """Show the sessions that are kept."""
    with open_journal(options) as journal:
        for one in journal.sessions():
            click.echo(msgspec.json.encode(one).decode() if options.json else _line(one))


def _line(one: Summary) -> str:
    first = f"  “{printable(shorten(one.first_words, 60, placeholder='…'))}”" if one.first_words else ""
    return f"{one.session:>4}  {one.began:%Y-%m-%d %H:%M}  {one.turns:>3} turns  {one.entries:>5} entries{first}"


@trace.command()
@click.option("--session", type=NUMBER, help="Which session; the last one if not named.")
@click.option("--turn", type=NUMBER, help="Only this turn.")
@global_options
def show(options: Options, session: int | None, turn: int | None) -> None:
    """Show the entries of a session, or of one turn."""
    with open_journal(options) as journal:
        shown = list(_chosen(journal, session, turn))
        if not shown and (session is not None or turn is not None):
            raise Trouble("trace", "there is no such session or turn", "see her-desktop trace list")
        for number, group in groupby(shown, key=lambda recorded: recorded.turn):
            if not options.json:
                click.secho(f"turn {number}", bold=True)
            for recorded in group:
                click.echo(as_json(recorded) if options.json else as_line(recorded))


def _chosen(journal: Journal, session: int | None, turn: int | None) -> Iterable[Recorded]:
    if turn is not None and session is None:
        return journal.turn(turn)
    entries = journal.entries(last_talk(journal) if session is None else session)
    return (recorded for recorded in entries if turn is None or recorded.turn == turn)
