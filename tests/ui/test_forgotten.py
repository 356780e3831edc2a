"""What is forgotten is gone from the window too: from every page, model, text and name, without starting anew."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import FunctionType, MethodType
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject
from PySide6.QtGui import QAccessible
from PySide6.QtQml import QJSEngine, QJSValue
from PySide6.QtQuick import QQuickItem
from pytestqt.qtbot import QtBot

from her_desktop import paths
from her_desktop.audio.by_hand import HandSpeaker
from her_desktop.clock import FixedClock
from her_desktop.conversation import Conversation
from her_desktop.events import Alternative, FinalTranscript, Reply
from her_desktop.inbox import Erase, Forget, InlineExecutor, Parts
from her_desktop.memory.journal import Journal
from her_desktop.session import Session
from her_desktop.trace.reader import Past
from her_desktop.tts.silent import SilentVoice
from her_desktop.ui.window import Window, build
from tests.trace.packs import NOW
from tests.trace.talking import Talking, shipped

from .settled import settled
from .test_window import accessible, part, type_keys

pytestmark = pytest.mark.window

NAME, TOWN, SISTER = "Quirinius", "Samarkand", "Zenobia"
PAGES = ("now", "time", "whatif", "memory", "ledger", "rules", "session", "record")
WAIT_MS = 20_000
_OWN = re.compile(r"\bproperty (?:var|string|url|list<\w+>) (\w+)")
_TEXTS = {
    "text", "title", "source", "displayText", "preeditText", "selectedText", "hoveredLink", "link",
    *(name for file in (paths.resources() / "qml").glob("*.qml") for name in _OWN.findall(file.read_text("utf-8"))),
}  # fmt: skip
"""Properties that can hold words; what is a QObject is reached as somebody's child. Read from the sources: a
QMetaObject that Python has asked for outlives the item that it describes, and the next item there is taken for it."""
_PROPERTIES = f"(part => {sorted(_TEXTS - {'groups', 'section'})}.filter(name => name in part).join())"
"""QML that tells which of them a part has, but two: they are Qt's own in a list, of kinds that Python does not know."""


# ---- everything that the window holds ----


class Held:
    """Walks all that can be reached from a window, and notes where one of these words stands."""

    def __init__(self, words: tuple[str, ...], engine: QJSEngine) -> None:
        self.words = tuple(word.casefold() for word in words)
        self.engine = engine
        self.has = engine.evaluate(_PROPERTIES)
        self.found: list[str] = []
        self._met: dict[int, Any] = {}

    def walk(self, value: Any, where: str) -> None:
        match value:
            case str():
                self.found += [f"{where}: {value!r}"] if any(one in value.casefold() for one in self.words) else []
            case None | bool() | int() | float() | bytes() | type() | Session() | Conversation() | Journal():
                return  # what is on the other side of the window, and the packs
            case _ if id(value) not in self._met:
                self._met[id(value)] = value
                self._inside(value, where)

    def _inside(self, value: Any, where: str) -> None:
        match value:
            case QJSValue():
                self.walk(value.toVariant(), where)
            case QObject():
                self._object(value, where)
            case Mapping():
                for key, one in value.items():
                    self.walk(key, f"{where} key")
                    self.walk(one, f"{where}[{key!r}]")
            case msgspec.Struct():
                for name in value.__struct_fields__:
                    self.walk(getattr(value, name), f"{where}.{name}")
            case MethodType():
                self.walk(value.__self__, where)
            case FunctionType():
                for cell in value.__closure__ or ():
                    self.walk(cell.cell_contents, f"{where}()")
            case list() | tuple() | set() | frozenset() | Iterator():
                pass
            case _ if _ours(value):
                self._fields(value, where)
        if isinstance(value, list | tuple | set | frozenset) or type(value).__name__ in {"deque", "OrderedDict"}:
            for at, one in enumerate(value.items() if isinstance(value, Mapping) else list(value)):
                self.walk(one, f"{where}[{at}]")

    def _fields(self, value: Any, where: str) -> None:
        for name, one in vars(value).items():
            self.walk(one, f"{where}.{name}")

    def _object(self, value: QObject, where: str) -> None:
        if _ours(value):
            self._fields(value, where)
        if isinstance(value, QAbstractItemModel):
            self._model(value, where)
        here = f"{where}/{value.objectName() or type(value).__name__}"
        for name in self._properties(value):
            self.walk(value.property(name), f"{here}.{name}")
        items = value.childItems() if isinstance(value, QQuickItem) else []
        for child in (*value.children(), *items):
            self.walk(child, here)

    def _properties(self, value: QObject) -> list[str]:
        if _ours(value):
            about = type(value).staticMetaObject  # type: ignore[attr-defined]  # the stubs forget it
            return [str(about.property(at).name()) for at in range(about.propertyCount())]
        QJSEngine.setObjectOwnership(value, QJSEngine.objectOwnership(value))  # else the engine would own it
        names = self.has.call([self.engine.newQObject(value)]).toString()  # type: ignore[attr-defined]  # the stubs err
        return list(filter(None, names.split(",")))

    def _model(self, model: QAbstractItemModel, where: str) -> None:
        for row in range(model.rowCount(QModelIndex())):
            for role, name in model.roleNames().items():
                self.walk(model.data(model.index(row, 0), role), f"{where} row {row} {bytes(name.data())!r}")


