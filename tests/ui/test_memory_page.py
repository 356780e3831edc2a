"""The page "memory" on a real session and its record: what she knows, what is kept, and taking it back."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from her_desktop.events import FactLearned, FactUsed, Reply, Span
from her_desktop.memory.document import read
from her_desktop.memory.facts import Fact
from her_desktop.memory.journal import Journal
from her_desktop.trace.reader import Past
from her_desktop.ui.connections import Connections, count
from her_desktop.ui.pages.memory import MemoryPage
from her_desktop.ui.pages.memory_export import export
from her_desktop.ui.pages.memory_facts import rows
from her_desktop.ui.pages.memory_kept import exactly, human, kept
from her_desktop.ui.pages.memory_list import FactList
from her_desktop.ui.pages.memory_look import facts_at, known, shaped
from her_desktop.ui.window import Window, build
from tests.test_by_hand import left_on_disk
from tests.trace.talking import Talking, shipped

from .test_window import accessible, part, type_keys

pytestmark = pytest.mark.window
Key = Qt.Key
NOW = datetime(2026, 11, 22, 23, 10, tzinfo=UTC)
WAIT_MS = 20_000


class Scene:
    """A window on a talk; what is pressed is done when the window has been waited for."""

    def __init__(self, qtbot: QtBot, talk: Talking) -> None:
        self.qtbot, self.talk, self.home = qtbot, talk, talk.home
        self.window: Window = build(
            talk.session, record=lambda: Past(Journal(talk.home, read_only=True), lambda: talk.conversation),
            home=talk.home,
        )  # fmt: skip
        talk.session.watch(self.window.watcher.put)
        with qtbot.waitExposed(self.window.root):
            self.window.root.requestActivate()
        qtbot.waitUntil(self.window.root.isActive)
        page = self.window.pages.page("memory")
        assert isinstance(page, MemoryPage)
        self.page: Any = page

    def open(self, target: str = "") -> None:
        self.window.pages.go("memory", target)
        self.until(lambda: self.count >= 0)

    def until(self, done: Any) -> None:
        def and_done() -> bool:
            self.talk.session.drain()
            return bool(done())

        self.qtbot.waitUntil(and_done, timeout=WAIT_MS)

    @property
    def count(self) -> int:
        return int(self.page.head["count"])

    @property
    def keeping(self) -> Any:
        return self.page.keeping

    def told(self) -> dict[str, dict[str, Any]]:
        """The rows that are drawn, by the name of the fact."""
        model = self.page.list
        found = [model.data(model.index(at)) for at in range(model.rowCount())]
        return {row["name"]: row for row in found}

    def press(self, key: Qt.Key, times: int = 1) -> None:
        for _ in range(times):
            QTest.keyClick(self.window.root, key)

    def focus(self) -> str:
        item = self.window.root.activeFocusItem()
        while item is not None and not item.objectName():
            item = item.parentItem()
        return str(item.objectName()) if item is not None else ""

    def tab_to(self, name: str) -> None:
        """Press Tab until this has the keyboard."""
        seen = []
        for _ in range(60):
            seen.append(self.focus())
            if self.focus() == name:
                return
            self.press(Key.Key_Tab)
        raise AssertionError(f"Tab does not reach {name}, only {seen}")

    def status(self) -> str:
        return str(self.page.status)


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talking]:
    with Talking(tmp_path / "profile") as talking:
        yield talking


@pytest.fixture
def scene(qtbot: QtBot, talk: Talking) -> Iterator[Scene]:
    made = Scene(qtbot, talk)
    yield made
    made.window.close()


# ---- what she knows ----


def test_each_fact_has_its_words_its_moment_and_its_replies(scene: Scene) -> None:
    scene.talk.says("my name is Theodore", "what is my name", "my sister's name is Catherine")
    scene.open()
    scene.until(lambda: scene.count == 2)
    name = scene.told()["user.name"]
    assert (name["subject"], name["predicate"], name["object"]) == ("you", "name", "Theodore")
    assert (name["words"], name["turn"]) == ("my name is Theodore", 1)
    assert name["replies"] == len(scene.talk.journal.uses()["user.name@1"]) == 2
    assert scene.told()["sister.name"]["subject"] == "your sister"
    assert part(scene.window, "fact-user.name").property("activeFocusOnTab")


def test_the_pane_tells_what_the_journal_holds(scene: Scene) -> None:
    scene.talk.says("my name is Theodore", "i live in Lisbon", "no, my name is Theodor", "what is my name")
    scene.open()
    scene.until(lambda: scene.count == 2)
    facts = facts_at(scene.talk.journal)
    assert facts == scene.talk.session.state.facts
    assert {name: row["object"] for name, row in scene.told().items()} == {
        name: fact.object for name, fact in facts.items()
    }
    scene.page.unfold_replies("user.name")
    scene.until(lambda: not scene.told()["user.name"]["looking"])
    for one in scene.told()["user.name"]["shaped"]:
        (reply,) = [e.entry for e in scene.talk.journal.turn(one["turn"]) if isinstance(e.entry, Reply)]
        assert reply.text == one["text"]
    assert [one["turn"] for one in scene.told()["user.name"]["shaped"] if one["how"] == "said"] == [4, 3, 1]


def test_what_he_says_meanwhile_stands_there_at_once(scene: Scene) -> None:
    scene.open()
    assert scene.count == 0
    assert "nothing of you yet" in part(scene.window, "nothing").property("text")
    scene.talk.says("my name is Theodore")
    scene.until(lambda: scene.count == 1)
    scene.talk.says("what is my name")
    scene.until(lambda: scene.told()["user.name"]["replies"] == 2)


def test_a_correction_keeps_its_history_to_unfold(scene: Scene) -> None:
    scene.talk.says("my name is Theodore", "no, my name is Theodor")
    scene.open()
    scene.until(lambda: scene.count == 1)
    scene.page.unfold_history("user.name")
    (before,) = scene.told()["user.name"]["history"]
    assert (before["object"], before["words"], before["turn"]) == ("Theodore", "my name is Theodore", 1)


def test_the_moment_that_taught_a_fact_is_one_press_away(scene: Scene) -> None:
    scene.talk.says("my name is Theodore", "i live in Lisbon", "hello")
    scene.open("user.name")
    scene.until(lambda: scene.focus() == "fact-user.name")
    scene.tab_to("taught-user.name")
    scene.press(Key.Key_Return)
    scene.until(lambda: scene.window.place.property("turn") == 1)
    scene.until(lambda: not scene.page.head["live"])


def test_of_an_earlier_turn_it_shows_what_she_knew_then_and_nothing_can_be_changed(scene: Scene) -> None:
    scene.talk.says("my name is Theodore", "i live in Lisbon", "no, my name is Theodor", "hello")
    scene.open()
    scene.until(lambda: scene.count == 2)
    scene.window.place.go(2)
    scene.until(lambda: not scene.page.head["live"])
    assert {name: row["object"] for name, row in scene.told().items()} == {
        "user.name": "Theodore", "user.home": "Lisbon",
    }  # fmt: skip
    assert "turn 2" in scene.page.head["then"]
    scene.qtbot.waitUntil(lambda: not part(scene.window, "edit-user.name").isVisible())
    scene.window.place.go(1)
    scene.until(lambda: scene.count == 1)
    scene.window.place.back()
    scene.until(lambda: scene.page.head["live"])
    assert scene.told()["user.name"]["object"] == "Theodor"


def test_the_field_finds_facts_by_any_word(scene: Scene) -> None:
    scene.talk.says("my name is Theodore", "i live in Lisbon", "my sister's name is Catherine")
    scene.open()
    scene.until(lambda: scene.count == 3)
    scene.tab_to("filter")
    type_keys(scene.window, "SISTER cath")
    assert list(scene.told()) == ["sister.name"]
    type_keys(scene.window, "x")
    assert part(scene.window, "nothing").property("text") == "No fact holds these words."


def test_arrows_walk_the_facts_and_turn_the_leaves(scene: Scene) -> None:
    scene.talk.says("my name is Theodore", "i live in Lisbon", "my sister's name is Catherine")
    scene.talk.says("where do i live")
    scene.open()
    scene.until(lambda: scene.count == 3)
    scene.tab_to("leafKnows")
    scene.press(Key.Key_Right)
    assert scene.focus() == "leafKept"
    scene.press(Key.Key_Left)
    assert scene.focus() == "leafKnows"
    scene.tab_to("fact-user.name")
    scene.press(Key.Key_Down, 2)
    assert scene.focus() == "fact-sister.name"
    scene.press(Key.Key_Home)
    scene.press(Key.Key_Down)
    assert scene.focus() == "fact-user.home"
    scene.press(Key.Key_Return)
    scene.until(lambda: scene.told()["user.home"]["repliesOpen"] and not scene.told()["user.home"]["looking"])
    scene.tab_to("turn-4")


# ---- changing it, by keys alone ----


def test_a_fact_is_mended_by_keys_alone_and_she_uses_it(scene: Scene) -> None:
    scene.talk.says("my name is Theodore")
    scene.open()
    scene.until(lambda: scene.count == 1)
    scene.tab_to("fact-user.name")
    scene.press(Key.Key_E)
    scene.until(lambda: scene.focus() == "editField")
    type_keys(scene.window, "Bartholomew")
    scene.press(Key.Key_Return)
    scene.until(lambda: scene.told()["user.name"]["object"] == "Bartholomew")
    assert [one["object"] for one in scene.told()["user.name"]["history"]] == ["Theodore"]
    assert "Bartholomew" in scene.status()
    assert scene.focus() == "fact-user.name"
    assert "Bartholomew" in scene.talk.says("what is my name")


def test_escape_leaves_a_fact_as_it_was(scene: Scene) -> None:
    scene.talk.says("my name is Theodore")
    scene.open()
    scene.until(lambda: scene.count == 1)
    scene.tab_to("fact-user.name")
    scene.press(Key.Key_E)
    scene.until(lambda: scene.focus() == "editField")
    type_keys(scene.window, "Barth")
    scene.press(Key.Key_Escape)
    assert scene.focus() == "fact-user.name"
    assert scene.page.doing["what"] == ""
    scene.press(Key.Key_Delete)
    scene.until(lambda: scene.focus() == "askNo")
    scene.press(Key.Key_Escape)
    assert scene.focus() == "fact-user.name"
    scene.talk.session.drain()
    assert scene.talk.session.state.facts["user.name"].object == "Theodore"


def test_a_fact_is_forgotten_by_keys_alone_down_to_the_bytes(scene: Scene) -> None:
    scene.talk.says("my name is Theodore", "what is my name", "i live in Lisbon")
    scene.open()
    scene.until(lambda: scene.count == 2)
    scene.tab_to("fact-user.name")
    scene.press(Key.Key_Delete)
    scene.until(lambda: scene.page.doing["turns"] == 2 and scene.focus() == "askNo")
    QTest.keyClick(scene.window.root, Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert scene.focus() == "askYes"
    scene.press(Key.Key_Return)
    scene.until(lambda: list(scene.told()) == ["user.home"])
    assert "taken out of 2 turns" in scene.status()
    assert left_on_disk(scene.home, "Theodore") == []
    scene.until(lambda: scene.focus() == "fact-user.home")


def test_what_cannot_be_done_is_told_on_the_page(scene: Scene) -> None:
    scene.talk.says("my name is Theodore")
    scene.open()
    scene.until(lambda: scene.count == 1)
    scene.page.forget("user.home")
    scene.until(lambda: "she knows nothing of that name" in scene.status())


def test_everything_is_forgotten_by_keys_alone_and_only_with_the_word(scene: Scene) -> None:
    scene.talk.says("my name is Theodore", "i live in Lisbon")
    scene.open("kept")
    scene.until(lambda: scene.keeping.kept.get("facts") == 2)
    scene.tab_to("forgetEverything")
    scene.press(Key.Key_Return)
    scene.until(lambda: scene.focus() == "askNo")
    assert "2 turns and 2 facts would go, everything since" in scene.keeping.question
    QTest.keyClick(scene.window.root, Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    scene.press(Key.Key_Return)
    scene.until(lambda: scene.focus() == "askWord")
    type_keys(scene.window, "yes")
    scene.press(Key.Key_Return)
    scene.talk.session.drain()
    assert scene.talk.session.state.facts
    scene.press(Key.Key_Backspace, 3)
    type_keys(scene.window, "forget")
    scene.press(Key.Key_Return)
    scene.until(lambda: scene.count == 0)
    assert left_on_disk(scene.home, "Theodore", "Lisbon") == []
    assert "everything is forgotten" in scene.status()
    assert "Ada" in scene.talk.says("my name is Ada")
    assert scene.talk.number == 1
    scene.until(lambda: list(scene.told()) == ["user.name"])
    scene.until(lambda: scene.keeping.kept["turns"] == 1)


def test_all_facts_go_and_the_conversations_stay(scene: Scene) -> None:
    scene.talk.says("my name is Theodore", "i live in Lisbon", "hello")
    scene.open("kept")
    scene.until(lambda: scene.keeping.kept.get("facts") == 2)
    scene.keeping.ask_facts()
    scene.until(lambda: "out of 3 turns" in scene.keeping.question)
    scene.keeping.forget_facts()
    scene.until(lambda: scene.count == 0 and scene.keeping.kept["facts"] == 0)
    assert scene.keeping.kept["turns"] == 3
    assert left_on_disk(scene.home, "Theodore", "Lisbon") == []


@pytest.mark.parametrize("first", ["desk", "session"])
def test_forgetting_while_the_desk_reads_ends_well(scene: Scene, first: str) -> None:
    scene.talk.says("my name is Theodore", "i live in Lisbon")
    scene.open()
    scene.until(lambda: scene.count == 2)
    begun, on = threading.Event(), threading.Event()

    def slow(past: Past) -> int:
        entries = past.journal.entries()
        next(entries)
        begun.set()
        on.wait(WAIT_MS / 1000)
        return 1 + len(list(entries))

    read: list[int] = []
    if first == "desk":
        scene.window.desk.ask("slow", slow, read.append)
        assert begun.wait(WAIT_MS / 1000)
        threading.Timer(0.2, on.set).start()
        scene.page.forget("user.name")
    else:
        on.set()
        scene.page.forget("user.name")
        scene.window.desk.ask("slow", slow, read.append)
    scene.until(lambda: read and list(scene.told()) == ["user.home"])
    assert left_on_disk(scene.home, "Theodore") == []
    assert "another program" not in scene.status()


# ---- taking it along ----


def test_the_facts_are_written_to_a_file_that_can_be_read_back(scene: Scene, tmp_path: Path) -> None:
    scene.talk.says("my name is Theodore", "no, my name is Theodor")
    scene.open("kept")
    scene.until(lambda: scene.keeping.kept.get("facts") == 1)
    path = tmp_path / "mine.json"
    part(scene.window, "exportPath").setProperty("text", str(path))
    scene.tab_to("exportPath")
    scene.press(Key.Key_Return)
    scene.until(lambda: "1 fact written" in scene.keeping.exported["note"])
    (fact,) = read(path.read_bytes(), path.name).facts
    assert (fact.object, fact.history[0].object) == ("Theodor", "Theodore")
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_text("something else")
    scene.press(Key.Key_Return)
    scene.until(lambda: scene.focus() == "askNo")
    assert path.read_text() == "something else"
    QTest.keyClick(scene.window.root, Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    scene.press(Key.Key_Return)
    scene.until(lambda: "1 fact written" in scene.keeping.exported["note"])
    assert read(path.read_bytes(), path.name).facts == (fact,)
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["mine.json"]


@pytest.mark.parametrize(
    ("name", "why"), [("no/such/folder/m.json", "No such file or directory"), ("", "it is a folder")]
)
def test_a_file_that_cannot_be_written_is_told_clearly(scene: Scene, tmp_path: Path, name: str, why: str) -> None:
    scene.open("kept")
    scene.keeping.export(str(tmp_path / name), False)
    scene.until(lambda: scene.keeping.exported["bad"])
    assert why in scene.keeping.exported["note"]
    scene.keeping.export("  ", False)
    assert "name a file" in scene.keeping.exported["note"]


def test_a_file_that_was_there_stays_whole_where_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Talking(tmp_path / "profile") as talk:
        talk.says("my name is Theodore")
        path = tmp_path / "mine.json"
        path.write_text("as it was")

        def full(_number: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("os.fsync", full)
        with pytest.raises(Exception, match="No space left"):
            export(talk.journal, path, over=True)
    assert path.read_text() == "as it was"
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["mine.json"]


# ---- what is kept, and what is open ----


def test_what_is_kept_agrees_with_the_folder_and_the_journal(scene: Scene) -> None:
    scene.talk.says("my name is Theodore", "what is my name")
    scene.open("kept")
    scene.until(lambda: scene.keeping.kept.get("turns") == 2)
    found = kept(Past(scene.talk.journal, shipped), scene.home)
    entries = list(scene.talk.journal.entries())
    assert f"{len(entries)} entries" in found.counts
    assert found.since == "22 November 2026"
    assert found.counts[:2] == ("1 session", "2 turns")
    sizes = {path.name: path.stat().st_size for path in scene.home.iterdir() if path.is_file()}
    assert {one.name: one.size for one in found.files} == {name: exactly(size) for name, size in sizes.items()}
    assert found.sounds == 0
    (scene.home / "note.wav").write_bytes(b"RIFF")
    assert kept(Past(scene.talk.journal, shipped), scene.home).sounds == 1


@pytest.mark.parametrize(
    ("size", "told"),
    [
        (0, "0 bytes"), (1, "1 byte"), (1023, "1,023 bytes"), (1024, "1.0 KiB · 1,024 bytes"),
        (3_250_585, "3.1 MiB · 3,250,585 bytes"), (5 * 1024**4, "5.0 TiB · 5,497,558,138,880 bytes"),
    ],
)  # fmt: skip
def test_sizes_are_told_for_people_and_exactly(size: int, told: str) -> None:
    assert exactly(size) == told
    assert exactly(size).startswith(human(size))


def test_open_internet_sockets_are_counted_live(qtbot: QtBot) -> None:
    assert count().internet == ()
    watched = Connections()
    watched.watch(True)
    qtbot.waitUntil(lambda: watched.property("count") == 0, timeout=WAIT_MS)
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen()
        client.connect(server.getsockname())
        port = server.getsockname()[1]
        qtbot.waitUntil(lambda: watched.property("count") == 2, timeout=WAIT_MS)
        assert watched.counted
        assert f"127.0.0.1:{port}" in {one.there for one in watched.counted.internet}
    qtbot.waitUntil(lambda: watched.property("count") == 0, timeout=WAIT_MS)
    watched.watch(False)


def test_local_sockets_are_told_apart_from_the_internet() -> None:
    before = count()
    here, there = socket.socketpair()
    with here, there:
        after = count()
    assert after.internet == ()
    assert after.local == before.local + 2


def test_the_page_says_how_many_connections_are_open(scene: Scene) -> None:
    scene.open("kept")
    scene.until(lambda: part(scene.window, "connections").property("text") == "0")
    assert "0 connections" in part(scene.window, "leafKept").property("figure")


# ---- large, and for everybody ----


def long_record(home: Path, facts: int, entries: int) -> None:
    """A record of many facts, each used now and then."""
    said = Reply(
        text="So it is.", act="inform", tone="warm", techniques=(), spans=(Span("So it is.", "author", "a.b#0"),),
        rule="a.b", variant=0, of=1, choice=(0,), die=0.5,
    )  # fmt: skip
    with Journal(home) as journal:
        journal.begin_session()
        for turn in range(1, entries // 2 + 1):
            name = f"thing{turn % facts}"
            fact = f"user.{name}@{turn}"
            entry = (
                FactLearned(
                    fact=fact, subject="user", predicate=name, object=f"value{turn}", source_turn=turn,
                    words=f"my {name} is value{turn}", told_at=NOW + timedelta(seconds=turn),
                )
                if turn <= facts
                else FactUsed(
                    fact=f"user.{name}@{turn % facts or facts}", subject="user", predicate=name, object="value",
                    source_turn=turn % facts or facts,
                )
            )  # fmt: skip
            journal.append(turn, NOW + timedelta(seconds=turn), (entry, said), durable=False)


def test_a_thousand_facts_in_a_long_record_do_not_stall_the_window(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "profile").mkdir()
    long_record(tmp_path / "profile", 1_000, 100_000)
    with Talking(tmp_path / "profile") as talk:
        scene = Scene(qtbot, talk)
        try:
            scene.open()
            scene.until(lambda: scene.count == 1_000)
            assert sum(row["replies"] for row in scene.told().values()) == 49_000
            drawn = [one for one in scene.window.root.findChildren(QObject) if one.objectName().startswith("fact-")]
            assert len(drawn) < 60
        finally:
            scene.window.close()


def test_rows_come_and_go_without_making_the_list_anew(qtbot: QtBot) -> None:
    facts = {f"user.p{at}": Fact(f"user.p{at}@1", "user", f"p{at}", str(at), 1, "", NOW) for at in range(9)}
    model = FactList()
    model.take(rows(facts, {}))
    with qtbot.assertNotEmitted(model.modelReset):
        del facts["user.p3"]
        model.take(rows(facts, {}))
        facts["user.p11"] = msgspec.structs.replace(facts["user.p1"], predicate="p11")
        facts["user.p2"] = msgspec.structs.replace(facts["user.p2"], object="new")
        model.take(rows(facts, {}))
    assert [model.data(model.index(at))["name"] for at in range(model.rowCount())] == sorted(facts)
    assert model.data(model.index(model.place("user.p2")))["object"] == "new"


def test_a_fact_about_somebody_nobody_thought_of_is_told_last() -> None:
    about = [Fact(f"{who}.name@1", who, "name", "x", 1, "", NOW) for who in ("neighbor", "sister", "user")]
    told = rows({fact.name: fact for fact in about}, {})
    assert [row.subject for row in told] == ["you", "your sister", "your neighbor"]


def test_a_reply_that_leaned_on_a_fact_unsaid_is_among_those_it_shaped(talk: Talking) -> None:
    talk.says("my name is Theodore", "what do you know about me", "forget my plans", "hello")
    past = Past(talk.journal, lambda: talk.conversation)
    reached = talk.journal.reach([talk.session.state.facts["user.name"]])
    leaned = {one.turn for marks in reached for one in marks.turns if one.how == "leaned"}
    assert {one.turn for one in shaped(past, "user.name") if one.how == "leaned"} == leaned
    assert [row.name for row in known(past, None)] == ["user.name"]


def test_whoever_listens_is_told_of_every_fact_and_button(scene: Scene) -> None:
    scene.talk.says("my name is Theodore")
    scene.open()
    scene.until(lambda: scene.count == 1)
    part(scene.window, "edit-user.name")
    root = QAccessible.queryAccessibleInterface(scene.window.root)
    assert root is not None
    names = [one.text(QAccessible.Text.Name) for one in accessible(root)]
    assert any(name.startswith("you, name: Theodore. You said: my name is Theodore") for name in names)
    assert {"edit name", "forget name", "find a fact", "what she knows, 1"} <= set(names)


@pytest.mark.parametrize("leaf", ["", "kept"])
@pytest.mark.parametrize("size", [(720, 900), (1280, 800)])
def test_at_double_size_everything_is_within_reach(scene: Scene, leaf: str, size: tuple[int, int]) -> None:
    scene.talk.says("my name is Theodore", "i live in Lisbon")
    scene.window.preferences.grow(10)
    scene.window.root.resize(*size)
    scene.open(leaf)
    scene.until(lambda: scene.count == 2 and scene.keeping.kept)
    scene.tab_to("forgetEverything" if leaf else "forget-user.name")
    item = scene.window.root.activeFocusItem()
    pane = part(scene.window, "programming")

    def inside() -> bool:
        at = item.mapToItem(pane, 0.0, 0.0)
        return bool(at.x() >= 0 and at.x() + item.width() <= pane.width() and 0 <= at.y() <= pane.height())

    scene.until(inside)


def test_a_count_that_is_under_way_ends_with_the_window(qtbot: QtBot) -> None:
    connections = Connections()
    connections.watch(True)
    connections.close()
    assert "connections" not in {thread.name for thread in threading.enumerate()}
    connections.watch(True)
    assert "connections" not in {thread.name for thread in threading.enumerate()}, "nothing is counted any more"
    connections.watch(False)
