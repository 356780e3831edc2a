"""One rule as plain mappings for the window: what it hears and says, how that went, where it is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from her_desktop.dialogue.adaptation import named
from her_desktop.dialogue.book import RuleBook
from her_desktop.dialogue.rules import Quarantined, Rule
from her_desktop.memory.journal import Journal
from her_desktop.ui.pages.ledger_told import technique_told
from her_desktop.ui.pages.page import Told
from her_desktop.ui.pages.rules_catalog import Catalog
from her_desktop.ui.pages.rules_source import Source, kept_text, source, source_around

_SAID = {
    "rule": "a rule: heard at any time",
    "answer": "heard only as an answer to {above}",
    "follow_up": "brought up by herself, {after} after {above}",
    "gambit": "brought up by herself, where there is room",
    "confirm": "asks whether a half heard command was meant",
}


def told_node(catalog: Catalog, number: int, book: RuleBook, journal: Journal) -> Told:
    """All that is shown of a rule, of a pack, or of something broken."""
    node = catalog.nodes[number]
    if node.kind == "pack":
        below = catalog.nodes[number + 1 : number + 1 + node.size]
        broken = sum(one.kind == "broken" for one in below)
        return {"id": node.id, "kind": "pack", "said": f"{len(below) - broken} rules in the file {node.id}"}
    if node.kind == "broken":
        return _broken(next(one for one in book.quarantined if node.id == f"broken:{one.line}"), book, journal)
    return _rule(catalog, number, book, journal)


def _rule(catalog: Catalog, number: int, book: RuleBook, journal: Journal) -> Told:
    node = catalog.nodes[number]
    rule = book.rules[node.id]
    above = catalog.nodes[node.parent].id if node.depth > 1 else ""
    return {
        "id": rule.id,
        "kind": node.kind,
        "said": _SAID[node.kind].format(above=above, after=rule.after),
        "above": above,
        "facts": [{"term": f"rule_{name}", "value": value} for name, value in _facts(rule)],
        "techniques": [technique_told(name) for name in _techniques(rule)],
        "needs": list(rule.spec.needs),
        "hears": list(rule.spec.hears),
        "says": _says(rule, journal.received(rule.id)),
        "plain": rule.spec.plain or book.plains.get(rule.spec.act, ""),
        "plainOf": "its own" if rule.spec.plain else f"of every “{rule.spec.act}”",
        "samples": list(rule.spec.samples),
        "belonging": [*rule.rejoinders, *([rule.follow_up] if rule.follow_up else [])],
        "source": _source_told(rule_source(catalog, number, book, journal)),
    }


def _facts(rule: Rule) -> Iterator[tuple[str, str]]:
    """What holds of the rule, each under the name of its term."""
    spec = rule.spec
    yield "tier", rule.tier
    yield "priority", str(spec.priority)
    yield "act", spec.act
    yield "tone", spec.tone
    further: Mapping[str, Any] = {
        "skill": spec.skill,
        "learns": ", ".join(f"{name} = {value}" for name, value in spec.learns.items()),
        "once": "yes" if spec.once else "",
        "cooldown": f"{spec.cooldown_turns} turns" if spec.cooldown_turns else "",
        "volunteers": "a follow-up" if spec.volunteers == "follow_up" else "yes" if spec.volunteers else "",
        "ends": "yes" if spec.ends else "",
        "exhibit": "yes" if rule.exhibit else "",
    }
    yield from ((name, value) for name, value in further.items() if value)


def _techniques(rule: Rule) -> list[str]:
    """Those of the rule and of its wordings, each once."""
    own = (name for variant in range(len(rule.spec.says)) for name in rule.saying(variant).technique or ())
    return list(dict.fromkeys((*rule.spec.technique, *own)))


def _says(rule: Rule, received: Mapping[str, tuple[int, int]]) -> list[Told]:
    said = []
    for variant in range(len(rule.spec.says)):
        saying = rule.saying(variant)
        liked, counted = received.get(named(rule, variant), (0, 0))
        tone = f"tone {saying.tone}" if saying.tone != rule.spec.tone else ""
        well = f"received well {liked} of {counted} times" if counted else ""
        said.append({"say": saying.say, "note": " · ".join(part for part in (tone, well) if part)})
    return said


def _broken(broken: Quarantined, book: RuleBook, journal: Journal) -> Told:
    file, line, *_ = broken.place.split(":")
    text = kept_text(file, book.hashes, journal.file, broken.rule)
    found = source_around(text, file, int(line)) if text else Source(file, int(line))
    return {
        "id": broken.rule or broken.place,
        "kind": "broken",
        "said": "left out, as it is broken; all others work",
        "why": f"{broken.place}: {broken.why}",
        "source": _source_told(found),
    }


def rule_source(catalog: Catalog, number: int, book: RuleBook, journal: Journal) -> Source:
    """The lines in which a rule is written, as they are in force."""
    node = catalog.nodes[number]
    file, _, line = book.rules[node.id].place.rpartition(":")
    top = node.id if node.depth == 1 else catalog.nodes[[*catalog.above(number)][-2]].id
    text = kept_text(file, book.hashes, journal.file, top)
    path = [*_path(catalog, number, book)]
    return source(text, file, int(line), path) if text else Source(file, int(line))


def _path(catalog: Catalog, number: int, book: RuleBook) -> Iterator[str | int]:
    """What leads from the rule at the top of the pack to one that belongs to it."""
    node = catalog.nodes[number]
    if node.depth == 1:
        return
    yield from _path(catalog, node.parent, book)
    above = book.rules[catalog.nodes[node.parent].id]
    yield from ("expects", above.rejoinders.index(node.id)) if node.id in above.rejoinders else ("follow_up",)


def _source_told(found: Source) -> Told:
    """The lines with their numbers."""
    last = found.first + len(found.lines) - 1
    return {
        "where": f"{found.file}, line {found.first}" + (f" to {last}" if last > found.first else ""),
        "lines": [{"number": number, "text": line} for number, line in enumerate(found.lines, found.first)],
        "text": "\n".join(found.lines),
        "more": found.more,
    }
