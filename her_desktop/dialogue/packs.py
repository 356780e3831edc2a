"""Reads rule packs. A broken rule is left out alone, named by file and line; all the others work."""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from her_desktop.dialogue import compiled, yaml_lines
from her_desktop.dialogue.book import Kept, RuleBook
from her_desktop.dialogue.press import Broken, Press, Shop, Skills, validation
from her_desktop.dialogue.rules import HeardAs, Pack, Quarantined
from her_desktop.language import Language
from her_desktop.nlu.program import Lexicon
from her_desktop.nlu.repair import SOUNDS
from her_desktop.nlu.values import warm
from her_desktop.trouble import Trouble

_KINDS = ("rules", "gambits", "confirms")
"""The lists of a pack, which are checked one by one."""


class _File(msgspec.Struct):
    """A pack file as read: its plain values and the line of each part."""

    name: str
    data: dict[str, Any]
    lines: yaml_lines.Lines

    def place(self, *path: str | int) -> str:
        """`file:line` of a part, or of the nearest part around it."""
        return f"{self.name}:{self.lines.of(*path)}"

    def head(self) -> Pack:
        """All but the lists, checked."""
        return msgspec.convert({key: value for key, value in self.data.items() if key not in _KINDS}, Pack)


def load_language(folder: Path) -> Language:
    """Read `language.yaml` of a language's folder.

    Raises:
        Trouble: it is not there, or not of the right form.
    """
    path = folder / "language.yaml"
    try:
        data = path.read_bytes()
        language = msgspec.convert(yaml_lines.read(data.decode())[0], Language, strict=False)
        if language.sounds not in ("", *SOUNDS):
            raise Trouble(
                str(path), f"no “{language.sounds}” to tell sounds by", f"there is {', '.join(sorted(SOUNDS))}"
            )
        warm(language)
        return msgspec.structs.replace(language, sha256=hashlib.sha256(data).hexdigest())
    except OSError as error:
        known = ", ".join(sorted(other.parent.name for other in folder.parent.glob("*/language.yaml")))
        raise Trouble(
            f"language {folder.name}", "there is none", f"there is {known}" if known else str(path)
        ) from error
    except (msgspec.ValidationError, yaml_lines.YamlError, UnicodeDecodeError) as error:
        raise Trouble(str(path), str(error), "mend the file") from error


def pack_files(paths: Iterable[Path]) -> list[Path]:
    """The pack files among files and folders, each once, in a fixed order."""
    return sorted({file for given in paths for file in _files(given)})


def load_packs(
    paths: Iterable[Path], language: Language, skills: Skills, compiled_files: Sequence[Path] = ()
) -> RuleBook:
    """Read packs from files and folders into one rule book; what is broken is listed in it, with file and line.

    Args:
        paths: pack files, or folders of them.
        language: what matching and wording lean on.
        skills: the allow-list.
        compiled_files: where the compiled book may lie from the last time, and is kept for the next.
    """
    found = pack_files(paths)
    by_path = {str(path): _digest(path) for path in found}
    shared = os.path.commonpath([path.parent for path in found]) if found else ""
    hashes = {_shown(os.path.relpath(name, shared)): digest for name, digest in by_path.items()}
    hashes |= {"language.yaml": language.sha256}
    made_from = by_path | hashes | {skill: repr(sorted(skills[skill])) for skill in skills}
    with _without_collecting():
        return compiled.kept(compiled_files, made_from, lambda key: _load(key, found, hashes, Shop(language, skills)))


def read_lexicon(paths: Iterable[Path], language: Language) -> Lexicon:
    """The concepts and expansions of packs, for whoever makes sentences from templates or compiles others."""
    return _lexicon(pack_files(paths), language, [])


