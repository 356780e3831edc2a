"""A long journal in the window: `python -m benchmarks.window_journal [ENTRIES]`; 100,000 unless said otherwise.

How long the event loop answered nobody (by a timer of 5 ms) while the pages session and ledger open, while the list of
all turns is walked from end to end with PageUp and PageDown, and while something is looked up, letter by letter.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from benchmarks.journal_made import fill, talk
from benchmarks.table import print_table
from benchmarks.window_clocks import Heartbeat, load, opened, spin
from her_desktop.app import App
from her_desktop.cli.common import Options
from her_desktop.memory.journal import Journal
from her_desktop.trace.reader import Past
from her_desktop.ui.picture import Nobody
from her_desktop.ui.window import Window, build

ENTRIES, GOAL_MS = 100_000, 100
_PATIENCE_S = 60.0
_KEY_S = 0.03
_QUERY = "w12 w3"


def main() -> None:
    """Print the figures."""
    entries = int(sys.argv[1]) if sys.argv[1:] else ENTRIES
    with tempfile.TemporaryDirectory() as folder:
        home, talked = Path(folder) / "home", Path(folder) / "talked"
        home.mkdir()
        talk(talked)
        turns = fill(home, talked, entries)
        options = Options(home=home)
        window = build(
            Nobody(), record=lambda: Past(Journal(home, read_only=True), lambda: App().conversation(options)), home=home
        )
        opened(window, "now")
        rows = list(_measured(window))
        window.close()
    print(f"{entries:,} entries, {turns:,} turns; load {load()}")
    print_table(["what", "took ms", "blocked at most, ms", "goal"], rows)


def _measured(window: Window) -> Iterator[list[str]]:
    beat = Heartbeat()

    def timed(what: str, work: Callable[[], object]) -> list[str]:
        spin(0.3)
        beat.reset()
        began = time.perf_counter()
        told = work()
        took_ms = (time.perf_counter() - began) * 1000
        spin(0.1)
        note = f"{what} ({told})" if told else what
        return [note, f"{took_ms:.0f}", f"{beat.longest_ms:.0f}", f"≤ {GOAL_MS}"]

    yield timed("the session page opens", lambda: _opened(window, "session"))
    turns = _part(window, "turns")
    turns.forceActiveFocus()
    up = timed(
        "PageUp from the last turn to the first", lambda: _paged(window, turns, Qt.Key.Key_PageUp, "atYBeginning")
    )
    yield up
    yield timed("PageDown to the last", lambda: _paged(window, turns, Qt.Key.Key_PageDown, "atYEnd"))
    yield timed("Home, End, Home", lambda: _keys(window, [Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Home]))
    yield timed(f"“{_QUERY}” typed into the search", lambda: _searched(window))
    yield timed("the ledger page opens and counts", lambda: _opened(window, "ledger"))
    yield timed("the rules page opens and counts", lambda: _opened(window, "rules"))
    yield timed("the memory page opens", lambda: _opened(window, "memory"))


def _opened(window: Window, tab: str) -> str:
    window.pages.go(tab, "")
    _settled(window)
    return ""


def _settled(window: Window) -> None:
    """Wait until the desk has answered all that was asked."""
    until = time.perf_counter() + _PATIENCE_S
    spin(0.2)
    while window.desk.property("busy"):
        if time.perf_counter() > until:
            raise SystemExit("the desk did not answer")
        spin(0.02)
    spin(0.2)


def _paged(window: Window, view: QObject, key: Qt.Key, end: str) -> str:
    pressed, last, same = 0, -1.0, 0
    while same < 20 and pressed < 20_000 and not (view.property(end) and pressed > 2):
        QTest.keyClick(window.root, key)
        spin(_KEY_S)
        pressed += 1
        at = float(view.property("contentY"))
        same = same + 1 if at == last else 0
        last = at
    return f"{pressed:,} presses{'' if view.property(end) else ', and did not get there'}"


def _keys(window: Window, keys: list[Qt.Key]) -> str:
    for key in keys:
        QTest.keyClick(window.root, key)
        spin(0.3)
    return ""


def _searched(window: Window) -> str:
    _part(window, "search").forceActiveFocus()
    for letter in _QUERY:
        QTest.keyClick(window.root, letter)  # type: ignore[call-overload]  # the stubs forget that a letter will do
        spin(0.12)
    _settled(window)
    return ""


def _part(window: Window, name: str) -> QQuickItem:
    found = next((one for one in _items(window.root.contentItem()) if one.objectName() == name), None)
    if found is None:
        raise SystemExit(f"the window has no {name}")
    return found


def _items(item: QQuickItem) -> Iterator[QQuickItem]:
    for child in item.childItems():
        yield child
        yield from _items(child)


if __name__ == "__main__":
    main()
