"""Receives the entries of a title page. Emits what they say, checked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from her_desktop.paths import resources
from her_desktop.screenplay.reading.forms import whole
from her_desktop.screenplay.reading.fountain import Element
from her_desktop.screenplay.reading.text import plain
from her_desktop.screenplay.reading.time import moment
from her_desktop.screenplay.reading.trouble import Misread, near, short
from her_desktop.screenplay.script import Title
from her_desktop.skills.help_lines import table

OURS = ("Language", "Seed", "Packs", "Profile", "Country", "Adapts", "Her", "Begins")
"""Keys that mean something to a performance."""
FOUNTAINS = (
    "Title", "Credit", "Author", "Authors", "Source", "Draft date", "Date", "Contact", "Copyright", "Notes", "Revision",
)  # fmt: skip
"""Keys that are left as they are."""

A_PACK = "a pack"
"""The one thing that may be a folder."""

_BY_NAME = {key.casefold(): key for key in (*OURS, *FOUNTAINS)}


class _Value(msgspec.Struct, frozen=True):
    text: str
    line: int


class _Entry(msgspec.Struct, frozen=True):
    key: str
    line: int
    values: tuple[_Value, ...]

    @property
    def only(self) -> _Value:
        """Its one value.

        Raises:
            Misread: there are several.
        """
        if len(self.values) > 1:
            raise Misread(self.values[1].line, f"“{self.key}” has one value", "leave the other lines out")
        return self.values[0]


def title_of(elements: Iterable[Element], folder: Path) -> Title:
    """The title page.

    Args:
        elements: of the screenplay; only the entries of the title page are looked at.
        folder: that of the screenplay, from which packs and the profile are seen.

    Raises:
        Misread: a key is not known or stands twice, a value does not fit, or a file is not there.
    """
    title = Title()
    for key, entry in _entries(elements).items():
        if key == "Title":
            title = msgspec.structs.replace(title, title=" ".join(value.text for value in entry.values))
        elif key in OURS:
            title = msgspec.structs.replace(title, **{key.lower(): _read(entry, folder)})
    if not title.packs and title.language not in _languages():
        line = next(one.line for one in elements if one.kind == "title" and one.name.casefold() == "language")
        raise Misread(line, f"there are no packs of language “{title.language}”", near(title.language, _languages()))
    return title


def _entries(elements: Iterable[Element]) -> dict[str, _Entry]:
    found, key = dict[str, _Entry](), ""
    for one in elements:
        if one.kind != "title":
            continue
        if one.name:
            key = _key(one)
            if key in found:
                raise Misread(one.line, f"“{key}” stands on the title page twice", "leave one of them out")
            found[key] = _Entry(key, one.line, ())
        if one.text:
            values = (*found[key].values, _Value(plain(one.text), one.line))
            found[key] = msgspec.structs.replace(found[key], values=values)
    for entry in found.values():
        if not entry.values and entry.key in OURS:
            raise Misread(entry.line, f"“{entry.key}:” says nothing", "write a value behind it, or leave it out")
    return found


def _key(one: Element) -> str:
    if key := _BY_NAME.get(one.name.casefold()):
        return key
    raise Misread(one.line, f"there is no “{one.name}” on a title page", near(one.name, (*OURS, *FOUNTAINS)))


def _read(entry: _Entry, folder: Path) -> str | int | bool | datetime | Path | tuple[Path, ...]:
    match entry.key:
        case "Packs":
            return tuple(there(folder, one.text, one.line, A_PACK) for one in entry.values)
        case "Profile":
            return there(folder, entry.only.text, entry.only.line, "a profile")
        case "Seed":
            return whole(entry.only.text, entry.only.line)
        case "Begins":
            return moment(entry.only.text, entry.only.line)
        case "Adapts":
            return _choice(entry, ("yes", "no")) == "yes"
        case "Country":
            return _choice(entry, tuple(code for code in table() if code))
    return entry.only.text


def _choice(entry: _Entry, known: Sequence[str]) -> str:
    value = entry.only
    if value.text not in known:
        raise Misread(value.line, f"“{entry.key}” cannot be “{value.text}”", f"there is {', '.join(known)}")
    return value.text


def _languages() -> list[str]:
    return sorted(path.parent.name for path in (resources() / "dialogue").glob("*/language.yaml"))


def there(folder: Path, name: str, line: int, what: str) -> Path:
    """A file or a folder that is named in a screenplay.

    Args:
        folder: that of the screenplay.
        name: as it stands there.
        line: where it does.
        what: what is wanted, for the error.

    Raises:
        Misread: it is not there.
    """
    path = folder / name
    try:
        found = path.is_file() or (path.is_dir() and what == A_PACK)
    except OSError:  # such as a name that is too long for any file
        found = False
    if not found:
        raise Misread(
            line, f"there is no {short(name)}", f"{what} is looked for from the screenplay's folder, {folder}"
        )
    return path
