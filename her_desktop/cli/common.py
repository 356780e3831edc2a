"""What every command shares: the global options, before or after the command's name, and errors as one line."""

from __future__ import annotations

import functools
import logging
import os
import sys
import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast

import click
import msgspec

from her_desktop.audio import Speaker
from her_desktop.conversation import Conversation
from her_desktop.dialogue.book import RuleBook
from her_desktop.screenplay.script import Screenplay
from her_desktop.session import Session
from her_desktop.trace.lines import printable
from her_desktop.trouble import Exit, Trouble
from her_desktop.tts import Voice

P = ParamSpec("P")
R = TypeVar("R")

_META = "her_desktop.options"

NUMBER = click.IntRange(0, 2**53)
"""The number of a session or a turn."""


class Options(msgspec.Struct, frozen=True):
    """The global options of one call."""

    home: Path | None = None
    language: str | None = None
    seed: int | None = None
    now: datetime | None = None
    packs: tuple[Path, ...] = ()
    json: bool = False
    debug: bool = False


class Builder(Protocol):
    """Joins the parts of a conversation (`app.py`). Each session closes with its context."""

    def chat(self, options: Options) -> AbstractContextManager[Session]:
        """A typed conversation, without any device."""
        ...

    def recordings(self, options: Options, out: Path | None) -> AbstractContextManager[Session]:
        """A conversation whose microphone is a recording; spoken answers go to a folder, if one is named."""
        ...

    def live(self, options: Options) -> AbstractContextManager[Session]:
        """A conversation with the microphone and the loudspeaker."""
        ...

    def window(self, options: Options) -> int:
        """Show the window until it is closed. Raises `Trouble` about the `window` where none can open."""
        ...

    def step(self, options: Options, screenplay: Screenplay) -> int:
        """Show the window on a performance, an exchange at a time. Raises `Trouble` as `window` does."""
        ...

    def check_window(self) -> None:
        """See whether a window can open here. Raises `Trouble` where none can."""
        ...

    def voice(self, options: Options) -> Voice:
        """Her voice."""
        ...

    def speaker(self, options: Options) -> Speaker:
        """The loudspeaker that he has set, or the best one there is."""
        ...

    def rules(self, options: Options) -> RuleBook:
        """The rules in force, and what was left out of them."""
        ...

    def conversation(self, options: Options, *, fresh: bool = False, compiled_file: Path | None = None) -> Conversation:
        """The rules and the language of a conversation, read without making a profile.

        With `fresh`, from the packs, or from the compiled file that is named; else from what the profile keeps of them,
        where there is one.
        """
        ...

    def home(self, options: Options) -> Path:
        """The profile folder, made if need be."""
        ...


def _time(_context: click.Context, _parameter: click.Parameter, value: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(value).astimezone() if value else None
    except ValueError as error:
        raise click.BadParameter(f"{error}; write it as 2026-11-22T23:10") from error


_OPTIONS = [
    click.option("--home", type=click.Path(path_type=Path, file_okay=False),
                 help="Profile folder: journal, settings, models."),
    click.option("--language", metavar="CODE", help="Language of the conversation."),
    click.option("--seed", type=int, help="Seed of the dice; the same seed gives the same replies."),
    click.option("--now", callback=_time, metavar="ISO-TIME", help="A clock that starts at this time."),
    click.option("--packs", multiple=True, type=click.Path(path_type=Path, exists=True),
                 help="Dialogue packs instead of the shipped ones; may repeat."),
    click.option("--json", is_flag=True, help="Print machine-readable JSON."),
    click.option("--debug", is_flag=True, help="Show the traceback of an error."),
]  # fmt: skip


def global_options(function: Callable[Concatenate[Options, P], R]) -> Callable[P, R]:
    """Give a command the global options and hand them to it as its first argument, `Options`.

    They may stand before or after the command's name; what stands after it wins.
    """

    @functools.wraps(function)
    def command(*args: P.args, **kwargs: P.kwargs) -> R:
        names = Options.__struct_fields__
        given: dict[str, Any] = {name: kwargs.pop(name) for name in names}
        meta = click.get_current_context().meta
        outer = meta.get(_META, Options())
        options = Options(**{name: getattr(outer, name) if _is_unset(given[name]) else given[name] for name in names})
        meta[_META] = options
        if options.debug:
            logging.basicConfig(level=logging.DEBUG)
        return function(options, *args, **kwargs)

    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def _is_unset(value: object) -> bool:
    return value is None or value is False or value == ()


def builder() -> Builder:
    """Who joins the parts."""
    made = click.get_current_context().find_root().obj
    assert made is not None, "the command line is run with a builder"
    return cast(Builder, made)


def run(group: click.Command, arguments: list[str] | None = None, builder: Builder | None = None) -> int:
    """Run the command line and return its exit code: every error a person can mend is one line on standard error."""
    try:
        return _result(group, arguments, builder)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.Abort:
        return _say("stopped: you pressed Ctrl+C", Exit.DONE)
    except click.UsageError as error:
        hint = error.ctx.command_path if error.ctx else "her-desktop"
        return _say(f"usage: {error.format_message()} (see {hint} --help)", Exit.BAD_INPUT)
    except click.ClickException as error:
        return _say(error.format_message(), Exit.BAD_INPUT)
    except BrokenPipeError:  # as in `her-desktop trace show | head`: whoever read has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(Exit.DONE)
    except Trouble as trouble:
        _trace(arguments)
        return _say(trouble.line, trouble.exit_code)
    except Exception as error:  # the outermost barrier
        _trace(arguments)
        return _say(f"unexpected: {type(error).__name__}: {error} (--debug shows where)", Exit.CHECK_FAILED)


def _result(group: click.Command, arguments: list[str] | None, builder: Builder | None) -> int:
    try:
        result = group.main(args=arguments, prog_name="her-desktop", standalone_mode=False, obj=builder)
    except SystemExit as stop:
        if "PacifyFlush" in type(sys.stdout).__name__:  # click's own end where whoever read has enough
            return int(Exit.DONE)
        return stop.code if isinstance(stop.code, int) else int(Exit.CHECK_FAILED)
    return result if isinstance(result, int) else int(Exit.DONE)


def _trace(arguments: list[str] | None) -> None:
    if "--debug" in (arguments or sys.argv):
        traceback.print_exc()


def _say(line: str, code: Exit) -> int:
    click.echo(f"her-desktop: {printable(' '.join(line.split()))}", err=True)
    return int(code)