def _ours(value: Any) -> bool:
    return type(value).__module__.startswith("her_desktop")


def held(window: Window, *words: str) -> list[str]:
    """Where in the window, seen or unseen, one of these words stands."""
    look = Held(words, window._engine)
    look.walk(window, "window")
    look.walk(window.root, "root")
    for one in accessible(QAccessible.queryAccessibleInterface(window.root)):
        for text in (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value):
            look.walk(one.text(text), "said to a screen reader")
    return look.found


# ---- a window on a talk ----


class Room:
    """A window on a real talk; what is pressed in it is done when the window has been waited for."""

    def __init__(self, qtbot: QtBot, talk: Talking) -> None:
        self.qtbot, self.talk = qtbot, talk
        self.window: Window = build(
            talk.session, record=lambda: Past(Journal(talk.home, read_only=True), lambda: talk.conversation),
            home=talk.home,
        )  # fmt: skip
        talk.session.watch(self.window.watcher.put)
        with qtbot.waitExposed(self.window.root):
            self.window.root.requestActivate()
        qtbot.waitUntil(self.window.root.isActive)

    def page(self, name: str) -> Any:
        return self.window.pages.page(name)

    def until(self, done: Callable[[], Any]) -> None:
        def and_done() -> bool:
            self.talk.session.drain()
            return bool(done())

        self.qtbot.waitUntil(and_done, timeout=WAIT_MS)

    def settles(self) -> None:
        settled(self.qtbot, self.window)

    def opens_everything(self) -> None:
        """Open every page, and on it whatever may keep a word: a search, a change tried, a reply unfolded."""
        for name in PAGES:
            self.window.pages.go(name, "")
            self.settles()
        self._memory()
        self._what_if()
        self._session()
        self._record()

    def _types(self, field: str, text: str) -> None:
        part(self.window, field).forceActiveFocus()
        type_keys(self.window, text.lower())

    def _memory(self) -> None:
        self.window.pages.go("memory", "")
        self.settles()
        page = self.page("memory")
        for name in page.list.names:
            page.unfold_replies(name)
            page.unfold_history(name)
        self._types("filter", NAME)
        self.settles()

    def _what_if(self) -> None:
        self.window.pages.go("whatif", "")
        self.settles()
        page = self.page("whatif")
        self._types("saidField", TOWN)
        page.property("change").say(f"my name is {NAME} and i live in {TOWN}")
        page.property("why").unfold(True)
        page.property("rules").ask("greeting.hello")
        self.settles()

    def _session(self) -> None:
        self.window.pages.go("session", "")
        self.settles()
        self._types("search", NAME)
        self.until(lambda: self.page("session").property("hits"))
        self.settles()

    def _record(self) -> None:
        self.window.pages.go("record", "")
        self.settles()
        rows = self.page("record").rows
        for at in range(rows.rowCount()):
            rows.toggle(at)
        self.settles()


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talking]:
    with Talking(tmp_path / "profile") as talking:
        yield talking


@pytest.fixture
def room(qtbot: QtBot, talk: Talking) -> Iterator[Room]:
    made = Room(qtbot, talk)
    yield made
    made.window.close()


def spoken(text: str) -> FinalTranscript:
    words = (Alternative(text, 0.8), Alternative(f"uh {text}", 0.1))
    return FinalTranscript(text=text, recognizer="test:generated", alternatives=words)


def tells_all(talk: Talking) -> None:
    talk.says(f"my name is {NAME}", f"i live in {TOWN}")
    talk.speaks(spoken(f"my sister's name is {SISTER}"))
    talk.says("what is my name", "where do i live", "what do you know about me", "why did you say that")
    talk.says(f"i told {SISTER} that {NAME} moved to {TOWN}", "what is my name")


def _forget_all(room: Room) -> None:
    room.talk.session.by_hand(Forget(tuple(room.talk.session.state.facts)))
    room.talk.session.drain()


