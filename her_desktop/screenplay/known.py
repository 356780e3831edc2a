"""Receives the rules that a screenplay is performed by. Emits which names in it there are not."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from difflib import get_close_matches

from her_desktop.dialogue import conditions
from her_desktop.dialogue.book import RuleBook
from her_desktop.skills import SKILLS
from her_desktop.trouble import Trouble


class Known:
    """The names of rules, of their slots and wordings, of skills and of what conditions can see."""

    def __init__(self, book: RuleBook, as_loaded: Callable[[], RuleBook] | None = None) -> None:
        """Take the rules.

        Args:
            book: the rules that are performed.
            as_loaded: where one of them may have been changed or taken away to see who notices: the rules as their
                packs have them, whose names are names all the same.
        """
        self._book, self._as_loaded = book, as_loaded

    def no_rule(self, wanted: str) -> str:
        """Why a rule cannot be meant by this, in which `*` stands for any letters; empty where one can."""
        if any(wanted in book.rules if "*" not in wanted else _any(wanted, book.rules) for book in self._books()):
            return ""
        return f"there is no rule {wanted}{_near(wanted, self._book.rules)}"

    def no_wording(self, rule: str, number: int) -> str:
        """Why a rule cannot say its wording of this number (the first is 1); empty where it can."""
        if why := self.no_rule(rule):
            return why
        counts = [len(book.rules[rule].spec.says) for book in self._books() if rule in book.rules]
        return "" if number <= max(counts) else f"{rule} has {counts[0]} wording{'' if counts[0] == 1 else 's'}"

    def no_slot(self, rule: str, name: str) -> str:
        """Why a rule cannot have caught this slot; empty where it can."""
        slots = {slot for book in self._books() if rule in book.rules for slot in book.rules[rule].slot_types}
        return "" if name in slots else f"{rule} has no slot {name}{_near(name, slots)}"

    def no_name(self, rule: str, wanted: str) -> str:
        """Why no condition of a rule could have seen this; empty where one could."""
        if "*" in wanted:
            return "" if _seen(wanted) else f"conditions see no {wanted}"
        types: Mapping[str, str] = self._book.rules[rule].slot_types if rule in self._book.rules else {}
        try:
            conditions.check(f"({wanted}) == ({wanted})", types)
            told = ast.unparse(ast.parse(wanted, mode="eval"))
        except (ValueError, SyntaxError):
            return f"conditions see no {wanted}{_near(wanted, (*conditions.NAMES, *types))}"
        return "" if told == wanted else f"conditions show it as {told}"

    def _books(self) -> Iterator[RuleBook]:
        yield self._book
        if self._as_loaded:
            with suppress(Trouble):
                yield self._as_loaded()


def no_skill(wanted: str) -> str:
    """Why a skill cannot be meant by this; empty where one can."""
    return "" if _any(wanted, SKILLS) else f"there is no skill {wanted}{_near(wanted, SKILLS)}"


def like(wanted: str, found: str) -> bool:
    """Whether a value is the one that is wanted, in which `*` stands for any letters."""
    return re.fullmatch(".*".join(map(re.escape, wanted.split("*"))), found, re.DOTALL) is not None


def _any(wanted: str, names: Iterable[str]) -> bool:
    return any(like(wanted, name) for name in names)


def _seen(wanted: str) -> bool:
    head = wanted.partition("*")[0]
    calls = [f"{function}(" for function in conditions.FUNCTIONS]
    return _any(wanted, conditions.NAMES) or any(one.startswith(head) or head.startswith(one) for one in calls)


def _near(name: str, known: Iterable[str]) -> str:
    found = get_close_matches(name, list(known), n=2)
    return f" (did you mean {' or '.join(found)}?)" if found else ""
