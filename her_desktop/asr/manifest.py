"""Receives an installed model. Emits `her-desktop.json` in it, and later which of its files are no longer the same.

Hashes, because a damaged graph can load without a word and then mishear.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

import msgspec

from her_desktop.asr.layout import files_in
from her_desktop.trouble import Trouble

FILE = "her-desktop.json"


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where a model came from, when, and what its files were then."""

    name: str
    language: str
    license: str
    source: str
    checked: str
    """What its origin was checked against, in words."""
    installed_at: datetime
    archive_sha256: str = ""
    """Empty where it came from a folder."""
    files: dict[str, str]
    """Path below the model's folder, with `/`, to SHA-256."""


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def hashes(model: Path) -> dict[str, str]:
    """The SHA-256 of every file of a model but the manifest."""
    paths = {path.relative_to(model).as_posix(): path for path in files_in(model)}
    return {name: sha256_of(path) for name, path in paths.items() if name != FILE}


def write(model: Path, manifest: Manifest) -> None:
    """Put the manifest into the model's folder."""
    text = msgspec.json.format(msgspec.json.encode(manifest), indent=2)
    (model / FILE).write_bytes(text + b"\n")


def read(model: Path) -> Manifest | None:
    """The manifest of an installed model; None where it was put there by hand.

    Raises:
        Trouble: there is one and it cannot be read.
    """
    path = model / FILE
    try:
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except FileNotFoundError:
        return None
    except (msgspec.DecodeError, OSError, ValueError) as error:
        raise Trouble(str(path), str(error), "install the model again") from error


def differences(manifest: Manifest, model: Path) -> list[str]:
    """What is not as it was installed, a phrase for each file: changed, missing or new."""
    now = hashes(model)
    changed = [f"{name} changed" for name, digest in manifest.files.items() if name in now and now[name] != digest]
    gone = [f"{name} missing" for name in manifest.files if name not in now]
    new = [f"{name} was not there" for name in now if name not in manifest.files]
    return changed + gone + new
