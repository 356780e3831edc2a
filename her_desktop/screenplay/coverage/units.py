"""What of a pack a screenplay can reach, part by part, and where it stands. Receives a rule book and its packs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Literal, get_args

import msgspec

from her_desktop.dialogue.book import RuleBook
from her_desktop.dialogue.conditions import Conditions
from her_desktop.dialogue.policy import conditions_of
from her_desktop.dialogue.rules import ACTS_PLAIN, PLAIN, Rule
from her_desktop.dialogue.state import State
from her_desktop.lint.sources import Source, Sources
from her_desktop.phrasing import SAFETY
from her_desktop.screenplay.coverage.todo import Reachable
from her_desktop.trace.lines import printable

Kind = Literal["rule", "wording", "condition", "rejoinder", "template", "plain"]
"""A rule at the top of a pack; what it says; what it needs; a rule that is heard as an answer alone; a line of `hears`;
and the wording that is said where the techniques of all others are switched off, of a rule or of an act."""

KINDS: tuple[Kind, ...] = get_args(Kind)

COUNTED: tuple[Kind, ...] = KINDS[:-1]
"""Kinds that make up the percentage of a pack. Plain wordings are told beside it."""

Key = tuple[Kind, str, str, int]


class Unit(msgspec.Struct, frozen=True, omit_defaults=True):
    """One part of a pack that can be reached, and how often it was."""

    kind: Kind
    file: str
    """The whole path; the name alone where the packs were not named."""
    line: int
    rule: str
    """Whose part it is; for the plain wording of an act, the act."""
    at: int = 0
    """Which of its kind in the rule, counted from 0; as `Reply.variant` counts for wordings."""
    text: str = ""
    """The wording, condition or template."""
    todo: str = ""
    """What would reach it."""
    times: int = 0
    """How often it was reached; for a condition, how often it was seen true."""
    other: int = 0
    """How often a condition was seen false; how often a wording was left out, as he had switched off what it uses."""
    herself: bool = False
    """Of a condition: whether its rule is one that she brings up herself, which is recorded only where she did so."""

    @property
    def key(self) -> Key:
        """What tells it from all others."""
        return self.kind, self.file, self.rule, self.at

    @property
    def branches(self) -> tuple[bool, ...]:
        """Of a condition, whether it was seen true, and false; of all others, whether it was reached."""
        return (self.times > 0, self.other > 0) if self.kind == "condition" else (self.times > 0,)

    @property
    def runs(self) -> int:
        """How often it was come by: a condition also where it was false."""
        return self.times + self.other if self.kind == "condition" else self.times


class Places:
    """Where the parts of rules stand in the packs as they are written."""

    def __init__(self, packs: Iterable[Path]) -> None:
        self._sources = Sources(packs)
        self._known = {name for source in self._sources.files for name, _, _ in source.rules()}

    def of(self, rule: Rule, *path: str | int) -> tuple[str, int]:
        """File and line of a part of a rule; those of the rule that it stands in where its pack was not named."""
        if rule.id not in self._known:
            file, _, line = rule.place.rpartition(":")
            return file, int(line)
        spot = self._sources.of(rule, *path)
        return printable(spot.file), spot.line

    def plains(self, book: RuleBook) -> Iterator[tuple[str, str, int]]:
        """Each act that has a plain wording, with file and line of it."""
        found: dict[str, tuple[Source, str]] = {}
        for source in self._sources.files:
            plains = source.data.get("plains")
            for act, text in plains.items() if isinstance(plains, dict) else ():
                if book.plains.get(act) == text:
                    found.setdefault(act, (source, act))
        for act, (source, _) in found.items():
            yield act, printable(str(source.path)), source.spot("plains", act).line


def sources(packs: Iterable[Path]) -> dict[str, str]:
    """The text of each pack file, by the path that units name."""
    return {printable(str(source.path)): source.text for source in Sources(packs).files}


def units(book: RuleBook, packs: Iterable[Path]) -> tuple[Unit, ...]:
    """Every part of a rule book that can be reached, by file and line."""
    places, reachable = Places(packs), Reachable(book)
    found = [unit for rule in book.rules.values() for unit in _of_rule(rule, places, reachable)]
    for act, file, line in places.plains(book):
        text = book.plains[act]
        found.append(Unit("plain", file, line, act, ACTS_PLAIN, text, reachable.acts_plain(act)))
    return tuple(sorted(found, key=in_order))


def in_order(unit: Unit) -> tuple[str, int, int, str, int]:
    """By file and line, and on one line rules first."""
    return unit.file, unit.line, KINDS.index(unit.kind), unit.rule, unit.at


def _of_rule(rule: Rule, places: Places, reachable: Reachable) -> Iterator[Unit]:
    kind: Kind = "rejoinder" if rule.parent else "rule"
    yield Unit(kind, *places.of(rule), rule.id, todo=reachable.rule(rule))
    for at in range(len(rule.spec.says)):
        where = places.of(rule, "says", at)
        yield Unit("wording", *where, rule.id, at, rule.saying(at).say, reachable.wording(rule, at))
    if rule.spec.plain and not _spared(rule):
        yield Unit("plain", *places.of(rule, "plain"), rule.id, PLAIN, rule.spec.plain, reachable.plain(rule))
    for at, (text, *path) in enumerate(_conditions(rule)):
        herself = rule.prompt in ("gambit", "follow_up")
        where = places.of(rule, *path)
        yield Unit("condition", *where, rule.id, at, str(text), reachable.condition(rule), herself=herself)
    for at, template in enumerate(rule.spec.hears):
        yield Unit("template", *places.of(rule, "hears", at), rule.id, at, template, reachable.template(rule))


def _spared(rule: Rule) -> bool:
    """Whether nothing of it is ever left out, whatever is switched off."""
    return rule.guards or rule.exhibit or rule.topic == SAFETY


def _conditions(rule: Rule) -> Iterator[tuple[str | int, ...]]:
    """What decides whether a rule may speak, in the order in which it is looked at, as the record writes it."""
    free = msgspec.structs.replace(rule, spec=msgspec.structs.replace(rule.spec, needs=()))
    for limit in conditions_of(free, Conditions(State(), datetime.min), {}):
        yield limit.text, "once" if limit.text == "once" else "cooldown_turns"
    for at, text in enumerate(rule.spec.needs):
        yield text, "needs", at
