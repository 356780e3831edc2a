"""The recordings of real people that lie beside the checkout, as their manifest lists them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import msgspec
import pytest

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "speech"


class Spoken(msgspec.Struct, frozen=True):
    """One recording: what is said in it, or which words of an order are."""

    path: Path
    kind: str
    """words, slots or noise."""
    transcript: str
    slots: dict[str, str]
    seconds: float


def recordings(kind: str = "") -> list[Spoken]:
    """All recordings of a kind (words, slots, noise; empty for all). Skips the test where there are none."""
    manifest = FOLDER / "manifest.tsv"
    if not manifest.is_file():
        pytest.skip(f"the recordings are not there: {manifest}")
    return [spoken for spoken in read_manifest(manifest) if kind in ("", spoken.kind)]


def recording(name: str) -> Spoken:
    """The recording of this file name. Skips the test where the recordings are missing."""
    return next(spoken for spoken in recordings() if spoken.path.name == name)


def read_manifest(manifest: Path) -> list[Spoken]:
    """Read a manifest with the columns file, kind, transcript, slots and seconds."""
    with manifest.open(encoding="utf-8", newline="") as file:
        return [_spoken(manifest.parent, row) for row in csv.DictReader(file, delimiter="\t")]


def _spoken(folder: Path, row: dict[str, str]) -> Spoken:
    slots = json.loads(row["slots"]) if row["slots"] else {}
    return Spoken(folder / row["file"], row["kind"], row["transcript"], slots, float(row["seconds"]))
