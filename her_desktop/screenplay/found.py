"""What there was in a turn, for each kind of check: the values that an expectation is compared with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from her_desktop import events
from her_desktop.events import Decision, Entry, Reply, SkillCalled, StateChanged
from her_desktop.screenplay.performance import Played
from her_desktop.screenplay.script import Check

E = TypeVar("E", bound=Entry)

Named = tuple[str, str]
"""A name, such as a slot or a fact, and its value."""


class Scene:
    """A turn that was performed, and which rule had answered each turn before it."""

    def __init__(self, played: Played, rules: Mapping[int, str]) -> None:
        """Take the turn, and turn to rule, of all turns so far."""
        self.played, self.rules = played, rules

    def every(self, kind: type[E]) -> list[E]:
        """The entries of a kind, in their order."""
        return [one.entry for one in self.played.entries if isinstance(one.entry, kind)]

    def last(self, kind: type[E]) -> E | None:
        """The last entry of a kind."""
        return next(reversed(self.every(kind)), None)

    @property
    def reply(self) -> Reply | None:
        """What she said."""
        return self.last(Reply)

    @property
    def decision(self) -> Decision | None:
        """The decision by which she spoke."""
        return self.last(Decision)


def _of_reply(pick: Callable[[Reply], Iterable[str]]) -> Callable[[Scene], list[Named]]:
    return lambda scene: [("", value) for value in pick(scene.reply)] if scene.reply else []


def _each(kind: type[E], pick: Callable[[E], Iterable[str]]) -> Callable[[Scene], list[Named]]:
    return lambda scene: [("", value) for entry in scene.every(kind) for value in pick(entry)]


def _facts(kind: type[events.FactLearned | events.FactUsed | events.FactForgotten]) -> Callable[[Scene], list[Named]]:
    return lambda scene: [(f"{one.subject}.{one.predicate}", one.object) for one in scene.every(kind)]


def _caught(which: Callable[[Decision], Mapping[str, str]]) -> Callable[[Scene], list[Named]]:
    return lambda scene: list(which(scene.decision).items()) if scene.decision else []


def _wording(reply: Reply) -> Iterable[str]:
    return ("plain" if reply.variant < 0 else str(reply.variant + 1),)


def _explains(scene: Scene) -> list[Named]:
    turns = [turn for called in scene.every(SkillCalled) for turn in called.turns]
    return [("", scene.rules[turn]) for turn in turns if turn in scene.rules]


def _because(scene: Scene) -> list[Named]:
    conditions = [one for entry in scene.every(Decision) for one in entry.conditions]
    conditions += [one for brought in scene.every(events.Volunteered) for one in brought.conditions]
    return [(name, str(value)) for one in conditions for name, value in one.names.items()]


def _state(scene: Scene) -> list[Named]:
    if scene.reply and scene.reply.ends:
        return [("", "ended"), *([("", last.state)] if (last := scene.last(StateChanged)) else [])]
    last = scene.last(StateChanged)
    return [("", last.state if last else "listening")]


def _origins(scene: Scene) -> list[Named]:
    """Each span of her words, with where it comes from."""
    return [(span.text, span.origin) for span in scene.reply.spans] if scene.reply else []


FOUND: Mapping[Check, Callable[[Scene], list[Named]]] = {
    "rule": _of_reply(lambda reply: (reply.rule,)),
    "act": _of_reply(lambda reply: (reply.act,)),
    "tier": lambda scene: [("", scene.decision.tier)] if scene.decision else [],
    "tone": _of_reply(lambda reply: (reply.tone,)),
    "wording": _of_reply(_wording),
    "slot": _caught(lambda decision: decision.slots),
    "value": _caught(lambda decision: decision.values),
    "learns": _facts(events.FactLearned),
    "uses": _facts(events.FactUsed),
    "forgets": _facts(events.FactForgotten),
    "technique": _of_reply(lambda reply: reply.techniques),
    "suppresses": _each(events.Suppressed, lambda one: one.techniques),
    "mentions": _of_reply(lambda reply: (reply.text,)),
    "says": _of_reply(lambda reply: (reply.text,)),
    "matches": _of_reply(lambda reply: (reply.text,)),
    "origin": _origins,
    "skill": _each(SkillCalled, lambda called: (called.skill,)),
    "asks": lambda scene: [("", scene.played.asks)] if scene.played.asks else [],
    "holds": _each(events.CommandHeld, lambda held: (held.rule,)),
    "plans": _each(events.FollowUpPlanned, lambda plan: (plan.rule,)),
    "brings up": _each(events.Volunteered, lambda brought: (brought.rule,)),
    "explains": _explains,
    "because": _because,
    "heard": lambda scene: [("", scene.played.heard.text)] if scene.played.heard else [],
    "state": _state,
    "within": lambda scene: [("", f"{scene.played.took_ms:.0f} ms")],
}
"""For each kind of check, what there was: pairs of a name (often empty) and a value."""


def words(text: str) -> str:
    """A text as it is compared: one space between words."""
    return " ".join(text.split())


def bare(text: str) -> str:
    """The same without letter case and punctuation."""
    return " ".join(re.findall(r"[\w'’]+", text.casefold().replace("’", "'")))


def origins_of(wanted: str, reply: Reply) -> set[str]:
    """Where some words of hers come from: the origins of all spans that hold a letter of their first occurrence."""
    begins = reply.text.casefold().find(wanted.casefold())
    if begins < 0:
        return set()
    found, at = set(), 0
    for span in reply.spans:
        if at < begins + len(wanted) and begins < at + len(span.text) and span.text.strip():
            found.add(str(span.origin))
        at += len(span.text)
    return found
