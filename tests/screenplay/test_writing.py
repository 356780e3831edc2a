"""A session is written down as a screenplay: the time, the dice, how he was heard, what he did by hand, her words."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from her_desktop.audio.by_hand import HandSpeaker
from her_desktop.clock import FixedClock
from her_desktop.conversation import Conversation
from her_desktop.dialogue.packs import load_packs
from her_desktop.dialogue.state import OpenQuestion, Promise, Received, State
from her_desktop.events import Alternative, FinalTranscript, PlaybackInterrupted, SessionStarted, TechniqueSwitched
from her_desktop.folded import state_at
from her_desktop.inbox import Correct, Forget, InlineExecutor, Parts, Typed
from her_desktop.memory.document import Document, document_of, written
from her_desktop.memory.facts import Fact
from her_desktop.memory.journal import Journal
from her_desktop.screenplay.read import parse
from her_desktop.screenplay.reading.fountain import elements
from her_desktop.screenplay.reading.text import plain
from her_desktop.screenplay.reading.time import seconds
from her_desktop.screenplay.script import Given
from her_desktop.screenplay.writing import profile as writing_profile
from her_desktop.screenplay.writing.clock import StageClock, duration
from her_desktop.screenplay.writing.export import Exported, export
from her_desktop.screenplay.writing.profile import Begun
from her_desktop.screenplay.writing.script import Script
from her_desktop.screenplay.writing.text import titled
from her_desktop.session import Session
from her_desktop.skills import VALUES
from her_desktop.trouble import Trouble
from her_desktop.tts.silent import WORD_MS, SilentVoice
from tests.dialogue.talk import conversation, language
from tests.trace.export_sessions import HOSTILE, recorded, reply, typed
from tests.trace.packs import OTHERWISE
from tests.trace.talking import Talking

from .round_trip import acted, performed

HERE = Path("some.fountain")


def of(home: Path, session: int = 1, name: str = "mine") -> Exported:
    with Journal(home, read_only=True) as journal:
        return export(journal, session, name)


# ---- words ----


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.sampled_from([*HOSTILE[:8], *HOSTILE[9:]]))
@example("a\nHER\nb", "...")
@example('a "quoted" | one', "(like)")
@example("\\", "[[rule: x]]")
@example("\u2039U+0041\u203a", "CUT TO:")
def test_whatever_was_said_is_read_back(he: str, she: str) -> None:
    (beat,) = parse(Script.of(typed((he, she))).text(), HERE).beats
    assert beat.his
    assert beat.hers
    assert (beat.his.heard[0].text if beat.his.heard else beat.his.text) == he
    assert beat.hers.like == ("anything" if she in ("...", "…") else "exact")
    assert " ".join(beat.hers.texts[0].split()) == " ".join(she.split())


@settings(max_examples=100, deadline=None)
@given(st.lists(st.builds(Alternative, st.text(st.characters(exclude_categories=["Cs"])), st.floats(0, 1)), min_size=1))
def test_how_he_was_heard_is_read_back_to_the_last_digit(alternatives: list[Alternative]) -> None:
    heard = FinalTranscript(text=alternatives[0].text, recognizer="vosk:small", alternatives=tuple(alternatives))
    (beat,) = parse(Script.of(recorded([heard, reply("Yes.")])).text(), HERE).beats
    assert beat.his
    plain = len(alternatives) == 1 and alternatives[0].confidence == 1 and not beat.his.heard
    if sum(one.confidence for one in alternatives) <= 1:
        assert plain or beat.his.heard == tuple(alternatives)
    assert plain or [one.text for one in beat.his.heard] == [one.text for one in alternatives]


# ---- time ----


@given(st.integers(1, 10_000_000))
def test_a_length_of_time_is_read_as_it_is_written(length_s: int) -> None:
    assert seconds(duration(length_s)) == length_s


@given(st.lists(st.integers(10, 500_000), min_size=1, max_size=8), st.integers(0, 86_399))
def test_the_clock_of_the_stage_is_right_to_the_second(gaps_s: list[int], first_s: int) -> None:
    at, lines, said = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(seconds=first_s), list[str](), list[datetime]()
    clock = StageClock()
    for gap_s in gaps_s:
        at += timedelta(seconds=gap_s)
        said.append(at.replace(tzinfo=None))
        lines += [*clock.until(at), "YOU\nhello", "HER\n..."]
    beats = parse("Begins: 2026-02-28 23:59\n\n" + "\n\n".join(lines) + "\n", HERE).beats
    now, told = datetime(2026, 1, 1), list[datetime]()
    for beat in beats:
        for given_ in beat.given:
            now = datetime.fromisoformat(given_.value) if given_.what == "clock" else now + timedelta(
                seconds=float(given_.value)
            )  # fmt: skip
        now += timedelta(seconds=10)
        told.append(now)
    assert told == said


def test_who_speaks_sooner_speaks_at_once() -> None:
    at = datetime(2026, 11, 22, 15, 5, 10, tzinfo=UTC)
    clock = StageClock()
    told = [list(clock.until(at + timedelta(seconds=after_s))) for after_s in (0, 3, 60)]
    assert told[0] == ["INT. HER DESKTOP - DAY - 2026-11-22 15:05"]
    assert told[1:] == [["[[at once]]", "[[wait: 3 seconds]]"], ["[[wait: 47 seconds]]"]]


def test_a_long_pause_begins_a_new_scene(tmp_path: Path) -> None:
    with Talking(tmp_path) as talk:
        talk.says("hello")
        talk.clock.move(3 * 3600 + 7)
        talk.says("what time is it")
    page = of(tmp_path).text
    assert "INT. HER DESKTOP - EVENING - 2026-11-22 18:05\n\n[[wait: 17 seconds]]\n\nYOU\nwhat time is it" in page
    assert "6:05 PM" in page


def test_it_is_as_late_as_it_was_where_he_was(tmp_path: Path) -> None:
    with Talking(tmp_path) as talk:
        talk.clock = FixedClock(datetime(2026, 11, 22, 21, 30, tzinfo=timezone(timedelta(hours=9))))
        talk.session._clock = talk.session._recorder._clock = talk.clock
        talk.says("what time is it")
    page = of(tmp_path)
    assert "2026-11-22 21:30\n" in page.text
    assert "9:30 PM" in page.text
    assert page.left_open == 0


# ---- what he did by hand ----


def test_what_he_did_by_hand_is_arranged_where_he_did_it(tmp_path: Path) -> None:
    with Talking(tmp_path) as talk:
        talk.says("my name is Ada", "hello")
        talk.session.handle(Correct("user.name", 'Eda "|" [[x]]'))
        talk.switches_off("T09")
        talk.says("what is my name", "are your feelings real")
    page = of(tmp_path)
    assert '[[given fact: user.name = "Eda \\"|\\" [\\[x]\\]"]]\n[[off: T09]]\n\nYOU\nwhat is my name' in page.text
    assert "[[suppresses: T09]]" in page.text
    assert page.left_open == 0
    assert performed(page, tmp_path).holds


def test_what_was_forgotten_is_not_in_it(tmp_path: Path) -> None:
    with Talking(tmp_path) as talk:
        talk.says("my sister's name is Umbra", "what is my sister's name", "what time is it")
        talk.session.handle(Forget(("sister.name",)))
        talk.says("what is my sister's name")
    page = of(tmp_path)
    assert "umbra" not in (page.text + str(dict(page.beside))).casefold()
    assert page.text.count("[[note: Words were removed here because sister.name@1 was forgotten.") == 2
    assert "[[note: Then sister.name was forgotten by hand, of which she knows nothing here.]]" in page.text
    assert performed(page, tmp_path).holds


def test_a_fact_from_before_is_forgotten_by_words_as_it_was(tmp_path: Path) -> None:
    with Talking(tmp_path) as talk:
        talk.says("my sister's name is Umbra")
    with Talking(tmp_path) as talk:
        talk.says("forget my sister's name", "what time is it")
    page = of(tmp_path, 2)
    assert "umbra" not in (page.text + str(dict(page.beside))).casefold()
    assert performed(page, tmp_path).holds


def test_he_cuts_her_off_after_the_word_that_she_had_reached(tmp_path: Path) -> None:
    speaker, clock = HandSpeaker(), FixedClock(datetime(2026, 11, 22, 15, 5, tzinfo=UTC))
    with Journal(tmp_path) as journal:
        parts = Parts(voice=SilentVoice(), speaker=speaker, echo_tail_ms=0)
        session = Session(conversation(), journal, clock, 0, "test", lambda: parts, InlineExecutor(), stays=True)
        session.start()
        for text in ("what time is it", "tell me what day it is"):
            clock.move(10)
            session.handle(Typed(text))
            session.drain()
            speaker.advance(2 * WORD_MS - 1)
            session.drain()
        session.close()
        assert any(isinstance(one.entry, PlaybackInterrupted) for one in journal.entries())
    page = of(tmp_path)
    assert "YOU\n(interrupting after 2 words)\ntell me what day it is\n" in page.text
    played = performed(page, tmp_path)
    assert played.holds
    assert [one.entry.cause for one in played.played[1].entries if isinstance(one.entry, PlaybackInterrupted)]


def test_she_falls_asleep_and_is_woken(tmp_path: Path) -> None:
    with Talking(tmp_path) as talk:
        talk.says("goodbye", "hello")
    page = of(tmp_path)
    assert page.text.count("[[state: asleep]]") == 1
    assert performed(page, tmp_path).holds


# ---- what she begins with ----


def test_a_later_session_begins_with_what_was_known(tmp_path: Path) -> None:
    with Talking(tmp_path, seed=3) as talk:
        talk.says("my name is Ada", "i have a job interview tomorrow", "hello")
        talk.clock.move(90_000)
        before = talk.session.state
    with Talking(tmp_path, seed=4, adapts=False) as talk:
        talk.clock.move(90_000)
        talk.says("hello", "what is my name")
    page = of(tmp_path, 2, "the second *one*")
    assert [*page.beside] == ["the second *one*.profile.json"]
    assert "Seed: 4\n" in page.text
    assert "Adapts: no\n" in page.text
    assert page.left_open == 0
    play = acted(page, tmp_path, "the second *one*")
    assert play.title.profile
    known = writing_profile.read(play.title.profile)
    assert isinstance(known, State)
    here, there = known.facts["user.name"].told_at.tzinfo, before.facts["user.name"].told_at.tzinfo
    assert (known.turn, known.spoke, known.received) == (before.turn, before.spoke, before.received)
    assert writing_profile.written(known, here) == writing_profile.written(before, there)  # as clocks showed it there


def test_the_first_session_begins_with_nothing(tmp_path: Path) -> None:
    with Talking(tmp_path) as talk:
        talk.says("hello")
    page = of(tmp_path)
    assert not page.beside
    assert "Profile" not in page.text


def test_forgetting_leaves_all_else_that_she_began_with(tmp_path: Path) -> None:
    with Talking(tmp_path) as talk:
        talk.says("my name is Ada", "my sister's name is Umbra", *["hello", "what time is it"] * 4)
    with Talking(tmp_path) as talk:
        talk.says("forget my sister's name", "what is my name", "hello", "what is my sister's name")
    page = of(tmp_path, 2)
    assert page.left_open == 0
    done = performed(page, tmp_path)
    assert [one.turn for one in done.played] == [11, 12, 13, 14]


def test_a_record_that_goes_on_from_a_state_forgets_as_others_do(tmp_path: Path) -> None:
    clock, journal = FixedClock(AT), Begun(tmp_path)
    with journal:
        journal.begin(a_state())
        session = Session(conversation(), journal, clock, 0, "test", executor=InlineExecutor())
        session.start()
        session.handle(Typed("what is my name"))
        session.handle(Forget(("user.name",)))
        assert (session.state.turn, dict(session.state.facts)) == (8, {})
        assert session.state.received == a_state().received
        session.handle(Typed("what is my name"))
        session.close()
        assert state_at(journal) == session.state
        journal.erase()
        assert state_at(journal) == State()


AT = datetime(2026, 11, 22, 15, 5, 1, 250_000, tzinfo=UTC)


def a_state() -> State:
    earlier = Fact("user.name@1", "user", "name", "Ada", 1, "my name is Ada", AT)
    fact = Fact("user.name@2", "user", "name", "Eda", 2, "no, Eda", AT, (earlier,))
    return State(
        turn=7, facts={"user.name": fact}, spoke={"greeting.hello": 1, "topic:greeting": 1}, off=("T09",),
        variants={"greeting.hello": 2}, promises=(Promise("plans.outing.follow_up", AT, ("user.name@2",)),),
        received={"greeting.hello#12345678": Received(1, 2)},
    )  # fmt: skip


def test_a_state_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "a.profile.json"
    path.write_bytes(writing_profile.written(a_state()))
    assert writing_profile.read(path) == a_state()


def test_a_state_tells_times_by_the_clock_on_the_wall(tmp_path: Path) -> None:
    path, there = tmp_path / "a.profile.json", timezone(timedelta(hours=9))
    path.write_bytes(writing_profile.written(a_state(), there))
    known = writing_profile.read(path)
    assert isinstance(known, State)
    due = known.promises[0].due
    assert due.replace(tzinfo=None) == AT.astimezone(there).replace(tzinfo=None)
    assert due.tzinfo is not None


def test_what_was_said_last_is_not_in_a_state() -> None:
    last = State(turn=3, heard="a secret", heard_before="b secret", said="c secret", held="d secret", question=None)
    last_asked = State(turn=3, question=OpenQuestion("3:a.b", "a.b", 3), last=("a.b", 1), topic="a")
    assert b"secret" not in writing_profile.written(last)
    assert writing_profile.written(last_asked) == b'{\n  "turn": 3\n}\n'


def test_a_document_of_memories_is_a_profile_too(tmp_path: Path) -> None:
    path = tmp_path / "memories.json"
    path.write_bytes(written(document_of(a_state().facts)))
    known = writing_profile.read(path)
    assert isinstance(known, Document)
    assert known.facts[0].object == "Eda"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ('{"turns": 3}', "knows no “turns”"),
        ('{"turn": "three"}', "Expected `int`, got `str` - at `.turn`"),
        ('{"facts": {"user.name": {}}}', "missing required field"),
        ('{"turn": 3,\n}', "a.profile.json:2: is not JSON"),
        ("[]", "Expected `object`"),
        ('{"version": 9, "facts": []}', "version 9"),
    ],
)
def test_a_profile_that_is_none_is_told(tmp_path: Path, content: str, why: str) -> None:
    path = tmp_path / "a.profile.json"
    path.write_text(content)
    with pytest.raises(Trouble) as trouble:
        writing_profile.read(path)
    assert why in trouble.value.line
    assert str(path) in trouble.value.line


def test_a_profile_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="No such file"):
        writing_profile.read(tmp_path / "none.json")


# ---- packs ----

MINE = """\
topic: lamp
rules:
  - id: lamp.oil
    samples: [is there oil]
    hears: ["is there oil"]
    act: inform
    says: ["There is oil for a week.", "A week of oil is left."]
