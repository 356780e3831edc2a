"""A group some of whose commands are imported when they are wanted, so that everything else begins sooner."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any, cast

import click


class Later(click.Group):
    """A group of commands."""

    def __init__(self, *args: Any, later: Mapping[str, str], **kwargs: Any) -> None:
        """Take what a group takes.

        Args:
            args: of the group.
            later: name of each command that is imported when it is wanted, to the module that has it under this name.
            kwargs: of the group.
        """
        super().__init__(*args, **kwargs)
        self._later = later

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return sorted([*super().list_commands(ctx), *self._later])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name; None where there is none."""
        if cmd_name in self._later:
            module = importlib.import_module(self._later[cmd_name])
            return cast(click.Command, getattr(module, cmd_name.replace("-", "_")))
        return super().get_command(ctx, cmd_name)
