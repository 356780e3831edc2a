"""The real window on a real session: what is typed is answered, captioned and laid open, entry by entry."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from her_desktop.app import App
from her_desktop.cli.common import Options
from her_desktop.events import Recorded, Reply
from her_desktop.memory.journal import Journal
from her_desktop.session import Session
from her_desktop.ui.window import Window, build

from .conftest import ARTIFACTS
from .test_window import part, type_keys

pytestmark = [pytest.mark.window, pytest.mark.speech]


@pytest.fixture
def live(qtbot: QtBot, tmp_path: Path) -> Iterator[tuple[Window, Session, list[Recorded]]]:
    seen: list[Recorded] = []
    with App().live(Options(home=tmp_path)) as session:
        window = build(session)
        session.watch(window.watcher.put)
        session.watch(seen.append)
        session.watch_levels(window.watcher.level)
        thread = threading.Thread(target=session.run)
        thread.start()
        with qtbot.waitExposed(window.root):
            window.root.requestActivate()
        yield window, session, seen
        session.closed()
        thread.join(10)
        assert not thread.is_alive()
        window.close()


def test_a_typed_turn_is_answered_captioned_and_laid_open(
    qtbot: QtBot, tmp_path: Path, live: tuple[Window, Session, list[Recorded]]
) -> None:
    window, _, seen = live
    qtbot.waitUntil(lambda: window.presence.property("state") != "asleep", timeout=20_000)
    QTest.keyClick(window.root, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    type_keys(window, "my name is ada")
    QTest.keyClick(window.root, Qt.Key.Key_Return)

    def said() -> list[Reply]:
        return [recorded.entry for recorded in seen if isinstance(recorded.entry, Reply)]

    qtbot.waitUntil(lambda: len(said()) == 1, timeout=20_000)
    reply = said()[0]
    assert "Ada" in reply.text

    def captions() -> str:
        return f"{window.presence.property('captionSpoken')} {window.presence.property('captionRest')}"

    qtbot.waitUntil(lambda: " ".join(captions().split()) == reply.text, timeout=20_000)
    qtbot.waitUntil(lambda: part(window, "field").property("text") == "", timeout=5_000)
    ARTIFACTS.mkdir(exist_ok=True)
    assert window.grab().save(str(ARTIFACTS / "typed-turn.png"))
    qtbot.waitUntil(lambda: window.record.tape.rowCount() >= len(seen), timeout=10_000)
    with Journal(tmp_path, read_only=True) as journal:
        kept = {recorded.seq: recorded.kind for recorded in journal.entries()}
    shown = {recorded.seq: recorded.kind for recorded in seen}
    assert kept.items() <= shown.items()
    assert "decision" in kept.values()
