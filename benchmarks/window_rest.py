"""What the window takes of a core while she listens: `python -m benchmarks.window_rest [SECONDS]`.

In silence, hidden, and following a voice; each in a process of its own, after two turns were talked. `feed` is what the
measuring itself takes, telling the level 50 times a second to a hidden window that does not look. The window alone:
the whole program with its sound devices is measured by `python -m benchmarks.live`.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import psutil

from benchmarks.table import print_table

LEVELS = {"silence": 0.0008, "hidden": 0.0008, "voice": 0.12, "feed": 0.0008}
GOALS = {"silence": "≤ 3 %", "hidden": "≤ 1 %", "voice": "", "feed": ""}
SECONDS = 15.0


def main() -> None:
    """Print the figures, or measure one situation."""
    if sys.argv[1:] and sys.argv[1] in LEVELS:
        return _rest(sys.argv[1], float(sys.argv[2]))
    seconds = sys.argv[1] if sys.argv[1:] else str(SECONDS)
    rows = []
    for situation in LEVELS:
        command = [sys.executable, "-m", "benchmarks.window_rest", situation, seconds]
        done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=300)
        percent, megabytes, frames = done.stdout.split()
        rows.append([situation, percent, megabytes, frames, GOALS[situation]])
    print_table(["listening", "% of a core", "MB", "frames a second", "goal"], rows)
    return None


def _rest(situation: str, seconds: float) -> None:
    from PySide6.QtCore import QTimer  # noqa: PLC0415 -- loaded in the process that is measured

    from benchmarks.window_clocks import opened  # noqa: PLC0415 -- as above
    from benchmarks.window_talk import Talk  # noqa: PLC0415 -- as above
    from her_desktop.ui.picture import Nobody  # noqa: PLC0415 -- as above
    from her_desktop.ui.window import build  # noqa: PLC0415 -- as above

    with tempfile.TemporaryDirectory() as folder:
        talk = Talk(Path(folder) / "home")
        window = build(Nobody(), record=talk.record, home=talk.home)
        opened(window, "now")
        for _ in range(2):
            for _wait_s, recorded in talk.next_turn():
                window.watcher.put(recorded)
        sound, blocks, drawn = QTimer(), iter(range(10**9)), iter(range(10**9))
        sound.timeout.connect(lambda: window.watcher.level("him", LEVELS[situation] * (0.3 + next(blocks) % 7 / 10)))
        sound.start(20)
        window.root.frameSwapped.connect(lambda: next(drawn))
        _loop(3.0)
        window.root.setVisible(situation not in {"hidden", "feed"})
        if situation == "feed":
            window.bridge.stop()
        _loop(3.0)
        process, before = psutil.Process(), next(drawn)
        process.cpu_percent()
        _loop(seconds)
        percent = process.cpu_percent()
        frames = (next(drawn) - before - 1) / seconds
        print(f"{percent:.1f} {process.memory_info().rss / 1e6:.0f} {frames:.1f}")
        sound.stop()
        window.close()


def _loop(seconds: float) -> None:
    """Let the event loop run by itself, so that nothing of the measuring is measured."""
    from PySide6.QtCore import QEventLoop, QTimer  # noqa: PLC0415 -- as above

    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()


if __name__ == "__main__":
    main()
