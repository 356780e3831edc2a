"""`techniques`: which of them are on, and switching them off and on from outside of a conversation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

import click
import msgspec

from her_desktop import paths
from her_desktop.cli.common import Options, global_options
from her_desktop.cli.record import started
from her_desktop.clock import SystemClock
from her_desktop.dialogue import techniques as taxonomy
from her_desktop.events import SessionEnded, TechniqueSwitched
from her_desktop.folded import state_at
from her_desktop.memory.journal import Journal
from her_desktop.trouble import Trouble

_CLASSES = {"N": "neutral", "I": "intimacy", "M": "manipulative", "P": "protective"}


class Row(msgspec.Struct, frozen=True):
    """One technique, as it is listed."""

    id: str
    name: str
    classes: tuple[str, ...]
    on: bool


@click.group(invoke_without_command=True)
@global_options
def techniques(options: Options) -> None:
    """Show the techniques that label her replies, and switch them off or on.

    Without a command it lists them all. One that is off is not used from the next turn on; the record keeps what would
    have been said with it.
    """
    if not click.get_current_context().invoked_subcommand:
        _print(_rows(_off(options)), options)


@techniques.command("list")
@global_options
def list_all(options: Options) -> None:
    """Show all techniques: id, on or off, class, name."""
    _print(_rows(_off(options)), options)


@techniques.command()
@click.argument("ids", nargs=-1, metavar="ID…")
@click.option("--all", "every", is_flag=True, help="Every technique that builds intimacy.")
@global_options
def off(options: Options, ids: tuple[str, ...], every: bool) -> None:
    """Switch techniques off, by their ids: `techniques off T05 T08`."""
    _switch(options, _wanted(ids, every), on=False)


@techniques.command()
@click.argument("ids", nargs=-1, metavar="ID…")
@click.option("--all", "every", is_flag=True, help="Every technique that is off.")
@global_options
def on(options: Options, ids: tuple[str, ...], every: bool) -> None:
    """Switch techniques on again, by their ids: `techniques on T05`."""
    _switch(options, tuple(taxonomy.switchable()) if every and not ids else _wanted(ids, every), on=True)


def _wanted(ids: tuple[str, ...], every: bool) -> tuple[str, ...]:
    if every == bool(ids):
        raise Trouble("techniques", "name some ids, or --all, and not both", "see her-desktop techniques list")
    if every:
        return taxonomy.charms()
    return tuple(dict.fromkeys(_known(name) for name in ids))


def _known(name: str) -> str:
    names = taxonomy.techniques()
    if name.upper() in names:
        return _switchable(name.upper())
    near = _near(name)
    hint = f"was {near[0]} {names[near[0]].name} meant?" if near else "see her-desktop techniques list"
    raise Trouble("techniques", f"there is no “{name}”", hint)


def _switchable(name: str) -> str:
    if name in taxonomy.switchable():
        return name
    why = "it protects you" if "P" in taxonomy.techniques()[name].classes else "it is never in use, but in the exhibit"
    raise Trouble("techniques", f"{name} has no switch", why)


def _near(name: str) -> list[str]:
    """The id that looks most like it, or whose name has a word that does; none where nothing does."""
    names = taxonomy.techniques()
    by_id = get_close_matches(re.sub(r"^([TP])(\d)$", r"\g<1>0\2", name.upper()), names, 1)
    words = {word: found for found, known in names.items() for word in known.name.casefold().split()}
    return by_id or [words[word] for word in get_close_matches(name.casefold(), words, 1)]


def _off(options: Options) -> tuple[str, ...]:
    home = options.home or paths.default_home()
    if not (home / "journal.sqlite").is_file():
        return ()
    with Journal(home, read_only=True) as journal:
        return state_at(journal).off


def _switch(options: Options, wanted: Iterable[str], *, on: bool) -> None:
    """Write a session of its own that does nothing but switch."""
    home = paths.open_home(options.home)
    begun = started(options, home, "techniques")
    with Journal(home) as journal:
        before = state_at(journal).off
        changing = [name for name in wanted if (name in before) == on]
        switched = [TechniqueSwitched(technique=name, on=on, why="command") for name in changing]
        if switched:
            journal.begin_session()
            now = SystemClock(options.now).now()
            journal.append(0, now, (begun, *switched, SessionEnded(cause="command")), durable=True)
        after = state_at(journal).off
    _print([row for row in _rows(after) if row.id in changing], options)
    if not changing and not options.json:
        click.echo(f"Nothing to change: all of it is {'on' if on else 'off'} already.")


def _rows(off: tuple[str, ...]) -> list[Row]:
    return [
        Row(name, known.name, known.classes, name not in off and known.classes != ("M",))
        for name, known in taxonomy.techniques().items()
    ]


def _state(row: Row) -> str:
    return "exhibit" if row.classes == ("M",) else "on" if row.on else "off"


def _print(rows: Iterable[Row], options: Options) -> None:
    for row in rows:
        if options.json:
            click.echo(msgspec.json.encode(row).decode())
        else:
            kind = " or ".join(_CLASSES[letter] for letter in row.classes)
            click.echo(f"{row.id}  {_state(row):<7}  {kind:<24}  {row.name}")
