"""Frames while she speaks and the trace grows, on each page: `python -m benchmarks.window_frames [SECONDS [PAGE …]]`.

A thread of its own hands entries over as a conversation makes them (partial transcripts 8 a second, spoken words 3 a
second, whole turns) and the level of a voice 50 times a second. A frame is timed from the moment at which Qt is to draw
it until it is handed over; beside it, how long the event loop answered nobody.
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from pathlib import Path

from benchmarks.table import print_table
from benchmarks.window_clocks import Frames, Heartbeat, load, opened, spin, spread
from benchmarks.window_talk import Talk
from her_desktop.ui.bridge import Watcher
from her_desktop.ui.picture import Nobody
from her_desktop.ui.window import build

SECONDS = 25.0
GOAL_MS = 33
PAGES = ("now", "time", "whatif", "memory", "ledger", "rules", "session", "record")


class Feeder(threading.Thread):
    """Talks at a human pace until it is told to stop."""

    def __init__(self, talk: Talk, watcher: Watcher) -> None:
        super().__init__(name="feeder", daemon=True)
        self._talk, self._watcher = talk, watcher
        self._stop_asked = threading.Event()
        self.entries = 0

    def run(self) -> None:
        """Hand over turn after turn, and levels all the while."""
        block = 0
        while not self._stop_asked.is_set():
            for wait_s, recorded in self._talk.next_turn():
                until = time.monotonic() + wait_s
                while (left := until - time.monotonic()) > 0 and not self._stop_asked.is_set():
                    block += 1
                    self._watcher.level("her" if block % 400 > 200 else "him", 0.04 + 0.1 * (block % 7) / 7)
                    time.sleep(min(0.02, left))
                self._watcher.put(recorded)
                self.entries += 1

    def end(self) -> None:
        """Stop talking."""
        self._stop_asked.set()
        self.join()


def main() -> None:
    """Print the figures of each page."""
    seconds = float(sys.argv[1]) if sys.argv[1:] else SECONDS
    rows: list[list[str]] = []
    with tempfile.TemporaryDirectory() as folder:
        talk = Talk(Path(folder) / "home")
        window = build(Nobody(), record=talk.record, home=talk.home)
        for page in sys.argv[2:] or PAGES:
            opened(window, page)
            beat, frames = Heartbeat(), Frames(window.root)
            feeder = Feeder(talk, window.watcher)
            feeder.start()
            spin(2.0)
            beat.reset()
            frames.reset()
            spin(seconds)
            rate = len(frames.drawn_ms) / seconds
            feeder.end()
            rows += _rows(page, frames, beat, rate)
            window.root.removeEventFilter(frames)
        window.close()
    print_table(["page", "ms", "p50", "p95", "p99", "most", "goal"], rows)
    print(f"{seconds:g} s each; load {load()}; drawing: from the request to draw until the frame is handed over")


def _rows(page: str, frames: Frames, beat: Heartbeat, rate: float) -> list[list[str]]:
    return [
        [page, "drawing a frame", *spread(frames.drawn_ms), f"p99 ≤ {GOAL_MS}"],
        ["", f"between frames ({rate:.0f} a second)", *spread(frames.apart_ms), ""],
        ["", "event loop blocked", *spread(beat.late_ms), ""],
    ]


if __name__ == "__main__":
    main()
