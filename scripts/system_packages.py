"""Receives the names of system packages; has apt-get install those that are missing, or prints the line that would."""

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Collection

VOICE = ("espeak-ng", "libatomic1", "libportaudio2")
WINDOW = (
    "libdbus-1-3",
    "libegl1",
    "libfontconfig1",
    "libgl1",
    "libglib2.0-0",
    "libwayland-cursor0",
    "libwayland-egl1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-shape0",
    "libxkbcommon-x11-0",
    "libxkbcommon0",
)
SECOND_VOICE = ("flite",)
TEST_TOOLS = ("libasound2-plugins", "pulseaudio", "pulseaudio-utils", "sox", "util-linux", "xauth", "xvfb")

RUN = VOICE + WINDOW
DEMO = RUN + SECOND_VOICE
TEST = DEMO + TEST_TOOLS


def ensure(wanted: Collection[str], *, remind: bool) -> None:
    """Install what is missing; where that cannot be checked, say what is needed if `remind` is set."""
    if not wanted or platform.system() != "Linux":
        return
    if not shutil.which("apt-get"):
        if remind:
            _complain("cannot be checked here, not being Debian", f"see that these are there: {' '.join(wanted)}")
        return
    missing = sorted(set(wanted) - _installed())
    if missing:
        _install(missing)


def _installed() -> set[str]:
    """Names of the installed packages, and the names that they stand in for (libglib2.0-0t64 is libglib2.0-0)."""
    show = "--showformat=${db:Status-Status} ${Package}, ${Provides}\n"
    listing = subprocess.run(["dpkg-query", "--show", show], capture_output=True, text=True, check=True).stdout
    present = [line.removeprefix("installed ") for line in listing.splitlines() if line.startswith("installed ")]
    return {name.split()[0] for line in present for name in line.split(",") if name.strip()}


def _install(missing: list[str]) -> None:
    command = ["install", "-y", "--no-install-recommends", *missing]
    by_hand = f"as root: apt-get {' '.join(command)}"
    root = _root_prefix()
    if root is None:
        _complain("missing, and this user may not install them", by_hand)
        return
    print(f"System packages: installing {' '.join(missing)}", flush=True)
    _apt([*root], ["update"])
    problem = _apt([*root], command)
    if problem:
        _complain(problem, by_hand)


def _root_prefix() -> list[str] | None:
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    if subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0:
        return ["sudo", "-n"]
    return ["sudo"] if sys.stdin.isatty() else None


def _apt(root: list[str], arguments: list[str]) -> str:
    """Run apt-get; the last line of its complaint, empty if it has none."""
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]
    done = subprocess.run(
        [*root, *quiet, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    return (done.stderr.strip() or "apt-get failed").splitlines()[-1] if done.returncode else ""


def _complain(what: str, remedy: str) -> None:
    print(f"set-up: system packages: {what} ({remedy})", file=sys.stderr, flush=True)
