"""`trace replay` and `trace diff`: the record run again, as it was and with the packs of today."""

from __future__ import annotations

from collections.abc import Iterator

import click
import msgspec

from her_desktop.cli.common import NUMBER, Options, builder, global_options
from her_desktop.cli.record import open_journal, past_of
from her_desktop.events import SessionStarted, TurnsMarked
from her_desktop.folded import state_at
from her_desktop.memory.journal import Journal
from her_desktop.trace.aloud import Aloud
from her_desktop.trace.lines import printable
from her_desktop.trace.packs_then import PacksThen
from her_desktop.trace.replay import Mismatch, Replay
from her_desktop.trace.replay import replay as run_again
from her_desktop.trace.rerun import Answer, Difference, rerun
from her_desktop.trace.turns import SavedTurn, marked, turns
from her_desktop.trouble import Exit, Trouble

_SHOWN = 20


@click.command()
@click.option("--session", type=NUMBER, help="Which session; all of them if not named.")
@global_options
def replay(options: Options, session: int | None) -> int:
    """Run the record again from its inputs alone and compare entry by entry, byte for byte.

    Exit code 1 if anything came out otherwise; the first difference of each turn is shown with both sides.
    """
    with open_journal(options) as journal:
        past = past_of(options, journal)
        found = run_again(_saved(journal, session), past.conversation, _marked(journal))
    _print(found, as_json=options.json)
    return int(Exit.DONE if found.exact else Exit.CHECK_FAILED)


@click.command()
@click.option("--session", type=NUMBER, help="Which session; all of them if not named.")
@click.option("--turns", "most", type=NUMBER, default=10_000, show_default=True, help="Only so many, the newest ones.")
@global_options
def diff(options: Options, session: int | None, most: int) -> int:
    """Tell which turns of the record the packs of today (or of --packs) would answer otherwise.

    Exit code 1 if there are any.
    """
    present = builder().conversation(options)
    with open_journal(options) as journal:
        record = Aloud(journal, PacksThen(journal, present))
        found = rerun(None, present, _saved(journal, session), _marked(journal), most, record)
    for one in found:
        click.echo(msgspec.json.encode(one).decode()) if options.json else _print_difference(one)
    if not options.json:
        click.echo(f"{len(found):,} turn{'' if len(found) == 1 else 's'} would be answered otherwise.")
    return int(Exit.CHECK_FAILED if found else Exit.DONE)


def _saved(journal: Journal, session: int | None) -> Iterator[SavedTurn]:
    if session is None:
        return turns(journal.entries())
    first = next(iter(journal.entries(session, (SessionStarted,))), None)
    if not first:
        raise Trouble(f"session {session}", "there is no such session", "see her-desktop trace list")
    return turns(journal.entries(session), state_at(journal, first.seq))


def _marked(journal: Journal) -> dict[int, str]:
    return marked(journal.entries(kinds=[TurnsMarked]))


def _print(found: Replay, *, as_json: bool) -> None:
    if as_json:
        click.echo(msgspec.json.encode(found).decode())
        return
    for one in found.mismatches[:_SHOWN]:
        _print_mismatch(one)
    if len(found.mismatches) > _SHOWN:
        click.echo(f"… and {len(found.mismatches) - _SHOWN:,} more")
    for number, what in (
        (found.turns, "run again"), (len(found.mismatches), "came out otherwise"),
        (len(found.marked), "left alone, since words of theirs were forgotten"),
    ):  # fmt: skip
        if number or what == "run again":
            click.echo(f"{number:,} turn{'' if number == 1 else 's'} {what}")
    click.echo(f"{found.entries:,} entries identical, byte for byte")


def _print_mismatch(one: Mismatch) -> None:
    field = f", first in “{one.field}”" if one.field else ""
    click.secho(f"session {one.session}, turn {one.turn}, entry {one.entry}{field}", bold=True)
    click.echo(f"  recorded {printable(one.recorded) or 'no such entry'}")
    click.echo(f"  again    {printable(one.again) or 'no such entry'}")


def _print_difference(one: Difference) -> None:
    click.secho(f"session {one.session}, turn {one.turn}: “{printable(one.said)}”", bold=True)
    click.echo(f"  was {_shown(one.was)}")
    click.echo(f"  now {_shown(one.now)}")


def _shown(answer: Answer) -> str:
    said = printable(answer.text)
    return f"{answer.rule}: “{said}”" if answer.rule else f"no answer: {said}"
