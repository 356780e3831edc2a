"""Finds the rule that an author names, and tells the nearest names where there is none."""

from __future__ import annotations

from difflib import get_close_matches

from her_desktop.dialogue.book import RuleBook
from her_desktop.dialogue.rules import Quarantined, Rule
from her_desktop.trouble import Trouble


def named(book: RuleBook, name: str) -> Rule:
    """The rule of this name.

    Raises:
        Trouble: there is none, or it is broken and was left out.
    """
    if name in book.rules:
        return book.rules[name]
    if broken := left_out(book, name):
        raise Trouble(broken.place, f"{name} is left out: {broken.why}", "mend it first")
    raise unknown(book, name)


def left_out(book: RuleBook, name: str) -> Quarantined | None:
    """The broken rule of this name, or the one that it would be a part of."""
    return next((one for one in book.quarantined if one.rule and f"{name}/".startswith(f"{one.rule}/")), None)


def unknown(book: RuleBook, name: str) -> Trouble:
    """That there is no rule of this name, with the nearest ones."""
    names = [*book.rules, *(one.rule for one in book.quarantined if one.rule)]
    near = get_close_matches(name, names, n=3, cutoff=0.5)
    todo = f"did you mean {' or '.join(near)}?" if near else "a rule is named TOPIC.NAME, as in the packs"
    return Trouble(f"rule {name}", "there is none of this name", todo)
