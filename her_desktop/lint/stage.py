"""Makes a state of what is assumed. Receives values of atoms; emits the state and the time in which they hold."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import datetime, timedelta

import msgspec

from her_desktop.dialogue.rules import Rule
from her_desktop.dialogue.state import SAFETY, OpenQuestion, State
from her_desktop.dialogue.techniques import techniques
from her_desktop.lint.atoms import SOMETHING, Atom, Value
from her_desktop.memory.facts import Fact, statement

TURNS, SESSION, TOPIC, HOUR, WEEKDAY, DAYS, TALKS, ASKED, WORDS = (
    Atom("turns"), Atom("session_turns"), Atom("topic"), Atom("hour"), Atom("weekday"), Atom("days"), Atom("talks"),
    Atom("asked"), Atom("word_count"),
)  # fmt: skip

Facts = Mapping[Atom, Value]


class Scene(msgspec.Struct, frozen=True):
    """A state, just after he was heard, and a time."""

    state: State
    now: datetime


class Stage:
    """Where scenes are set: the ids of all rules, and the time that it is where no condition asks for another."""

    def __init__(self, rules: Container[str], now: datetime) -> None:
        self._rules, self._now = rules, now

    def scene(self, facts: Facts, parent: str, topic: str | None, *, turns_matter: bool) -> Scene | None:
        """Set a scene.

        Args:
            facts: what is assumed; all else is as at the first sentence that she ever hears.
            parent: the rule whose question is open; empty for none.
            topic: the active topic; None where it follows from the rest.
            turns_matter: whether a condition asks for the number of turns; else there are as many as are needed.

        Returns:
            The scene; None where the assumptions cannot be true together.
        """
        spoke = self._spoke(facts)
        least = max([*spoke.values(), 1 if parent else 0]) + 1
        turns = _number(facts.get(TURNS), least)
        session = _number(facts.get(SESSION), turns)
        turns = turns if turns_matter else max(turns, least, session)
        if turns < max(least, session) or (parent and session < 2):
            return None
        if topic is None:
            topic = str(facts.get(TOPIC) or (_latest(spoke) if session > 1 else ""))
        state = State(
            turn=turns, session_turns=session, spoke={name: turns - ago for name, ago in spoke.items()}, topic=topic,
            facts={atom.subject: _fact(atom.subject, str(value)) for atom, value in facts.items()
                   if atom.kind == "fact" and value is not None},
            question=OpenQuestion(f"{turns - 1}:{parent}", parent, turns - 1) if parent else None,
        )  # fmt: skip
        now = self._time(facts)
        return Scene(self._counted(state, facts, now), now)

    def _counted(self, state: State, facts: Facts, now: datetime) -> State:
        """The same, with what is counted: days, conversations, how often something spoke, days since a fact."""
        told = {atom.subject: now - timedelta(days=_number(value, 0)) for atom, value in facts.items()
                if atom.kind == "since"}  # fmt: skip
        known = {name: _fact(name, SOMETHING) for name in told} | dict(state.facts)
        return msgspec.structs.replace(
            state, talks=_number(facts.get(TALKS), 1), began=now - timedelta(days=_number(facts.get(DAYS), 0)),
            talk_began=now - timedelta(minutes=max((_number(value, 0) for atom, value in facts.items()
                                                       if atom.kind == "minutes"), default=0)),
            heard="x " * _number(facts.get(WORDS), 5),
            said="?" * _number(facts.get(ASKED), 0),
            counts={name: _number(value, 0) for atom, value in facts.items() if atom.kind == "times"
                    for name in self._names(atom.subject)},
            facts={name: msgspec.structs.replace(fact, told_at=told.get(name, fact.told_at))
                   for name, fact in known.items()},
        )  # fmt: skip

    def _spoke(self, facts: Facts) -> dict[str, int]:
        """Turns since each rule, topic and technique spoke, by the names that the state has for them."""
        spoke: dict[str, int] = {}
        for atom, ago in facts.items():
            if atom.kind == "ago" and isinstance(ago, int):
                for name in self._names(atom.subject):
                    spoke[name] = min(ago, spoke.get(name, ago))
        return spoke

    def _names(self, subject: str) -> tuple[str, ...]:
        if subject in self._rules:
            return (subject, f"topic:{_topic(subject)}")
        if ":" in subject:
            return (subject,)
        return (f"technique:{subject}" if subject in techniques() else f"topic:{subject}",)

    def _time(self, facts: Facts) -> datetime:
        hour, today = _number(facts.get(HOUR), self._now.hour), self._now.isoweekday()
        return self._now.replace(hour=hour) + timedelta(days=_number(facts.get(WEEKDAY), today) - today)


def after(scene: Scene, rule: Rule) -> Facts:
    """What holds a turn after a rule spoke in a scene."""
    state = scene.state
    spoke = {name: state.turn - turn + 1 for name, turn in state.spoke.items()}
    spoke |= {rule.id: 1, f"topic:{_topic(rule.id)}": 1, **{f"technique:{name}": 1 for name in rule.spec.technique}}
    spoke |= {SAFETY: 1} if rule.tier == "safety" else {}
    known = {name: fact.object for name, fact in state.facts.items()}
    known |= {".".join(statement(name)): _taught(value) for name, value in rule.spec.learns.items()}
    return {
        TURNS: state.turn + 1, SESSION: state.session_turns + 1, TOPIC: _topic(rule.id), HOUR: scene.now.hour,
        WEEKDAY: scene.now.isoweekday(), TALKS: state.talks, ASKED: int(bool(rule.rejoinders)),
        **{Atom("ago", name): ago for name, ago in spoke.items()},
        **{Atom("fact", name): words for name, words in known.items()},
    }  # fmt: skip


def _topic(rule: str) -> str:
    return rule.split(".", maxsplit=1)[0]


def _latest(spoke: Mapping[str, int]) -> str:
    """The topic that spoke a turn ago."""
    return min(
        (name.removeprefix("topic:") for name, ago in spoke.items() if ago == 1 and "topic:" in name), default=""
    )


def _taught(value: str | bool | int) -> str:
    plain = value if isinstance(value, str) else str(value).lower()
    return SOMETHING if "{" in plain else plain


def _fact(name: str, words: str) -> Fact:
    subject, _, predicate = name.partition(".")
    return Fact(f"{name}@1", subject, predicate, words, 1, "", datetime(2026, 1, 1))


def _number(value: Value, otherwise: int) -> int:
    return value if isinstance(value, int) else otherwise
