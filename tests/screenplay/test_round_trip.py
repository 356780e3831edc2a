"""Round trip: a session is recorded, exported, performed, and passes; where a line is edited, it fails there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from her_desktop.events import Alternative, FinalTranscript
from her_desktop.inbox import Correct, Forget
from her_desktop.memory.journal import Journal
from her_desktop.screenplay import report
from her_desktop.screenplay.perform import conversation, perform
from her_desktop.screenplay.performance import Performance
from her_desktop.screenplay.read import read
from her_desktop.screenplay.writing.export import Exported, export
from tests.trace.export_sessions import HOSTILE
from tests.trace.generated import converse
from tests.trace.talking import Talking

from .round_trip import acted, performed

TALKS = 12


def exported(home: Path, sessions: int) -> Iterator[tuple[int, Exported]]:
    with Journal(home, read_only=True) as journal:
        for session in range(1, sessions + 1):
            yield session, export(journal, session, f"session-{session}")


@pytest.mark.parametrize("seed", [11, 12])
def test_generated_sessions_pass_and_hardly_anything_is_left_open(tmp_path: Path, seed: int) -> None:
    converse(tmp_path, TALKS, seed, (3, 7))
    turns = left = 0
    for session, page in exported(tmp_path, TALKS):
        done = performed(page, tmp_path, f"session-{session}")
        assert done.holds, [report.at(done.screenplay, fault) for fault in done.faults]
        turns, left = turns + len(done.played), left + page.left_open
        if page.left_open:
            assert "answers from the record" in page.text or "forgotten" in page.text, page.text
    assert turns > 3 * TALKS
    assert left < turns / 10


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=30)), min_size=1, max_size=4))
def test_whatever_was_typed_passes(tmp_path_factory: pytest.TempPathFactory, said: list[str]) -> None:
    home = tmp_path_factory.mktemp("profile")
    with Talking(home) as talk:
        talk.says(*said)
    ((_, page),) = exported(home, 1)
    assert performed(page, home).holds
    assert page.left_open == 0


HEARD = st.sampled_from(["what time is it", "watt time is it", "my name is ada", ""])


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.builds(Alternative, HEARD, st.floats(0, 1)), min_size=1, max_size=4))
def test_whatever_was_heard_passes(tmp_path_factory: pytest.TempPathFactory, heard: list[Alternative]) -> None:
    home = tmp_path_factory.mktemp("profile")
    with Talking(home) as talk:
        talk.speaks(FinalTranscript(text=heard[0].text, recognizer="test:any", alternatives=tuple(heard)))
        talk.says("what is my name")
    ((_, page),) = exported(home, 1)
    assert performed(page, home).holds
    assert page.left_open == 0


GERMAN = (
    "hallo", "ich heiße Jörg", "wie spät ist es", "ich habe angst vor spinnen", "wie heiße ich",
    "sind deine gefühle echt", "vergiss meinen namen", "wie heiße ich", "tschüss",
)  # fmt: skip


def test_german_sessions_pass(tmp_path: Path) -> None:
    with Talking(tmp_path, language="de", seed=5) as talk:
        talk.says(*GERMAN)
        talk.clock.move(26 * 3600)
    with Talking(tmp_path, language="de", seed=6) as talk:
        talk.clock.move(40 * 3600)
        talk.says("guten morgen", "weißt du noch wie ich heiße", "wie spät ist es")
    for session, page in exported(tmp_path, 2):
        assert "Language: de\n" in page.text
        assert performed(page, tmp_path, f"session-{session}").holds


def test_a_life_of_several_days_passes(tmp_path: Path) -> None:
    """Facts, corrections, forgetting by words and by hand, switches, plans that are due: each session on its own."""
    lives = [
        ("hello", "my name is Ada", "my sister's name is Umbra", "i have a job interview tomorrow"),
        ("hello", "no my name is Eda", "i do not want you to flatter me", "what is my sister's name"),
        ("good morning", "forget my sister's name", "what is my name", "what did we talk about yesterday"),
        ("hello", "what do you know about me", "why did you say that", "goodbye"),
    ]
    for days, said in enumerate(lives):
        with Talking(tmp_path, seed=days) as talk:
            talk.clock.move(days * 86_400)
            talk.says(*said)
            if days == 1:
                talk.session.handle(Correct("user.name", "Ida"))
                talk.switches_off("T09", "T02")
                talk.says("what is my name", "hello")
            if days == 3:
                talk.session.handle(Forget(("user.name",)))
                talk.says("what is my name")
    for session, page in exported(tmp_path, len(lives)):
        done = performed(page, tmp_path, f"session-{session}")
        assert done.holds, [report.at(done.screenplay, fault) for fault in done.faults]
        assert not re.search(r"(?i)umbra|\bada\b|\beda\b|\bida\b", page.text + str(dict(page.beside)))


def test_the_same_session_is_written_the_same_twice(tmp_path: Path) -> None:
    converse(tmp_path, 2, 3)
    assert list(exported(tmp_path, 2)) == list(exported(tmp_path, 2))


# ---- a line is edited ----


@pytest.fixture(scope="module")
def play(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A screenplay that was exported, on disk."""
    home = tmp_path_factory.mktemp("profile")
    with Talking(home, seed=3) as talk:
        talk.says("hello", "my name is Ada", "what time is it", "what is my name")
    ((_, page),) = exported(home, 1)
    return acted(page, home).path


def edited(play: Path, tmp_path: Path, old: str, new: str) -> Performance:
    """The screenplay, performed with one line changed."""
    text = play.read_text("utf-8")
    assert text.count(old) >= 1, text
    path = tmp_path / "edited.fountain"
    path.write_text(text.replace(old, new, 1), "utf-8")
    return perform(read(path))


@pytest.mark.parametrize(
    ("old", "new", "expected", "got"),
    [
        ("Ada it is.", "Ada, then.", "“Ada, then.”", "“Ada it is.”"),
        ("[[rule: clock.time]]", "[[rule: clock.date]]", "rule: clock.date", "clock.time"),
        ("user.name = Ada]]", "user.name = Eva]]", "learns: user.name = Eva", "Ada"),
        ("(warm)", "(tender)", "tone: tender", "warm"),
        ("[[wording: 3]]", "[[wording: 2]]", "wording: 2", "3"),
    ],
)
def test_an_edited_line_fails_with_file_line_and_why(
    play: Path, tmp_path: Path, old: str, new: str, expected: str, got: str
) -> None:
    done = edited(play, tmp_path, old, new)
    line = next(
        number for number, text in enumerate((tmp_path / "edited.fountain").read_text("utf-8").split("\n"), 1)
        if new in text
    )  # fmt: skip
    (fault,) = done.faults
    assert (fault.line, fault.expected, fault.got) == (line, expected, got)
    told = list(report.told(done, conversation(done.screenplay.title)))
    assert told[0] == f"{tmp_path / 'edited.fountain'}:{line}: expected {expected}, got {got}"
    if expected.startswith("rule"):
        assert any(one.strip().startswith("why not clock.date: ") for one in told)


def test_other_words_of_his_fail_where_she_answers_otherwise(play: Path, tmp_path: Path) -> None:
    done = edited(play, tmp_path, "my name is Ada", "what day is it")
    assert {fault.expected for fault in done.faults} >= {"rule: greeting.my_name_is", "“Ada it is.”"}
