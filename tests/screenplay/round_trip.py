"""What was exported, put into files and performed as a user would."""

from __future__ import annotations

from pathlib import Path

from her_desktop.screenplay.perform import perform
from her_desktop.screenplay.performance import Performance
from her_desktop.screenplay.read import read
from her_desktop.screenplay.script import Screenplay
from her_desktop.screenplay.writing.export import Exported


def acted(page: Exported, folder: Path, name: str = "mine") -> Screenplay:
    """The screenplay, read from a file with all that lies beside it."""
    here = folder / "plays"
    for file, content in page.beside.items():
        (here / file).parent.mkdir(parents=True, exist_ok=True)
        (here / file).write_bytes(content)
    here.mkdir(exist_ok=True)
    (here / f"{name}.fountain").write_bytes(page.text.encode())
    return read(here / f"{name}.fountain")


def performed(page: Exported, folder: Path, name: str = "mine") -> Performance:
    """The screenplay, performed."""
    return perform(acted(page, folder, name))
