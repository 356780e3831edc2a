"""Receives nothing. Tries `examples/lighthouse` as a stranger would: in a new environment, without Qt and sound.

It passes as it is, and where one word of a rule is changed it fails with file, line and why. Exit code 1 where not so.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "lighthouse"

NOT_NEEDED = ("PySide6", "numpy", "sounddevice", "vosk", "pyttsx3", "onnxruntime", "soxr")
"""What a project that only has packs and screenplays does without."""

WORD, OTHER = "how (high|tall) is", "how (high|tall) was"
"""What is changed in a rule of `packs/lamp.yaml`."""

TOLD = ("tests/stairs.fountain:", "expected rule: lamp.stairs, got keeper.lost_in_the_wind", "why not lamp.stairs")
"""What pytest says of it."""


def main() -> None:
    """Install, run, break, run again."""
    since_s = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="her-desktop-example-") as scratch:
        python = installed(Path(scratch) / "venv")
        step("installed", since_s)
        copy = Path(scratch) / "lighthouse"
        shutil.copytree(EXAMPLE, copy, ignore=shutil.ignore_patterns(".pytest_cache", "__pycache__"))
        code, output = pytest(python, copy)
        require(code == 0, "the example does not pass", output)
        step(output.strip().splitlines()[-1].strip("= "), since_s)
        broken(copy / "packs" / "lamp.yaml")
        code, output = pytest(python, copy)
        require(code == 1 and all(words in output for words in TOLD), "a changed rule is not told as it should", output)
        step(f"“{OTHER}” instead of “{WORD}”: {next(line for line in output.splitlines() if TOLD[0] in line)}", since_s)


def installed(folder: Path) -> Path:
    """Make an environment with the program, without its extras, and pytest; returns its Python."""
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(ROOT), "pytest")
    looks = f"from importlib.util import find_spec as f; print(*(name for name in {NOT_NEEDED} if f(name)))"
    there = run(python, "-c", looks).strip()
    require(not there, "the program brings what it is to do without", there)
    return python


def pytest(python: Path, folder: Path) -> tuple[int, str]:
    """Run the tests of a project; returns the exit code and what was printed."""
    done = subprocess.run(
        [python, "-m", "pytest", "--color=no"],
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    return done.returncode, done.stdout + done.stderr


def broken(pack: Path) -> None:
    """Change one word of a rule."""
    text = pack.read_text(encoding="utf-8")
    require(WORD in text, f"{pack.name} has no “{WORD}”", text)
    pack.write_text(text.replace(WORD, OTHER), encoding="utf-8")


def run(*command: str | Path) -> str:
    """Run a program that must succeed; returns what it printed."""
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, encoding="utf-8")
    require(done.returncode == 0, f"{Path(command[0]).name} failed", done.stdout + done.stderr)
    return done.stdout


def require(holds: bool, what: str, seen: str) -> None:
    """End with what was seen, where something does not hold."""
    if not holds:
        print(seen, file=sys.stderr)
        sys.exit(f"example: {what} (see above)")


def step(text: str, since_s: float) -> None:
    """Tell what was done."""
    print(f"Example: {text} ({time.monotonic() - since_s:.0f} s)", flush=True)


if __name__ == "__main__":
    main()
