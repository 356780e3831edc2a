"""The group of all commands; without one, the window."""

from __future__ import annotations

import os
import sys

import click
from click.shell_completion import get_completion_class

from her_desktop import __version__
from her_desktop.cli.common import Builder, Options, builder, global_options, run
from her_desktop.cli.later import Later
from her_desktop.cli.talk import chat, listen, say, talk
from her_desktop.trouble import Trouble

_LATER = {
    name: f"her_desktop.cli.{name}"
    for name in ("doctor", "memory", "models", "perform", "rules", "techniques", "trace")
}
"""Commands that are imported when they are wanted, so that a conversation begins sooner."""


@click.group(
    cls=Later, later=_LATER, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__, message="her-desktop %(version)s")
@global_options
def main(options: Options) -> int:
    """A voice companion that runs wholly on this machine, and shows how each of her replies was made.

    Without a command it opens the window; without a display, a typed conversation in the terminal. Try
    `her-desktop chat` to type, `her-desktop doctor` to see what works here.
    """
    context = click.get_current_context()
    return 0 if context.invoked_subcommand else _window(options)


def _window(options: Options) -> int:
    try:
        return builder().window(options)
    except Trouble as trouble:
        if trouble.what != "window":
            raise
        click.echo(f"her-desktop: {trouble.line}; here is the conversation in the terminal instead.", err=True)
        return talk(options)


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]), required=False)
def completion(shell: str | None) -> None:
    """Print the lines that make TAB complete commands: eval "$(her-desktop completion bash)"."""
    name = shell or os.path.basename(os.environ.get("SHELL", "bash"))  # noqa: PTH119 -- a name, not a file
    known = get_completion_class(name)
    if known is None:
        raise Trouble("completion", f"no lines for {name}", "name bash, zsh or fish")
    click.echo(known(main, {}, "her-desktop", "_HER_DESKTOP_COMPLETE").source())


for command in (chat, listen, say, completion):
    main.add_command(command)


def start(made: Builder) -> int:
    """Run the command line of this process."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    return run(main, None, made)
