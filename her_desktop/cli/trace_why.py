"""`trace why`, `why-not` and `what-if`: how a reply was made, why not by another rule, and what else it would be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import fill
from typing import Any

import click
import msgspec

from her_desktop.cli.common import NUMBER, Options, global_options
from her_desktop.cli.record import open_journal, past_of
from her_desktop.trace.alterations import (
    Alteration,
    Bare,
    FactGone,
    OtherAlternative,
    OtherWords,
    RuleOff,
    TechniqueOff,
)
from her_desktop.trace.causes import KINDS
from her_desktop.trace.explain import why as explained
from her_desktop.trace.lines import printable
from her_desktop.trace.past import forgotten, timings
from her_desktop.trace.scene import Scene
from her_desktop.trace.what_if import what_if as changed
from her_desktop.trace.why_not import why_not as unanswered

_WIDTH = 100

_CHANGES: Sequence[tuple[str, type[Alteration], dict[str, Any]]] = (
    ("--said", OtherWords, {"metavar": "SENTENCE", "help": "He says this instead."}),
    (
        "--alternative",
        OtherAlternative,
        {"type": int, "metavar": "N", "help": "Only reading N was heard, 0 the best."},
    ),
    ("--forget", FactGone, {"metavar": "FACT", "help": "This fact was never told, as user.name."}),
    ("--without-rule", RuleOff, {"metavar": "RULE", "help": "This rule is switched off."}),
    ("--without-technique", TechniqueOff, {"metavar": "ID", "help": "This technique is switched off, as T05."}),
)


@click.command()
@click.argument("turn", type=NUMBER, required=False)
@global_options
def why(options: Options, turn: int | None) -> None:
    """Tell how the reply of TURN was made, and what it hung on; of the last one, if none is named."""
    with open_journal(options) as journal:
        past = past_of(options, journal)
        saved = past.turn(turn, also_marked=True)
        removed = forgotten(journal, saved.number)
        kinds = () if removed else KINDS
        found = explained(saved, past.conversation(saved), timings(journal, saved.number), kinds)
    if options.json:
        _print_json(found)
        return
    if removed:
        _paragraph(f"{removed[:1].upper()}{removed[1:]}; nothing was tried again, and this is what the record tells.")
    _paragraph(found.paragraph)
    for cause in found.causes:
        _paragraph(f"{cause.found.paragraph}", indent="  ")


@click.command("why-not")
@click.argument("rule")
@click.option("--turn", type=NUMBER, help="Which turn; the last one if not named.")
@global_options
def why_not(options: Options, rule: str, turn: int | None) -> None:
    """Tell why RULE did not answer in a turn, and what would have had to be otherwise."""
    with open_journal(options) as journal:
        past = past_of(options, journal)
        saved = past.turn(turn)
        found = unanswered(past.conversation(saved), saved.before, saved.heard, saved.at, rule)
    if options.json:
        _print_json(found)
    else:
        _paragraph(found.paragraph)


def _altered(command: Any) -> Any:
    for name, _, details in reversed(_CHANGES):
        command = click.option(name, multiple=True, **details)(command)
    return command


@click.command("what-if")
@click.argument("turn", type=NUMBER, required=False)
@_altered
@click.option("--bare", is_flag=True, help="Every technique is switched off: the bare program.")
@global_options
def what_if(options: Options, /, turn: int | None, bare: bool, **changes: tuple[Any, ...]) -> None:
    """Run TURN again with one thing changed, and tell what she would have said; each change is tried for itself."""
    wanted = [*_wanted(changes), *([Bare()] if bare else [])]
    if not wanted:
        names = ", ".join([*(name for name, *_ in _CHANGES), "--bare"])
        raise click.UsageError(f"change what? name one of {names}")
    with open_journal(options) as journal:
        past = past_of(options, journal)
        saved = past.turn(turn)
        scene = Scene.of(saved, past.conversation(saved))
        for change in wanted:
            found = changed(scene, saved.reply, change)
            _print_json(found) if options.json else _paragraph(found.paragraph)


def _wanted(changes: dict[str, tuple[Any, ...]]) -> Iterator[Alteration]:
    for name, make, _ in _CHANGES:
        for value in changes[name.removeprefix("--").replace("-", "_")]:
            yield make(value.upper() if make is TechniqueOff else value)


def _print_json(found: msgspec.Struct) -> None:
    click.echo(msgspec.json.encode(found).decode())


def _paragraph(text: str, indent: str = "") -> None:
    click.echo(fill(printable(text), _WIDTH, initial_indent=indent, subsequent_indent=indent))
