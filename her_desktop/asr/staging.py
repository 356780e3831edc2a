"""Receives a finished model. Emits it in its place.

Everything is prepared in a hidden folder beside the target, and the last step is a rename: what was installed before
stays until then, and survives every failure.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import filelock

from her_desktop.trouble import Trouble, missing

_STAGING = ".installing-"
_BEFORE = ".before-"


@contextlib.contextmanager
def staging(models_dir: Path) -> Iterator[Path]:
    """A hidden folder in the models folder, for one installation at a time; gone afterwards.

    Raises:
        Trouble: another installation is going on, or the folder cannot be written (exit 3).
    """
    try:
        models_dir.mkdir(parents=True, exist_ok=True)
        with filelock.FileLock(models_dir / ".lock", timeout=0):
            _tidy(models_dir)
            with tempfile.TemporaryDirectory(dir=models_dir, prefix=_STAGING) as stage:
                yield Path(stage)
    except filelock.Timeout as error:
        raise Trouble(str(models_dir), "another installation is going on", "wait until it is done") from error
    except OSError as error:
        where = str(error.filename or models_dir)
        raise missing(where, str(error.strerror or error), "name another folder with --home") from error


def swap(new: Path, target: Path) -> None:
    """Put a folder in the place of another, or of none. Where that fails, the other is back in its place."""
    before = target.with_name(_BEFORE + target.name)
    if target.exists():
        target.rename(before)
    try:
        new.rename(target)
    except OSError:
        if before.exists():
            before.rename(target)
        raise
    shutil.rmtree(before, ignore_errors=True)


def _tidy(models_dir: Path) -> None:
    """Mend what an installation left that was killed: the model before it comes back where the new one is not there."""
    for before in models_dir.glob(f"{_BEFORE}*"):
        target = models_dir / before.name.removeprefix(_BEFORE)
        if not target.exists():
            before.rename(target)
    for left in [*models_dir.glob(f"{_BEFORE}*"), *models_dir.glob(f"{_STAGING}*")]:
        shutil.rmtree(left, ignore_errors=True)