def _erase(room: Room) -> None:
    room.talk.session.by_hand(Erase())
    room.talk.session.drain()


def _by_voice(room: Room) -> None:
    room.talk.speaks(spoken("forget my name"))
    room.talk.says("forget where i live", "forget my sister's name")


HOW: Mapping[str, Callable[[Room], None]] = {"by hand": _forget_all, "by voice": _by_voice, "erased": _erase}


@pytest.mark.parametrize(
    ("how", "page", "turn"),
    [
        ("by hand", "now", 4), ("by hand", "whatif", 1), ("by hand", "memory", 0), ("by hand", "record", 1),
        ("by voice", "now", 0), ("by voice", "ledger", 4), ("by voice", "session", 0),
        ("erased", "now", 0), ("erased", "rules", 1), ("erased", "memory", 4),
    ],
)  # fmt: skip
def test_no_page_holds_a_forgotten_word(room: Room, how: str, page: str, turn: int) -> None:
    tells_all(room.talk)
    room.settles()
    room.opens_everything()
    before = "\n".join(held(room.window, NAME, TOWN, SISTER)).casefold()
    assert [word for word in (NAME, TOWN, SISTER) if word.casefold() not in before] == []
    if turn:
        room.window.place.go(turn)
    room.window.pages.go(page, "")
    room.settles()
    HOW[how](room)
    assert not room.talk.session.state.facts
    room.settles()
    assert held(room.window, NAME, TOWN, SISTER) == []
    room.window.pages.go("now", "")
    room.window.pages.go(page, "")
    room.settles()
    assert held(room.window, NAME, TOWN, SISTER) == []


def test_the_left_side_shows_the_words_as_they_stand_in_the_record(room: Room) -> None:
    room.talk.says(f"my name is {NAME}")
    room.settles()
    presence = room.window.presence
    assert NAME in " ".join(presence.property("captionWords"))
    _forget_all(room)
    room.settles()
    said = next(one.entry for one in room.talk.journal.entries(kinds=[Reply]))
    assert isinstance(said, Reply)
    assert " ".join(presence.property("captionWords")) == said.text
    assert "▮▮▮" in said.text
    assert presence.property("spoken") == len(said.text.split())


def test_the_status_of_the_memory_page_does_not_keep_what_was_corrected(room: Room) -> None:
    room.talk.says("my name is Theodore")
    room.window.pages.go("memory", "")
    room.until(lambda: room.page("memory").list.names)
    room.page("memory").correct("user.name", NAME)
    room.until(lambda: NAME in room.page("memory").property("status"))
    room.talk.says("forget my name")
    room.settles()
    assert held(room.window, NAME) == []


def test_an_answer_that_was_read_before_the_forgetting_is_read_again(room: Room) -> None:
    room.talk.says(f"my name is {NAME}", "hello")
    room.settles()
    room.window.bridge.stop()
    got: list[str] = []
    read = threading.Event()
    room.window.desk.ask("a test", lambda past: str(past.journal.turn(1)), got.append)
    room.window.desk.ask("afterwards", lambda _past: read.set(), lambda _none: None)
    assert read.wait(20)
    _forget_all(room)
    room.window.bridge.drain()

    def told() -> bool:
        room.window.desk.drain()
        return bool(got)

    room.qtbot.waitUntil(told)
    assert NAME not in got[0]


def test_what_was_switched_off_is_on_again_once_the_record_is_erased(room: Room) -> None:
    room.talk.switches_off("T05")
    room.window.pages.go("ledger", "")
    room.settles()
    assert room.page("ledger").property("off") == ["T05"]
    assert room.page("now").property("off") == ["T05"]
    _erase(room)
    room.settles()
    assert not room.talk.session.state.off
    assert room.page("ledger").property("off") == []
    assert room.page("now").property("off") == []


def test_what_sounds_while_he_forgets_is_not_recorded_afterwards(tmp_path: Path) -> None:
    speaker = HandSpeaker()
    with Journal(tmp_path) as journal:
        parts = Parts(voice=SilentVoice(), speaker=speaker)
        session = Session(shipped(), journal, FixedClock(NOW), 0, "test", lambda: parts, InlineExecutor(), stays=True)
        session.start()
        for said in (f"my name is {NAME}", "what is my name"):
            session.typed(said)
            session.drain()
        assert speaker.playing
        session.by_hand(Forget(("user.name",)))
        session.drain()
        for _ in range(20):
            speaker.advance(200)
            session.drain()
        assert NAME not in str(list(journal.entries()))
        session.close()
