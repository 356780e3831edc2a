"""States in which rules may speak. Receives rules; emits a state and a time in which all their conditions are true.

The search goes from the plainest state, a first sentence to somebody who knows nothing, to those with the fewest
differences from it. For an answer to a question, the question is open: its rule has just spoken, as the state says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import combinations, product

import msgspec

from her_desktop.dialogue import conditions
from her_desktop.dialogue.book import RuleBook
from her_desktop.dialogue.conditions import Conditions
from her_desktop.dialogue.policy import conditions_of
from her_desktop.dialogue.rules import Rule
from her_desktop.lint.atoms import Atom, Value, atoms, counts, named
from her_desktop.lint.stage import TURNS, Facts, Scene, Stage, after

BEGINS = datetime(2026, 1, 7, 15)
"""The time of checks, where none is named: a Wednesday afternoon. Findings must be the same on every day."""

_MOST_TRIES = 3_000
"""All states that differ from the plain one in two things are among so many, for conditions of any usual size."""

_Key = tuple[object, ...]


class Role(msgspec.Struct, frozen=True):
    """A rule, and what its slots caught."""

    rule: Rule
    slots: Mapping[str, str | float] = {}

    @property
    def key(self) -> tuple[object, ...]:
        """What tells it from others."""
        return (self.rule.id, *sorted(self.slots.items()))

    def may_speak(self, scene: Scene) -> bool:
        """Whether its conditions are true; one about slots that are not known yet does not count."""
        known = conditions.NAMES.keys() | self.slots
        needs = tuple(need for need in self.rule.spec.needs if named(need) <= known)
        rule = msgspec.structs.replace(self.rule, spec=msgspec.structs.replace(self.rule.spec, needs=needs))
        return all(condition.value for condition in conditions_of(rule, Conditions(scene.state, scene.now), self.slots))


def conditional(rule: Rule) -> bool:
    """Whether a rule may not always speak."""
    return bool(rule.spec.needs or rule.spec.once or rule.spec.cooldown_turns)


class Scenes:
    """Finds scenes for the rules of one book."""

    def __init__(self, book: RuleBook, now: datetime = BEGINS) -> None:
        self._book, self._stage = book, Stage(book.rules, now)
        self._after: dict[str, Facts | None] = {"": {}}
        self._known: dict[_Key, Scene | None] = {}
        self._given_up = set[_Key]()

    def find(self, speak: Sequence[Role], silent: Sequence[Role] = (), topic: str | None = None) -> Scene | None:
        """The plainest scene in which some rules may speak and others may not.

        Args:
            speak: rules that may be heard at the same time: top rules, and answers to one question.
            silent: rules that must be kept back by their conditions.
            topic: the active topic; None where it is whatever follows from the rest.

        Returns:
            The scene; None where none was found.
        """
        key = _key(speak, silent, topic)
        if key not in self._known:
            self._known[key] = self._search(speak, silent, topic, key)
        return self._known[key]

    def sure(self, speak: Sequence[Role], silent: Sequence[Role] = (), topic: str | None = None) -> bool:
        """Whether a scene that was not found cannot be: all states that differ for these conditions were tried."""
        sums = any(counts(need) for role in (*speak, *silent) for need in role.rule.spec.needs)
        return not sums and _key(speak, silent, topic) not in self._given_up

    def _search(self, speak: Sequence[Role], silent: Sequence[Role], topic: str | None, key: _Key) -> Scene | None:
        parent = _parent(speak)
        plain = self._plain(parent)
        if plain is None:
            return None
        choices = _choices((*speak, *silent))
        for tries, facts in enumerate(_departing(plain, choices)):
            if tries == _MOST_TRIES:
                self._given_up.add(key)
                break
            scene = self._stage.scene(facts, parent, topic, turns_matter=TURNS in choices)
            if scene and _holds(scene, speak, silent):
                return scene
        return None

    def _plain(self, parent: str) -> Facts | None:
        """What holds before anything is assumed: nothing, or that the parent has just spoken; None if it never can."""
        if parent not in self._after:
            rule = self._book.rules[parent]
            before = self.find([Role(rule)])
            self._after[parent] = after(before, rule) if before else None
        return self._after[parent]


def _holds(scene: Scene, speak: Sequence[Role], silent: Sequence[Role]) -> bool:
    return all(role.may_speak(scene) for role in speak) and not any(role.may_speak(scene) for role in silent)


def _key(speak: Sequence[Role], silent: Sequence[Role], topic: str | None) -> _Key:
    """What a search depends on: rules without conditions do not count."""
    asked = [[role.key for role in roles if conditional(role.rule)] for roles in (speak, silent)]
    return (_parent(speak), topic, *map(tuple, asked))


def _parent(speak: Sequence[Role]) -> str:
    return next((role.rule.parent for role in speak if role.rule.parent), "")


def _choices(roles: Sequence[Role]) -> dict[Atom, dict[Value, None]]:
    """All that the conditions of some rules ask for, with the values that could matter."""
    choices: dict[Atom, dict[Value, None]] = {}
    for role in roles:
        for atom, value in atoms(role.rule.spec, role.rule.id):
            choices.setdefault(atom, {})[value] = None
    if TURNS in choices:
        spoke = (value for atom, values in choices.items() if atom.kind == "ago" for value in values)
        choices[TURNS] |= {ago + 1: None for ago in spoke if isinstance(ago, int)}
    return choices


def _departing(plain: Facts, choices: Mapping[Atom, Mapping[Value, None]]) -> Iterator[Facts]:
    """Assumptions, those with the fewest differences from the plain ones first."""
    for differences in range(len(choices) + 1):
        for changed in combinations(choices, differences):
            others = ([value for value in choices[atom] if value != plain.get(atom)] for atom in changed)
            for values in product(*others):
                yield {**plain, **dict(zip(changed, values, strict=True))}
