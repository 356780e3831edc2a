"""Real help for the country that he has set; the table is `resources/help_lines.yaml`, and nothing in it is guessed."""

from __future__ import annotations

from functools import cache

import msgspec

from her_desktop.paths import resources
from her_desktop.skills.ask import Answer, Ask, computed

FILE = resources() / "help_lines.yaml"


class HelpLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One country's help, as she says it, and where that is known from."""

    says: dict[str, str]
    """Language code to her words, in the order in which they stand in the table."""
    source: str

    def language(self, wanted: str) -> str:
        """The language to say it in; where it is not there in the wanted one, the first: a foreign word helps too."""
        return wanted if wanted in self.says else next(iter(self.says))


@cache
def table() -> dict[str, HelpLine]:
    """Country code to help; the empty code is for a country that was not set."""
    return msgspec.yaml.decode(FILE.read_bytes(), type=dict[str, HelpLine])


def lines(ask: Ask) -> Answer:
    """Whom to call."""
    help_line = table().get(ask.country, table()[""])
    language = help_line.language(ask.language)
    asked = f"country={ask.country or 'not set'}, language={language}"
    return computed("help.lines", asked, help__line=help_line.says[language])
