"""What is forgotten is gone from the window too: from every page, model, text and name, without starting anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import FunctionType, MethodType
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QAbstractItemModel, QMetaProperty, QModelIndex, QObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtQml import QJSValue
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from her_desktop.events import Alternative, FinalTranscript
from her_desktop.inbox import Correct, Erase, Forget
from her_desktop.memory.journal import Journal
from her_desktop.trace.reader import Past
from her_desktop.ui.window import Window, build
from tests.trace.talking import Talking

from .test_window import accessible, part

pytestmark = pytest.mark.window

NAME, TOWN, SISTER = "Quirinius", "Samarkand", "Zenobia"
PAGES = ("now", "time", "whatif", "memory", "ledger", "rules", "session", "record")
WAIT_MS = 20_000


# ---- everything that the window holds ----


class Held:
    """Walks all that can be reached from a window, and notes where one of these words stands."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self.words = tuple(word.casefold() for word in words)
        self.found: list[str] = []
        self._met: dict[int, Any] = {}

    def walk(self, value: Any, where: str) -> None:
        match value:
            case str():
                self.found += [f"{where}: {value!r}"] if any(one in value.casefold() for one in self.words) else []
            case None | bool() | int() | float() | bytes() | type():
                return
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
            case _ if type(value).__module__.startswith("her_desktop"):
                self._fields(value, where)
        if isinstance(value, list | tuple | set | frozenset) or type(value).__name__ in {"deque", "OrderedDict"}:
            for at, one in enumerate(value.items() if isinstance(value, Mapping) else list(value)):
                self.walk(one, f"{where}[{at}]")

    def _fields(self, value: Any, where: str) -> None:
        for name, one in vars(value).items():
            self.walk(one, f"{where}.{name}")

    def _object(self, value: QObject, where: str) -> None:
        if type(value).__module__.startswith("her_desktop"):
            self._fields(value, where)
        if isinstance(value, QAbstractItemModel):
            self._model(value, where)
        about = value.metaObject()
        for at in range(about.propertyCount()):
            self._property(value, about.property(at), f"{where}/{value.objectName() or about.className()}")
        items = value.childItems() if isinstance(value, QQuickItem) else []
        for child in (*value.children(), *items):
            self.walk(child, f"{where}/{value.objectName() or about.className()}")

    def _property(self, value: QObject, one: QMetaProperty, where: str) -> None:
        if one.isReadable() and one.name() not in {"palette", "mask", "layer", "cursor"}:
            self.walk(value.property(one.name()), f"{where}.{one.name()}")

    def _model(self, model: QAbstractItemModel, where: str) -> None:
        for row in range(model.rowCount(QModelIndex())):
            for role, name in model.roleNames().items():
                self.walk(model.data(model.index(row, 0), role), f"{where} row {row} {name.data().decode()}")


def held(window: Window, *words: str) -> list[str]:
    """Where in the window, seen or unseen, one of these words stands."""
    look = Held(words)
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
        """Wait until all that happened was shown, and nothing more is looked up."""
        calm = 0

        def still() -> bool:
            nonlocal calm
            busy = self.window.desk.property("busy") or self.window.place.on_its_way
            calm = 0 if busy else calm + 1
            return calm > 8

        self.qtbot.waitUntil(still, timeout=WAIT_MS)

    def opens_everything(self) -> None:
        """Open every page, and on it whatever may keep a word: a search, a change tried, a reply unfolded."""
        for name in PAGES:
            self.window.pages.go(name, "")
            self.settles()
        self._memory()
        self._what_if()
        self._session()
        self._record()

    def _memory(self) -> None:
        self.window.pages.go("memory", "")
        self.settles()
        page = self.page("memory")
        for name in page.list.names:
            page.unfold_replies(name)
            page.unfold_history(name)
        page.filter(NAME)
        page.filter("")
        self.settles()

    def _what_if(self) -> None:
        self.window.pages.go("whatif", "")
        self.settles()
        page = self.page("whatif")
        page.property("change").say(f"my name is {NAME} and i live in {TOWN}")
        page.property("why").unfold(True)
        page.property("rules").ask("greeting.hello")
        self.settles()

    def _session(self) -> None:
        self.window.pages.go("session", "")
        self.settles()
        part(self.window, "search").forceActiveFocus()
        for letter in NAME[:6].lower():
            QTest.keyClick(self.window.root, letter)  # type: ignore[call-overload]  # a letter will do
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


LOOKS: Mapping[str, Callable[[Room], None]] = {
    "closed": lambda room: room.window.pages.go("now", ""),
    **{name: (lambda room, name=name: room.window.pages.go(name, "")) for name in PAGES},  # type: ignore[misc]
}


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


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("turn", [0, 1, 4])
def test_no_page_holds_a_forgotten_word(room: Room, how: str, page: str, turn: int) -> None:
    tells_all(room.talk)
    room.settles()
    room.opens_everything()
    assert held(room.window, NAME) and held(room.window, TOWN) and held(room.window, SISTER)
    if turn:
        room.window.place.go(turn)
        room.settles()
    LOOKS[page](room)
    room.settles()
    HOW[how](room)
    room.settles()
    left = [name for name, fact in room.talk.session.state.facts.items()]
    assert not left
    room.settles()
    assert held(room.window, NAME, TOWN, SISTER) == []
