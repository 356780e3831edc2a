"""`rules`: the tools of whoever writes what she says."""

from __future__ import annotations

import click

from her_desktop.cli.common import Options, global_options
from her_desktop.cli.later import Later

_LATER = {
    "bench": "her_desktop.cli.rules_bench",
    "check": "her_desktop.cli.rules_check",
    "robust": "her_desktop.cli.rules_check",
    "repertoire": "her_desktop.cli.rules_repertoire",
    "sample": "her_desktop.cli.rules_sample",
    "test": "her_desktop.cli.rules_test",
    "watch": "her_desktop.cli.rules_watch",
    "why-not": "her_desktop.cli.rules_test",
}


@click.group(cls=Later, later=_LATER)
@global_options
def rules(_options: Options) -> None:
    """For who writes her rules: check them, try them, and see why one did not answer.

    Name your own packs with --packs; without it, the shipped ones are meant. Only `watch` keeps what is said.
    """
