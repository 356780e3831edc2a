"""The page "now" in the real window: it grows while a turn happens, and every word of the reply leads somewhere."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from her_desktop import events as ev
from her_desktop.clock import FixedClock
from her_desktop.events import Recorded
from her_desktop.inbox import InlineExecutor, Parts, Switch, Typed
from her_desktop.memory.journal import Journal
from her_desktop.session import Session
from her_desktop.trace.reader import Past
from her_desktop.ui.window import Window, build
from tests.dialogue.talk import conversation
from tests.trace.packs import NOW

from . import feed
from .feed import Feed, Pressed
from .test_window import accessible, part, texts

pytestmark = pytest.mark.window
Key = Qt.Key


class Chat:
    """A real session that is typed into, watched by a real window."""

    def __init__(self, qtbot: QtBot, home: Path, pressed: Pressed) -> None:
        self.qtbot = qtbot
        self.journal = Journal(home)
        self.session = Session(conversation(), self.journal, FixedClock(NOW), 3, "window", Parts, InlineExecutor())
        self.window = build(pressed, record=lambda: Past(Journal(home, read_only=True), conversation), home=home)
        self.session.watch(self.window.watcher.put)
        self.seen: list[Recorded] = []
        self.session.watch(self.seen.append)

    def start(self) -> None:
        self.session.start()
        with self.qtbot.waitExposed(self.window.root):
            self.window.root.requestActivate()
        self.qtbot.waitUntil(self.window.root.isActive)

    def say(self, line: str) -> None:
        self.session.handle(Typed(line))
        text = next(one.entry.text for one in reversed(self.seen) if isinstance(one.entry, ev.Reply))
        self.qtbot.waitUntil(lambda: shown(self.window, "said").get("text", "") == text)

    def close(self) -> None:
        self.window.close()
        self.session.close()
        self.journal.close()


@pytest.fixture
def chat(qtbot: QtBot, tmp_path: Path, pressed: Pressed) -> Iterator[Chat]:
    chat = Chat(qtbot, tmp_path, pressed)
    chat.start()
    yield chat
    chat.close()


def shown(window: Window, name: str) -> dict[str, Any]:
    page = window.pages.page("now")
    assert page is not None
    told = page.property(name)
    return dict(told)


def put(qtbot: QtBot, window: Window, entries: list[Recorded]) -> None:
    for one in entries:
        window.watcher.put(one)
    last = entries[-1].seq
    qtbot.waitUntil(lambda: bool(window.place.entries) and window.place.entries[-1].seq == last)


def drawn(window: Window) -> list[str]:
    """The texts of the page that can be seen."""
    return [text for text in texts(window, part(window, "now")) if text]


def focus(qtbot: QtBot, window: Window, name: str) -> QQuickItem:
    item: QQuickItem = part(window, name)
    item.forceActiveFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(item.hasActiveFocus)
    return item


def walk_to(qtbot: QtBot, window: Window, origin: str) -> dict[str, Any]:
    """Walk over the reply with the arrow key until a word of this origin is reached."""
    focus(qtbot, window, "reply")
    pieces = shown(window, "said")["pieces"]
    at = next(number for number, piece in enumerate(pieces) if piece["origin"] == origin)
    for _ in range(at):
        QTest.keyClick(window.root, Key.Key_Right)
    assert part(window, "reply").property("current") == at
    piece: dict[str, Any] = pieces[at]
    return piece


def test_before_the_first_turn_it_says_what_will_stand_here(qtbot: QtBot, window: Window) -> None:
    nothing = part(window, "nothingYet")
    assert nothing.isVisible()
    assert "taken apart here" in nothing.property("text")
    put(qtbot, window, Feed().next_turn(feed.hearing()))
    assert not nothing.isVisible()


def test_the_page_grows_while_the_turn_happens(qtbot: QtBot, window: Window) -> None:
    script = Feed()
    put(qtbot, window, script.next_turn(feed.hearing()))
    assert "I fear I have felt everything I will ever …" in drawn(window)
    assert not shown(window, "said")
    put(qtbot, window, script.record(feed.answering()))
    assert {"confession.felt_everything", "outranked: 3 words < 10", ".61", "2nd:"} <= set(drawn(window))
    assert shown(window, "said")["text"] == feed.SAID
    put(qtbot, window, script.record(feed.speaking(9)))
    reply = part(window, "reply")
    assert reply.property("at") == 8
    assert part(window, "firstSound").property("text").startswith("0.56 s from your last word")
    put(qtbot, window, script.record(feed.speaking()))
    assert reply.property("at") == -1


def test_words_she_did_not_get_to_are_paler(qtbot: QtBot, window: Window) -> None:
    script = Feed()
    cut: list[tuple[float, ev.Entry]] = [(100, ev.PlaybackInterrupted(cause="he pressed stop", at_ms=3100))]
    put(qtbot, window, script.next_turn(feed.hearing() + feed.answering() + feed.speaking(9) + cut))
    assert part(window, "reply").property("cut") == 9
    assert "cut off after 3.1 s, for you pressed stop" in drawn(window)


def test_a_written_word_leads_to_its_rule_by_keyboard(qtbot: QtBot, chat: Chat) -> None:
    chat.say("my dog's name is Bello")
    piece = walk_to(qtbot, chat.window, "author")
    jumps: list[tuple[str, str]] = []
    chat.window.pages.jumped.connect(lambda tab, target: jumps.append((tab, target)))
    QTest.keyClick(chat.window.root, Key.Key_Return)
    assert chat.window.pages.property("tab") == "rules"
    assert jumps == [("rules", piece["jump"][1])]


def test_a_remembered_word_tells_the_words_that_taught_it_and_leads_to_memory(qtbot: QtBot, chat: Chat) -> None:
    chat.say("my dog's name is Bello")
    chat.say("what is my dog called")
    taught = "Remembered, pet.name: you said “my dog's name is Bello” in turn 1."

    def says() -> list[str]:
        return [one["says"] for one in shown(chat.window, "said")["pieces"] if one["origin"] == "remembered"]

    qtbot.waitUntil(lambda: says() == [taught])
    piece = walk_to(qtbot, chat.window, "remembered")
    assert part(chat.window, "reply").property("word")["says"] == taught
    marked = part(chat.window, "changed").property("marked")
    assert marked == piece["changed"]
    QTest.keyClick(chat.window.root, Key.Key_Return)
    assert chat.window.pages.property("tab") == "memory"


def test_a_computed_word_leads_to_the_skill_in_the_record(qtbot: QtBot, chat: Chat) -> None:
    chat.say("what time is it")
    piece = walk_to(qtbot, chat.window, "computed")
    seq = next(one.seq for one in chat.window.place.entries if isinstance(one.entry, ev.SkillCalled))
    assert piece["jump"] == ["record", str(seq)]
    QTest.keyClick(chat.window.root, Key.Key_Space)
    assert chat.window.pages.property("tab") == "record"


def test_a_mirrored_word_marks_what_was_heard_on_the_same_page(qtbot: QtBot, chat: Chat) -> None:
    chat.say("remember that my mother lives in Oslo")
    piece = walk_to(qtbot, chat.window, "mirrored")
    QTest.keyClick(chat.window.root, Key.Key_Return)
    assert chat.window.pages.property("tab") == "now"
    focus(qtbot, chat.window, "considered")
    row = next(one for one in _all(chat.window.root.contentItem()) if one.property("marked") and one.property("rich"))
    assert row.property("marked") == piece["heard"] == [6]


def _all(item: QQuickItem) -> Iterator[QQuickItem]:
    for child in item.childItems():
        yield child
        yield from _all(child)


def test_hovering_a_word_tells_the_same(qtbot: QtBot, window: Window) -> None:
    put(qtbot, window, Feed().next_turn(feed.hearing() + feed.answering()))
    reply = part(window, "reply")
    qtbot.waitUntil(lambda: reply.height() > 30)
    scroll = part(window, "now")
    scroll.setProperty("contentY", reply.mapToScene(QPointF(0, 0)).y() - 200)

    def over_the_first_word() -> bool:
        where = reply.mapToScene(QPointF(20, 12)).toPoint()  # the page may still be settling
        QTest.mouseMove(window.root, where)
        QTest.mouseMove(window.root, where + where.__class__(1, 0))
        return bool(reply.property("over") == 0)

    qtbot.waitUntil(over_the_first_word)
    assert reply.property("word")["says"].startswith("Your own words, handed back")


def test_the_rules_are_walked_and_opened_or_asked_why_not_by_keyboard(qtbot: QtBot, chat: Chat) -> None:
    chat.say("what is my dog called")
    jumps: list[tuple[str, str]] = []
    chat.window.pages.jumped.connect(lambda tab, target: jumps.append((tab, target)))
    rows = shown(chat.window, "considered")["groups"][0]["rows"]
    focus(qtbot, chat.window, "considered")
    QTest.keyClick(chat.window.root, Key.Key_Return)
    assert jumps == [("rules", rows[0]["rule"])]
    chat.window.pages.go("now", "")
    focus(qtbot, chat.window, "considered")
    QTest.keyClick(chat.window.root, Key.Key_Down)
    QTest.keyClick(chat.window.root, Key.Key_Right)
    QTest.keyClick(chat.window.root, Key.Key_Return)
    assert jumps[1:] == [("whatif", f"whynot:{rows[1]['rule']}")]


def test_all_rules_unfold(qtbot: QtBot, chat: Chat) -> None:
    chat.say("what is my dog called")
    rows = shown(chat.window, "considered")["groups"][0]["rows"]
    qtbot.waitUntil(lambda: rows[-1]["rule"] not in drawn(chat.window))
    more = focus(qtbot, chat.window, "moreRules")
    assert more.property("text") == f"and {len(rows) - 5} more"
    QTest.keyClick(chat.window.root, Key.Key_Space)
    qtbot.waitUntil(lambda: rows[-1]["rule"] in drawn(chat.window))


def test_a_technique_is_switched_off_by_keyboard(qtbot: QtBot, chat: Chat, pressed: Pressed) -> None:
    chat.say("I am mad at my brother")
    name = next(one["id"] for one in shown(chat.window, "charms")["labels"] if one["switchable"])
    knob = focus(qtbot, chat.window, f"switch-{name}")
    assert knob.property("on")
    QTest.keyClick(chat.window.root, Key.Key_Space)
    assert pressed.calls == [("by_hand", "Switch", name, "False", "window")]
    chat.session.handle(Switch(name, False, "window"))
    qtbot.waitUntil(lambda: not knob.property("on"))
    assert knob.hasActiveFocus(), "the page is not made anew for a switch"
    QTest.keyClick(chat.window.root, Key.Key_Return)
    assert pressed.calls[1:] == [("by_hand", "Switch", name, "True", "window")]


def test_what_was_switched_off_before_the_window_opened_is_off(qtbot: QtBot, tmp_path: Path, pressed: Pressed) -> None:
    with Journal(tmp_path) as journal:
        before = Session(conversation(), journal, FixedClock(NOW), 3, "chat", Parts, InlineExecutor())
        before.start()
        before.handle(Switch("T05", False, "the switch"))
        before.close()
    chat = Chat(qtbot, tmp_path, pressed)
    chat.start()
    chat.say("remember that my mother lives in Oslo")
    page = chat.window.pages.page("now")
    assert page is not None
    qtbot.waitUntil(lambda: page.property("off") == ["T05"])
    assert any("Not said, since T05 mirroring (lexical) is switched off:" in text for text in drawn(chat.window))
    chat.session.handle(Switch("T05", True, "window"))
    qtbot.waitUntil(lambda: page.property("off") == [])
    chat.close()


def test_an_earlier_turn_is_shown_as_it_was(qtbot: QtBot, chat: Chat) -> None:
    chat.say("my dog's name is Bello")
    first = {name: shown(chat.window, name) for name in ("heard", "considered", "won", "changed", "said", "charms")}
    chat.say("what time is it")
    chat.window.place.go(1)
    qtbot.waitUntil(lambda: not chat.window.place.property("live"))
    assert {name: shown(chat.window, name) for name in first} == first
    chat.window.place.back()
    assert [one["text"] for one in shown(chat.window, "heard")["words"]] == ["what", "time", "is", "it"]


def test_markup_in_speech_stays_text(qtbot: QtBot, window: Window) -> None:
    evil = "<b>bold</b> <img src='x.png'> &amp; <a href='y'>z</a>"
    steps: list[tuple[float, ev.Entry]] = [
        *feed.typed(evil, evil),
        (0, ev.SkillCalled(skill=evil, input=evil, output=evil)),
        (0, ev.SpeechDiscarded(why=evil, text=evil)),
    ]
    put(qtbot, window, Feed().next_turn(steps))
    assert {"<b>bold</b>", f"{evil}({evil}) gave “{evil}”", f"not answered: {evil} · “{evil}”"} <= set(drawn(window))


def test_everything_on_it_has_a_name_and_the_lists_tell_their_rows(qtbot: QtBot, window: Window) -> None:
    put(qtbot, window, Feed().next_turn(feed.hearing() + feed.answering() + feed.speaking()))
    told = [one for one in accessible(QAccessible.queryAccessibleInterface(window.root)) if not one.state().invisible]
    nameless = [one.role() for one in told if not one.text(QAccessible.Text.Name).strip() and one.childCount() == 0]
    assert nameless == []
    names = [one.text(QAccessible.Text.Name) for one in told]
    assert feed.SAID in names
    assert "won: confession.felt_everything, topic" in names
    assert "lost: feelings.fear_of, outranked: 3 words < 10" in names
    assert any(name.startswith("heard: I fear I have felt everything") for name in names)
    headings = [one.text(QAccessible.Text.Name) for one in told if one.role() == QAccessible.Role.Heading]
    heads = ["HEARD", "CONSIDERED", "WHY IT WON", "CHANGED", "SAID", "DISTANCE", "TECHNIQUES", "FIRST SOUND"]
    assert [one for one in headings if one in heads] == heads


def test_tab_halts_at_the_lists_once_each(qtbot: QtBot, chat: Chat) -> None:
    chat.say("my dog's name is Bello")
    focus(qtbot, chat.window, "considered")
    stops = []
    for _ in range(40):
        item = chat.window.root.activeFocusItem()
        stops += [item.objectName()] if item.objectName() else []
        QTest.keyClick(chat.window.root, Key.Key_Tab)
    seen = [name for name in stops if name in {"considered", "changed", "reply"}]
    assert seen[:3] == ["considered", "changed", "reply"]
    assert len(set(seen[:3])) == 3


def test_her_speech_does_not_make_the_page_anew(qtbot: QtBot, window: Window) -> None:
    script = Feed()
    put(qtbot, window, script.next_turn(feed.hearing() + feed.answering()))
    page: Any = window.pages.page("now")
    made: list[str] = []
    for name in ("heard", "considered", "won", "changed", "said", "distance", "charms"):
        getattr(page, f"{name}Changed").connect(lambda name=name: made.append(name))
    spoken: list[int] = []
    page.spokenChanged.connect(lambda: spoken.append(page.property("at")))
    put(qtbot, window, script.record(feed.speaking(9)))
    put(qtbot, window, script.record(feed.speaking()))
    assert made == []
    assert spoken == [8, -1]


def test_a_tick_with_nothing_new_costs_next_to_nothing(qtbot: QtBot, window: Window) -> None:
    put(qtbot, window, Feed().next_turn(feed.hearing() + feed.answering() + feed.speaking(9)))
    page: Any = window.pages.page("now")

    def once() -> float:
        began = time.perf_counter()
        page._grew()
        return time.perf_counter() - began

    assert min(once() for _ in range(50)) < 0.0002


def test_while_it_cannot_be_seen_nothing_is_made(qtbot: QtBot, window: Window) -> None:
    window.pages.go("record", "")
    put(qtbot, window, Feed().next_turn(feed.hearing() + feed.answering()))
    assert not shown(window, "said")
    window.pages.go("now", "")
    assert shown(window, "said")["text"] == feed.SAID
