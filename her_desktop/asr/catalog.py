"""Receives `models/catalog.toml`. Emits typed entries: which recognizer models there are, and where each can be had."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from her_desktop import paths
from her_desktop.trouble import Trouble

_NAME = r"^[a-z0-9][a-z0-9._-]*$"

Name = Annotated[str, msgspec.Meta(pattern=_NAME, max_length=80)]
Sha256 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$")]
Bytes = Annotated[int, msgspec.Meta(gt=0)]


class Download(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="download"):
    """The model's own home: one zip with a known size and hash."""

    url: Annotated[str, msgspec.Meta(pattern=r"^https?://[^/]+/.")]
    bytes: Bytes
    sha256: Sha256

    @property
    def host(self) -> str:
        """Who is asked."""
        return self.url.split("/")[2]

    @property
    def label(self) -> str:
        """The source as a person reads it."""
        return f"official download ({self.host})"


class Maven(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="maven"):
    """The publisher's Maven artifact, by coordinates."""

    artifact: Annotated[str, msgspec.Meta(pattern=r"^[\w.-]+:[\w.-]+:[\w.-]+:[\w.-]+$")]
    """`group:artifact:version:packaging`."""

    @property
    def label(self) -> str:
        """The source as a person reads it."""
        return f"Maven artifact {self.artifact}"


class Wheel(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="wheel"):
    """Comes inside an installed Python package."""

    package: str
    version: str
    folder: str
    """Where the model lies below the folder into which packages are installed."""

    @property
    def label(self) -> str:
        """The source as a person reads it."""
        return f"Python package {self.package} {self.version}"


Source = Download | Maven | Wheel


class Model(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One recognizer model and where it can be had, best source first."""

    name: Name
    engine: Literal["vosk", "moonshine"]
    language: Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2,3}$")]
    license: str
    about: str
    unpacked_bytes: Bytes
    sources: Annotated[tuple[Source, ...], msgspec.Meta(min_length=1)]

    @property
    def download(self) -> Download | None:
        """The download among the sources, if there is one."""
        return next((source for source in self.sources if isinstance(source, Download)), None)


class Catalog(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All known models, which one is installed when none is named, and which one needs no installing."""

    default: Name
    embedded: Name
    models: Annotated[tuple[Model, ...], msgspec.Meta(min_length=1)]

    def __post_init__(self) -> None:
        names = [model.name for model in self.models]
        for name in (self.default, self.embedded):
            if name not in names:
                raise ValueError(f"{name} is not among the models")
        if len(set(names)) < len(names):
            raise ValueError("two models have the same name")

    def find(self, name: str) -> Model:
        """The model of this name.

        Raises:
            Trouble: there is none.
        """
        for model in self.models:
            if model.name == name:
                return model
        known = ", ".join(model.name for model in self.models)
        raise Trouble(name, "no such model in the catalog", f"known are {known}; others need --from")


def load_catalog(path: Path | None = None) -> Catalog:
    """Read the catalog, the shipped one unless another is named.

    Raises:
        Trouble: it is not there, not TOML, or a field does not fit; says which.
    """
    path = path or paths.catalog()
    try:
        return msgspec.toml.decode(path.read_bytes(), type=Catalog)
    except OSError as error:
        raise Trouble(str(path), str(error.strerror or error), "install Her Desktop again") from error
    except ValueError as error:
        raise Trouble(str(path), str(error), "mend that field") from error


def check_name(name: str) -> str:
    """Give the name back if it can be the name of a model, and so of a folder.

    Raises:
        Trouble: it cannot.
    """
    if not re.match(_NAME, name) or len(name) > 80:
        raise Trouble(name, "not a model's name", "use small letters, digits, dots and hyphens")
    return name


def language_of(name: str) -> str:
    """The language in a Vosk model's name: `en` for `vosk-model-small-en-us-0.15`; empty where there is none."""
    found = re.match(r"vosk-model-(?:small-|big-)?([a-z]{2,3})(?![a-z])", name)
    return found[1] if found else ""
