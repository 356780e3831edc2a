"""Where things lie: resources in the checkout or the wheel, the profile of a user, the recognizer models."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

import platformdirs

from her_desktop.trouble import missing

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent if (_PACKAGE.parent / "pyproject.toml").is_file() else None
_ROOT = _CHECKOUT or _PACKAGE

SHIPPED = "shipped:"
"""What the names of files begin with that belong to the program, among the hashes of all that decides replies."""


def resources() -> Path:
    """The folder of everything that is not code: dialogue packs, QML, sounds."""
    return _ROOT / "resources"


def catalog() -> Path:
    """The list of recognizer models that can be installed."""
    return _ROOT / "models" / "catalog.toml"


def default_home() -> Path:
    """The profile folder when none is named: `HER_DESKTOP_HOME`, else the platform's data folder."""
    named = os.environ.get("HER_DESKTOP_HOME")
    return Path(named) if named else Path(platformdirs.user_data_dir("her-desktop", appauthor=False))


def models_dirs(home: Path | None = None) -> list[Path]:
    """Folders that may hold installed models, the first one first; new ones are installed into the first."""
    shared = _CHECKOUT / "models" if _CHECKOUT else default_home() / "models"
    return [home / "models", shared] if home else [shared, default_home() / "models"]


def open_home(home: Path | None) -> Path:
    """Make the profile folder, for its owner alone (mode 0700), and return it.

    Raises:
        Trouble: it cannot be made or written.
    """
    path = home or default_home()
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = path / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise missing(f"profile {path}", str(error.strerror or error), "name another folder with --home") from error
    return path


def put_whole(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Write a file whole or not at all: beside its place, on disk, and only then in it.

    Args:
        path: the file; one that is there is replaced.
        content: what is to stand in it.
        mode: who may read and write it.

    Raises:
        OSError: it cannot be written; nothing is left of it then.
    """
    part = path.with_name(f".her-desktop.{secrets.token_hex(4)}")
    try:
        with open(part, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(mode)
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
