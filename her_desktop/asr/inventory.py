"""Receives the catalog and the folders of models. Emits one list of what is here and what could be."""

from __future__ import annotations

from pathlib import Path

import msgspec

from her_desktop.asr import layout, manifest
from her_desktop.asr.catalog import Catalog, Model, Wheel, language_of
from her_desktop.asr.verify import embedded_is_here


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """A model that is installed, or that the catalog knows how to get."""

    name: str
    engine: str
    language: str
    license: str
    """Empty where nobody said."""
    bytes: int
    """On the disk; of the download, where it is not installed."""
    installed: bool
    in_use: bool
    path: str = ""
    source: str = ""
    about: str = ""


def inventory(catalog: Catalog, models_dirs: list[Path], used: str) -> tuple[Item, ...]:
    """Everything in the catalog, in its order, then whatever else is installed."""
    here = {place.name: place for place in installed(models_dirs)}
    known = [_known(model, here.pop(model.name, None), used) for model in catalog.models]
    return (*known, *(_unknown(place, used) for place in here.values()))


def installed(models_dirs: list[Path]) -> list[Path]:
    """The folders of the installed models; where two hold the same one, the first."""
    places = [place for folder in models_dirs for place in layout.installed_in(folder)]
    return [place for index, place in enumerate(places) if place.name not in {p.name for p in places[:index]}]


def in_use(catalog: Catalog, models_dirs: list[Path], wanted: str = "", language: str = "en") -> str:
    """Name the model that a conversation will use, as `load.py` loads it; empty where there is none.

    That is the wanted one; else the largest of the language; else, for its language, the embedded one.
    """
    if place := chosen(models_dirs, wanted, language):
        return place.name
    embedded = catalog.find(catalog.embedded)
    usable = embedded.language == language and embedded_is_here(embedded_wheel(catalog))
    return embedded.name if usable and plain_name(wanted) in {"", embedded.name} else ""


def chosen(models_dirs: list[Path], wanted: str = "", language: str = "en") -> Path | None:
    """The installed model that is wanted, or the largest of the language where none is; None where there is none."""
    here = {place.name: place for place in installed(models_dirs)}
    if name := plain_name(wanted):
        return here.get(name)
    fitting = [place for place in here.values() if language_of(place.name) == language]
    return max(fitting, key=layout.bytes_in, default=None)


def plain_name(wanted: str) -> str:
    """The name of a model, also where it is written as a transcript shows it: `vosk:NAME`, `moonshine:NAME`."""
    return wanted.removeprefix("vosk:").replace("moonshine:", "moonshine-")


def embedded_wheel(catalog: Catalog) -> Wheel:
    """The package that the embedded recognizer comes in."""
    source = catalog.find(catalog.embedded).sources[0]
    assert isinstance(source, Wheel), "the catalog is checked when it is read"
    return source


def _known(model: Model, place: Path | None, used: str) -> Item:
    source = model.sources[0]
    embedded = isinstance(source, Wheel) and embedded_is_here(source)
    size = layout.bytes_in(place) if place else model.download.bytes if model.download else model.unpacked_bytes
    return Item(
        name=model.name,
        engine=model.engine,
        language=model.language,
        license=model.license,
        bytes=size,
        installed=bool(place) or embedded,
        in_use=model.name == used,
        path=str(place or ""),
        source=_source(place) or source.label,
        about=model.about,
    )


def _unknown(place: Path, used: str) -> Item:
    written = manifest.read(place)
    return Item(
        name=place.name,
        engine="vosk",
        language=written.language if written else language_of(place.name),
        license=written.license if written else "",
        bytes=layout.bytes_in(place),
        installed=True,
        in_use=place.name == used,
        path=str(place),
        source=_source(place),
    )


def _source(place: Path | None) -> str:
    written = manifest.read(place) if place else None
    return written.source if written else ""
