"""Every page, with a real conversation in it, by keyboard alone and for who listens instead of looking."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from shiboken6 import getCppPointer

from her_desktop import events as ev
from her_desktop.inbox import Typed
from her_desktop.tts.silent import SilentVoice
from her_desktop.ui.window import Window

from .living import Living, living
from .settled import settled
from .test_window import accessible, texts

pytestmark = [pytest.mark.window, pytest.mark.timeout(180)]

EVIL = "my name is <b>Bold</b> &amp; <img src='x'>"
TALK = (
    "hello",
    EVIL,
    "my sister is called Catherine",
    "I feel lonely today",
    "are your feelings real",
    "what time is it",
)
PAGES = ("now", "time", "whatif", "memory", "ledger", "rules", "session", "record")
Role = QAccessible.Role
WORKED = {Role.PushButton, Role.CheckBox, Role.RadioButton, Role.EditableText, Role.PageTab, Role.ComboBox, Role.Slider}
HOLDS_ITS_OWN = {Role.List, Role.Tree, Role.Table, Role.PageTabList}
MOST_STOPS = 600


@pytest.fixture(scope="module")
def here(
    qapp: QCoreApplication, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Living]:
    """One window for all: a page has to be reached after the others, too."""
    with living(QtBot(request), tmp_path_factory.mktemp("profile"), SilentVoice()) as lives:
        for number, line in enumerate(TALK, 1):
            lives.session.put(Typed(line))
            lives.waits_for(ev.Reply, number)
            lives.hears_her_out()
        yield lives


def opened(qtbot: QtBot, window: Window, page: str) -> None:
    window.pages.go(page, "")
    settled(qtbot, window)


def named(one: QAccessibleInterface) -> str:
    return one.text(QAccessible.Text.Name).strip()


def told(window: Window) -> list[QAccessibleInterface]:
    root = QAccessible.queryAccessibleInterface(window.root)
    return [one for one in accessible(root) if not one.state().invisible]


def place(item: QQuickItem) -> int:
    """Where in memory a part lies: the object that Python has for it comes and goes, and is no measure of who it is."""
    return int(getCppPointer(item)[0])


def halt(item: QQuickItem) -> QQuickItem:
    """Where Tab halted: at this part, or at the list around it, which hands the focus on to its row."""
    return item if item.activeFocusOnTab() else halt(item.parentItem())


def within(item: QQuickItem, roles: set[QAccessible.Role]) -> bool:
    parent: QQuickItem | None = item.parentItem()
    while parent is not None:
        face = QAccessible.queryAccessibleInterface(parent)
        if face is not None and face.role() in roles:
            return True
        parent = parent.parentItem()
    return False


def stops(item: QQuickItem) -> Iterator[QQuickItem]:
    """Everything at which Tab should halt."""
    for child in item.childItems():
        if child.isVisible() and child.isEnabled():
            if child.activeFocusOnTab():
                yield child
            yield from stops(child)


@pytest.mark.parametrize("page", PAGES)
def test_everything_on_a_page_has_a_name_and_a_keyboard_gets_there(qtbot: QtBot, here: Living, page: str) -> None:
    window = here.window
    opened(qtbot, window, page)
    faces = told(window)
    nameless = [(one.role(), one.object()) for one in faces if one.role() in WORKED and not named(one)]
    assert nameless == []
    items = [(one, one.object()) for one in faces if one.role() in WORKED and not one.state().disabled]
    unreachable = [
        named(one)
        for one, item in items
        if isinstance(item, QQuickItem) and not item.activeFocusOnTab() and not within(item, HOLDS_ITS_OWN)
    ]
    assert unreachable == [], "Tab does not halt at these, and no list around them walks"
    wanted = {place(one) for one in stops(window.root.contentItem())}
    reached: list[int] = []
    for _ in range(MOST_STOPS):
        QTest.keyClick(window.root, Qt.Key.Key_Tab)
        at = place(halt(window.root.activeFocusItem()))
        if reached and at == reached[0]:
            break
        reached.append(at)
    missed = [one for one in stops(window.root.contentItem()) if place(one) in wanted - set(reached)]
    assert [one.objectName() for one in missed] == []


@pytest.mark.parametrize("page", PAGES)
def test_nothing_that_was_said_is_markup_on_any_page(qtbot: QtBot, here: Living, page: str) -> None:
    opened(qtbot, here.window, page)
    assert len(list(texts(here.window, here.window.root.contentItem()))) > 20


@pytest.fixture
def small(here: Living) -> Iterator[Window]:
    """The window at 960 × 640, its text at twice the size."""
    window, size = here.window, here.window.root.size()
    window.preferences.grow(10)
    window.root.resize(960, 640)
    yield window
    window.preferences.grow(0)
    window.root.resize(size)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_at_twice_the_size_in_a_small_window_draws_nothing_outside_its_bounds(
    qtbot: QtBot, small: Window, page: str
) -> None:
    window = small
    opened(qtbot, window, page)
    pane = next(one for one in stops_of(window.root.contentItem(), "programming"))
    wide = [
        (one.property("text"), round(one.width()), round(one.property("implicitWidth")))
        for one in drawn(pane)
        if one.mapToItem(pane, one.boundingRect()).right() > pane.width() + 1 and not one.clip()
    ]
    assert wide == []


def stops_of(item: QQuickItem, name: str) -> Iterator[QQuickItem]:
    for child in item.childItems():
        if child.objectName() == name:
            yield child
        yield from stops_of(child, name)


def drawn(item: QQuickItem) -> Iterator[QQuickItem]:
    """Every visible text below an item that is not inside something that scrolls sideways."""
    for child in item.childItems():
        if child.isVisible() and child.opacity() > 0:
            if child.inherits("QQuickText") and child.property("text"):
                yield child
            yield from drawn(child)
