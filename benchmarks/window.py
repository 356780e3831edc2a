"""How soon the window stands, and what it costs while nothing happens: `python benchmarks/window.py [--seconds 10]`.

Prints, for a fresh process each time, the milliseconds from its start to the first picture (median and all), and the
share of one core that the window takes while she listens: in silence, with a voice to follow, and hidden. Offscreen
unless QT_QPA_PLATFORM says otherwise.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from her_desktop.ui.window import Window

STARTS = 5
LEVELS = {"silence": 0.0008, "voice": 0.12, "hidden": 0.0008}


def first_picture(began_ns: int) -> None:
    """Build the window and print how long after `began_ns` (monotonic) its first picture stood."""
    from PySide6.QtCore import QEventLoop  # noqa: PLC0415 -- loaded in the process that is measured

    window, loop = _window(), QEventLoop()
    window.root.frameSwapped.connect(loop.quit)
    loop.exec()
    print((time.monotonic_ns() - began_ns) / 1e6)
    window.close()


def at_rest(situation: str, seconds: float) -> None:
    """Print the percentage of one core and the memory in MB of a window that listens for so many seconds."""
    import psutil  # noqa: PLC0415 -- loaded in the process that is measured
    from PySide6.QtCore import QEventLoop, QTimer  # noqa: PLC0415 -- loaded in the process that is measured

    from her_desktop import events  # noqa: PLC0415 -- loaded in the process that is measured

    window, loop, sound = _window(), QEventLoop(), QTimer()
    now = datetime.now(UTC)
    ready = events.StateChanged(state="listening", cause="ready")
    window.watcher.put(events.Recorded(seq=1, session=1, turn=0, at=now, entry=ready))
    window.root.setVisible(situation != "hidden")
    blocks = iter(range(10**9))
    sound.timeout.connect(lambda: window.watcher.level("him", LEVELS[situation] * (0.3 + next(blocks) % 7 / 10)))
    sound.start(20)
    QTimer.singleShot(1500, loop.quit)
    loop.exec()
    process = psutil.Process()
    process.cpu_percent()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()
    print(process.cpu_percent(), process.memory_info().rss / 1e6)
    window.close()


def _window() -> Window:
    from her_desktop.ui.picture import Nobody  # noqa: PLC0415 -- loaded in the process that is measured
    from her_desktop.ui.window import build  # noqa: PLC0415 -- loaded in the process that is measured

    return build(Nobody())


def _fresh(*arguments: str) -> list[float]:
    done = subprocess.run(
        [sys.executable, __file__, *arguments], check=True, capture_output=True, text=True, timeout=120
    )
    return [float(number) for number in done.stdout.split()]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--picture", type=int, metavar="NS", help=argparse.SUPPRESS)
    parser.add_argument("--rest", choices=LEVELS, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if asked.picture:
        return first_picture(asked.picture)
    if asked.rest:
        return at_rest(asked.rest, asked.seconds)
    starts = [_fresh("--picture", str(time.monotonic_ns()))[0] for _ in range(STARTS)]
    print(f"start to first picture: median {statistics.median(starts):.0f} ms of", [round(ms) for ms in starts])
    for situation in LEVELS:
        cpu, memory = _fresh("--rest", situation, "--seconds", str(asked.seconds))
        print(f"listening, {situation}: {cpu:.1f} % of one core, {memory:.0f} MB")
    return None


if __name__ == "__main__":
    main()
