"""Reads rule packs. A broken rule is left out alone, named by file and line; all the others work."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from her_desktop.dialogue import compiled, conditions, yaml_lines
from her_desktop.dialogue.acts import ACTS
from her_desktop.dialogue.rules import Pack, Quarantined, Rejoinder, Rule, RuleBook, RuleSpec, Tier
from her_desktop.dialogue.techniques import techniques
from her_desktop.language import Language
from her_desktop.nlg.wording import Wording, WordingError, parse_wording
from her_desktop.nlu.program import Lexicon, Program, compile_template
from her_desktop.nlu.template import TemplateError
from her_desktop.trouble import Trouble

_SLOT = re.compile(r"\{([a-z_]\w*)(?::\w+)?\}")
_AT = re.compile(r" - at `\$\.?(.*)`$")


Skills = Mapping[str, frozenset[str]]
"""The allow-list: name of each skill to the names of the values that it may answer with."""


class Broken(ValueError):
    """A rule that cannot be used: what is wrong, and under which key."""

    def __init__(self, why: str, *path: str | int) -> None:
        self.path = path
        super().__init__(why)


class _Shop(msgspec.Struct, frozen=True):
    """What rules are made with."""

    lexicon: Lexicon
    skills: Skills


class _File(msgspec.Struct):
    """A pack file as read: its plain values and the line of each part."""

    name: str
    data: dict[str, Any]
    lines: dict[yaml_lines.Path, int]

    def place(self, *path: str | int) -> str:
        """`file:line` of a part, or of the nearest part around it that has a line."""
        while path and path not in self.lines:
            path = path[:-1]
        return f"{self.name}:{self.lines.get(path, 1)}"


def load_language(folder: Path) -> Language:
    """Read `language.yaml` of a language's folder.

    Raises:
        Trouble: it is not there, or not of the right form.
    """
    path = folder / "language.yaml"
    try:
        data = path.read_bytes()
        language = msgspec.convert(yaml_lines.read(data.decode())[0], Language)
        return msgspec.structs.replace(language, sha256=hashlib.sha256(data).hexdigest())
    except OSError as error:
        known = ", ".join(sorted(other.parent.name for other in folder.parent.glob("*/language.yaml")))
        raise Trouble(
            f"language {folder.name}", "there is none", f"there is {known}" if known else str(path)
        ) from error
    except (msgspec.ValidationError, yaml_lines.YamlError, UnicodeDecodeError) as error:
        raise Trouble(str(path), str(error), "mend the file") from error


def load_packs(
    paths: Iterable[Path], language: Language, skills: Skills, compiled_file: Path | None = None
) -> RuleBook:
    """Read packs from files and folders into one rule book; what is broken is listed in it, with file and line.

    Args:
        paths: pack files, or folders of them.
        language: what matching and wording lean on.
        skills: the allow-list.
        compiled_file: where to keep the compiled book for the next time; None keeps nothing.
    """
    found = sorted(file for given in paths for file in _files(given))
    by_path = {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}
    shared = os.path.commonpath([path.parent for path in found]) if found else ""
    hashes = {os.path.relpath(name, shared): digest for name, digest in by_path.items()}
    hashes |= {"language.yaml": language.sha256}
    made_from = by_path | hashes | {skill: repr(sorted(skills[skill])) for skill in skills}
    return compiled.kept(compiled_file, made_from, lambda: _load(found, hashes, language, skills))


def _load(found: Iterable[Path], hashes: dict[str, str], language: Language, skills: Skills) -> RuleBook:
    broken: list[Quarantined] = []
    files = []
    for path in found:
        try:
            files.append(_read(path))
        except yaml_lines.YamlError as error:
            broken.append(Quarantined(f"{path.name}:{error.line}:{error.column}", "", f"the whole file: {error}"))
    lexicon = _lexicon(files, language, broken)
    rules: dict[str, Rule] = {}
    for file in files:
        for at, data in enumerate(file.data.get("rules") or ()):
            _add(rules, file, at, data, _Shop(lexicon, skills), broken)
    return RuleBook(rules, tuple(broken), hashes)


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return [file.resolve() for file in path.glob("*.yaml") if file.name != "language.yaml" and file.is_file()]
    return [path.resolve()]


def _read(path: Path) -> _File:
    try:
        data, lines = yaml_lines.read(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise yaml_lines.YamlError(f"not UTF-8: {error.reason}", 1, 1) from error
    if not isinstance(data, dict) or not isinstance(data.get("rules") or [], list):
        raise yaml_lines.YamlError("a pack is a mapping with “topic” and a list of “rules”", 1, 1)
    return _File(path.name, data, lines)


def _lexicon(files: list[_File], language: Language, broken: list[Quarantined]) -> Lexicon:
    expansions: dict[str, str] = {}
    concepts: dict[str, tuple[str, ...]] = {}
    for file in files:
        head = {key: value for key, value in file.data.items() if key != "rules"}
        try:
            pack = msgspec.convert(head, Pack)
        except msgspec.ValidationError as error:
            why, path = _validation(error)
            broken.append(Quarantined(file.place(*path), "", why))
            continue
        for kind, ours, theirs in (("concepts", concepts, pack.concepts), ("expansions", expansions, pack.expansions)):
            broken += [
                Quarantined(file.place(kind, name), "", f"another pack defines {name} among its {kind}")
                for name in sorted(ours.keys() & theirs.keys())
            ]
        expansions = pack.expansions | expansions
        concepts = pack.concepts | concepts
    return Lexicon(language, expansions, concepts)


def _add(rules: dict[str, Rule], file: _File, at: int, data: Any, shop: _Shop, broken: list[Quarantined]) -> None:
    name = str(data.get("id", "")) if isinstance(data, dict) else ""
    try:
        spec = msgspec.convert(data, RuleSpec)
        topic = str(file.data.get("topic", ""))
        if not spec.id.startswith(f"{topic}."):
            raise Broken(f"its id must begin with the topic, “{topic}.”", "id")
        made = list(_rules(spec, spec.id, topic, spec.tier, "", shop, file.place("rules", at)))
        if doubled := next((rule.id for rule in made if rule.id in rules), None):
            raise Broken(f"the id {doubled} is taken by {rules[doubled].place}", "id")
        if len({rule.id for rule in made}) < len(made):
            raise Broken("two of its answers have the same id", "expects")
    except msgspec.ValidationError as error:
        why, path = _validation(error)
        broken.append(Quarantined(file.place("rules", at, *path), name, why))
    except Broken as error:
        broken.append(Quarantined(file.place("rules", at, *error.path), name, str(error)))
    else:
        rules |= {rule.id: rule for rule in made}


def _rules(
    spec: Rejoinder, rule_id: str, topic: str, tier: Tier, parent: str, shop: _Shop, place: str
) -> Iterable[Rule]:
    names = [f"{rule_id}/{child.id or number}" for number, child in enumerate(spec.expects, 1)]
    yield Rule(
        id=rule_id, topic=topic, tier=tier, spec=spec.bare(), place=place, parent=parent, rejoinders=tuple(names),
        programs=tuple(_programs(spec, shop.lexicon)), wordings=tuple(_wordings(spec)),
    )  # fmt: skip
    _check(spec, shop.skills)
    for number, (name, child) in enumerate(zip(names, spec.expects, strict=True)):
        try:
            yield from _rules(child, name, topic, "answer", rule_id, shop, place)
        except Broken as error:
            raise Broken(f"in its answer {name}: {error}", "expects", number, *error.path) from error


def _programs(spec: Rejoinder, lexicon: Lexicon) -> Iterable[Program]:
    if not spec.hears or not spec.says or not spec.samples:
        raise Broken("“hears”, “says” and “samples” need at least one line each")
    for at, template in enumerate(spec.hears):
        try:
            yield compile_template(template, lexicon)
        except TemplateError as error:
            raise Broken(f"“{template}”: {error}", "hears", at) from error


def _wordings(spec: Rejoinder) -> Iterable[Wording]:
    for at, text in enumerate(spec.says):
        try:
            yield parse_wording(text)
        except WordingError as error:
            raise Broken(str(error), "says", at) from error


def _check(spec: Rejoinder, skills: Skills) -> None:
    if spec.act not in ACTS:
        raise Broken(f"no act “{spec.act}” (there are {', '.join(sorted(ACTS))})", "act")
    if spec.skill and spec.skill not in skills:
        raise Broken(f"no skill “{spec.skill}” (there are {', '.join(sorted(skills))})", "skill")
    for at, text in enumerate(spec.needs):
        try:
            conditions.check(text)
        except ValueError as error:
            raise Broken(str(error), "needs", at) from error
    for predicate, value in spec.learns.items():
        _check_learned(spec, predicate, value)
    for name in spec.technique:
        _check_technique(name)
    _check_names(spec, skills.get(spec.skill, frozenset()))


def _check_learned(spec: Rejoinder, predicate: str, value: object) -> None:
    try:
        unknown = parse_wording(value).names - _slots(spec) if isinstance(value, str) else frozenset()
    except WordingError as error:
        raise Broken(str(error), "learns", predicate) from error
    if unknown:
        raise Broken(f"“{min(unknown)}” is not a slot of every template", "learns", predicate)


def _slots(spec: Rejoinder) -> frozenset[str]:
    """The slots that every template of the rule has."""
    return frozenset.intersection(*(frozenset(_SLOT.findall(template)) for template in spec.hears))


def _check_technique(name: str) -> None:
    known = techniques()
    if name not in known:
        raise Broken(f"no technique “{name}” in techniques.yaml", "technique")
    if known[name].classes == ("M",):
        raise Broken(f"{name} {known[name].name} is manipulative; it never ships switched on", "technique")


def _check_names(spec: Rejoinder, computed: frozenset[str]) -> None:
    known = frozenset(_SLOT.findall(" ".join(spec.hears))) | computed
    certain = _slots(spec) | computed
    plain = False
    for at, text in enumerate(spec.says):
        wording = parse_wording(text)
        for name in sorted(wording.names - known):
            if not name.startswith("user."):
                raise Broken(f"“{name}” is no slot, fact (user.…) or value of its skill", "says", at)
        learned = {f"user.{predicate}" for predicate in spec.learns}
        plain = plain or not (wording.reflected or wording.needs - certain - learned)
    if not plain:
        raise Broken(
            "one wording must stand without remembered facts, without words turned from me to you, and without a slot "
            "that not every template has",
            "says",
        )


def _validation(error: msgspec.ValidationError) -> tuple[str, yaml_lines.Path]:
    text = str(error)
    found = _AT.search(text)
    path = re.findall(r"[^.\[\]]+", found.group(1)) if found else []
    why = _AT.sub("", text).replace("Object", "the rule")
    return why, tuple(int(part) if part.isdigit() else part for part in path)
