"""The rule book: every rule in force, decoded when it is wanted, and how it is kept in a file for the next time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import copy

import msgspec

from her_desktop.dialogue.rules import Quarantined, Rule
from her_desktop.nlu.index import Needs
from her_desktop.nlu.program import Program
from her_desktop.shelf import Shelf, Stored


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """A rule book as it is written to a file. The key names all that it was made from."""

    key: str
    ids: tuple[str, ...]
    rules: Stored
    programs: Stored
    owners: tuple[int, ...]
    parents: dict[str, str]
    opens_with: dict[str, str]
    needs: Needs
    unprompted: tuple[str, ...]
    guards: bool
    quarantined: tuple[Quarantined, ...]
    hashes: dict[str, str]
    plains: dict[str, str]


class Rules(Mapping[str, Rule]):
    """Rules by id."""

    def __init__(self, ids: tuple[str, ...], shelf: Shelf[Rule]) -> None:
        self._number = {name: number for number, name in enumerate(ids)}
        self.shelf = shelf
        self.instead: Mapping[str, Rule] = {}
        """Rules that stand instead of those on the shelf."""

    def __getitem__(self, name: str) -> Rule:
        return self.instead[name] if name in self.instead else self.shelf[self._number[name]]

    def __contains__(self, name: object) -> bool:
        return name in self._number

    def __iter__(self) -> Iterator[str]:
        return iter(self._number)

    def __len__(self) -> int:
        return len(self._number)


class RuleBook:
    """Every rule in force by id, their compiled templates, what was left out, and the hash of each file."""

    def __init__(self, kept: Kept) -> None:
        """Open a book."""
        self.rules = Rules(kept.ids, Shelf.from_stored(Rule, kept.rules))
        self.programs: Shelf[Program] = Shelf.from_stored(Program, kept.programs)
        self.owners: list[str] = [kept.ids[number] for number in kept.owners]
        """For each template, the id of its rule."""
        self.parents, self.needs = kept.parents, kept.needs
        self.opens_with = kept.opens_with
        """Rule id to what must be there before it is heard: a question, or a topic."""
        self.unprompted = kept.unprompted
        """Ids of gambits and of confirmations."""
        self.guards = kept.guards
        """Whether there is a rule of the safety tier."""
        self.quarantined, self.hashes = kept.quarantined, kept.hashes
        """What was left out; file name to SHA-256."""
        self.plains = kept.plains
        """Dialogue act to the plain wording of rules that have none of their own."""


def with_rule(book: RuleBook, rule: Rule) -> RuleBook:
    """The same book, with another version of one of its rules: all but what it hears may differ."""
    changed = copy(book)
    changed.rules = copy(book.rules)
    changed.rules.instead = {**book.rules.instead, rule.id: rule}
    return changed
