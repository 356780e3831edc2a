"""`trace list` and `trace show`: the record of what was said and how each reply was made."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from textwrap import shorten

import click
import msgspec

from her_desktop import paths
from her_desktop.cli.common import Options, global_options
from her_desktop.cli.later import Later
from her_desktop.events import FinalTranscript, Recorded, Reply
from her_desktop.memory.journal import Journal
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
    with _journal(options) as journal:
        for number, group in groupby(journal.entries(), key=lambda recorded: recorded.session):
            _print_session(number, list(group), options.json)


def _print_session(number: int, entries: list[Recorded], json: bool) -> None:
    heard = [recorded.entry.text for recorded in entries if isinstance(recorded.entry, FinalTranscript)]
    replies = sum(isinstance(recorded.entry, Reply) for recorded in entries)
    began, ended = entries[0].at, entries[-1].at
    if json:
        row = {"session": number, "began": began, "ended": ended, "turns": replies, "entries": len(entries)}
        click.echo(msgspec.json.encode(row).decode())
    else:
        first = f"  “{printable(shorten(heard[0], 60, placeholder='…'))}”" if heard else ""
        click.echo(f"{number:>4}  {began:%Y-%m-%d %H:%M}  {replies:>3} turns  {len(entries):>5} entries{first}")


@trace.command()
@click.option("--session", type=int, help="Which session; the last one if not named.")
@click.option("--turn", type=int, help="Only this turn.")
@global_options
def show(options: Options, session: int | None, turn: int | None) -> None:
    """Show the entries of a session, or of one turn."""
    with _journal(options) as journal:
        shown = list(_chosen(journal, session, turn))
        if not shown and (session is not None or turn is not None):
            raise Trouble("trace", "there is no such session or turn", "see her-desktop trace list")
        for number, group in groupby(shown, key=lambda recorded: recorded.turn):
            if not options.json:
                click.secho(f"turn {number}", bold=True)
            for recorded in group:
                click.echo(as_json(recorded) if options.json else as_line(recorded))


def _chosen(journal: Journal, session: int | None, turn: int | None) -> Iterator[Recorded]:
    wanted = journal.last_session if session is None and turn is None else session
    return (recorded for recorded in journal.entries(wanted) if turn is None or recorded.turn == turn)


def _journal(options: Options) -> Journal:
    home = options.home or paths.default_home()
    if not (home / "journal.sqlite").is_file():
        raise Trouble("trace", f"{home} holds no journal yet", "talk with her first: her-desktop chat")
    return Journal(home, read_only=True)
