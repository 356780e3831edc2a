"""Where each word of a reply came from, in plain words, and whether that place exists. Reads the spans of the reply."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from her_desktop.dialogue.book import RuleBook
from her_desktop.dialogue.rules import Rule
from her_desktop.events import Decision, FactLearned, Origin, Span
from her_desktop.language import Language
from her_desktop.memory.facts import Fact
from her_desktop.nlg.parse import parse_wording
from her_desktop.nlg.wording import FILTERS, Optional, Part, Plural
from her_desktop.trace.alterations import surfaces
from her_desktop.trace.turns import SavedTurn
from her_desktop.trace.word_sources import CALLED, HEARD, how

_WORD = re.compile(r"\S+")
_AUTHOR = re.compile(r"(?P<rule>.+)#(?P<variant>\d+|plain(?:\.(?P<act>[\w.]+))?)(?P<case>\|.*)?")


class WordOrigin(msgspec.Struct, frozen=True):
    """One word of a reply and where it came from."""

    word: str
    origin: Origin
    source: str
    """As the span names it."""
    told: str
    """The same in plain words; empty where nothing of that name exists."""


def origins(turn: SavedTurn, book: RuleBook, language: Language) -> tuple[WordOrigin, ...]:
    """Each word of a turn's reply with its origin, in order."""
    resolver = _Resolver(turn, book, language)
    told = {span.source: resolver.told(span) for span in turn.reply.spans}
    return tuple(
        WordOrigin(word, span.origin, span.source, told[span.source]) for word, span in words(turn.reply.spans)
    )


def dangling(turn: SavedTurn, book: RuleBook, language: Language) -> tuple[str, ...]:
    """What is wrong with the origins of a turn's reply; nothing where every word has one, and each exists."""
    resolver = _Resolver(turn, book, language)
    wrong = [f"“{span.text}” comes from {span.source}, which is not there" for span in turn.reply.spans
             if not resolver.told(span)]  # fmt: skip
    if "".join(span.text for span in turn.reply.spans) != turn.reply.text:
        wrong.append("the texts of the spans are not the reply")
    return tuple(wrong)


def words(spans: tuple[Span, ...]) -> Iterator[tuple[str, Span]]:
    """Each word of a reply with the span that most of its letters are from; of two alike, the first."""
    letters = [span for span in spans for _ in span.text]
    for found in _WORD.finditer("".join(span.text for span in spans)):
        of = letters[found.start() : found.end()]
        yield found.group(), max(of, key=lambda span: sum(other is span for other in of))


class _Resolver:
    """Looks up what the sources of spans name."""

    def __init__(self, turn: SavedTurn, book: RuleBook, language: Language) -> None:
        self._turn, self._book = turn, book
        decisions = [one.entry for one in turn.entries if isinstance(one.entry, Decision)]
        self._heard = surfaces(turn.heard.alternatives[decisions[0].alternative].text, language)
        self._held = surfaces(turn.before.held, language)
        self._repaired = any(decision.repairs for decision in decisions)
        learned = (one.entry for one in turn.entries if isinstance(one.entry, FactLearned))
        self._facts: Mapping[str, Fact | FactLearned] = {
            **{fact.id: fact for kept in turn.before.facts.values() for fact in (*kept.earlier, kept)},
            **{fact.fact: fact for fact in learned},
        }  # fmt: skip
        self._skills = {(c.skill, c.input) for c in turn.skills}

    def told(self, span: Span) -> str:
        """Where a span came from, in plain words; empty where that is not there."""
        match span.origin:
            case "author":
                return self._author(span)
            case "mirrored":
                return self._mirrored(span.source)
            case "remembered":
                return self._remembered(span.source)
        return self._computed(span.source)

    def _author(self, span: Span) -> str:
        found = _AUTHOR.fullmatch(span.source)
        if not found or found["rule"] not in self._book.rules:
            return ""
        rule = self._book.rules[found["rule"]]
        written = _written(rule, found["variant"], self._book.plains)
        if not written or not _words(span.text) <= _words(_text(written)):
            return ""
        return {
            "plain": f"written beforehand, the plain wording of {rule.id}",
            "act": f"written beforehand, the plain wording for {found['act']}",
        }.get("act" if found["act"] else found["variant"]) or (
            f"written beforehand, wording {int(found['variant']) + 1} of {rule.id}"
        )

    def _mirrored(self, source: str) -> str:
        found = HEARD.fullmatch(source)
        if not found:
            return ""
        if found["turn"]:
            return f"your words of turn {found['turn']}" if 0 < int(found["turn"]) < self._turn.number else ""
        if not found["words"]:
            return "your words, as they were repaired" if self._repaired else ""
        there = self._held if found["from"] == "held" else self._heard
        indices = [int(at) for at in found["words"].split(",")]
        if max(indices) >= len(there):
            return ""
        what = " ".join(there[at] for at in indices)
        before = " of the turn before" if found["from"] == "held" else ""
        return f"your own word{'s' * (len(indices) > 1)}{before}, “{what}”{how(found['how'])}"

    def _remembered(self, source: str) -> str:
        name, *_ = source.split("|")
        fact = self._facts.get(name)
        if not fact:
            return ""
        where = (
            f"in turn {fact.source_turn}" if fact.source_turn else f"on {fact.told_at:%Y-%m-%d}, and brought it along"
        )
        return f"remembered: you said “{fact.words}” {where}"

    def _computed(self, source: str) -> str:
        found = CALLED.fullmatch(source)
        if not found:
            return ""
        if found["kind"] == "filter":
            known = found["name"] in FILTERS or found["name"] == "and"
            return f"worked out by the wording’s “{found['name']}” from {found['input']}" if known else ""
        called = (found["name"], found["input"]) in self._skills
        return f"worked out by the skill {found['name']} from {found['input'] or 'nothing'}" if called else ""


def _written(rule: Rule, variant: str, plains: Mapping[str, str]) -> str:
    if variant.startswith("plain."):
        return plains.get(variant.removeprefix("plain."), "")
    if variant == "plain":
        return rule.spec.plain
    at = int(variant)
    return rule.saying(at).say if at < len(rule.spec.says) else ""


def _text(wording: str) -> str:
    """What an author wrote, without the holes."""
    return " ".join(_texts(parse_wording(wording).parts))


def _texts(parts: Iterable[Part]) -> Iterator[str]:
    for part in parts:
        match part:
            case str():
                yield part
            case Optional():
                yield from _texts(part.parts)
            case Plural():
                for case in part.cases.values():
                    yield from _texts(case)


def _words(text: str) -> set[str]:
    """A capital may be put in when it is said."""
    return set(re.findall(r"\w+", text.casefold()))
