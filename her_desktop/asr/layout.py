"""Receives a folder. Emits where in it a Vosk model lies, or what is missing for it to be one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from her_desktop.trouble import Trouble

_DEPTH = 4
"""How many folders deep a model is looked for: archives of the publishers nest it up to two deep."""

_SHOWN = 4


def model_in(folder: Path, what: str) -> Path:
    """The folder of the Vosk model in or below `folder`, which came from `what`.

    Raises:
        Trouble: there is none, more than one, or one that is not whole.
    """
    found = [place for place in _folders(folder, _DEPTH) if _is_model(place)]
    if not found:
        raise Trouble(what, f"no recognizer model inside (it holds {_contents(folder)})")
    if len(found) > 1:
        raise Trouble(what, f"{len(found)} models inside", "name the folder of one")
    if lacks := lacking(found[0]):
        raise Trouble(what, f"the model inside is not whole ({', '.join(lacks)} missing or empty)")
    return found[0]


def lacking(model: Path) -> list[str]:
    """Which of the files that Vosk cannot do without are missing or empty, in either of its two layouts."""
    newer = (model / "am").is_dir()
    needed = ["am/final.mdl", "conf/model.conf"] if newer else ["final.mdl", "mfcc.conf"]
    graph = "graph/" if newer else ""
    whole_graph = f"{graph}HCLG.fst"
    needed += [whole_graph] if (model / whole_graph).exists() else [f"{graph}HCLr.fst", f"{graph}Gr.fst"]
    return [name for name in needed if not _filled(model / name)]


def installed_in(models_dir: Path) -> list[Path]:
    """The whole Vosk models directly below a folder, by name."""
    if not models_dir.is_dir():
        return []
    places = (place for place in models_dir.iterdir() if place.is_dir() and not place.name.startswith("."))
    return sorted(place for place in places if _is_model(place) and not lacking(place))


def files_in(folder: Path) -> list[Path]:
    """Every file below a folder, in a fixed order."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def bytes_in(folder: Path) -> int:
    """The sizes of all files below a folder, added up."""
    return sum(path.stat().st_size for path in files_in(folder))


def _is_model(folder: Path) -> bool:
    newer = (folder / "am" / "final.mdl").is_file()
    return newer or ((folder / "final.mdl").is_file() and (folder / "mfcc.conf").is_file())


def _filled(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0


def _folders(folder: Path, depth: int) -> Iterator[Path]:
    yield folder
    if depth and not _is_model(folder):
        with os.scandir(folder) as entries:
            below = sorted(entry.path for entry in entries if entry.is_dir(follow_symlinks=False))
        for path in below:
            yield from _folders(Path(path), depth - 1)


def _contents(folder: Path) -> str:
    """A few of the names below a folder; looks no deeper than for models, so a large folder does no harm."""
    names = sorted(path.name for place in _folders(folder, _DEPTH) for path in place.iterdir() if path.is_file())
    if not names:
        return "no files"
    rest = len(names) - _SHOWN
    return "only " + ", ".join(names[:_SHOWN]) + (f" and {rest} more" if rest > 0 else "")
