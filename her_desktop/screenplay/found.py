"""What there was in a turn, for each kind of check: the values that an expectation is compared with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from her_desktop import events
from her_desktop.events import Decision, Entry, Reply, SkillCalled
from her_desktop.screenplay.performance import Played
from her_desktop.screenplay.script import Check

E = TypeVar("E", bound=Entry)

ASLEEP = "asleep"

Named = tuple[str, str]
"""A name, such as a slot or a fact, and its value."""


_QUOTES = str.maketrans("\u2019\u2018“”„", '\'\'"""')
_JOINED = re.compile(r"(?<=[^\W\d])[-\u2010\u2011\u2013](?=[^\W\d])|—")
"""A hyphen between letters, and a dash: neither is heard."""
_OPENS = "\"'…"
_CLOSES = ".,;:!?…\"'"


class Scene:
    """A turn that was performed."""

    def __init__(self, played: Played) -> None:
        """Take the turn."""
        self.played = played

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
    rules = scene.played.rules
    return [("", rules[turn]) for turn in turns if turn in rules]


def _because(scene: Scene) -> list[Named]:
    conditions = [one for entry in scene.every(Decision) for one in entry.conditions]
    conditions += [one for brought in scene.every(events.Volunteered) for one in brought.conditions]
    return [(name, str(value)) for one in conditions for name, value in one.names.items()]


def _state(scene: Scene) -> list[Named]:
    mode = scene.played.mode
    ended = mode == ASLEEP and scene.reply is not None and scene.reply.ends
    return [("", one) for one in (mode, "ended" if ended else "") if one]


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
    """The same without letter case and the punctuation of sentences; other signs stay, for 3 + 4 is not 3 - 4."""
    apart = _JOINED.sub(" ", _same_quotes(text).casefold())
    return " ".join(word for one in apart.split() if (word := one.lstrip(_OPENS).rstrip(_CLOSES)))


def occurrences(wanted: str, text: str) -> Iterator[tuple[int, int]]:
    """Where whole words stand in a text, in whatever case: begin and end of each place. Signs are those wanted."""
    pattern = r"\s+".join(map(re.escape, _same_quotes(wanted).split()))
    begins = r"(?<!\w)" if pattern[:1].isalnum() else ""
    ends = r"(?!\w)" if pattern[-1:].isalnum() else ""
    found = re.finditer(f"(?={begins}({pattern}){ends})", _same_quotes(text), re.IGNORECASE) if pattern else ()
    return (one.span(1) for one in found)


def origins_of(wanted: str, reply: Reply) -> list[frozenset[str]]:
    """Where some words of hers come from, for each time that she said them."""
    return [frozenset(_origins_between(reply, *place)) for place in occurrences(wanted, reply.text)]


def _origins_between(reply: Reply, begins: int, ends: int) -> Iterator[str]:
    at = 0
    for span in reply.spans:
        if span.text[max(0, begins - at) : max(0, ends - at)].strip():
            yield str(span.origin)
        at += len(span.text)


def _same_quotes(text: str) -> str:
    return text.translate(_QUOTES)
