"""Rules with one part changed: what a test should notice. Receives packs; emits the mutants of each rule.

A mutant makes a changed conversation of the one that was loaded. Left out is what changes nothing (a template that
compiles to the same program, a wording or a technique that comes to the same), and what would not load. Rules that an
alias of YAML writes in several places at once are changed together, as an editor would change them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from her_desktop.conversation import Conversation
from her_desktop.dialogue.book import RuleBook
from her_desktop.dialogue.packs import read_lexicon
from her_desktop.dialogue.press import Broken, Press, Shop
from her_desktop.dialogue.rules import Rule
from her_desktop.lint.finding import Spot
from her_desktop.lint.sources import Source, Sources
from her_desktop.nlu.program import Lexicon, Program, compile_template
from her_desktop.nlu.template import TemplateError
from her_desktop.screenplay.mutation import books as mutants_books
from her_desktop.screenplay.mutation.drafts import Draft, Key, Kind, drafts
from her_desktop.screenplay.mutation.edit import alone, edited
from her_desktop.screenplay.mutation.needs import Tally
from her_desktop.skills import VALUES


class Change(msgspec.Struct, frozen=True):
    """What is changed, and where."""

    rules: tuple[str, ...]
    """The rule; where an alias of the pack makes several of one part, all of them."""
    kind: Kind
    spot: Spot
    """Of the very part."""
    told: str
    """What is changed, in a plain sentence without its end: `drops “really” from “do you really feel”`."""

    @property
    def rule(self) -> str:
        """The first of the rules."""
        return self.rules[0]

    @property
    def place(self) -> str:
        """`file:line`."""
        return f"{self.spot.name}:{self.spot.line}"


class Entry(msgspec.Struct, frozen=True):
    """A rule as its pack says it."""

    source: Source
    path: tuple[Key, ...]
    data: Mapping[str, Any]


class _Made(msgspec.Struct, frozen=True):
    """The rule of a mutant, checked as the load checks it, and the template of it that is another one."""

    rule: Rule
    at: int = 0
    """Which of its templates."""
    program: Program | None = None


class Mutant:
    """A rule with one part changed."""

    def __init__(self, change: Change, draft: Draft, workshop: Workshop) -> None:
        self.change, self.draft, self._workshop = change, draft, workshop

    @property
    def rule(self) -> Rule:
        """The first of its rules, as it was loaded."""
        return self._workshop.book.rules[self.change.rule]

    @property
    def idle(self) -> str:
        """Why it is no mutant: it would not load, or nothing is changed by it; empty where it is one."""
        return self._workshop.idle(self)

    @property
    def reads(self) -> tuple[str, str]:
        """The template as it reads, and as it would; empty where it is about none."""
        return (self.draft.was, self.draft.value) if self.draft.path[:1] == ("hears",) else ("", "")

    def apply(self, conversation: Conversation) -> Conversation:
        """The conversation with this change in it.

        Args:
            conversation: one of the packs that the mutant is of, as they were loaded.
        """
        return self._workshop.applied(self, conversation)


class Workshop:
    """Makes the mutants of packs."""

    def __init__(self, conversation: Conversation, paths: Iterable[Path]) -> None:
        """Take packs.

        Args:
            conversation: one that was loaded from them.
            paths: the files or folders that it was loaded from.
        """
        self.book, self._language, self._sources = conversation.book, conversation.language, Sources(paths)
        self._last: tuple[Mutant, _Made | str] | None = None

    def sketched(self, name: str) -> Iterator[Mutant]:
        """The mutants of a rule and those that share its place, before it is known which of them are idle."""
        rule, entry = self.book.rules[name], self.entries[name]
        shared = self._sharing[entry.source.spot(*entry.path)]
        for draft in drafts(rule, entry.data, self._beside[_company(rule)] - {(name, rule.spec.priority)}):
            spot = entry.source.inside(draft.column, *entry.path, *draft.path)
            yield Mutant(Change(shared, draft.kind, spot, draft.told), draft, self)

    def heads(self) -> tuple[str, ...]:
        """Rules such that each part of the packs is written in one of them."""
        return tuple(sorted({shared[0] for shared in self._sharing.values()}))

    def idle(self, mutant: Mutant) -> str:
        """Why a mutant is none; empty where it is one."""
        if not mutant.draft.path:
            return ""
        made = self._made(mutant)
        if isinstance(made, str):
            return f"it would not load: {made}"
        before = self.book.rules[mutant.change.rule]
        if made.program:
            same = _like(self.book.programs[before.templates[made.at]], made.program)
        else:
            same = _effect(made.rule) == _effect(before)
        return "nothing is changed by it" if same else ""

    def applied(self, mutant: Mutant, conversation: Conversation) -> Conversation:
        """The conversation with a mutant in it that is not idle."""
        if not mutant.draft.path:
            return mutants_books.without(conversation, mutant.change.rules, self._tally)
        made = self._made(mutant)
        assert not isinstance(made, str), "whoever applies a mutant has seen that it is not idle"
        rules = [self._as(made.rule, self.book.rules[name]) for name in mutant.change.rules]
        instead = {rule.templates[made.at]: made.program for rule in rules} if made.program else {}
        return mutants_books.changed(conversation, rules, instead, self._tally)

    @staticmethod
    def _as(made: Rule, before: Rule) -> Rule:
        """A rule with what was made of another one that is written in the same place."""
        return msgspec.structs.replace(before, spec=made.spec, slot_types=made.slot_types)

    def _made(self, mutant: Mutant) -> _Made | str:
        if self._last is None or self._last[0] is not mutant:
            self._last = (mutant, self._pressed(mutant))
        return self._last[1]

    def _pressed(self, mutant: Mutant) -> _Made | str:
        """The rule as the load would make it."""
        draft, before = mutant.draft, self.book.rules[mutant.change.rule]
        try:
            return self._heard(draft, before) if draft.path[0] == "hears" else _Made(self._anew(draft, before))
        except (TemplateError, Broken) as error:
            return str(error)

    def _heard(self, draft: Draft, before: Rule) -> _Made:
        """It is checked anew only where its slots are others: all else of it depends on nothing in a template."""
        at = int(draft.path[1])
        program = compile_template(draft.value, self._lexicon(self.entries[before.id].source))
        known = self.book.programs[before.templates[at]]
        if (program.slots, program.certain) != (known.slots, known.certain):
            return _Made(self._anew(draft, before), at, program)
        spec = msgspec.structs.replace(before.spec, hears=tuple(edited(before.spec.hears, (at,), draft.value)))
        return _Made(msgspec.structs.replace(before, spec=spec), at, program)

    def _anew(self, draft: Draft, before: Rule) -> Rule:
        """Its entry of the pack, pressed again without the other rules inside it."""
        entry = self.entries[before.id]
        press = Press(Shop(self._language, VALUES), self._lexicon(entry.source))
        press.topic, press.exhibit = before.topic, before.exhibit
        kind, number, *inner = entry.path
        own = edited(entry.data, draft.path, draft.value, gone=draft.gone)
        press.add(str(kind), alone(entry.source.data[str(kind)][number], inner, own), "")
        return RuleBook(press.book("", (), {})).rules[before.id]

    def _lexicon(self, source: Source) -> Lexicon:
        """What the templates of a pack may refer to: its own definitions come before those of others."""
        if source.path not in self._lexicons:
            own, shared = read_lexicon([source.path], self._language), self._shared
            self._lexicons[source.path] = Lexicon(
                self._language, {**shared.expansions, **own.expansions}, {**shared.concepts, **own.concepts},
                {**shared.heard_as, **own.heard_as},
            )  # fmt: skip
        return self._lexicons[source.path]

    @cached_property
    def _lexicons(self) -> dict[Path, Lexicon]:
        return {}

    @cached_property
    def _shared(self) -> Lexicon:
        return read_lexicon([source.path for source in self._sources.files], self._language)

    @cached_property
    def _tally(self) -> Tally:
        return Tally(self.book)

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """Every rule in force, as its pack says it: another one of the same id may have been left out."""
        found: defaultdict[str, list[Entry]] = defaultdict(list)
        for source in self._sources.files:
            for name, path, data in source.rules():
                found[name].append(Entry(source, path, data))
        rules = self.book.rules
        return {
            name: next((one for one in some if _top(one) == rules[name].place), some[0])
            for name, some in found.items()
            if name in rules
        }

    @cached_property
    def _sharing(self) -> Mapping[Spot, tuple[str, ...]]:
        """The rules that are written in one place."""
        found: defaultdict[Spot, list[str]] = defaultdict(list)
        for name, entry in sorted(self.entries.items()):
            found[entry.source.spot(*entry.path)].append(name)
        return {spot: tuple(names) for spot, names in found.items()}

    @cached_property
    def _beside(self) -> Mapping[tuple[str, ...], frozenset[tuple[str, int]]]:
        """The ids and priorities of the rules that stand beside one another."""
        found: defaultdict[tuple[str, ...], set[tuple[str, int]]] = defaultdict(set)
        for rule in self.book.rules.values():
            found[_company(rule)].add((rule.id, rule.spec.priority))
        return {company: frozenset(rules) for company, rules in found.items()}


def of(workshop: Workshop, rule: str) -> tuple[Mutant, ...]:
    """All mutants of a rule."""
    return tuple(mutant for mutant in workshop.sketched(rule) if not mutant.idle)


def _company(rule: Rule) -> tuple[str, ...]:
    """The rules of one company are compared by their priority."""
    return (rule.prompt, rule.tier, rule.parent)


def _like(before: Program, after: Program) -> bool:
    """Whether two templates, however they are written, are the same program."""
    return msgspec.structs.replace(after, template=before.template) == before


def _effect(rule: Rule) -> tuple[object, ...]:
    """All of a rule that takes effect, but for its templates."""
    sayings = tuple(rule.saying(at) for at in range(len(rule.spec.says)))
    return (msgspec.structs.replace(rule.spec, says=(), technique=(), tone="neutral"), sayings)


def _top(entry: Entry) -> str:
    """Where the entry of the pack that holds a rule stands, as the load names it."""
    spot = entry.source.spot(*entry.path[:2])
    return f"{spot.name}:{spot.line}"