@contextmanager
def _without_collecting() -> Iterator[None]:
    """The cycle collector doubles the time of a load: it looks again and again at values that are all still wanted."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _load(key: str, found: Sequence[Path], hashes: dict[str, str], shop: Shop) -> Kept:
    broken: list[Quarantined] = []
    lexicon = _lexicon(found, shop.language, broken)
    press = Press(shop, lexicon)
    for path in found:
        try:
            file = _read(path)
            head = file.head()
            press.topic, press.lexicon, press.exhibit = head.topic, _own(lexicon, head), head.exhibit
        except yaml_lines.YamlError as error:
            place = f"{_shown(path.name)}:{error.line}:{error.column}"
            broken.append(Quarantined(place, "", f"the whole file: {error}", whole_file=True))
        except msgspec.ValidationError as error:
            why, where = validation(error, "the pack")
            broken.append(Quarantined(file.place(*where), "", f"the whole file: {why}", whole_file=True))
        else:
            _print(press, file, broken)
    return press.book(key, tuple(broken), hashes)


def _print(press: Press, file: _File, broken: list[Quarantined]) -> None:
    for act, wording in (file.data.get("plains") or {}).items():
        try:
            press.plain(act, wording)
        except Broken as error:
            broken.append(Quarantined(file.place("plains", *error.path), "", str(error)))
    for kind in _KINDS:
        for at, data in enumerate(file.data.get(kind) or ()):
            try:
                press.add(kind, data, file.place(kind, at))
            except Broken as error:
                name = str(data.get("id", "")) if isinstance(data, dict) else ""
                broken.append(Quarantined(file.place(kind, at, *error.path), name, str(error)))


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return [file.resolve() for file in path.glob("*.yaml") if file.name != "language.yaml" and file.is_file()]
    return [path.resolve()]


def _content(path: Path) -> bytes:
    try:
        if not path.is_file():  # a pipe would be waited for
            raise yaml_lines.YamlError("it is no file", 1, 1)
        return path.read_bytes()
    except OSError as error:
        raise yaml_lines.YamlError(f"it cannot be read: {error.strerror or error}", 1, 1) from error


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(_content(path)).hexdigest()
    except yaml_lines.YamlError as error:
        return str(error)


def _shown(name: str) -> str:
    """The name of a file, which may be any bytes, as text that can be printed and kept."""
    return "".join(letter if letter.isprintable() else "�" for letter in name)


def _read(path: Path) -> _File:
    try:
        data, lines = yaml_lines.read(_content(path).decode())
    except UnicodeDecodeError as error:
        raise yaml_lines.YamlError(f"not UTF-8: {error.reason}", 1, 1) from error
    if not isinstance(data, dict) or not all(isinstance(data.get(kind) or [], list) for kind in _KINDS):
        raise yaml_lines.YamlError("a pack is a mapping with “topic” and a list of “rules”", 1, 1)
    return _File(_shown(path.name), data, lines)


def _lexicon(found: Iterable[Path], language: Language, broken: list[Quarantined]) -> Lexicon:
    """The concepts and expansions of all packs; rules may use those of packs that come later."""
    lexicon = Lexicon(language)
    for path in found:
        try:
            text = _content(path)
            if b"concepts" in text or b"expansions" in text:
                file = _read(path)
                lexicon = _with(lexicon, file.head(), file, broken)
        except (yaml_lines.YamlError, msgspec.ValidationError):  # named when the rules are read
            continue
    return lexicon


def _with(lexicon: Lexicon, pack: Pack, file: _File, broken: list[Quarantined]) -> Lexicon:
    for kind, ours, theirs in (
        ("concepts", lexicon.concepts, pack.concepts),
        ("expansions", lexicon.expansions, pack.expansions),
    ):
        broken += [
            Quarantined(
                file.place(kind, name), "", f"another pack defines {name} among its {kind}, too; each uses its own"
            )
            for name in sorted(ours.keys() & theirs.keys())
        ]
    own = _own(Lexicon(lexicon.language), pack)
    return Lexicon(
        lexicon.language, {**own.expansions, **lexicon.expansions}, {**own.concepts, **lexicon.concepts},
        {**own.heard_as, **lexicon.heard_as},
    )  # fmt: skip


def _own(lexicon: Lexicon, pack: Pack) -> Lexicon:
    """What the templates of one pack may refer to: its own definitions come before those of others."""
    if not (pack.concepts or pack.expansions):
        return lexicon
    words = {
        name: tuple(m.word if isinstance(m, HeardAs) else m for m in found) for name, found in pack.concepts.items()
    }
    variants = {
        name: {heard: m.word for m in found if isinstance(m, HeardAs) for heard in m.heard_as}
        for name, found in pack.concepts.items()
    }
    return Lexicon(
        lexicon.language, {**lexicon.expansions, **pack.expansions}, {**lexicon.concepts, **words},
        {**lexicon.heard_as, **variants},
    )  # fmt: skip
