"""One start of the window in this process; prints `picture` and `listening`, in seconds since the moment that is named.

`python -m benchmarks.window_first alone|program SINCE_NS [HOME]`: of the monotonic clock. `program` goes the
whole way of the command `her-desktop`; it is watched where the window is built, and closed once she listens.
"""

from __future__ import annotations

import sys
import time
from typing import Any

SINCE_NS = int(sys.argv[2])


def _tell(what: str) -> None:
    print(what, f"{(time.monotonic_ns() - SINCE_NS) / 1e9:.4f}", flush=True)


def alone() -> None:
    """The window, and nobody behind it."""
    from PySide6.QtCore import QEventLoop  # noqa: PLC0415 -- what is loaded, and when, is what is measured

    from her_desktop.ui.picture import Nobody  # noqa: PLC0415 -- as above
    from her_desktop.ui.window import build  # noqa: PLC0415 -- as above

    window, loop = build(Nobody()), QEventLoop()
    window.root.frameSwapped.connect(loop.quit)
    loop.exec()
    _tell("picture")
    window.close()


def program(home: str) -> None:
    """The command `her-desktop`."""
    from PySide6.QtCore import QTimer  # noqa: PLC0415 -- as above

    from her_desktop.app import main  # noqa: PLC0415 -- as above
    from her_desktop.events import Recorded, StateChanged  # noqa: PLC0415 -- as above
    from her_desktop.ui import window as room  # noqa: PLC0415 -- as above

    build = room.build

    def watched(*arguments: Any) -> room.Window:
        built = build(*arguments)
        told: set[str] = set()

        def first() -> None:
            if "picture" not in told:
                told.add("picture")
                _tell("picture")

        def put(recorded: Recorded, put_on: Any = built.watcher.put) -> None:
            put_on(recorded)
            if isinstance(recorded.entry, StateChanged) and recorded.entry.state == "listening":
                _tell("listening")
                told.add("listening")

        built.root.frameSwapped.connect(first)
        built.watcher.put = put  # type: ignore[method-assign]  # to be told of it, not to change it
        look = QTimer(built, interval=50)
        look.timeout.connect(lambda: built.root.close() if "listening" in told else None)
        look.start()
        return built

    room.build = watched  # type: ignore[assignment]  # takes whatever it takes
    sys.argv = ["her-desktop", "--home", home]
    main()


if __name__ == "__main__":
    alone() if sys.argv[1] == "alone" else program(sys.argv[3])
