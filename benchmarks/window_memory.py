"""Memory of the window over a long talk: `python -m benchmarks.window_memory [TURNS [PAGE …]]`.

Ten thousand turns, each with partial transcripts and spoken words, as fast as the window takes them; every page is
opened once before, so that all of them are there to grow.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from benchmarks.table import print_table
from benchmarks.window_clocks import opened, spin
from benchmarks.window_frames import PAGES
from benchmarks.window_talk import Talk
from her_desktop.events import Recorded
from her_desktop.ui.picture import Nobody
from her_desktop.ui.window import build

TURNS, EVERY = 10_000, 1_000
AT_ONCE, FRAME_S = 5, 0.01
"""So many turns between two drawings."""
GOAL_MB = 5


def main() -> None:
    """Print the memory after each thousand turns."""
    turns = int(sys.argv[1]) if sys.argv[1:] else TURNS
    rows: list[list[str]] = []
    process, entries, began = psutil.Process(), 0, time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        talk = Talk(Path(folder) / "home")
        window = build(Nobody(), record=talk.record, home=talk.home)
        for page in sys.argv[2:] or [*PAGES, "now"]:
            opened(window, page)
        for turn in range(AT_ONCE, turns + 1, AT_ONCE):
            for recorded in _turns(talk):
                window.watcher.put(recorded)
                entries += 1
            window.bridge.drain()
            spin(FRAME_S)
            if turn % EVERY == 0:
                gc.collect()
                took_s = time.perf_counter() - began
                rows.append([f"{turn:,}", f"{entries:,}", f"{process.memory_info().rss / 1e6:.1f}", f"{took_s:.0f}"])
                print(f"\r{turn:,} turns", end="", file=sys.stderr)
        window.close()
    print_table(["turns", "entries", "MB", "s"], rows)
    if len(rows) > 1:
        grown = float(rows[-1][2]) - float(rows[0][2])
        print(f"from {rows[0][0]} to {rows[-1][0]} turns: {grown:+.1f} MB; goal: flat, at most {GOAL_MB}")


def _turns(talk: Talk) -> Iterator[Recorded]:
    for _ in range(AT_ONCE):
        yield from (recorded for _wait_s, recorded in talk.next_turn())


if __name__ == "__main__":
    main()
