"""How long `chat` takes from its start to the first prompt, and a typed turn: `python -m benchmarks.start`.

Peer in the same run: an interpreter that imports nothing, so the figure is what the program itself adds.
"""

from __future__ import annotations

import os
import pty
import select
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.table import print_table

RUNS = 9


def main() -> None:
    """Print the figures."""
    bare = [_bare() for _ in range(RUNS)]
    fresh = [_to_prompt() for _ in range(RUNS)]
    with tempfile.TemporaryDirectory() as home:
        _to_prompt(home)
        again = [_to_prompt(home) for _ in range(RUNS)]
    rows = [[name, f"{statistics.median(values) * 1000:.0f}", f"{min(values) * 1000:.0f}", f"{max(values) * 1000:.0f}"]
            for name, values in [("python -c pass", bare), ("chat to its first prompt, first time", fresh),
                                 ("chat to its first prompt, afterwards", again)]]  # fmt: skip
    print_table(["ms", "median", "least", "most"], rows)


def _bare() -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    return time.perf_counter() - began


def _to_prompt(profile: str = "") -> float:
    """Seconds until `you` stands in a terminal, in a new profile if none is named."""
    with tempfile.TemporaryDirectory() as new:
        home = profile or new
        ours, theirs = pty.openpty()
        command = [str(Path(sys.executable).parent / "her-desktop"), "chat", "--home", home]
        if not Path(command[0]).exists():
            command = [sys.executable, "-m", "her_desktop", *command[1:]]
        began = time.perf_counter()
        with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=subprocess.DEVNULL) as process:
            shown = b""
            while b"you " not in shown:
                ready, _, _ = select.select([ours], [], [], 30)
                assert ready, "no prompt in 30 s"
                shown += os.read(ours, 1024)
            passed = time.perf_counter() - began
            os.write(ours, b"\x04")
            process.wait(10)
        os.close(ours)
        os.close(theirs)
    return passed


if __name__ == "__main__":
    main()
