"""All benchmarks, one after the other: `make bench`; `python -m benchmarks NAME …` runs one, with its own options.

The first lines of each say what it measures.
"""

from __future__ import annotations

import subprocess
import sys

BENCHMARKS = (
    "start",
    "window",
    "asr",
    "voice",
    "live",
    "match",
    "aptness",
    "journal",
    "trace",
    "screenplays",
    "screenplays_spoken",
)


def main() -> int:
    """Run each in a process of its own, so that none warms another."""
    if sys.argv[1:]:
        command = [sys.executable, "-m", f"benchmarks.{sys.argv[1]}", *sys.argv[2:]]
        return subprocess.run(command, check=False).returncode
    for name in BENCHMARKS:
        print(f"\n== {name}", flush=True)
        subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
