"""How soon the window stands, and how soon she listens: `python -m benchmarks.window_start [RUNS]`.

The program as `her-desktop` starts it, with a profile, in a fresh process each time: from the start of the process
to the first picture, and to the entry that says that she listens. With a new profile (the rules are compiled), with one
that was used before, and with the files out of the operating system's cache. On a virtual sound card where there is
one, else without devices. The window alone, without profile and session, beside it.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.table import print_table
from tests.virtual_card import VirtualCard, why_not

RUNS, COLD_RUNS = 5, 3
PICTURE_GOAL_S, LISTENING_GOAL_S = 1.0, 3.0
_DROP = Path("/proc/sys/vm/drop_caches")


def main() -> None:
    """Print the figures."""
    runs = int(sys.argv[1]) if sys.argv[1:] else RUNS
    rows: list[list[str]] = []
    with _surroundings() as (env, devices), tempfile.TemporaryDirectory() as folder:
        rows += _rows("window alone, warm", [_started("alone", None, env) for _ in range(runs)])
        fresh = [_started("program", Path(folder) / f"new{at}", env) for at in range(runs)]
        rows += _rows("her-desktop, new profile, warm", fresh)
        home = Path(folder) / "new0"
        rows += _rows("her-desktop, used profile, warm", [_started("program", home, env) for _ in range(runs)])
        how, cold = "", []
        for _ in range(COLD_RUNS):
            how = _chill(home)
            cold.append(_started("program", home, env))
        rows += _rows(f"her-desktop, used profile, cold ({how})", cold)
    print_table(["start", "to", "median s", "least", "most", "goal"], rows)
    print(f"devices: {devices}")


@contextmanager
def _surroundings() -> Iterator[tuple[dict[str, str], str]]:
    if why_not():
        yield dict(os.environ), f"none ({why_not()})"
        return
    with VirtualCard() as card:
        yield card.env, "a virtual sound card"


def _rows(name: str, runs: list[dict[str, float]]) -> list[list[str]]:
    goals = {"picture": PICTURE_GOAL_S, "listening": LISTENING_GOAL_S}
    rows = []
    for what, goal in goals.items():
        if found := [run[what] for run in runs if what in run]:
            spread = [f"{value:.2f}" for value in (statistics.median(found), min(found), max(found))]
            rows.append([name, {"picture": "first picture"}.get(what, what), *spread, f"≤ {goal:g}"])
            name = ""
    return rows


def _started(what: str, home: Path | None, env: dict[str, str]) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.window_first", what, str(time.monotonic_ns()), str(home or "")]
    done = subprocess.run(command, env=env, check=False, capture_output=True, text=True, timeout=120)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    return {name: float(value) for name, value in (line.split() for line in done.stdout.splitlines() if line)}


def _chill(home: Path) -> str:
    """Take the program's files out of the cache; how that was done."""
    os.sync()
    try:
        _DROP.write_text("3")
    except OSError:
        for root in (sysconfig.get_path("purelib"), sysconfig.get_path("stdlib"), Path(__file__).parents[1], home):
            _evict(Path(root))
        return "evicted"
    return "caches dropped"


def _evict(root: Path) -> None:
    for path in root.rglob("*"):
        if path.is_file() and not path.is_symlink() and ".git" not in path.parts:
            with path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


if __name__ == "__main__":
    main()
