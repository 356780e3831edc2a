"""How a wording can sound. Receives a rule's wording; emits it filled in, in the ways that matter for what it shows.

Every value there, and only those that it needs; numbers one and more; facts told just now, and facts of another day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import product

import msgspec

from her_desktop.dialogue.detectors import Said
from her_desktop.dialogue.rules import Rule
from her_desktop.events import Origin
from her_desktop.lint.work import Work
from her_desktop.memory.facts import SUBJECTS, statement
from her_desktop.nlg.realization import realize
from her_desktop.nlg.wording import Value, Wording, WordingError

_EXACT = {"number": "7", "duration": "PT10M", "date": "2026-01-09", "time": "18:30"}
_SOURCES = {"mirrored": "heard:0", "remembered": "user.name@1"}
_ONE = "1"
_KINDS = ("text", *_EXACT)


def realizations(work: Work, rule: Rule, wording: Wording, tone: str, skill: Origin = "computed") -> list[Said]:
    """A wording as it is said, each way once.

    Args:
        work: the packs.
        rule: whose wording it is.
        wording: one of its own, or a plain one.
        tone: in which it is said.
        skill: where the values of its skill come from, which may hand over his words, and facts.
    """
    told = frozenset(f"{'.'.join(statement(name))}@2" for name in rule.spec.learns)
    said = Said(
        (), rule.spec.act, tone, rule.spec.ends, work.language.code,
        0 if rule.prompt in ("gambit", "follow_up") else None, told,
    )  # fmt: skip
    found: dict[str, Said] = {}
    for names, kind, number in product((wording.names, wording.needs), _KINDS, (_EXACT["number"], _ONE)):
        values = dict(_values(work, rule, names, kind, number, skill))
        with suppress(WordingError):  # another way may do
            spans = realize(wording, values, f"{rule.id}#", work.conversation.idiom, work.now)
            found.setdefault(repr(spans), msgspec.structs.replace(said, spans=spans))
    return list(found.values())


def _values(
    work: Work, rule: Rule, names: Iterable[str], kind: str, number: str, skill: Origin
) -> Iterator[tuple[str, Value]]:
    told = {".".join(statement(name)) for name in rule.spec.learns}
    word = next(iter(work.fillers["text"]))
    for name in names:
        if name in rule.slot_types:
            yield name, _value(word, rule.slot_types[name], number, "mirrored", "heard:0")
        elif name.endswith("heard"):
            yield name, Value(word, "mirrored", "heard:0")
        elif name.partition(".")[0] in SUBJECTS:
            text = number if kind == "number" else word
            yield name, Value(text, "remembered", f"{name}@{2 if name in told else 1}")
        else:
            yield name, _value(word, kind, number, skill, _SOURCES.get(skill, f"skill:{rule.spec.skill}()"))


def _value(word: str, kind: str, number: str, origin: Origin, source: str) -> Value:
    exact = number if kind == "number" else _EXACT.get(kind, "")
    one = Value(exact or word, origin, source, canonical=exact, kind=kind)
    return msgspec.structs.replace(one, items=(one,) if number == _ONE else (one, one))
