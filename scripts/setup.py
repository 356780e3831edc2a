"""Receives the name of a goal (run, test, demo ...); sets up what it needs in .venv and starts its program."""

import hashlib
import importlib.util
import os
import platform
import subprocess
import sys
import venv
from pathlib import Path
from typing import NamedTuple, NoReturn

import system_packages

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
ON_WINDOWS = os.name == "nt"
OLDEST_PYTHON = (3, 11, 0, "final")
HAS_PIP = "import importlib.util, sys; sys.exit(importlib.util.find_spec('pip') is None)"
INSTALL_MODEL = ("her-desktop", "models", "install", "--default")
# One process for each core, but no more than four: each may hold a recognizer. A later -n takes the place of this one.
TEST = ("python", "-m", "pytest", "-n", "logical", "--maxprocesses", "4", "--dist", "worksteal")


class Goal(NamedTuple):
    """What one command needs and starts."""

    requirements: str
    system: tuple[str, ...]
    program: tuple[str, ...]
    needs_model: bool = True


GOALS = {
    "run": Goal("run", system_packages.RUN, ("her-desktop",)),
    "test": Goal("test", system_packages.TEST, TEST),
    "demo": Goal("run", system_packages.DEMO, ("python", "scripts/demo.py")),
    "bench": Goal("test", system_packages.TEST, ("python", "-m", "benchmarks")),
    "models": Goal("run", system_packages.RUN, INSTALL_MODEL, needs_model=False),
    "tools": Goal("test", (), (), needs_model=False),
}


def main(arguments: list[str]) -> None:
    """Set up for the goal that the first argument names, and start its program with the others."""
    if not arguments or arguments[0] not in GOALS:
        fail("usage", f"python scripts/setup.py {'|'.join(GOALS)} [ARGUMENT...]")
    if sys.version_info[:4] < OLDEST_PYTHON:
        fail("Python", f"{platform.python_version()} is too old (install 3.11 or newer and run this with it)")
    goal = GOALS[arguments[0]]
    os.chdir(ROOT)
    is_current = stamp(goal.requirements).is_file() and stamp(goal.requirements).read_text() == digest()
    system_packages.ensure(goal.system, remind=not is_current)
    if not is_current or not executable("python").exists():
        install_python_packages(goal.requirements)
    if goal.needs_model:
        try_for_model()
    if goal.program:
        start(goal.program, arguments[1:])


def stamp(requirements: str) -> Path:
    """Return the file that says for which digest a set of packages was installed."""
    return VENV / f".{requirements}-stamp"


def digest() -> str:
    """Return a text that changes whenever what is in .venv may no longer fit."""
    described = f"{ROOT} {sys.version_info[:2]}".encode()
    files = [ROOT / "pyproject.toml", *sorted((ROOT / "requirements").glob("*.txt"))]
    return hashlib.sha256(b"\0".join([described, *(file.read_bytes() for file in files)])).hexdigest()


def install_python_packages(requirements: str) -> None:
    """Bring .venv to the locked state of requirements/REQUIREMENTS.txt, and this project into it."""
    make_environment()
    print("Python packages: installing (the first time a few hundred MB, a minute or two)", flush=True)
    pip("--require-hashes", "--requirement", "requirements/build.txt")
    pip("--require-hashes", "--use-pep517", "--requirement", f"requirements/{requirements}.txt")
    pip("--editable", ".")
    # The test set holds the run set.
    for name in {requirements, "run"}:
        stamp(name).write_text(digest())


def make_environment() -> None:
    """Make .venv, unless a working one is there."""
    if executable("python").exists() and call("python", "-c", HAS_PIP) == 0:
        return
    if importlib.util.find_spec("ensurepip") is None:
        fail("Python", "its venv module cannot install pip (on Debian, as root: apt-get install -y python3-venv)")
    print(f"Python environment: making .venv with Python {platform.python_version()}", flush=True)
    try:
        venv.create(VENV, clear=True, symlinks=not ON_WINDOWS, with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        fail("Python environment", f"{error} (make room or change the permissions, then run this again)")


def pip(*arguments: str) -> None:
    """Install what is asked for and nothing beside it, with the environment's own pip, which prints its own errors."""
    alone = ("--no-deps", "--no-build-isolation", "--no-input", "--quiet", "--disable-pip-version-check")
    if call("python", "-m", "pip", "install", *alone, *arguments):
        fail("Python packages", "pip could not install them (see above; check the network, then run this again)")


def try_for_model() -> None:
    """Ask once for a recognizer model: without one she still listens with the embedded recognizer."""
    tried = VENV / ".models-stamp"
    if tried.exists():
        return
    print("Recognizer model: looking for one", flush=True)
    tried.touch()
    if call(*INSTALL_MODEL):
        print("set-up: recognizer model: none was installed (try again: make models)", file=sys.stderr, flush=True)


def call(program: str, *arguments: str) -> int:
    """Run a program of .venv to its end, with nothing to read, and return its exit code."""
    return subprocess.call([str(executable(program)), *arguments], stdin=subprocess.DEVNULL)


def executable(name: str) -> Path:
    """Return the path of a program inside .venv."""
    return VENV / "Scripts" / f"{name}.exe" if ON_WINDOWS else VENV / "bin" / name


def start(program: tuple[str, ...], arguments: list[str]) -> NoReturn:
    """Become the program, where the platform can; else run it and end with its exit code."""
    command = [str(executable(program[0])), *program[1:], *arguments]
    if ON_WINDOWS:
        sys.exit(subprocess.call(command))
    os.execv(command[0], command)


def fail(what: str, why: str) -> NoReturn:
    """End with one line on standard error."""
    sys.exit(f"set-up: {what}: {why}")


if __name__ == "__main__":
    main(sys.argv[1:])
