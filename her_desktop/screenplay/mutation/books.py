"""A conversation with one rule changed or gone, as if its packs had been loaded that way, but without loading them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import reduce
from typing import overload

import msgspec

from her_desktop.conversation import Conversation
from her_desktop.dialogue.book import RuleBook, Rules, with_rule
from her_desktop.dialogue.rules import Rule
from her_desktop.nlu.index import Needs
from her_desktop.nlu.interpret import Grammar
from her_desktop.nlu.program import Program
from her_desktop.screenplay.mutation.needs import Tally
from her_desktop.shelf import Shelf


class Programs(Shelf[Program]):
    """A shelf of templates with some that stand instead of those on it."""

    def __init__(self, shelf: Shelf[Program], instead: Mapping[int, Program]) -> None:
        self._shelf, self._instead = shelf, instead

    def __len__(self) -> int:
        return len(self._shelf)

    @overload
    def __getitem__(self, at: int) -> Program: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Program]: ...
    def __getitem__(self, at: int | slice) -> Program | Sequence[Program]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        return self._instead[at] if at in self._instead else self._shelf[at]


class _Fewer(Rules):
    """Rules without some of them."""

    def __init__(self, rules: Rules, gone: Collection[str]) -> None:
        super().__init__(tuple(rules), rules.shelf)
        self._number = {name: number for name, number in self._number.items() if name not in gone}


def changed(
    conversation: Conversation, rules: Iterable[Rule], programs: Mapping[int, Program], tally: Tally
) -> Conversation:
    """The conversation with other versions of some rules.

    Args:
        conversation: as loaded.
        rules: the other versions, each with the numbers of its templates as they are in the book.
        programs: those of their templates that are others, by their number.
        tally: of the book.
    """
    rules = tuple(rules)
    book = reduce(with_rule, rules, conversation.book)
    opens = {rule.id: rule.opens_with for rule in rules}
    rebound = any(opens[name] != conversation.book.opens_with.get(name, "") for name in opens)
    if not (programs or rebound):
        return msgspec.structs.replace(conversation, book=book)
    kept = {name: key for name, key in book.opens_with.items() if name not in opens}
    book.opens_with = kept | {name: key for name, key in opens.items() if key}
    book.programs = Programs(book.programs, programs)
    book.needs = tally.changed({at: program.needs for at, program in programs.items()})
    return _with(conversation, book)


def without(conversation: Conversation, names: Iterable[str], tally: Tally) -> Conversation:
    """The conversation without some rules, all that is heard only as an answer to them, and their follow-ups.

    The numbers of templates stay: those of rules that are gone can never be found.
    """
    before = conversation.book
    gone = frozenset(inner for name in names for inner in _with_inner(before.rules, name))
    book = copy(before)
    book.rules = _Fewer(before.rules, gone)
    book.rules.instead = {rule.id: rule for name in gone for rule in _around(before.rules, name, gone)}
    dead = [at for at, owner in enumerate(before.owners) if owner in gone]
    left = next((owner for owner in before.owners if owner not in gone), "")
    book.owners = [left if owner in gone else owner for owner in before.owners]
    book.parents = {child: parent for child, parent in before.parents.items() if child not in gone}
    book.opens_with = {name: opens for name, opens in before.opens_with.items() if name not in gone}
    book.unprompted = tuple(other for other in before.unprompted if other not in gone)
    guarding = any(before.rules[other].tier == "safety" for other in gone)
    book.guards = any(rule.tier == "safety" for rule in book.rules.values()) if guarding else before.guards
    book.needs = tally.changed(dict.fromkeys(dead))
    return _with(conversation, book)


def _with_inner(rules: Mapping[str, Rule], name: str) -> Iterator[str]:
    yield name
    for inner in filter(None, (*rules[name].rejoinders, rules[name].follow_up)):
        yield from _with_inner(rules, inner)


def _around(rules: Mapping[str, Rule], name: str, gone: Collection[str]) -> Iterator[Rule]:
    """The rule that a rule stands in, where it stays, without what is gone."""
    around = name.rpartition("/")[0]
    if around and around not in gone:
        rule = rules[around]
        rejoinders = tuple(child for child in rule.rejoinders if child not in gone)
        later = "" if rule.follow_up in gone else rule.follow_up
        yield msgspec.structs.replace(rule, rejoinders=rejoinders, follow_up=later)


def _with(conversation: Conversation, book: RuleBook) -> Conversation:
    needs: Needs = book.needs
    grammar = Grammar(conversation.language, book.programs, book.owners, book.opens_with, needs)
    return msgspec.structs.replace(conversation, book=book, grammar=grammar)
