"""What would reach a part of a pack: one plain sentence, in the words of a screenplay. Receives a rule book."""

from __future__ import annotations

from collections.abc import Iterator

from her_desktop.dialogue.book import RuleBook
from her_desktop.dialogue.rules import Rule
from her_desktop.dialogue.techniques import switchable
from her_desktop.memory.facts import SUBJECTS


class Reachable:
    """How the parts of one rule book are come by."""

    def __init__(self, book: RuleBook) -> None:
        self._planned_by = {rule.follow_up: rule.id for rule in book.rules.values() if rule.follow_up}

    def rule(self, rule: Rule) -> str:
        """What makes a rule speak."""
        needs = f" It needs {' and '.join(rule.spec.needs)}." if rule.spec.needs else ""
        return f"{_capital(self._line(rule))}.{needs}"

    def wording(self, rule: Rule, at: int) -> str:
        """What makes it say one of its wordings."""
        needs = rule.wordings[at].needs
        facts = sorted(name for name in needs if name.partition(".")[0] in SUBJECTS and "." in name)
        given = [f"[[given wording: {rule.id} {at + 1}]]", *(f"[[given fact: {name} = …]]" for name in facts)]
        others = sorted(needs.difference(facts, ("heard",)))
        only = f" It can be said only where there is {' and '.join(others)}." if others else ""
        return f"{' '.join(given)}, then {self._line(rule)}.{only}"

    def plain(self, rule: Rule) -> str:
        """What makes it say the plain one."""
        used = {name for at in range(len(rule.spec.says)) for name in rule.saying(at).technique or ()}
        off = " ".join(f"[[off: {name}]]" for name in sorted(used & switchable()))
        return f"{off or 'Switch off what its wordings use'}, then {self._line(rule)}."

    def acts_plain(self, act: str) -> str:
        """What makes the plain wording of an act be said."""
        return f"Switch off every technique that a rule of the act {act} without a plain wording of its own uses."

    def condition(self, rule: Rule) -> str:
        """What makes her look at the conditions of a rule."""
        return f"{_capital(self._line(rule))}."

    def template(self, rule: Rule) -> str:
        """What makes one of its templates win."""
        return f"{f'Answer {rule.parent} with' if rule.parent else 'Say'} something that fits it."

    def _line(self, rule: Rule) -> str:
        return " ".join(self._words(rule))

    def _words(self, rule: Rule) -> Iterator[str]:
        match rule.prompt:
            case "gambit":
                yield "let the talk come to a stop, so that she brings it up:"
                yield f"[[brings up: {rule.id}]]"
            case "follow_up":
                yield f"let {self._planned_by.get(rule.id, 'a rule')} answer, [[wait: {rule.after}]]"
                yield "and say something that leaves room for it"
            case "confirm":
                yield "say a command that does something, with one of its words heard wrong"
            case _ if rule.parent:
                yield f"answer {rule.parent} with “{rule.spec.samples[0]}”"
            case _:
                yield f"say “{rule.spec.samples[0]}”"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
