"""What the window costs: start, frames, processor, memory, a long journal. `python -m benchmarks.window [PART …]`.

Parts: start, frames, rest, memory, journal; all of them where none is named. Each runs in a process of its own,
offscreen unless QT_QPA_PLATFORM says otherwise, at 1280 × 800, and prints a table with the goal beside each figure.
"""

from __future__ import annotations

import os
import subprocess
import sys

PARTS = ("start", "frames", "rest", "memory", "journal")


def main() -> int:
    """Run the parts one after the other."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    asked = sys.argv[1:] or PARTS
    if unknown := set(asked) - set(PARTS):
        raise SystemExit(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    failed = 0
    for part in asked:
        load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
        print(f"\n-- window, {part} (load {load:.1f})", flush=True)
        failed |= subprocess.run([sys.executable, "-m", f"benchmarks.window_{part}"], check=False).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main())
