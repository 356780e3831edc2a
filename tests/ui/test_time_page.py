"""The page "time": the bars and figures are the recorded timings, on a scale that begins at his last word."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from her_desktop import events as ev
from her_desktop.app import App
from her_desktop.cli.common import Options
from her_desktop.events import Entry, Recorded, SpeechEnded, Timing
from her_desktop.memory.journal import Journal
from her_desktop.ui.glossary import glossary
from her_desktop.ui.pages.time import TimePage
from her_desktop.ui.pages.time_session import TURNS_KEPT, Tally, p95
from her_desktop.ui.pages.time_taken import stretches, taken
from her_desktop.ui.pages.time_told import digits, scale, told_turn
from her_desktop.ui.window import Window

from . import feed
from .feed import Feed
from .settled import settled
from .test_window import accessible, part, spoken_turn, texts

Steps = list[tuple[float, Entry]]


def as_the_session_writes(*, waited: int = 704, recognized: float = 38.2, voiced: float = 46.0) -> Steps:
    """A spoken turn in the order and with the moments of the real loop: the end is recorded once he was recognized."""
    heard = ev.FinalTranscript(text="hello", recognizer="vosk:x", alternatives=(ev.Alternative("hello", 0.9),))
    return [
        (0, ev.SpeechStarted(cause="voice")),
        (2_000 + recognized, SpeechEnded(cause="silence", speech_ms=1_300, waited_ms=waited)),
        (0, ev.StateChanged(state="thinking", cause="silence")),
        (0, Timing(stage="recognized", ms=recognized)),
        (0.5, heard),
        (0, Timing(stage="understood", ms=1.8)),
        (0, Timing(stage="chose", ms=1.0)),
        (0, Timing(stage="worded", ms=0.125)),
        (4.0, Timing(stage="kept", ms=1.0)),
        (voiced + 2, ev.VoiceSynthesized(voice="x", rate_hz=22_050, sound_ms=900)),
        (0, Timing(stage="voiced", ms=voiced)),
        (20, ev.PlaybackStarted(sound_ms=900)),
        (0, Timing(stage="first_sound", ms=round(recognized + 0.5 + 4 + voiced + 2 + 20, 3))),
    ]  # fmt: skip


def spoken(**measured: Any) -> list[Recorded]:
    return Feed().next_turn(as_the_session_writes(**measured))


def _items(item: QQuickItem) -> Iterator[QQuickItem]:
    for child in item.childItems():
        yield child
        yield from _items(child)


def show(qtbot: QtBot, window: Window, entries: list[Recorded]) -> None:
    """Hand over the entries and wait until the window has drained them."""
    for recorded in entries:
        window.watcher.put(recorded)
    qtbot.waitUntil(lambda: bool(window.place.entries) and window.place.entries[-1] is entries[-1])


def open_time(qtbot: QtBot, window: Window) -> TimePage:
    window.pages.go("time", "")
    page = window.pages.page("time")
    assert isinstance(page, TimePage)
    qtbot.waitUntil(lambda: any(one.objectName() == "timeScroll" for one in _items(window.root.contentItem())))
    return page


def bars(page: TimePage) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.property("turn")["bars"]
    return found


def test_each_stage_begins_where_it_really_began() -> None:
    found = {one.stage: one for one in stretches(taken(spoken()))}
    assert list(found) == ["waited", "recognized", "understood", "chose", "worded", "kept", "voiced", "first_sound"]
    assert (found["waited"].from_ms, found["waited"].to_ms) == (0, 704)
    assert found["recognized"].from_ms == pytest.approx(704)
    assert found["understood"].from_ms == pytest.approx(704 + 38.2 + 0.5, abs=0.01)
    assert found["chose"].from_ms == pytest.approx(found["understood"].to_ms)
    assert found["voiced"].from_ms == pytest.approx(704 + 38.2 + 0.5 + 4 + 2, abs=0.01)
    assert found["first_sound"].to_ms == pytest.approx(704 + 38.2 + 0.5 + 4 + 48 + 20, abs=0.01)


def test_no_stage_begins_before_the_one_before_it_ended() -> None:
    still = [replace(recorded, at=feed.START) for recorded in spoken()]
    found = stretches(taken(still))[:-1]
    assert all(after.from_ms >= before.to_ms for before, after in pairwise(found))


def test_a_typed_turn_waits_for_nobody_and_says_so() -> None:
    dropped: Steps = [
        (0, SpeechEnded(cause="interrupted", speech_ms=300, waited_ms=90)),
        (0, ev.SpeechDiscarded(why="he typed")),
        (1, Timing(stage="recognized", ms=3.0)),
    ]
    told = told_turn(taken(Feed().next_turn([*dropped, *feed.typed("hello", "Hi.")])))
    assert [bar["stage"] for bar in told["bars"]] == ["chose"]
    assert told["bars"][0]["from"] == 1, "as the record has it: a millisecond after the line was taken"
    assert "You typed this turn" in told["why"]
    assert told["zero"] == "0 is the moment your line was taken"


def test_speech_that_was_dropped_before_the_answered_words_is_not_drawn() -> None:
    cough: Steps = [
        (0, SpeechEnded(cause="silence", speech_ms=80, waited_ms=999)),
        (0, ev.SpeechDiscarded(why="too short")),
        (0, Timing(stage="recognized", ms=777.0)),
    ]
    told = told_turn(taken(Feed().next_turn([*cough, *as_the_session_writes()])))
    assert [bar["ms"] for bar in told["bars"][:2]] == [704, 38.2]
    assert told_turn(taken(Feed().next_turn(cough)))["why"] == "Nothing was answered: too short."


def test_a_turn_without_a_voice_has_no_first_sound_and_says_so() -> None:
    told = told_turn(taken([one for one in spoken() if one.kind not in {"voice_synthesized", "playback_started"}
                            and getattr(one.entry, "stage", "") not in {"voiced", "first_sound"}]))  # fmt: skip
    assert [bar["stage"] for bar in told["bars"]][-1] == "kept"
    assert (told["note"], told["why"]) == ("", "It has not been voiced.")


def test_what_was_slowest_is_said_in_one_plain_sentence() -> None:
    assert told_turn(taken(spoken()))["slowest"].startswith("Slowest was waiting to be sure that you had finished: 704")
    assert told_turn(taken(spoken(waited=5, voiced=300.4)))["slowest"] == "Slowest was making the words sound: 300 ms."
    assert told_turn(taken(()))["slowest"] == ""


@pytest.mark.parametrize(
    ("ms", "shown"),
    [(0, "0"), (0.1, "0.100"), (1.4, "1.40"), (9.999, "10.0"), (38.2, "38.2"), (99.96, "100"), (704, "704"),
     (1504, "1,504")],
)  # fmt: skip
def test_milliseconds_have_three_digits_that_count(ms: float, shown: str) -> None:
    assert digits(ms) == shown


@pytest.mark.parametrize("end", [0.0, 1, 299, 300, 301, 565.0, 999.9, 1_000, 12_345.6, 90_000])
def test_the_scale_is_linear_holds_everything_and_has_few_marks(end: float) -> None:
    drawn = scale(end)
    marks = [mark["at"] for mark in drawn["marks"]]
    assert drawn["whole"] >= max(end, 300)
    assert marks[0] == 0
    assert marks[-1] == drawn["whole"]
    assert len({after - before for before, after in pairwise(marks)}) == 1
    assert 3 <= len(marks) <= 6


def test_the_95th_percentile_is_a_measured_value() -> None:
    assert p95([float(n) for n in range(1, 101)]) == 95
    assert p95([3.0]) == 3.0


def test_the_session_counts_each_stage_over_its_turns() -> None:
    tally, script = Tally(), Feed()
    for waited in (704, 250, 1_504):
        for recorded in script.next_turn(as_the_session_writes(waited=waited)):
            tally.take(recorded)
    told = tally.told()
    rows = {row["name"]: row for row in told["rows"]}
    assert rows["waited for you to finish"] == {
        "term": "time_waited", "name": "waited for you to finish", "count": "3", "median": "704", "p95": "1,504",
        "longest": "1,504", "told": "waited for you to finish, in 3 turns: median 704 milliseconds, 95 of 100 within "
        "1,504, longest 1,504",
    }  # fmt: skip
    assert told["note"] == "3 turns since 23:14"
    assert len(told["sounds"]["ticks"]) == 3
    assert told["sounds"]["told"].endswith("; 0 within 200")


def test_only_the_latest_thousand_turns_are_kept() -> None:
    tally = Tally()
    for turn in range(1, TURNS_KEPT + 51):
        script = Feed(turn)
        for recorded in script.record(feed.typed("hello", "Hi.")):
            tally.take(recorded)
    turns = tally.turns()
    assert (len(turns), turns[0].turn, turns[-1].turn) == (TURNS_KEPT, 51, TURNS_KEPT + 50)
    assert tally.told()["note"] == "the last 1,000 turns"


def test_a_record_that_was_erased_is_counted_anew() -> None:
    tally = Tally()
    for recorded in [*spoken(), *Feed().record(feed.waking())]:
        tally.take(recorded)
    assert tally.told()["rows"] == []


@pytest.mark.window
def test_nothing_said_yet_says_what_will_stand_here(qtbot: QtBot, window: Window) -> None:
    show(qtbot, window, Feed().record(feed.waking()))
    open_time(qtbot, window)
    assert part(window, "timeEmpty").property("text").startswith("Nothing has been said yet.")
    assert part(window, "timeEmpty").isVisible()


@pytest.mark.window
def test_the_waterfall_fills_in_as_the_turn_goes_on(qtbot: QtBot, window: Window) -> None:
    page, script = open_time(qtbot, window), Feed()
    turn = script.next_turn(feed.hearing() + feed.answering() + feed.speaking(3))
    first = next(at for at, one in enumerate(turn) if one.kind == "reply")
    show(qtbot, window, turn[: first + 1])
    assert [bar["stage"] for bar in bars(page)] == ["waited", "recognized"]
    block = part(window, "timeBar_recognized")
    show(qtbot, window, turn[first + 1 :])
    assert [bar["stage"] for bar in bars(page)] == ["waited", "recognized", "chose", "voiced", "first_sound"]
    assert part(window, "timeBar_recognized") is block, "the rows stay, so that what has the keyboard keeps it"


@pytest.mark.window
def test_bars_lie_where_their_times_are(qtbot: QtBot, window: Window) -> None:
    page = open_time(qtbot, window)
    show(qtbot, window, spoken())
    rows = {bar["stage"]: bar for bar in bars(page)}
    blocks = {stage: _block(part(window, f"timeBar_{stage}")) for stage in rows}
    origin = blocks["waited"].x()
    per_ms = blocks["waited"].width() / 704
    for stage in ("recognized", "voiced", "first_sound"):
        assert blocks[stage].x() - origin == pytest.approx(rows[stage]["from"] * per_ms, abs=0.6)
        assert blocks[stage].width() == pytest.approx(rows[stage]["ms"] * per_ms, abs=0.6)


def _block(row: QQuickItem) -> QQuickItem:
    return next(one for one in _items(row) if one.objectName() == "timeBlock")


@pytest.mark.window
def test_every_bar_can_be_listened_to(qtbot: QtBot, window: Window) -> None:
    open_time(qtbot, window)
    show(qtbot, window, spoken_turn())
    told = {one.text(QAccessible.Text.Name) for one in accessible(QAccessible.queryAccessibleInterface(window.root))}
    assert {
        "waited for you to finish, 240 milliseconds, from 0 to 240",
        "recognized, 38.2 milliseconds, from 240 to 278",
        "chose, in 1 turn: median 1.40 milliseconds, 95 of 100 within 1.40, longest 1.40",
        "first sound, 325 milliseconds after that, 565 after your last word",
    } <= told
    assert any(name.startswith("1 spoken turn, from your last word to her first sound: 565") for name in told)


@pytest.mark.window
def test_tab_reaches_every_term_and_each_says_a_sentence(qtbot: QtBot, window: Window) -> None:
    open_time(qtbot, window)
    show(qtbot, window, spoken_turn())
    part(window, "timeScroll").forceActiveFocus()
    met: list[str] = []
    for _ in range(40):
        QTest.keyClick(window.root, Qt.Key.Key_Tab)
        item = window.root.activeFocusItem()
        if item is not None and (term := item.property("term")):
            met.append(term)
    wanted = {"time_gap", "time_waited", "time_recognized", "time_chose", "time_voiced", "time_first_sound"}
    wanted |= {"time_turn", "time_session", "time_sounds", "time_stage", "time_median", "time_p95", "time_longest"}
    assert wanted <= set(met)
    assert all(glossary()[term].says.endswith(".") for term in met)


@pytest.mark.window
@pytest.mark.parametrize("size", [(1280, 800), (700, 900)])
def test_at_twice_the_size_nothing_is_cut_off(qtbot: QtBot, window: Window, size: tuple[int, int]) -> None:
    window.preferences.grow(20)
    window.root.resize(*size)
    open_time(qtbot, window)
    show(qtbot, window, spoken())
    scroll = part(window, "timeScroll")
    qtbot.waitUntil(lambda: part(window, "timeBar_voiced").width() > 0)
    settled(qtbot, window)
    for item in _items(scroll):
        if item.inherits("QQuickText") and item.isVisible() and item.property("text"):
            assert not item.property("truncated"), item.property("text")
            left = item.mapToItem(scroll, item.boundingRect().topLeft()).x()
            assert left >= 0
            assert left + item.property("contentWidth") <= scroll.width() + 1, item.property("text")


@pytest.mark.window
def test_what_he_says_never_reaches_the_page_as_markup(qtbot: QtBot, window: Window) -> None:
    open_time(qtbot, window)
    odd: Steps = [(0, ev.FinalTranscript.typed("x")), (0, Timing(stage="<b>odd</b>", ms=3.5))]
    show(qtbot, window, Feed().next_turn(odd))
    assert "<b>odd</b>" in set(texts(window, part(window, "timeScroll")))


@pytest.mark.window
def test_the_page_shows_what_the_journal_has(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    seen: list[Recorded] = []
    with App().chat(Options(home=tmp_path)) as session:
        session.watch(seen.append)
        session.start()
        for line in ("my name is ada", "how are you", "what is my name"):
            session.typed(line)
            session.drain()
    page = open_time(qtbot, window)
    show(qtbot, window, seen)
    with Journal(tmp_path, read_only=True) as journal:
        last = [one.entry for one in journal.turn(3)]
        stages = {one.stage: one.ms for one in last if isinstance(one, Timing)}
        counted = [one.entry for one in journal.entries() if isinstance(one.entry, Timing)]
    assert {bar["stage"]: bar["ms"] for bar in bars(page)} == stages
    assert {bar["shown"] for bar in bars(page)} == {f"{digits(ms)} ms" for ms in stages.values()}
    rows = {row["name"]: row for row in page.property("session")["rows"]}
    for stage, row in rows.items():
        values = [one.ms for one in counted if one.stage == stage]
        assert (row["count"], row["longest"]) == (str(len(values)), digits(max(values)))


@pytest.mark.window
def test_a_hidden_page_draws_nothing_and_is_right_when_opened(qtbot: QtBot, window: Window) -> None:
    page = window.pages.page("time")
    assert isinstance(page, TimePage)
    told: list[None] = []
    page.turnChanged.connect(lambda: told.append(None))
    page.sessionChanged.connect(lambda: told.append(None))
    show(qtbot, window, spoken())
    assert told == []
    open_time(qtbot, window)
    assert len(bars(page)) == 8
    assert page.property("session")["rows"][0]["median"] == "704"


def test_times_that_ran_over_midnight_stay_in_order() -> None:
    late = [replace(one, at=one.at + timedelta(minutes=45, seconds=51)) for one in spoken()]
    assert [one.stage for one in stretches(taken(late))] == [one.stage for one in stretches(taken(spoken()))]
    assert stretches(taken(late)) == stretches(taken(spoken()))
