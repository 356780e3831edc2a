"""She chooses a name for herself, by a die, from the list of names in `resources/her_names.yaml`."""

from __future__ import annotations

from functools import cache

import msgspec

from her_desktop.events import FactLearned
from her_desktop.paths import resources
from her_desktop.skills.ask import Answer, Ask, computed

NAME = "she.name"
"""The fact under which it is kept."""


@cache
def names(language: str) -> tuple[str, ...]:
    """The names that she may choose from."""
    found = msgspec.yaml.decode((resources() / "her_names.yaml").read_bytes(), type=dict[str, tuple[str, ...]])
    return found.get(language, ())


def choose(ask: Ask) -> Answer:
    """A name other than the one that she has, as `naming.name`, and kept. The die and the list stand in the record."""
    before = ask.facts.get(NAME)
    free = [name for name in names(ask.language) if not before or name != before.object]
    if not free:
        return Answer("no names in this language", {})
    chosen = free[int(ask.die * len(free))]
    asked = f"the die shows {ask.die:.4f}: number {free.index(chosen) + 1} of {', '.join(free)}"
    learned = FactLearned(
        fact=f"{NAME}@{ask.turn}", subject="she", predicate="name", object=chosen, source_turn=ask.turn,
        words=ask.heard, told_at=ask.now, replaces=before.id if before else "",
    )  # fmt: skip
    return msgspec.structs.replace(computed("naming.choose", asked, naming__name=chosen), done=(learned,))
