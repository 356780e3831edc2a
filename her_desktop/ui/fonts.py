"""The two faces of the window, from their wheels; the system's own where a wheel is missing."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import NamedTuple

from PySide6.QtGui import QFontDatabase


class Faces(NamedTuple):
    """Family names: the book's serif on the left, the monospaced face on the right."""

    serif: str
    mono: str


def load() -> Faces:
    """Make both faces known to Qt. Needs a running `QGuiApplication`."""
    system = QFontDatabase.SystemFont
    return Faces(
        serif=_wheel("fontpkg_eb_garamond") or QFontDatabase.systemFont(system.GeneralFont).family(),
        mono=_wheel("fontpkg_jetbrains_mono") or QFontDatabase.systemFont(system.FixedFont).family(),
    )


def _wheel(package: str) -> str:
    try:
        files = resources.files(package) / "files"
    except ModuleNotFoundError:
        return ""
    with resources.as_file(files) as folder:
        found = [_family(path) for path in sorted(Path(folder).glob("*.ttf"))]
    return next((family for family in found if family), "")


def _family(path: Path) -> str:
    """Load one font file and name its family; empty where Qt cannot read it."""
    families = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFontFromData(path.read_bytes()))
    return families[0] if families else ""
