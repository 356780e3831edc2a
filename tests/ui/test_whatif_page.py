"""The page "what if": what it shows is what the same code really gives once one thing is changed."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any, cast

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from her_desktop import events as ev
from her_desktop.clock import FixedClock
from her_desktop.conversation import Conversation, respond
from her_desktop.dialogue.packs import load_packs
from her_desktop.events import Recorded
from her_desktop.inbox import Forget, InlineExecutor, Parts, Switch, Typed
from her_desktop.memory.journal import Journal
from her_desktop.session import Session
from her_desktop.skills import VALUES
from her_desktop.trace.alterations import (
    AllOn,
    Alteration,
    Bare,
    FactGone,
    OtherAlternative,
    OtherDie,
    OtherWords,
    RuleOff,
    TechniqueOff,
    TechniqueOn,
    WordsLeftOut,
)
from her_desktop.trace.explain import why as why_of
from her_desktop.trace.past import timings
from her_desktop.trace.reader import Past
from her_desktop.trace.scene import Scene
from her_desktop.trace.turns import SavedTurn
from her_desktop.trace.what_if import WhatIf, what_if
from her_desktop.trace.why_not import why_not
from her_desktop.tts.silent import SilentVoice
from her_desktop.ui.pages.whatif import WhatIfPage
from her_desktop.ui.pages.whatif_change import Change
from her_desktop.ui.pages.whatif_choices import groups
from her_desktop.ui.pages.whatif_outcome import outcome, side
from her_desktop.ui.pages.whatif_rules import MOST_SHOWN, completions, tries
from her_desktop.ui.pages.whatif_voice import no_sound
from her_desktop.ui.window import Window, build
from tests.dialogue.talk import conversation, language
from tests.trace.generated import converse
from tests.trace.packs import NOW

from .feed import Pressed
from .living import living
from .test_window import part, texts

pytestmark = [pytest.mark.window, pytest.mark.timeout(180)]
Key = Qt.Key
TALK = ("hello", "my name is Theodore", "my wife is called Catherine", "i feel lonely tonight")
LONELY = 4


def talk(home: Path, *said: str | Switch, made: Conversation | None = None) -> list[Recorded]:
    """Hold a conversation by typing, and return all that was recorded."""
    with talking(home, *said, made=made) as (_, seen):
        return seen


@contextmanager
def talking(
    home: Path, *said: str | Switch, made: Conversation | None = None
) -> Iterator[tuple[Session, list[Recorded]]]:
    """A conversation that goes on, with what was recorded so far."""
    seen: list[Recorded] = []
    with Journal(home) as journal:
        session = Session(made or conversation(), journal, FixedClock(NOW), 7, "test", Parts, InlineExecutor())
        session.watch(seen.append)
        session.start()
        for one in said:
            session.handle(Typed(one) if isinstance(one, str) else one)
        session.keep()
        yield session, seen


def past_of(home: Path, made: Conversation | None = None) -> Past:
    return Past(Journal(home, read_only=True), lambda: made or conversation())


class Sheet:
    """The window at its page "what if"."""

    def __init__(self, qtbot: QtBot, window: Window) -> None:
        self.qtbot, self.window = qtbot, window
        self.page = cast(WhatIfPage, window.pages.page("whatif"))
        self.change = cast(Change, self.page.property("change"))

    def open(self) -> None:
        self.window.pages.go("whatif", "")

    def feed(self, entries: list[Recorded]) -> None:
        for recorded in entries:
            self.window.watcher.put(recorded)
        for _ in range(len(entries)):
            self.window.bridge.drain()

    def until(self, holds: Callable[[], bool]) -> None:
        def looks() -> bool:
            self.window.bridge.drain()
            return holds()

        self.qtbot.waitUntil(looks, timeout=20_000)

    def on(self, turn: int) -> None:
        """Step to a turn and wait until it is read."""
        self.window.place.go(turn)
        self.until(lambda: self.told["number"] == turn and self.page._meant is not None)

    def tries(self, act: Callable[[], None]) -> WhatIf | None:
        """Change something and wait for what comes of it."""
        act()
        self.until(lambda: not self.change.property("runs"))
        return self.change.found

    @property
    def told(self) -> dict[str, Any]:
        return cast("dict[str, Any]", self.page.property("turn"))

    def keys(self, kind: str) -> list[str]:
        found = [group for group in self.told["groups"] if group["kind"] == kind]
        return [one["key"] for group in found for one in group["choices"]]

    def says(self, name: str) -> str:
        return cast(str, part(self.window, name).property("text"))

    def press(self, key: Key) -> None:
        QTest.keyClick(self.window.root, key)

    def types(self, text: str) -> None:
        for letter in text:
            QTest.keyClick(self.window.root, letter)  # type: ignore[call-overload]  # the stubs forget a letter will do


def home_of(sheet: Sheet) -> Path:
    home = sheet.page.house.home
    assert home
    return home


@contextmanager
def sheet_of(qtbot: QtBot, home: Path | None, record: Callable[[], Past] | None, pressed: Pressed) -> Iterator[Sheet]:
    window = build(pressed, record=record, home=home)
    with qtbot.waitExposed(window.root):
        window.root.requestActivate()
    window.root.resize(1440, 900)
    try:
        yield Sheet(qtbot, window)
    finally:
        window.close()


@pytest.fixture
def sheet(qtbot: QtBot, tmp_path: Path, pressed: Pressed) -> Iterator[Sheet]:
    """The page, at the last turn of a short talk."""
    entries = talk(tmp_path, *TALK)
    with sheet_of(qtbot, tmp_path, lambda: past_of(tmp_path), pressed) as sheet:
        sheet.feed(entries)
        sheet.open()
        sheet.until(lambda: sheet.told["number"] == LONELY)
        yield sheet


@cache
def generated(home: Path) -> Conversation:
    return converse(home, 8, 3, (3, 5))


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("generated")
    generated(home)
    return home


# ---- without the window ----------------------------------------------------------------------------------------------


def saved(home: Path) -> Iterator[tuple[SavedTurn, Scene]]:
    """Turns that can be run again, each with its scene."""
    with Journal(home, read_only=True) as journal:
        past, made = Past(journal, lambda: generated(home)), 0
        last = past.turn(also_marked=True).number
        for number in range(1, last + 1):
            turn = past.turn(number, also_marked=True)
            if "[" not in turn.heard.text and not _marked(journal, number):
                made += 1
                yield turn, Scene.of(turn, past.conversation(turn))
        assert made >= 20


def _marked(journal: Journal, number: int) -> bool:
    marks = (one.entry for one in journal.entries(kinds=[ev.TurnsMarked]))
    return any(number == mark.turn for one in marks if isinstance(one, ev.TurnsMarked) for mark in one.turns)


def test_every_choice_of_every_turn_can_be_made(profile: Path) -> None:
    kinds: set[type[Alteration]] = set()
    for turn, scene in saved(profile):
        found = groups(turn, language())
        keys = [one.key for group in found for one in group.choices]
        assert len(keys) == len(set(keys))
        for group in found:
            assert [one.near for one in group.choices] == sorted((one.near for one in group.choices), reverse=True)
            for one in group.choices:
                assert one.text
                one.change.made(scene)
                kinds.add(type(one.change))
        shown = _switchable() & set(turn.reply.techniques)
        on = shown - set(turn.before.off)  # in danger nothing is altered, so a reply may show one that is off
        assert {TechniqueOff(name) for name in on} <= {
            one.change for group in found for one in group.choices if one.near
        }
    assert {WordsLeftOut, OtherAlternative, FactGone, TechniqueOff, Bare, RuleOff, OtherDie} <= kinds


def _switchable() -> frozenset[str]:
    from her_desktop.dialogue.techniques import switchable  # noqa: PLC0415

    return switchable()


def test_what_was_off_can_be_tried_on(tmp_path: Path) -> None:
    talk(tmp_path, Switch("T01", False, "test"), Switch("T06", False, "test"), "i feel lonely tonight")
    found = {one.key: one for group in groups(past_of(tmp_path).turn(), language()) for one in group.choices}
    assert found["on:T01"].change == TechniqueOn("T01")
    assert found["all_on"].change == AllOn()
    assert "off:T01" not in found


def test_what_a_turn_leaned_on_stands_first(tmp_path: Path) -> None:
    talk(tmp_path, "my wife is called Catherine", "my name is Theodore", "what is my name")
    turn = past_of(tmp_path).turn()
    facts = next(group for group in groups(turn, language()) if group.kind == "fact").choices
    assert list(turn.before.facts)[-1] == "user.name"
    assert [(one.key, one.near) for one in facts] == [("fact:user.name", True), ("fact:wife.name", False)]


def test_both_replies_are_drawn_whole_and_what_differs_is_marked(profile: Path) -> None:
    differing = 0
    for turn, scene in saved(profile):
        for change in (Bare(), RuleOff(turn.reply.rule), OtherWords("hello")):
            found = what_if(scene, turn.reply, change)
            if not found.now:
                continue
            drawn = outcome(found)
            for which, reply, other in (("was", turn.reply, found.now), ("now", found.now, turn.reply)):
                pieces = drawn[which]["pieces"]
                spaced = "".join(" " * (not one["glued"]) + one["text"] for one in pieces)
                assert spaced.split() == reply.text.split()
                same = [word for word, apart in _words(pieces) if not apart]
                assert _within(same, other.text.split())
            assert drawn["differs"] == (found.now.text != turn.reply.text)
            marked = any(one["other"] for which in ("was", "now") for one in drawn[which]["pieces"])
            assert marked == (found.now.text.split() != turn.reply.text.split())
            assert bool(drawn["shows"]) != drawn["differs"]
            differing += marked
    assert differing > 20


def _words(pieces: list[dict[str, Any]]) -> list[tuple[str, bool]]:
    found: list[tuple[str, bool]] = []
    for one in pieces:
        if one["glued"] and found:
            found[-1] = found[-1][0] + one["text"], found[-1][1]
        else:
            found.append((one["text"], one["other"]))
    return found


def _within(words: list[str], others: list[str]) -> bool:
    """Whether the words stand among the others, in their order."""
    rest = iter(others)
    return all(word in rest for word in words)


def test_the_same_reply_has_no_marks(profile: Path) -> None:
    for turn, _ in saved(profile):
        drawn = side(turn.reply, turn.reply)
        assert not any(one["other"] for one in drawn["pieces"])
        assert drawn["differences"] == ""


def test_rules_are_completed_by_their_beginning_first() -> None:
    rules = ("mood.sad", "sad.song", "weather.rain", "sad.day", *(f"many.sad{at}" for at in range(20)))
    found = completions(rules, " SAD")
    assert found[:2] == ["sad.day", "sad.song"]
    assert len(found) == MOST_SHOWN
    assert all("sad" in rule for rule in found)
    assert completions(rules, "  ") == []
    assert completions(rules, "nothing of the kind") == []


def test_the_smallest_change_is_only_offered_where_it_lets_the_rule_answer(profile: Path) -> None:
    offered = 0
    for turn, scene in saved(profile):
        for rule in ("feelings.sad", "about_her.name", "feelings.lonely"):
            found = why_not(scene.conversation, scene.state, scene.heard, scene.at, rule)
            for text, change in tries(found):
                offered += 1
                assert text.startswith("try it")
                decided = [one for one in change.made(scene).run().entries if isinstance(one, ev.Decision)]
                assert rule in {one.rule for one in decided}, (turn.heard.text, change)
    assert offered > 20


def test_whether_she_can_be_heard_is_told_from_her_parts() -> None:
    speaker, voice = ev.PartReady(part="speaker", name="a"), ev.PartReady(part="voice", name="b")
    gone = ev.PartLost(part="voice", why="espeak-ng is not installed")
    assert no_sound({"speaker": speaker, "voice": voice}) == ""
    assert no_sound({"speaker": speaker, "voice": gone}) == "she has no voice: espeak-ng is not installed"
    assert "loudspeaker" in no_sound({"speaker": ev.PartLost(part="speaker", why="unplugged"), "voice": voice})
    assert no_sound({}) != ""


# ---- in the window ---------------------------------------------------------------------------------------------------


class Witness:
    """Sees on which threads she answers, without touching anything."""

    def __init__(self) -> None:
        self.threads: list[str] = []

    def __call__(self, frame: FrameType, event: str, _arg: object) -> None:
        if event == "call" and frame.f_code is respond.__code__:
            self.threads.append(threading.current_thread().name)

    def __enter__(self) -> Witness:
        threading.setprofile(self)
        sys.setprofile(self)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)
        threading.setprofile(None)


def test_the_page_shows_what_the_real_code_gives_and_the_windows_thread_never_ran_it(
    qtbot: QtBot, profile: Path, pressed: Pressed
) -> None:
    expected: dict[int, list[tuple[str, WhatIf]]] = {}
    for turn, scene in saved(profile):
        if len(expected) == 20:
            continue
        choices = [one for group in groups(turn, language()) for one in group.choices]
        one_each = {type(one.change): one for one in choices}
        expected[turn.number] = [(one.key, what_if(scene, turn.reply, one.change)) for one in one_each.values()]
    seen = 0
    with Witness() as witness, sheet_of(qtbot, profile, lambda: past_of(profile, generated(profile)), pressed) as sheet:
        sheet.open()
        for number, wanted in expected.items():
            sheet.on(number)
            for key, found in wanted:
                assert sheet.tries(lambda key=key: sheet.change.choose(key)) == found  # type: ignore[misc]  # of this loop
                assert sheet.change.property("outcome") == outcome(found)
                assert sheet.says("outcomeParagraph") == found.paragraph
                if found.now:
                    words = QAccessible.queryAccessibleInterface(part(sheet.window, "whatif_now-words"))
                    assert words.text(QAccessible.Text.Name) == found.now.text
                seen += 1
                if key.startswith("word:"):
                    sheet.change.clear()
    assert seen > 80
    assert len(witness.threads) >= seen
    assert set(witness.threads) == {"desk"}


def test_the_witness_would_see_it_on_this_thread(profile: Path) -> None:
    turn, scene = next(saved(profile))
    with Witness() as witness:
        what_if(scene, turn.reply, Bare())
    assert witness.threads == [threading.current_thread().name]


def test_words_left_out_add_up_and_come_back(sheet: Sheet) -> None:
    turn = past_of(home_of(sheet)).turn()
    for keys, places, shown in (
        (["word:1"], (1,), "feel"),
        (["word:2"], (1, 2), "feel lonely"),
        (["word:0", "word:1"], (0, 2), "i … lonely"),
    ):
        found: WhatIf | None = None
        for key in keys:
            found = sheet.tries(lambda key=key: sheet.change.choose(key))  # type: ignore[misc]  # of this loop
        assert found
        assert found.change == WordsLeftOut(places, 0, shown)
        assert found.was == turn.reply
    sheet.tries(lambda: sheet.change.choose("word:0"))
    assert sheet.tries(lambda: sheet.change.choose("word:2")) is None
    assert sheet.change.property("chosen") == []
    assert sheet.change.property("outcome") == {}


def test_one_change_at_a_time_and_pressing_it_again_lets_go(sheet: Sheet) -> None:
    sheet.tries(lambda: sheet.change.choose("word:2"))
    found = sheet.tries(lambda: sheet.change.choose("bare"))
    assert found
    assert found.change == Bare()
    assert sheet.change.property("chosen") == ["bare"]
    assert sheet.tries(lambda: sheet.change.choose("bare")) is None
    assert sheet.change.property("chosen") == []


def test_by_keyboard_alone_a_word_is_left_out_and_other_words_are_said(sheet: Sheet) -> None:
    part(sheet.window, "saidField").forceActiveFocus()
    field = part(sheet.window, "saidField")
    assert field.property("text") == "i feel lonely tonight"
    while sheet.window.root.activeFocusItem().objectName() != "choice-word:0":
        sheet.press(Key.Key_Tab)
    sheet.press(Key.Key_Right)
    sheet.press(Key.Key_Right)
    assert sheet.window.root.activeFocusItem().objectName() == "choice-word:2"
    sheet.press(Key.Key_Return)
    sheet.until(lambda: sheet.change.found is not None)
    assert sheet.says("outcomeChange") == "If you had not said “lonely”:"
    chip = QAccessible.queryAccessibleInterface(sheet.window.root.activeFocusItem())
    assert chip.state().checked
    assert "lonely" in chip.text(QAccessible.Text.Name)
    field.forceActiveFocus()
    QTest.keyClick(sheet.window.root, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    sheet.types("hello")
    found = sheet.tries(lambda: sheet.press(Key.Key_Return))
    assert found
    assert found.change == OtherWords("hello")
    assert sheet.change.property("chosen") == ["said"]


def test_where_nothing_changes_it_says_so_and_what_that_shows(sheet: Sheet) -> None:
    found = sheet.tries(lambda: sheet.change.choose("fact:wife.name"))
    assert found
    assert not found.differs
    assert sheet.says("outcomeChange") == "If the fact wife.name were forgotten: the same."
    assert sheet.says("outcomeShows") == "She did not lean on this fact here."


def test_a_rule_is_found_by_a_part_of_its_name_and_its_change_can_be_tried(sheet: Sheet) -> None:
    past = past_of(home_of(sheet))
    turn = past.turn()
    part(sheet.window, "ruleField").forceActiveFocus()
    sheet.types("lings.sa")
    rules = sheet.page.property("rules")
    matches = rules.property("matches")
    assert matches == completions(list(conversation().book.rules), "lings.sa")
    assert "feelings.sad" in matches
    for _ in range(matches.index("feelings.sad")):
        sheet.press(Key.Key_Down)
    sheet.press(Key.Key_Return)
    sheet.until(lambda: sheet.says("whyNot") != "")
    found = why_not(past.conversation(turn), turn.before, turn.heard, turn.at, "feelings.sad")
    assert sheet.says("whyNot") == found.paragraph
    assert rules.property("matches") == []
    said = next(change.said for change in found.changes if change.kind == {"said"})
    tried = sheet.tries(lambda: part(sheet.window, "try-0").click())
    assert tried
    assert tried.now
    assert tried.now.rule == "feelings.sad"
    assert part(sheet.window, "saidField").property("text") == said


def test_a_rule_that_is_not_there_is_told_calmly_with_the_nearest_names(sheet: Sheet) -> None:
    sheet.window.pages.go("whatif", "whynot:feelings.sadd")
    sheet.until(lambda: sheet.says("whyNot") != "")
    assert "there is none of this name" in sheet.says("whyNot")
    assert "feelings.sad" in sheet.says("whyNot")
    assert sheet.window.presence.property("notice") == ""


@pytest.mark.parametrize(
    ("target", "change"),
    [
        ("T19", TechniqueOff("T19")),
        ("user.name", FactGone("user.name")),
    ],
)
def test_another_page_can_point_at_a_change(sheet: Sheet, target: str, change: Alteration) -> None:
    found = sheet.tries(lambda: sheet.window.pages.go("whatif", target))
    assert found
    assert found.change == change


def test_another_page_can_ask_for_a_rule_before_the_turn_is_read(
    qtbot: QtBot, tmp_path: Path, pressed: Pressed
) -> None:
    entries = talk(tmp_path, *TALK)
    with sheet_of(qtbot, tmp_path, lambda: past_of(tmp_path), pressed) as sheet:
        sheet.feed(entries)
        sheet.window.pages.go("whatif", "whynot:feelings.sad")
        sheet.until(lambda: sheet.page.property("rules").property("answer")["rule"] == "feelings.sad")


def test_a_fact_that_was_not_kept_then_is_told_calmly(sheet: Sheet) -> None:
    sheet.tries(lambda: sheet.window.pages.go("whatif", "dog.name"))
    assert "“dog.name” was not kept then" in sheet.says("outcomeFailed")
    assert sheet.window.presence.property("notice") == ""


def test_the_whole_explanation_is_told_once_it_is_unfolded(sheet: Sheet) -> None:
    why = sheet.page.property("why")
    assert why.property("answer")["paragraph"] == ""
    part(sheet.window, "unfoldWhy").click()
    sheet.until(lambda: why.property("answer")["paragraph"] != "")
    past = past_of(home_of(sheet))
    turn = past.turn(LONELY)
    found = why_of(turn, past.conversation(turn), timings(past.journal, LONELY))
    assert sheet.says("whyParagraph") == found.paragraph
    assert why.property("answer")["causes"] == [cause.found.paragraph for cause in found.causes]
    assert found.causes


def test_another_turn_begins_anew(sheet: Sheet) -> None:
    sheet.tries(lambda: sheet.change.choose("bare"))
    sheet.window.pages.go("whatif", "whynot:feelings.sad")
    part(sheet.window, "unfoldWhy").click()
    sheet.until(lambda: sheet.says("whyNot") != "" and sheet.page.property("why").property("answer")["paragraph"] != "")
    sheet.on(2)
    assert sheet.change.property("outcome") == {}
    assert sheet.change.property("chosen") == []
    assert sheet.says("whyNot") == ""
    assert not sheet.page.property("why").property("open")
    assert part(sheet.window, "saidField").property("text") == "my name is Theodore"
    assert part(sheet.window, "ruleField").property("text") == ""


# ---- what cannot be done ---------------------------------------------------------------------------------------------


def test_a_turn_whose_words_were_forgotten_says_so_and_tells_the_rest(
    qtbot: QtBot, tmp_path: Path, pressed: Pressed
) -> None:
    with (
        talking(tmp_path, *TALK) as (session, entries),
        sheet_of(qtbot, tmp_path, lambda: past_of(tmp_path), pressed) as sheet,
    ):
        sheet.feed(entries)
        sheet.open()
        sheet.on(2)
        sheet.tries(lambda: sheet.change.choose("bare"))
        assert "Theodore" in sheet.told["said"]
        before = len(entries)
        session.handle(Forget(("user.name",)))
        sheet.feed(entries[before:])
        assert "theodore" not in repr((sheet.told, sheet.change.property("outcome"))).casefold()
        sheet.until(lambda: "cannot be run again" in sheet.says("blocked"))
        assert "user.name was forgotten" in sheet.says("blocked")
        assert "theodore" not in repr(sheet.told).casefold()
        assert not part(sheet.window, "outcome").isVisible()
        sheet.change.choose("bare")
        sheet.change.say("hello")
        assert not sheet.change.property("runs")
        part(sheet.window, "unfoldWhy").click()
        sheet.until(lambda: "In turn 2 she said" in sheet.says("whyParagraph"))
        assert sheet.window.presence.property("notice") == ""


def test_packs_that_are_gone_are_told_calmly(qtbot: QtBot, tmp_path: Path, pressed: Pressed) -> None:
    home, own = tmp_path / "home", tmp_path / "own"
    own.mkdir()
    (own / "mine.yaml").write_text(
        'topic: mine\nrules:\n  - id: mine.all\n    tier: fallback\n    samples: [xyzzy]\n    hears: ["*"]\n'
        '    act: inform\n    says: ["Mine."]\n',
        encoding="utf-8",
    )
    theirs = Conversation.of(load_packs([own], language(), VALUES), language())
    seen = talk(home, "hello", made=theirs)
    with sheet_of(qtbot, home, lambda: past_of(home), pressed) as sheet:
        sheet.feed(seen)
        sheet.open()
        sheet.until(lambda: sheet.told["number"] == 1)
        assert "the record does not hold it as it was then" in sheet.says("blocked")
        assert sheet.told["reply"] == "Mine."
        assert sheet.window.presence.property("notice") == ""


def test_before_anything_was_said_it_says_what_to_do(qtbot: QtBot, tmp_path: Path, pressed: Pressed) -> None:
    entries = talk(tmp_path)
    with sheet_of(qtbot, tmp_path, lambda: past_of(tmp_path), pressed) as sheet:
        sheet.feed(entries)
        sheet.open()
        assert sheet.says("noTurn").startswith("Nothing was said yet.")


def test_while_something_is_only_being_said_the_turn_before_is_meant(sheet: Sheet) -> None:
    found = sheet.tries(lambda: sheet.change.choose("bare"))
    last = sheet.window.place.entries[-1]
    begun = replace(last, seq=last.seq + 1, turn=LONELY + 1, entry=ev.SpeechStarted(cause="voice"))
    sheet.feed([begun])
    assert sheet.window.place.property("turn") == LONELY + 1
    assert sheet.change.found == found
    sheet.window.pages.go("record", "")
    sheet.open()
    assert sheet.told["number"] == LONELY


def test_a_turn_that_was_never_answered_is_told_calmly(qtbot: QtBot, tmp_path: Path, pressed: Pressed) -> None:
    speechless = Conversation.of(load_packs([], language(), VALUES), language())
    unanswered = talk(tmp_path, "are you there", made=speechless)
    assert not any(isinstance(one.entry, ev.Reply) for one in unanswered)
    entries = talk(tmp_path, "hello")
    with sheet_of(qtbot, tmp_path, lambda: past_of(tmp_path), pressed) as sheet:
        sheet.feed(unanswered)
        sheet.open()
        assert sheet.says("noTurn") == "She has not answered yet."
        sheet.feed(entries)
        sheet.until(lambda: sheet.told["number"] == 2)
        sheet.window.place.go(1)
        sheet.until(lambda: sheet.says("noTurn") != "")
        assert sheet.says("noTurn").startswith("Turn 1: it was never answered.")


def test_without_a_record_it_says_so(qtbot: QtBot, pressed: Pressed, tmp_path: Path) -> None:
    entries = talk(tmp_path, "hello")
    with sheet_of(qtbot, None, None, pressed) as sheet:
        sheet.feed(entries)
        sheet.open()
        assert sheet.says("noTurn").startswith("No record is kept")


class Counted(Past):
    """A record that counts how often a turn of it is read."""

    asked = 0

    def turn(self, number: int | None = None, *, also_marked: bool = False) -> SavedTurn:
        self.asked += 1
        return super().turn(number, also_marked=also_marked)


@contextmanager
def busy(window: Window) -> Iterator[None]:
    """The desk has other work meanwhile."""
    free = threading.Event()
    window.desk.ask("test", lambda _past: free.wait(30), lambda _done: None)
    yield
    free.set()


def test_nothing_is_looked_up_unless_the_page_is_open(qtbot: QtBot, tmp_path: Path, pressed: Pressed) -> None:
    entries = talk(tmp_path, *TALK)
    past: list[Counted] = []

    def record() -> Past:
        past.append(Counted(Journal(tmp_path, read_only=True), conversation))
        return past[-1]

    with sheet_of(qtbot, tmp_path, record, pressed) as sheet:
        sheet.window.pages.go("record", "")
        sheet.feed(entries)
        sheet.window.place.go(2)
        sheet.until(lambda: sheet.window.place.property("turn") == 2)
        assert sum(one.asked for one in past) == 0
        assert sheet.told["number"] == 0
        sheet.open()
        sheet.until(lambda: sheet.told["number"] == 2)
        asked = past[0].asked
        assert asked > 0
        sheet.window.pages.go("record", "")
        sheet.window.place.go(3)
        sheet.until(lambda: sheet.window.place.property("turn") == 3)
        assert past[0].asked == asked


def test_only_a_wait_that_is_felt_is_told(qtbot: QtBot, tmp_path: Path, pressed: Pressed) -> None:
    entries = talk(tmp_path, *TALK)
    with sheet_of(qtbot, tmp_path, lambda: past_of(tmp_path), pressed) as sheet:
        sheet.feed(entries)
        sheet.open()
        sheet.until(lambda: sheet.told["number"] == LONELY)
        notes: list[str] = []
        heading = part(sheet.window, "outcomeHeading")
        heading.noteChanged.connect(lambda: notes.append(heading.property("note")))
        sheet.tries(lambda: sheet.change.choose("bare"))
        assert notes == []
        kept = sheet.change.property("outcome")
        with busy(sheet.window):
            sheet.change.choose("word:2")
            sheet.until(lambda: notes != [])
            assert notes == ["running the turn again …"]
            assert sheet.change.property("outcome") == kept, "what was there stays until there is something else"
        sheet.until(lambda: len(notes) == 2)
        assert notes[1] == ""
        assert sheet.change.found
        assert sheet.change.found.change == WordsLeftOut((2,), 0, "lonely")


def test_a_turn_that_takes_long_to_read_is_told_and_the_one_before_stays_till_then(sheet: Sheet) -> None:
    head = part(sheet.window, "turnHeading")
    before = head.property("note")
    assert before.startswith(f"turn {LONELY} · ")
    sheet.window.place.go(2)
    sheet.until(lambda: sheet.window.place.property("turn") == 2)
    sheet.on(2)
    notes: list[str] = []
    head.noteChanged.connect(lambda: notes.append(head.property("note")))
    with busy(sheet.window):
        sheet.window.place.back()
        sheet.until(lambda: notes != [])
        assert notes == ["reading the turn …"]
        assert sheet.told["number"] == 2
        sheet.change.choose("bare")
        assert not sheet.change.property("runs"), "nothing is changed about a turn that is no longer shown"
    sheet.until(lambda: head.property("note") == before)


def test_an_answer_that_is_no_longer_wanted_is_dropped(qtbot: QtBot, tmp_path: Path, pressed: Pressed) -> None:
    entries = talk(tmp_path, *TALK)
    with sheet_of(qtbot, tmp_path, lambda: past_of(tmp_path), pressed) as sheet:
        sheet.feed(entries)
        sheet.open()
        sheet.until(lambda: sheet.told["number"] == LONELY)
        with busy(sheet.window):
            sheet.change.choose("bare")
            sheet.change.choose("bare")
            assert not sheet.change.property("runs")
        sheet.until(lambda: not sheet.window.desk.property("busy"))
        assert sheet.change.property("outcome") == {}


# ---- hearing it ------------------------------------------------------------------------------------------------------


def test_what_she_would_have_said_can_be_heard(sheet: Sheet, pressed: Pressed) -> None:
    sheet.tries(lambda: sheet.change.choose("bare"))
    button = part(sheet.window, "hear")
    assert not button.property("enabled")
    assert "no voice" in button.property("text")
    sheet.page.hear()
    assert pressed.calls == []
    ready = ev.PartReady(part="speaker", name="a speaker")
    last = sheet.window.place.entries[-1]
    sheet.feed([replace(last, seq=last.seq + 1, entry=ready)])
    sheet.until(lambda: bool(button.property("enabled")))
    assert button.property("text") == "hear it"
    button.click()
    found = sheet.change.found
    assert found
    assert found.now
    told = ("by_hand", "Rehearse", found.now.text, found.now.tone, str(LONELY), found.change.told)
    assert pressed.calls == [told]


def test_nothing_that_was_said_is_taken_as_markup(qtbot: QtBot, tmp_path: Path, pressed: Pressed) -> None:
    entries = talk(tmp_path, "hello", "my name is <b>Bold</b>")
    with sheet_of(qtbot, tmp_path, lambda: past_of(tmp_path), pressed) as sheet:
        sheet.feed(entries)
        sheet.open()
        sheet.until(lambda: sheet.told["number"] == 2)
        sheet.tries(lambda: sheet.change.say("<i>hello</i>"))
        assert any("<i>hello</i>" in text for text in texts(sheet.window, sheet.window.root.contentItem()))


@pytest.mark.parametrize("look", ["paper", "light", "dark", "contrast"])
def test_it_is_drawn_in_every_look_and_at_twice_the_size(sheet: Sheet, look: str, tmp_path: Path) -> None:
    sheet.window.preferences.take_look(look)
    sheet.tries(lambda: sheet.change.choose("bare"))
    sheet.window.preferences.grow(10)
    sheet.window.root.resize(700, 700)
    page = part(sheet.window, "whatIf")
    sheet.until(lambda: page.property("contentHeight") > page.property("height"))
    sides = [part(sheet.window, name) for name in ("whatif_was-words", "whatif_now-words")]
    sheet.until(lambda: sides[1].mapToScene(sides[1].boundingRect().topLeft()).y() > sides[0].mapToScene(
        sides[0].boundingRect().bottomLeft()).y())  # fmt: skip
    assert sheet.window.grab().save(str(tmp_path / f"{look}.png"))


def test_every_term_of_the_page_explains_itself(sheet: Sheet) -> None:
    def terms(item: QObject) -> Iterator[str]:
        for child in item.childItems():  # type: ignore[attr-defined]  # every part of a scene has them
            if child.property("meaning") is not None:
                yield child.property("term")
            yield from terms(child)

    from her_desktop.ui.glossary import glossary  # noqa: PLC0415

    used = set(terms(part(sheet.window, "whatIf")))
    assert len(used) > 10
    assert used <= glossary().keys()


def test_a_living_voice_says_it_and_escape_ends_it(qtbot: QtBot, tmp_path: Path) -> None:
    with living(qtbot, tmp_path, SilentVoice()) as here:
        here.session.put(Typed("i feel lonely tonight"))
        here.waits_for(ev.Reply)
        here.hears_her_out()
        sheet = Sheet(qtbot, here.window)
        sheet.open()
        sheet.until(lambda: sheet.told["number"] == 1)
        found = sheet.tries(lambda: sheet.change.choose("bare"))
        assert found
        assert found.now
        before = len(here.of(ev.PlaybackStarted))
        part(here.window, "hear").click()
        here.waits_for(ev.Rehearsed)
        assert here.of(ev.Rehearsed)[0].entry == ev.Rehearsed(
            text=found.now.text, of_turn=1, change="every technique were switched off"
        )
        sheet.until(lambda: here.speaker.playing)
        sheet.until(lambda: here.window.presence.property("state") == "speaking")
        assert sheet.change.found == found, "hearing it changes nothing on the page"
        sheet.press(Key.Key_Escape)
        sheet.until(lambda: not here.speaker.playing)
        sheet.until(lambda: here.window.presence.property("state") == "listening")
        assert len(here.of(ev.PlaybackStarted)) == before