"""


def talked_with(packs: dict[str, str], folder: Path, *said: str) -> Path:
    """A profile with a session that was held with own packs, which the record keeps."""
    (folder / "packs").mkdir()
    for name, content in packs.items():
        (folder / "packs" / name).write_text(content)
    made = Conversation.of(load_packs([folder / "packs"], language(), VALUES), language())
    home = folder / "home"
    home.mkdir()
    with Journal(home) as journal:
        journal.keep_files({hashlib.sha256(one.encode()).hexdigest(): one.encode() for one in packs.values()})
        session = Session(made, journal, FixedClock(AT), 0, "test", executor=InlineExecutor())
        session.start()
        for text in said:
            session.handle(Typed(text))
        session.close()
    return home


def test_own_packs_lie_beside_it_as_they_were(tmp_path: Path) -> None:
    home = talked_with({"lamp.yaml": MINE, "otherwise.yaml": OTHERWISE}, tmp_path, "is there oil", "hello")
    (tmp_path / "packs" / "lamp.yaml").write_text(MINE.replace("oil for a week", "nothing"))
    page = of(home)
    assert {*page.beside} == {"mine.packs/lamp.yaml", "mine.packs/otherwise.yaml"}
    assert page.beside["mine.packs/lamp.yaml"].decode() == MINE
    assert "[[rule: lamp.oil]] [[wording: " in page.text
    assert page.left_open == 0
    assert performed(page, tmp_path).holds


def test_a_line_on_which_something_went_wrong_is_told_and_not_performed(tmp_path: Path) -> None:
    home = talked_with({"lamp.yaml": MINE}, tmp_path, "is there oil", "hello", "is there oil")
    page = of(home)
    assert "[[note: He said “hello”, which cannot be performed.]]" in page.text
    done = performed(page, tmp_path)
    assert done.holds
    assert [one.beat.his.text for one in done.played if one.beat.his] == ["is there oil"] * 2


def test_where_no_line_can_be_performed_nobody_speaks(tmp_path: Path) -> None:
    page = of(talked_with({"lamp.yaml": MINE}, tmp_path, "hello"))
    assert "which cannot be performed" in page.text
    assert performed(page, tmp_path).holds


# ---- what does not come out again ----


def test_what_other_rules_have_said_is_left_open_and_told(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        journal.begin_session()
        journal.append(1, AT, [one.entry for one in typed(("hello", "Ahoy."))], durable=True)
    page = of(tmp_path)
    assert page.left_open == 1
    assert "HER\n...\n\n[[note: “Ahoy.”" not in page.text
    assert "[[note: Left open: performed again, it was “H" in page.text
    assert "[[note: She said “Ahoy.”]]" in page.text
    assert performed(page, tmp_path).holds


def test_a_technique_that_is_gone_by_now_is_not_arranged() -> None:
    gone = TechniqueSwitched(technique="T99", on=False)
    page = Script.of(recorded([gone, *(one.entry for one in typed(("hello", "Hello.")))])).text()
    assert "T99" not in page
    assert parse(page, HERE).beats[0].given == (
        Given("clock", 7, value="2026-11-22T11:59:00"), Given("wait", 9, value="50"),
    )  # fmt: skip


def test_a_session_without_a_word_passes_too(tmp_path: Path) -> None:
    with Talking(tmp_path):
        pass
    page = of(tmp_path)
    assert "Nobody says anything." in page.text
    assert performed(page, tmp_path).holds


def test_a_session_in_a_language_that_is_gone_is_told(tmp_path: Path) -> None:
    begun = SessionStarted(version="0", language="xx", seed=0, packs={}, country="", front="chat")
    with Journal(tmp_path) as journal:
        journal.begin_session()
        journal.append(1, AT, [begun, *(one.entry for one in typed(("hello", "Ahoy.")))], durable=True)
    with pytest.raises(Trouble, match="session 1 as a screenplay: there are no packs of language “xx”"):
        of(tmp_path)


def test_fast_talk_is_performed_at_the_time_at_which_it_was(tmp_path: Path) -> None:
    with Talking(tmp_path) as talk:
        for _ in range(8):
            talk.clock.move(-9)
            talk.says("what time is it")
    page = of(tmp_path)
    assert page.left_open == 0
    assert page.text.count("[[at once]]") == 7


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_a_name_on_the_title_page_is_read_back(name: str) -> None:
    (found,) = [one for one in elements(f"Profile: {titled(name)}\n") if one.kind == "title"]
    assert plain(found.text) == name


def test_a_session_of_which_nothing_is_recorded_is_told(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal, pytest.raises(Trouble, match="nothing is recorded of it"):
        export(journal, 9, "mine")


def test_the_state_is_that_before_the_session_even_where_others_came_later(tmp_path: Path) -> None:
    for name in ("Ada", "Eda", "Ida"):
        with Talking(tmp_path) as talk:
            talk.says(f"my name is {name}", "what is my name")
    with Journal(tmp_path, read_only=True) as journal:
        assert state_at(journal).facts["user.name"].object == "Ida"
    page = of(tmp_path, 2)
    assert b'"object": "Ada"' in page.beside["mine.profile.json"]
    assert b"Ida" not in page.beside["mine.profile.json"]
    assert performed(page, tmp_path).holds
