"""Real help for the country that he has set; the table is `resources/help_lines.yaml`, and nothing in it is guessed."""

from __future__ import annotations

from functools import cache

import msgspec

from her_desktop.paths import resources
from her_desktop.skills.ask import Answer, Ask, computed

FILE = resources() / "help_lines.yaml"


class HelpLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One country's help, as she says it, and where that is known from."""

    says: str
    source: str


@cache
def table() -> dict[str, HelpLine]:
    """Country code to help; the empty code is for a country that was not set."""
    return msgspec.yaml.decode(FILE.read_bytes(), type=dict[str, HelpLine])


def lines(ask: Ask) -> Answer:
    """Whom to call."""
    says = table()[ask.country].says
    return computed("help.lines", f"country={ask.country or 'not set'}", help__line=says)
