"""All benchmarks, one after the other: `make bench`. Each also runs alone; its first lines say what it measures."""

from __future__ import annotations

import subprocess
import sys

BENCHMARKS = ("start", "window", "asr", "voice", "live")


def main() -> None:
    """Run each in a process of its own, so that none warms another."""
    for name in BENCHMARKS:
        print(f"\n== {name}", flush=True)
        subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False)


if __name__ == "__main__":
    main()
