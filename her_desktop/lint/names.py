"""Names that nothing stands behind, and things that nothing names.

Receives packs; emits lists that no template uses, facts that no rule learns, and subjects that are not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from her_desktop.dialogue.rules import Rule
from her_desktop.dialogue.state import SAFETY
from her_desktop.dialogue.techniques import techniques
from her_desktop.lint.atoms import asked, compared
from her_desktop.lint.finding import Finding
from her_desktop.lint.sources import Key, strings
from her_desktop.lint.work import Work
from her_desktop.memory.facts import SUBJECTS, statement

_REFERENCE = re.compile(r"~(?P<concept>[^\s\[\](){}<>|;~*!^$]+)|<(?P<expansion>[a-z_]\w*)>")
_FACT = re.compile(rf"\b(?:{'|'.join(SUBJECTS)})\.\w+")


def unused(work: Work) -> Iterator[Finding]:
    """Concepts and expansions that no template needs, not even by way of another one."""
    held = {("concepts", name): strings(list(words)) for name, words in work.lexicon.concepts.items()}
    held |= {("expansions", name): iter([text]) for name, text in work.lexicon.expansions.items()}
    inner = {key: set(_named(texts)) for key, texts in held.items()}
    used = set(_named(text for source in work.sources.files for text in source.texts("hears")))
    waiting = list(used)
    while waiting:
        new = inner.get(waiting.pop(), set()) - used
        used |= new
        waiting += new
    for source in work.sources.files:
        for kind, mark in (("concepts", "~{}"), ("expansions", "<{}>")):
            defined = source.data.get(kind)
            for name in defined if isinstance(defined, dict) else ():
                if (kind, name) not in used:
                    why = f"no template uses {mark.format(name)}."
                    yield Finding(source.spot(kind, name), "", "unused", why, "use it, or take it out.")


def _named(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    for text in texts:
        for found in _REFERENCE.finditer(text):
            kind = found.lastgroup or ""
            yield f"{kind}s", found[kind]


def facts(work: Work) -> Iterator[Finding]:
    """Facts that rules use and no rule learns, and facts that are learned and never used."""
    learned = {".".join(statement(name)): where for name, where in _learned(work)}
    told = learned.keys() | {".".join(statement(n)) for source in work.sources.files for n in source.keys("learns")}
    used: set[str] = set()
    for source in work.sources.files:
        used |= {name for key in ("says", "needs") for text in source.texts(key) for name in _FACT.findall(text)}
    for rule in work.book.rules.values():
        for name, path in _uses(rule):
            if name not in told:
                why = f"no rule learns {name}."
                fix = f"{_meant(name, told)}write learns: {{{name.removeprefix('user.')}: …}} in the rule that is told."
                yield Finding(work.sources.of(rule, *path), rule.id, "fact", why, fix)
    for name, (rule, predicate) in learned.items():
        if name not in used:
            why, fix = (
                f"nothing uses the fact {name} that it learns.",
                "use it in a wording or a condition, or let it be.",
            )
            yield Finding(work.sources.of(rule, "learns", predicate), rule.id, "fact", why, fix, "note")


def _learned(work: Work) -> Iterator[tuple[str, tuple[Rule, str]]]:
    for rule in work.book.rules.values():
        for predicate in rule.spec.learns:
            yield predicate, (rule, predicate)


def _uses(rule: Rule) -> Iterator[tuple[str, tuple[Key, ...]]]:
    for at, wording in enumerate(rule.wordings):
        yield from ((name, ("says", at)) for name in sorted(wording.names) if _FACT.fullmatch(name))
    for at, need in enumerate(rule.spec.needs):
        yield from ((name, ("needs", at)) for function in ("knows", "fact") for name in asked([need], function))


def subjects(work: Work) -> Iterator[Finding]:
    """Conditions about a rule, topic or technique that is not there, so that they are never true."""
    topics = {rule.id.split(".")[0] for rule in work.book.rules.values()}
    known = topics | work.book.rules.keys() | techniques().keys() | {SAFETY}
    for rule in work.book.rules.values():
        for at, need in enumerate(rule.spec.needs):
            wrong = [(name, known, "rule, topic or technique") for name in asked([need], "recently")]
            wrong += [(name, topics, "topic") for name in compared(need, "topic")]
            for name, there, kind in wrong:
                if name and name not in there:
                    why = f"“{name}” is no {kind}."
                    fix = f"{_meant(name, there)}name one that there is."
                    yield Finding(work.sources.of(rule, "needs", at), rule.id, "subject", why, fix)


def _meant(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, sorted(known), 1)
    return f"was “{near[0]}” meant? Else " if near else ""
