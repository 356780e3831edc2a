"""What he does in the window beside talking: on a real session and a real journal, down to the bytes on the disk."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from her_desktop.events import (
    Entry,
    FactForgotten,
    FactLearned,
    Failure,
    LightsSwitched,
    SessionStarted,
    TechniqueSwitched,
    TurnsMarked,
)
from her_desktop.folded import state_at
from her_desktop.inbox import ByHand, Correct, Erase, Forget, Lights, Switch
from her_desktop.memory import database
from her_desktop.memory.journal import Journal
from her_desktop.recorder import Recorder
from her_desktop.trace.reader import Past
from her_desktop.trace.replay import Replay, replay
from tests.trace.talking import Talking


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talking]:
    with Talking(tmp_path) as talking:
        yield talking


def does(talk: Talking, *messages: ByHand) -> list[Entry]:
    """Do things by hand; returns what was recorded."""
    before = len(talk.seen)
    for message in messages:
        talk.session.by_hand(message)
    talk.session.drain()
    return [one.entry for one in talk.seen[before:]]


def left_on_disk(home: Path, *words: str) -> list[str]:
    """The files of a profile in which one of these words stands, in any case."""
    return [
        f"{word} in {path.name}"
        for path in sorted(home.rglob("*"))
        if path.is_file()
        for word in words
        if word.lower().encode() in path.read_bytes().lower()
    ]


def objects(talk: Talking) -> dict[str, str]:
    return {name: fact.object for name, fact in talk.session.state.facts.items()}


def replayed(talk: Talking) -> Replay:
    """Run every turn again."""
    past = Past(talk.journal, lambda: talk.conversation)
    return replay([past.turn(number) for number in range(1, talk.number + 1)], past.conversation, {})


# ---- a fact is mended ----


def test_what_he_writes_teaches_keeps_history_and_is_used_in_the_next_reply(talk: Talking) -> None:
    talk.says("my name is Theodore")
    learned = does(talk, Correct("user.name", "  Bartholomew\tJones "))
    assert [type(one) for one in learned] == [FactLearned]
    fact = talk.session.state.facts["user.name"]
    assert (fact.object, fact.words, fact.source_turn) == ("Bartholomew Jones", "Bartholomew Jones", 0)
    assert [one.object for one in fact.earlier] == ["Theodore"]
    assert "Bartholomew Jones" in talk.says("what is my name")
    assert talk.dangling() == ()


def test_a_mended_fact_is_on_the_disk_at_once_and_known_after_a_restart(tmp_path: Path, talk: Talking) -> None:
    talk.says("i live in Lisbon")
    does(talk, Correct("user.home", "Porto"))
    with Journal(tmp_path, read_only=True) as journal:
        assert state_at(journal).facts == talk.session.state.facts
    assert talk.session.state.facts["user.home"].object == "Porto"


@pytest.mark.parametrize(
    ("message", "why"),
    [
        (Correct("user.home", "Porto"), "knows nothing of that name"),
        (Correct("user.name", " \n "), "nothing to keep"),
        (Forget(("user.name", "user.home")), "knows nothing of that name"),
    ],
)
def test_what_cannot_be_done_is_told_and_changes_nothing(talk: Talking, message: ByHand, why: str) -> None:
    talk.says("my name is Theodore")
    before = talk.session.state
    (failure,) = does(talk, message)
    assert isinstance(failure, Failure)
    assert why in failure.why
    assert talk.session.state == before


def test_a_record_with_things_done_by_hand_is_replayed_exactly(talk: Talking) -> None:
    talk.says("my name is Theodore")
    does(talk, Correct("user.name", "Bartholomew"), Switch("T09", False, "a switch"), Lights(False, "a key"))
    talk.says("what is my name", "i feel lonely tonight")
    assert replayed(talk).turns == 3
    assert not replayed(talk).mismatches


# ---- facts are forgotten ----


def test_a_forgotten_fact_is_out_of_her_mind_and_off_the_disk(tmp_path: Path, talk: Talking) -> None:
    talk.says("my name is Theodore", "i live in Lisbon", "what is my name")
    recorded = does(talk, Forget(("user.name",)))
    assert [type(one) for one in recorded] == [FactForgotten, TurnsMarked]
    assert objects(talk) == {"user.home": "Lisbon"}
    assert left_on_disk(tmp_path, "Theodore") == []
    assert left_on_disk(tmp_path, "Lisbon") != []
    assert "Theodore" not in talk.says("what is my name")
    assert state_at(talk.journal).facts == talk.session.state.facts


def test_all_facts_can_be_forgotten_at_once(tmp_path: Path, talk: Talking) -> None:
    talk.says("my name is Theodore", "i live in Lisbon", "my sister's name is Catherine")
    does(talk, Forget(tuple(talk.session.state.facts)))
    assert objects(talk) == {}
    assert left_on_disk(tmp_path, "Theodore", "Lisbon", "Catherine") == []


def test_a_fact_that_he_wrote_by_hand_is_forgotten_with_what_it_corrected(tmp_path: Path, talk: Talking) -> None:
    talk.says("my name is Theodore")
    does(talk, Correct("user.name", "Bartholomew"))
    talk.says("what is my name")
    does(talk, Forget(("user.name",)))
    assert left_on_disk(tmp_path, "Theodore", "Bartholomew") == []


def test_the_turns_that_forgetting_would_clear_are_told_beforehand(talk: Talking) -> None:
    talk.says("my name is Theodore", "i live in Lisbon", "what is my name", "do you know my name")
    common = talk.conversation.language.common | talk.conversation.language.determiners
    with Journal(talk.home, read_only=True) as journal:
        would = journal.reach([talk.session.state.facts["user.name"]], common)
        assert left_on_disk(talk.home, "Theodore") != []
    did = [one for one in does(talk, Forget(("user.name",))) if isinstance(one, TurnsMarked)]
    assert tuple(did) == would
    assert {one.turn for one in would[0].turns} >= {1, 3}


# ---- everything is erased ----


def test_after_erasing_nothing_is_left_and_she_begins_with_turn_one(tmp_path: Path, talk: Talking) -> None:
    talk.says("my name is Theodore", "i live in Lisbon")
    does(talk, Correct("user.name", "Bartholomew"), Erase())
    assert left_on_disk(tmp_path, "Theodore", "Lisbon", "Bartholomew") == []
    assert objects(talk) == {}
    assert "Ada" in talk.says("my name is Ada")
    assert talk.number == 1
    entries = list(talk.journal.entries())
    assert [one.seq for one in entries] == list(range(1, len(entries) + 1))
    assert {one.session for one in entries} == {1}
    assert isinstance(entries[0].entry, SessionStarted)
    assert state_at(talk.journal) == talk.session.state
    assert replayed(talk).exact


def test_what_was_explained_before_the_erasing_does_not_come_back(tmp_path: Path, talk: Talking) -> None:
    talk.says("my name is Theodore", "why did you say that")
    does(talk, Erase())
    talk.says("my name is Ada")
    assert "Theodore" not in talk.says("why did you say that")
    assert left_on_disk(tmp_path, "Theodore") == []


def test_erasing_twice_and_with_nothing_said_is_well(talk: Talking) -> None:
    assert not [one for one in does(talk, Erase(), Erase()) if isinstance(one, Failure)]
    assert talk.says("hello")
    assert talk.number == 1


def test_a_restart_after_erasing_knows_only_what_came_since(tmp_path: Path) -> None:
    with Talking(tmp_path) as talk:
        talk.says("my name is Theodore")
        does(talk, Erase())
        talk.says("i live in Porto")
    with Talking(tmp_path) as talk:
        assert objects(talk) == {"user.home": "Porto"}
        assert talk.journal.last_session == 2
        talk.says("hello")
        assert talk.number == 2
    assert left_on_disk(tmp_path, "Theodore") == []


def test_a_full_disk_keeps_everything_as_it_was(talk: Talking) -> None:
    talk.says("my name is Theodore")
    recorder = Recorder(talk.journal, talk.clock)
    with closing(sqlite3.connect(talk.journal.path)) as other:
        other.execute("BEGIN IMMEDIATE")  # nothing can be written now
        talk.journal._database.execute("PRAGMA busy_timeout = 0")
        with pytest.raises(Exception, match="locked"):
            recorder.erase()
    assert recorder.state.facts["user.name"].object == "Theodore"
    assert state_at(talk.journal).facts["user.name"].object == "Theodore"


# ---- while somebody reads ----


def reading(home: Path, stop: threading.Event, reads: threading.Event) -> None:
    """Hold a read transaction open until it is time to stop, as a slow question at the desk does."""
    with Journal(home, read_only=True) as journal:
        entries = journal.entries()
        next(entries)
        reads.set()
        stop.wait(20)
        list(entries)


@pytest.mark.parametrize("message", [Forget(("user.name",)), Erase()], ids=["forget", "erase"])
def test_a_reader_that_ends_in_time_is_waited_for(tmp_path: Path, talk: Talking, message: ByHand) -> None:
    talk.says("my name is Theodore")
    stop, reads = threading.Event(), threading.Event()
    reader = threading.Thread(target=reading, args=(tmp_path, stop, reads))
    reader.start()
    assert reads.wait(20)
    threading.Timer(0.2, stop.set).start()
    assert not [one for one in does(talk, message) if isinstance(one, Failure)]
    reader.join(20)
    assert left_on_disk(tmp_path, "Theodore") == []


def test_a_reader_that_comes_after_it_sees_what_is_left(tmp_path: Path, talk: Talking) -> None:
    talk.says("my name is Theodore")
    with Journal(tmp_path, read_only=True) as journal:
        assert state_at(journal).facts
        does(talk, Forget(("user.name",)))
        journal.look_again()
        assert not state_at(journal).facts
        does(talk, Erase())
        talk.session.keep()
        journal.look_again()
        assert [one.kind for one in journal.entries()] == ["session_started", "state_changed"]


def test_a_reader_that_does_not_end_is_told_of_and_the_bytes_go_at_the_next_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_S", 0.05)
    with Talking(tmp_path) as talk:
        talk.says("my name is Theodore")
        with closing(sqlite3.connect(tmp_path / "journal.sqlite")) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT * FROM entries").fetchone()
            recorded = does(talk, Erase())
            (failure,) = [one for one in recorded if isinstance(one, Failure)]
            assert "another program reads it" in failure.why
            assert objects(talk) == {}
            assert "Theodore" not in talk.says("what is my name")
        kinds = [one.kind for one in talk.journal.entries()]
        assert kinds[0] == "session_started"
        assert "failure" in kinds
    Journal(tmp_path).close()
    assert left_on_disk(tmp_path, "Theodore") == []


# ---- switches ----


def test_switches_and_lights_are_on_the_disk_at_once(tmp_path: Path, talk: Talking) -> None:
    talk.says("hello")
    done = does(talk, Switch("T09", False, "a switch of the window"), Lights(False, "the key"))
    with Journal(tmp_path, read_only=True) as journal:
        kept = [one.entry for one in journal.entries(kinds=(TechniqueSwitched, LightsSwitched))]
        assert kept == done
        assert state_at(journal).off == talk.session.state.off == ("T09",)


def test_a_switched_off_technique_is_on_again_after_erasing(talk: Talking) -> None:
    does(talk, Switch("T09", False, "a switch"), Erase())
    assert not talk.session.state.off
