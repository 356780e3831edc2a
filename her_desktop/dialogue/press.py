"""Makes rules from what a pack says: checks every part, compiles the templates, and binds all of it to a book."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from her_desktop.dialogue import conditions
from her_desktop.dialogue.acts import ACTS
from her_desktop.dialogue.book import Kept
from her_desktop.dialogue.plainly import plainly
from her_desktop.dialogue.rules import (
    Confirmation,
    FollowUp,
    Gambit,
    Prompt,
    Quarantined,
    Rejoinder,
    Rule,
    RuleSpec,
    Saying,
    Speech,
    Tier,
)
from her_desktop.dialogue.techniques import techniques
from her_desktop.language import Language
from her_desktop.memory.facts import SUBJECTS, statement
from her_desktop.nlg.checks import problems
from her_desktop.nlg.parse import parse_wording
from her_desktop.nlg.wording import Wording, WordingError
from her_desktop.nlu.index import Needs
from her_desktop.nlu.program import Lexicon, Program, compile_template
from her_desktop.nlu.template import WORD_TYPES, TemplateError
from her_desktop.shelf import Filling, Shelf

_ID = re.compile(r"[^\W\d][\w./-]*")
_AT = re.compile(r" - at `\$\.?(.*)`$")
_KNOWS = re.compile(r"""^\s*knows\(['"](\w+\.\w+)['"]\)\s*$""", re.MULTILINE)
"""A condition that makes a fact certain."""
_LISTS: Mapping[str, type[Speech]] = {"rules": RuleSpec, "gambits": Gambit, "confirms": Confirmation}
_PROMPTS: Mapping[str, Prompt] = {"rules": "heard", "gambits": "gambit", "confirms": "confirm"}

Skills = Mapping[str, frozenset[str]]
"""The allow-list: name of each skill to the names of the values that it answers with; those with a ? only sometimes."""


class Broken(ValueError):
    """A rule that cannot be used: what is wrong, and under which key."""

    def __init__(self, why: str, *path: str | int) -> None:
        self.path = path
        super().__init__(why)


class Shop(msgspec.Struct, frozen=True):
    """What rules are made with."""

    language: Language
    skills: Skills


class Press:
    """Takes rules one by one; what is broken is refused, and all the others go into the book."""

    def __init__(self, shop: Shop, lexicon: Lexicon) -> None:
        self.topic, self.lexicon = "", lexicon
        self._shop = shop
        self._places: dict[str, str] = {}
        self._rules = Filling[Rule]()
        self._programs = Filling[Program]()
        self._owners: list[int] = []
        self._parents: dict[str, str] = {}
        self._opens: dict[str, str] = {}
        self._unprompted: list[str] = []
        self._guarding: set[str] = set()
        self._guards = False
        self.exhibit = False
        """Whether the pack in hand is an exhibit."""
        self._plains: dict[str, str] = {}

    def plain(self, act: str, wording: str) -> None:
        """Add the plain wording of an act.

        Raises:
            Broken: it cannot be used.
        """
        if act not in ACTS:
            raise Broken(f"no act “{act}” (there are {', '.join(sorted(ACTS))})", act)
        if self._plains.setdefault(act, wording) != wording:
            raise Broken(f"another pack has a plain wording for {act}, too", act)
        try:
            parsed = parse_wording(wording)
        except WordingError as error:
            raise Broken(str(error), act) from error
        if parsed.names or not wording.strip():
            raise Broken("a plain wording of an act is said for many rules: words, and nothing to fill in", act)

    def add(self, kind: str, data: Any, place: str) -> None:
        """Add what stands in one of the lists of a pack.

        Raises:
            Broken: it cannot be used.
        """
        try:
            spec = msgspec.convert(data, _LISTS[kind])
        except msgspec.ValidationError as error:
            why, path = validation(error, "the rule")
            raise Broken(why, *path) from error
        if not spec.id.startswith(f"{self.topic}."):
            raise Broken(f"its id must begin with the topic, “{self.topic}.”", "id")
        drafts = list(self._drafts(spec, spec.id, _PROMPTS[kind], getattr(spec, "tier", "global"), "", place))
        made = [rule.id for rule, _ in drafts]
        if doubled := next((name for name in made if name in self._places), None):
            raise Broken(f"the id {doubled} is taken by {self._places[doubled]}", "id")
        if len(set(made)) < len(made):
            raise Broken("two of its answers have the same id", "expects")
        for rule, programs in drafts:
            self._keep(rule, programs)

    def _keep(self, rule: Rule, programs: list[Program]) -> None:
        first = len(self._programs)
        for program in programs:
            self._programs.add(program)
        self._owners += [len(self._rules)] * len(programs)
        self._rules.add(msgspec.structs.replace(rule, templates=tuple(range(first, len(self._programs)))))
        self._places[rule.id] = rule.place
        self._guards |= rule.tier == "safety"
        if rule.parent:
            self._parents[rule.id] = rule.parent
        if rule.opens_with:
            self._opens[rule.id] = rule.opens_with
        if rule.prompt in ("gambit", "confirm"):
            self._unprompted.append(rule.id)

    def book(self, key: str, broken: tuple[Quarantined, ...], hashes: dict[str, str]) -> Kept:
        """Everything that was added."""
        programs = self._programs.stored()
        needs = Needs.of_templates(program.needs for program in Shelf.from_stored(Program, programs))
        return Kept(
            key, tuple(self._places), self._rules.stored(), programs, tuple(self._owners), self._parents, self._opens, needs,
            tuple(sorted(self._unprompted)), self._guards, broken, hashes, self._plains,
        )  # fmt: skip

    def _drafts(
        self, spec: Speech, rule_id: str, prompt: Prompt, tier: Tier, parent: str, place: str
    ) -> Iterator[tuple[Rule, list[Program]]]:
        names = tuple(f"{rule_id}/{child.id or number}" for number, child in enumerate(spec.expects, 1))
        later = f"{rule_id}/{spec.follow_up.id or 'later'}" if spec.follow_up else ""
        if not _ID.fullmatch(rule_id):
            raise Broken("its id must be of letters, digits, dots, dashes and _", "id")
        programs = list(self._templates(spec)) if isinstance(spec, Rejoinder) else []
        rule = Rule(
            id=rule_id, topic=self.topic, tier=tier, prompt=prompt, spec=spec.bare(), place=place, parent=parent,
            rejoinders=names, follow_up=later, after=spec.after if isinstance(spec, FollowUp) else "",
            slot_types={name: kind for program in programs for name, kind in program.slots.items()},
            guards=tier == "safety" or parent in self._guarding, exhibit=self.exhibit,
            notice=spec.notice if isinstance(spec, Gambit) else False,
        )  # fmt: skip
        self._guarding |= {rule_id} if rule.guards else set()
        _Check(rule, programs, self._shop).run()
        yield rule, programs
        for number, (name, child) in enumerate(zip(names, spec.expects, strict=True)):
            yield from _inside(
                f"in its answer {name}",
                ("expects", number),
                self._drafts(child, name, "heard", "answer", rule_id, place),
            )
        if spec.follow_up:
            further = self._drafts(spec.follow_up, later, "follow_up", "global", "", place)
            yield from _inside("in its follow-up", ("follow_up",), further)

    def _templates(self, spec: Rejoinder) -> Iterator[Program]:
        if not spec.hears or not spec.samples:
            raise Broken("“hears” and “samples” need at least one line each")
        for at, template in enumerate(spec.hears):
            try:
                yield compile_template(template, self.lexicon)
            except TemplateError as error:
                raise Broken(f"“{template}”: {error}", "hears", at) from error


def _inside(where: str, path: tuple[str | int, ...], drafts: Iterable[Any]) -> Iterator[Any]:
    try:
        yield from drafts
    except Broken as error:
        raise Broken(f"{where}: {error}", *path, *error.path) from error


class _Check:
    """Checks what does not stand in the form alone."""

    def __init__(self, rule: Rule, programs: Sequence[Program], shop: Shop) -> None:
        self._rule, self._spec, self._skills, self._language = rule, rule.spec, shop.skills, shop.language
        self._programs, self._slots = programs, rule.slot_types
        self._certain = frozenset(self._slots).intersection(*(program.certain for program in programs))

    def run(self) -> None:
        """Raises `Broken` for the first thing that is wrong."""
        spec = self._spec
        if not spec.says:
            raise Broken("“says” needs at least one line", "says")
        if spec.act not in ACTS:
            raise Broken(f"no act “{spec.act}” (there are {', '.join(sorted(ACTS))})", "act")
        if spec.skill and spec.skill not in self._skills:
            raise Broken(f"no skill “{spec.skill}” (there are {', '.join(sorted(self._skills))})", "skill")
        self._guarding()
        self._conditions()
        self._one_type()
        for predicate, value in spec.learns.items():
            self._learned(predicate, value)
        for at, said in enumerate(spec.says):
            self._techniques(("says", at), (said.technique or ()) if isinstance(said, Saying) else ())
        self._techniques(("technique",), spec.technique)
        self._says()

    def _guarding(self) -> None:
        """In safety nothing is held back, kept, planned or brought up besides."""
        for key in ("once", "cooldown_turns", "learns", "volunteers", "ends"):
            if self._rule.guards and getattr(self._spec, key):
                raise Broken(f"“{key}” has no place in the safety tier, nor in answers to it", key)
        if self._rule.guards and self._rule.follow_up:
            raise Broken("“follow_up” has no place in the safety tier, nor in answers to it", "follow_up")

    def _conditions(self) -> None:
        typed = {name: kind for name, kind in self._slots.items() if name in self._certain}
        for at, text in enumerate(self._spec.needs):
            try:
                conditions.check(text, typed)
            except ValueError as error:
                raise Broken(str(error), "needs", at) from error

    def _one_type(self) -> None:
        for at, program in enumerate(self._programs):
            for name, kind in program.slots.items():
                if kind != self._slots[name] and not {kind, self._slots[name]} <= set(WORD_TYPES):
                    raise Broken(f"{{{name}}} is {kind} here and {self._slots[name]} in another template", "hears", at)

    def _learned(self, predicate: str, value: object) -> None:
        subject, name = statement(predicate)
        if subject not in SUBJECTS:
            known = ", ".join(SUBJECTS)
            raise Broken(
                f"“{predicate}”: nothing can be kept about “{subject}” (there are {known})", "learns", predicate
            )
        if not name.isidentifier():
            raise Broken(f"“{predicate}” must be one word", "learns", predicate)
        if not isinstance(value, str):
            return
        try:
            wording = parse_wording(value)
        except WordingError as error:
            raise Broken(str(error), "learns", predicate) from error
        for why in problems(wording, self._slots, self._language.code):
            raise Broken(why, "learns", predicate)
        if wording.reflected:
            raise Broken("what is kept is kept in his own words: no “|you” here", "learns", predicate)
        if unknown := wording.names - self._certain:
            raise Broken(f"“{min(unknown)}” is not a slot of every template", "learns", predicate)

    def _techniques(self, path: tuple[str | int, ...], names: Iterable[str]) -> None:
        known = techniques()
        for name in names:
            if name not in known:
                raise Broken(f"no technique “{name}” in techniques.yaml", *path)
            if known[name].classes == ("M",) and not self._rule.exhibit:
                raise Broken(f"{name} {known[name].name} is manipulative; it stands in an exhibit or nowhere", *path)

    def _says(self) -> None:
        spec = self._spec
        given = self._skills.get(spec.skill, frozenset())
        sometimes = {name.removesuffix("?") for name in given if name.endswith("?")}
        computed = {name.removesuffix("?") for name in given} | ({"heard"} if self._rule.prompt == "confirm" else set())
        sure = {".".join(statement(name)) for name in spec.learns} | set(_KNOWS.findall("\n".join(spec.needs)))
        sure |= {f"{name}.{part}" for name in sure for part in ("words", "when")}
        plain = False
        for at in range(len(spec.says)):
            wording = self._wording(self._rule.saying(at).say, computed, "says", at)
            plain = plain or not (wording.reflected or wording.needs - self._certain - (computed - sometimes) - sure)
        if spec.plain:
            self._wording(spec.plain, computed, "plain")
        if not plain and self._rule.prompt not in ("gambit", "follow_up"):
            raise Broken(
                "one wording must stand without facts that may not be there, without words turned from me to you, and "
                "without a slot that may have caught nothing",
                "says",
            )

    def _wording(self, text: str, computed: set[str], *path: str | int) -> Wording:
        try:
            wording = parse_wording(text)
        except WordingError as error:
            raise Broken(str(error), *path) from error
        for why in problems(wording, self._slots, self._language.code):
            raise Broken(why, *path)
        for name in sorted(wording.names - self._slots.keys() - computed):
            if name.partition(".")[0] not in SUBJECTS or "." not in name:
                raise Broken(f"“{name}” is no slot, fact (user.…) or value of its skill", *path)
        return wording


def validation(error: msgspec.ValidationError, what: str) -> tuple[str, tuple[str | int, ...]]:
    """What is wrong with the form, and where, from msgspec's own words."""
    text = str(error)
    found = _AT.search(text)
    path = re.findall(r"[^.\[\]]+", found.group(1)) if found else []
    return plainly(_AT.sub("", text), path[-1] if path else "", what), tuple(
        int(part) if part.isdigit() else part for part in path
    )
