"""Her side of the window by itself: the real QML on the real models, in every look, state and layout."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest
from PySide6.QtCore import Q_ARG, QCoreApplication, QEvent, QMetaObject, QPoint, Qt, QUrl
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from her_desktop import events as ev
from her_desktop import paths
from her_desktop.events import Entry
from her_desktop.ui import fonts
from her_desktop.ui.controls import Controls
from her_desktop.ui.presence import Presence

from . import feed
from .conftest import ARTIFACTS
from .feed import Feed, Pressed

pytestmark = pytest.mark.window
Key = Qt.Key

HOUSE = b"""
import QtQuick
Window {
    id: house
    required property var presence
    required property var controls
    property bool motion: false
    property bool awake: true
    property string look: "paper"
    property real textScale: 1
    property string serif
    property string mono
    visible: true
    Binding { target: Look; property: "look"; value: house.look }
    Binding { target: Look; property: "textScale"; value: house.textScale }
    Binding { target: Look; property: "serif"; value: house.serif }
    Binding { target: Look; property: "mono"; value: house.mono }
    Presence {
        objectName: "side"
        anchors.fill: parent
        focus: true
        presence: house.presence
        controls: house.controls
        motion: house.motion
        awake: house.awake
        paneOpen: true
        home: "/home/ada/.local/share/her-desktop"
    }
}
"""
HALF = (568, 800)


def below(item: QQuickItem) -> Iterator[QQuickItem]:
    for child in item.childItems():
        yield child
        yield from below(child)


class Side:
    """The left side in a window of its own."""

    def __init__(self, pressed: Pressed, qtbot: QtBot) -> None:
        self._qtbot, faces = qtbot, fonts.load()
        self.engine, self.presence = QQmlApplicationEngine(), Presence()
        self.controls = Controls(pressed, self.presence.fail)
        self.engine.setInitialProperties({
            "presence": self.presence, "controls": self.controls, "serif": faces.serif, "mono": faces.mono,
            "width": HALF[0], "height": HALF[1],
        })  # fmt: skip
        self.engine.loadData(HOUSE, QUrl.fromLocalFile(str(paths.resources() / "qml" / "House.qml")))
        root = self.engine.rootObjects()[0]
        assert isinstance(root, QQuickWindow)
        self.root = root

    def set(self, **properties: Any) -> None:
        for name, value in properties.items():
            assert self.root.setProperty(name, value)

    def resize(self, width: int, height: int) -> None:
        self.root.resize(width, height)
        self._qtbot.waitUntil(lambda: self.part("side").width() == width)

    def take(self, *parts: list[tuple[float, Entry]], seq: int = 40, turn: int = 0) -> None:
        """Fold in scripted turns of a profile in which she has talked before, unless `seq` is 0."""
        script = Feed(turn)
        script.seq = seq
        for entry in [recorded for part in parts for recorded in script.next_turn(part)]:
            self.presence.take(entry)

    def part(self, name: str) -> Any:
        found = self.parts(name)
        assert found, f"her side has no {name}"
        return found[0]

    def parts(self, name: str) -> list[QQuickItem]:
        return [item for item in below(self.root.contentItem()) if item.objectName() == name]

    def text(self, name: str) -> str:
        return str(self.part(name).property("text"))

    def picture(self) -> QImage:
        """The window as it is drawn once nothing waits to be drawn any more."""
        before = None
        for _ in range(40):
            self._qtbot.wait(25)
            now = self.root.grabWindow()
            if now == before:
                return now
            before = now
        return self.root.grabWindow()

    def keep(self, name: str) -> QImage:
        picture = self.picture()
        ARTIFACTS.mkdir(exist_ok=True)
        assert picture.save(str(ARTIFACTS / f"side-{name}.png"))
        return picture


def type_keys(side: Side, text: str) -> None:
    for letter in text:
        QTest.keyClick(side.root, letter)  # type: ignore[call-overload]  # the stubs forget that a letter will do


@pytest.fixture
def side(qtbot: QtBot, pressed: Pressed) -> Iterator[Side]:
    built = Side(pressed, qtbot)
    with qtbot.waitExposed(built.root):
        built.root.requestActivate()
    qtbot.waitUntil(built.root.isActive)
    yield built
    built.root.close()
    for gone in (built.root, built.engine):  # before what they are bound to
        gone.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def started(*steps: tuple[float, Entry]) -> list[tuple[float, Entry]]:
    return [feed.waking()[0], *steps]


def lost(part: Any, why: str, todo: str = "") -> tuple[float, Entry]:
    return 0.0, ev.PartLost(part=part, why=why, todo=todo)


def switched(on: bool) -> list[tuple[float, Entry]]:
    return [(0.0, ev.LightsSwitched(on=on, cause="a key was pressed"))]


NO_MODEL = lost("recognizer", "recognizer: no model for the language en is installed", "her-desktop models list shows")
ASLEEP: list[tuple[float, Entry]] = [(0, ev.StateChanged(state="asleep", cause="they said goodbye"))]
THINKING: list[tuple[float, Entry]] = [(0, ev.StateChanged(state="thinking", cause="he typed"))]
STATES = {
    "asleep": [feed.waking(), ASLEEP],
    "listening": [feed.waking()],
    "hearing": [feed.waking(), feed.hearing()],
    "thinking": [feed.waking(), THINKING],
    "speaking": [feed.waking(), feed.speaking(3)],
    "no_microphone": [feed.waking(microphone=False)],
}


# ---- the ring --------------------------------------------------------------------------------------------------------


def ring_in_grey(side: Side, state: str) -> list[int]:
    """The ring as 64 by 64 levels of grey, against its ground."""
    side.take(*STATES[state])
    ring = side.part("ring")
    corner = ring.mapToScene(QPoint(0, 0))
    cut = side.picture().copy(int(corner.x()), int(corner.y()), int(ring.width()), int(ring.height()))
    grey = cut.convertToFormat(QImage.Format.Format_Grayscale8)
    small = grey.scaled(64, 64, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    levels = [small.pixelColor(x, y).red() for x in range(64) for y in range(64)]
    ground = sorted(levels)[len(levels) // 2]
    return [abs(level - ground) for level in levels]


@pytest.mark.parametrize("look", ["paper", "light", "dark", "contrast"])
def test_each_state_has_a_shape_of_its_own_that_needs_no_color(side: Side, look: str) -> None:
    side.set(look=look)
    drawn = {state: ring_in_grey(side, state) for state in STATES}
    for state, levels in drawn.items():
        assert max(levels) > 30, f"the ring can be seen {state}"
    for one, other in combinations(drawn, 2):
        apart = sum(1 for a, b in zip(drawn[one], drawn[other], strict=True) if abs(a - b) > 25)
        assert apart > 120, f"{one} and {other} look alike"


def test_each_state_has_a_word_of_its_own(side: Side) -> None:
    words = set()
    for script in STATES.values():
        side.take(*script)
        words.add(side.text("state"))
    side.take(started(NO_MODEL, (0, ev.StateChanged(state="listening", cause="ready"))))
    words.add(side.text("state"))
    assert len(words) == len(STATES) + 1
    assert "no recognizer" in words


def breaths(side: Side, qtbot: QtBot, wait_ms: int = 700) -> tuple[int, bool]:
    """How often the ring was drawn anew in a while, and whether it breathed."""
    ring = side.part("ring")
    qtbot.wait(400)
    drawings, seen = ring.property("drawings"), set()
    for _ in range(wait_ms // 100):
        qtbot.wait(100)
        seen.add(ring.property("breath"))
    return ring.property("drawings") - drawings, len(seen) > 1


def test_at_rest_it_breathes_without_being_drawn_anew(side: Side, qtbot: QtBot) -> None:
    side.set(motion=True)
    side.take(feed.waking())
    qtbot.waitUntil(lambda: side.part("ring").property("breathing"), timeout=3000)
    assert breaths(side, qtbot) == (0, True)


@pytest.mark.parametrize("why", ["motion", "awake", "dark", "deep"])
def test_it_lies_still_where_nobody_wants_or_sees_it_move(side: Side, qtbot: QtBot, why: str) -> None:
    side.set(motion=True)
    side.take(feed.waking(), ASLEEP)
    qtbot.waitUntil(lambda: side.part("ring").property("breathing"), timeout=3000)
    if why == "dark":
        side.take(switched(on=False))
        qtbot.waitUntil(lambda: not side.part("light").isVisible())
    elif why == "deep":
        side.part("ring").setProperty("deep", True)
    else:
        side.set(**{why: False})
    assert breaths(side, qtbot) == (0, False)


def test_it_follows_the_sound_at_most_thirty_times_a_second(side: Side, qtbot: QtBot) -> None:
    side.set(motion=True)
    side.take(feed.waking(), feed.speaking(3))
    ring = side.part("ring")
    qtbot.wait(600)
    before = ring.property("drawings")
    for step in range(50):
        side.presence.breathe({"her": 0.02 + step % 5 / 20})
        qtbot.wait(20)
    assert 8 <= ring.property("drawings") - before <= 33
    assert ring.property("now").toVariant()["level"] > 0.2


# ---- the lights ------------------------------------------------------------------------------------------------------


def colors(picture: QImage) -> set[str]:
    return {
        picture.pixelColor(x, y).name() for x in range(0, picture.width(), 3) for y in range(0, picture.height(), 3)
    }


def test_lights_out_is_dark_and_empty_at_once_and_light_comes_back(side: Side) -> None:
    side.take(feed.waking(), feed.hearing() + feed.answering() + feed.speaking(4))
    lit = side.picture()
    side.take(switched(on=False))
    (only,) = colors(side.keep("lights-out"))
    assert all(int(only[at : at + 2], 16) < 24 for at in (1, 3, 5))
    side.take(switched(on=True))
    assert len(colors(side.picture())) > len(colors(lit)) / 2


def test_with_motion_the_light_fades_for_more_than_half_a_second(side: Side, qtbot: QtBot) -> None:
    side.set(motion=True)
    side.take(feed.waking(), switched(on=False))
    light = side.part("light")
    qtbot.waitUntil(lambda: 0.05 < light.opacity() < 0.95)
    assert light.isVisible()
    qtbot.waitUntil(lambda: not light.isVisible(), timeout=3000)


def test_what_he_types_in_the_dark_stands_dimly_until_it_is_sent(side: Side, pressed: Pressed) -> None:
    side.take(feed.waking(), switched(on=False))
    line, her = side.part("darkLine"), side.part("side")
    assert QMetaObject.invokeMethod(her, "type", Qt.ConnectionType.DirectConnection, Q_ARG("QString", "h"))
    type_keys(side, "ello")
    assert (line.property("text"), her.property("typing")) == ("hello", True)
    shades = colors(side.keep("typing-in-the-dark"))
    assert len(shades) > 1
    assert max(int(shade[1:3], 16) for shade in shades) < 0x90, "dim"
    QTest.keyClick(side.root, Key.Key_Return)
    assert pressed.calls == [("typed", "hello")]
    assert (line.property("text"), her.property("typing")) == ("", False)
    assert len(colors(side.picture())) == 1


def test_a_line_that_was_begun_goes_into_the_dark_and_back(side: Side) -> None:
    side.take(feed.waking())
    side.part("field").forceActiveFocus()
    type_keys(side, "half a li")
    side.take(switched(on=False))
    assert side.text("darkLine") == "half a li"
    type_keys(side, "ne")
    side.take(switched(on=True))
    assert side.text("field") == "half a line"
    assert side.part("field").hasActiveFocus()


def test_a_moving_mouse_is_told_how_to_have_the_light_back(side: Side, qtbot: QtBot, pressed: Pressed) -> None:
    side.take(feed.waking(), switched(on=False))
    hint = side.part("darkHint")
    assert not hint.isVisible()
    for x in (100, 130, 160):
        QTest.mouseMove(side.root, QPoint(x, 300))
    qtbot.waitUntil(lambda: hint.property("visible"))
    assert hint.property("text") == "F3: lights"
    QTest.mouseClick(side.root, Qt.MouseButton.LeftButton, pos=hint.mapToScene(hint.boundingRect().center()).toPoint())
    assert pressed.calls == [("by_hand", "Lights", "True", "a key was pressed")]
    qtbot.waitUntil(lambda: not hint.property("visible"), timeout=4000)


def test_a_button_puts_the_lights_out(side: Side, pressed: Pressed) -> None:
    side.take(feed.waking())
    side.part("lights").forceActiveFocus()
    QTest.keyClick(side.root, Key.Key_Return)
    assert pressed.calls == [("by_hand", "Lights", "False", "a key was pressed")]


# ---- the first time, and what is missing -----------------------------------------------------------------------------


def words_of(item: QQuickItem) -> str:
    """All text below an item that can be seen."""
    own = item.property("text") if item.isVisible() else ""
    return " ".join(filter(None, [str(own or ""), *(words_of(child) for child in item.childItems())]))


def test_the_first_time_she_says_what_she_is_and_what_is_kept(side: Side) -> None:
    side.take(feed.waking(), seq=0)
    said = words_of(side.part("hello"))
    for promise in (
        "She is a program",
        "stays on this machine",
        "/home/ada/.local/share/her-desktop",
        "F2",
        "Esc",
        "gone",
    ):
        assert promise in said
    side.take(feed.typed("hello", "Hello yourself."), seq=20)
    assert not side.part("hello").isVisible()


def test_what_she_says_of_herself_can_be_put_away_by_keyboard(side: Side) -> None:
    side.take(feed.waking(), seq=0)
    side.part("dismiss").forceActiveFocus()
    QTest.keyClick(side.root, Key.Key_Return)
    assert not side.part("hello").isVisible()
    assert side.part("field").hasActiveFocus()
    assert side.text("partial") == "She is a program. Say hello."


def test_where_she_was_talked_to_before_the_welcome_is_short(side: Side) -> None:
    side.take(feed.waking())
    assert not side.part("hello").isVisible()
    assert side.text("partial") == "She is a program. Say hello."


def test_without_a_model_a_card_says_what_works_and_the_command(side: Side) -> None:
    side.take(started(NO_MODEL))
    said = words_of(side.part("card"))
    assert "Typing works" in said
    assert "No model for the language en is installed." in said
    assert side.text("command") == "her-desktop models install vosk-model-small-en-us-0.15"
    assert not side.part("talk").isEnabled()


def test_once_there_are_words_the_card_steps_back_and_can_be_asked_for(side: Side) -> None:
    side.take(started(NO_MODEL), feed.typed("hello", "Hello yourself."))
    assert side.part("caption").isVisible()
    assert side.parts("card") == []
    asking = side.part("cards")
    assert asking.isVisible()
    asking.forceActiveFocus()
    QTest.keyClick(side.root, Key.Key_Return)
    assert "Typing works" in words_of(side.part("card"))
    assert not side.part("caption").isVisible()
    QTest.keyClick(side.root, Key.Key_Return)
    assert side.part("caption").isVisible()


def test_a_part_that_comes_back_takes_its_card_away(side: Side) -> None:
    side.take(started(lost("microphone", "it was unplugged", "plug it in again")))
    assert "plug it in again" in words_of(side.part("card"))
    side.take([(0, ev.PartReady(part="microphone", name="USB"))], seq=60)
    assert side.parts("card") == []


def test_a_rehearsal_is_marked_as_what_she_would_have_said(side: Side) -> None:
    rehearsed: list[tuple[float, Entry]] = [
        (0, ev.Rehearsed(text="That I missed you.", of_turn=1, change="T03 on")),
        (0, ev.StateChanged(state="speaking", cause="a rehearsal")),
    ]
    side.take(feed.waking(), feed.typed("hello", "Hello yourself."), rehearsed)
    assert side.part("captionNote").isVisible()
    assert side.text("captionNote") == "what she would have said"
    assert side.presence.property("captionSpoken") == "That I missed you."
    side.take([(0, ev.StateChanged(state="listening", cause="she has spoken"))], seq=80)
    assert not side.part("captionNote").isVisible()
    assert side.presence.property("captionSpoken") == "Hello yourself."


# ---- room, and readers -----------------------------------------------------------------------------------------------

LAYOUTS = [(568, 800), (640, 900), (1440, 900), (720, 280), (720, 560), (900, 400), (420, 700)]
SCRIPTS = {
    "speaking": [feed.waking(), feed.hearing() + feed.answering() + feed.speaking(9)],
    "no-model": [started(NO_MODEL, lost("voice", "voice: no engine is installed", "install espeak-ng"))],
    "failed": [
        feed.waking(),
        [*feed.typed("hello", "Hello."), (0.0, ev.Failure(what="voice", why="it stopped", todo="again"))],
    ],
}


def box(item: QQuickItem) -> tuple[float, float, float, float]:
    at = item.mapToScene(QPoint(0, 0))
    return at.x(), at.y(), at.x() + item.width(), at.y() + item.height()


def overlap(one: QQuickItem, other: QQuickItem) -> bool:
    a, b = box(one), box(other)
    return min(a[2], b[2]) - max(a[0], b[0]) > 1 and min(a[3], b[3]) - max(a[1], b[1]) > 1


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("size", LAYOUTS)
@pytest.mark.parametrize("script", SCRIPTS)
def test_nothing_covers_anything_in_any_room(side: Side, script: str, size: tuple[int, int], scale: float) -> None:
    side.set(textScale=scale)
    side.resize(*size)
    side.take(*SCRIPTS[script])
    side.picture()
    parts = {name: side.part(name) for name in ("state", "ring", "words", "notice", "cards", "field", "stop", "lights")}
    seen = {name: part for name, part in parts.items() if part.isVisible() and part.height() > 0}
    covered = [(a, b) for a, b in combinations(seen, 2) if overlap(seen[a], seen[b])]
    assert covered == []
    for name, part in seen.items():
        left, top, right, bottom = box(part)
        assert (left >= -1, top >= -1, right <= size[0] + 1, bottom <= size[1] + 1) == (True,) * 4, name
    assert parts["words"].height() >= 26, "there is room to read in"


def readers(interface: Any) -> Iterator[Any]:
    for at in range(interface.childCount()):
        child = interface.child(at)
        yield child
        yield from readers(child)


@pytest.mark.parametrize("script", [*SCRIPTS, "first"])
def test_whatever_can_be_seen_has_a_name_a_reader_can_say(side: Side, script: str) -> None:
    side.take(*SCRIPTS.get(script, [feed.waking()]), seq=0 if script == "first" else 40)
    told = [one for one in readers(QAccessible.queryAccessibleInterface(side.root)) if not one.state().invisible]
    nameless = [one.role() for one in told if not one.text(QAccessible.Text.Name).strip() and one.childCount() == 0]
    assert nameless == []
    names = {one.text(QAccessible.Text.Name) for one in told}
    assert {"stop", "lights out", "this is programming"} <= names or {"stop", "lights out", "hide programming"} <= names


@pytest.mark.parametrize("look", ["paper", "light", "dark", "contrast"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_pictures(side: Side, look: str, scale: float) -> None:
    side.set(look=look, textScale=scale)
    for name, script in {**STATES, **SCRIPTS}.items():
        side.take(*script)
        picture = side.keep(f"{name}-{look}-{scale:.0f}")
        blue = [one for one in colors(picture) if int(one[5:], 16) > max(int(one[1:3], 16), int(one[3:5], 16))]
        assert blue == [], "nothing here is blue"
