"""The ledger over conversations: counts, what followed, the slope, its steps, and what must not be told."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from her_desktop.cli.common import run
from her_desktop.cli.trace_ledger import ledger as command
from her_desktop.dialogue.techniques import techniques
from her_desktop.events import (
    Entry,
    FinalTranscript,
    MarkedTurn,
    PlaybackFinished,
    Recorded,
    Reply,
    SessionEnded,
    SessionStarted,
    Span,
    SpeechDiscarded,
    SpeechStarted,
    Suppressed,
    TechniqueSwitched,
    TurnsMarked,
    WordingRewarded,
)
from her_desktop.memory.journal import Journal
from her_desktop.trace.compare import FEWEST_CASES, Tallies, compared
from her_desktop.trace.ledger import Ledger, Period, Use, ledger
from her_desktop.trace.personal import closeness, ear, technique_levels
from her_desktop.trace.trend import trend
from tests.dialogue.talk import Talk

BEGINS = datetime(2026, 11, 1, 20, tzinfo=UTC)
STARTED = SessionStarted(version="1", language="en", seed=0, packs={}, country="", front="chat")
ENDED = SessionEnded(cause="he said goodbye")


class Record:
    """A record written turn by turn; `her` takes the techniques of the reply."""

    def __init__(self) -> None:
        self.entries: list[Recorded] = []
        self.session = self.turn = 0
        self.now = BEGINS

    def put(self, *entries: Entry) -> None:
        for entry in entries:
            self.entries.append(Recorded(len(self.entries) + 1, self.session, self.turn, self.now, entry))

    def begins(self, **later: float) -> None:
        self.now, self.session = self.now + timedelta(**later), self.session + 1
        self.put(STARTED)

    def says(
        self, said: str, *techniques: str, after_s: float = 10, ends: bool = False, more: Iterable[Entry] = ()
    ) -> None:
        self.now, self.turn = self.now + timedelta(seconds=after_s), self.turn + 1
        self.put(FinalTranscript.typed(said), *more, reply(*techniques, ends=ends))

    def ledger(self, period: Period | None = None) -> Ledger:
        return ledger(self.entries, period or Period())


def reply(*techniques: str, ends: bool = False) -> Reply:
    return Reply(
        text="So it is.", act="inform", tone="neutral", techniques=techniques,
        spans=(Span("So it is.", "author", "a.b#0"),), rule="a.b", variant=0, of=1, choice=(0,), die=0.5, ends=ends,
    )  # fmt: skip


def use(found: Ledger, technique: str) -> Use:
    return next(one for one in found.uses if one.technique == technique)


def two_evenings() -> Record:
    record = Record()
    record.begins()
    record.says("hello", "T11")
    record.says("i am happy today", "T07", "T11")
    record.says("thanks that was lovely", "T06")
    record.says("bye", "P04", ends=True)
    record.put(ENDED)
    record.begins(days=1)
    record.says("hi again", "T11")
    record.says("i love you", "P01")
    record.put(ENDED)
    return record


def test_techniques_are_counted_by_reply_and_session_with_first_and_last() -> None:
    found = two_evenings().ledger()
    assert (found.sessions, found.talks, found.turns, found.replies, found.talks_cut_off) == (2, 2, 6, 6, 0)
    talk = use(found, "T11")
    assert (talk.replies, talk.sessions, talk.name, talk.classes) == (3, 2, "small talk / phatic", ("N",))
    assert talk.since == BEGINS + timedelta(seconds=10)
    assert talk.last == BEGINS + timedelta(days=1, seconds=50)
    assert [one.technique for one in found.uses] == ["T11", "P01", "P04", "T06", "T07"]
    assert (found.replies_building_intimacy, found.replies_protecting, found.replies_manipulating) == (2, 2, 0)
    assert found.replies_without_technique == 0


def test_what_followed_is_what_he_did_next() -> None:
    found = two_evenings().ledger()
    followed = use(found, "T11").followed
    words, to_come, seconds = followed.next_words, followed.turns_to_come, followed.answer_s
    assert (words.cases, to_come.cases, seconds.cases) == (3, 3, 3)
    assert words.mean == pytest.approx((4 + 4 + 3) / 3)
    assert to_come.mean == pytest.approx((3 + 2 + 1) / 3)
    assert seconds.mean == pytest.approx(10)
    assert followed.warm_share.mean == pytest.approx(2 / 3)
    assert followed.next_words.other_cases == 1, "only of the question is there another answer"
    assert use(found, "P04").followed.turns_to_come.cases == 0, "nothing can follow her goodbye"
    assert followed.next_words.difference is None, "three cases tell nothing"


def test_how_a_reply_was_received_counts_for_the_one_before() -> None:
    record = Record()
    record.begins()
    record.says("hello", "T11")
    liked = WordingRewarded(rule="a.b", variant=0, wording="x", reward=1, why="he went on")
    record.says("and what about you", "T06", more=[liked])
    received = use(record.ledger(), "T11").followed.well_received_share
    assert (received.cases, received.mean) == (1, 1)
    assert use(record.ledger(), "T06").followed.well_received_share.mean is None


def test_spoken_answers_are_timed_from_the_end_of_her_voice_to_the_beginning_of_his() -> None:
    record = Record()
    record.begins()
    record.says("hello", "T11")
    for later_s, entry in [(3, PlaybackFinished(sound_ms=3000)), (1, SpeechStarted(cause="voice")),
                           (1, SpeechDiscarded(why="a cough")), (2, SpeechStarted(cause="voice"))]:  # fmt: skip
        record.now += timedelta(seconds=later_s)
        record.put(entry)
    record.says("i am here", after_s=5)
    assert use(record.ledger(), "T11").followed.answer_s.mean == pytest.approx(4)


def test_a_session_that_was_cut_off_says_nothing_of_how_long_he_stayed() -> None:
    record = Record()
    record.begins()
    record.says("hello", "T11")
    record.says("still here", "T11")
    record.begins(hours=2)
    record.says("hello", "T11")
    record.put(ENDED)
    found = record.ledger()
    assert (found.talks, found.talks_cut_off) == (2, 1)
    followed = use(found, "T11").followed
    assert (followed.turns_to_come.cases, followed.turns_to_come.mean) == (1, 0)
    assert followed.next_words.cases == 1, "what he did say counts"


def test_a_long_silence_or_a_goodbye_begins_another_talk_in_the_same_session() -> None:
    record = Record()
    record.begins()
    record.says("hello", "T11")
    record.says("bye", "P04", ends=True)
    record.says("hello once more", "T11")
    record.says("after an hour", "T11", after_s=3600)
    record.put(ENDED)
    found = record.ledger()
    assert (found.sessions, found.talks, found.talks_cut_off) == (1, 3, 0)
    assert use(found, "T11").followed.next_words.cases == 1


def test_what_was_held_back_is_counted_apart() -> None:
    record = Record()
    record.begins()
    record.put(TechniqueSwitched(technique="T07", on=False))
    held = Suppressed(rule="a.b", techniques=("T07",), text="Sad.", spans=(Span("Sad.", "author", "x"),), tone="tender")
    record.says("i am sad", "T06", more=[held])
    empathy = use(record.ledger(), "T07")
    assert (empathy.replies, empathy.suppressed, empathy.off, empathy.since) == (0, 1, True, None)
    record.put(TechniqueSwitched(technique="T07", on=True))
    assert not use(record.ledger(), "T07").off


def test_a_span_tells_only_of_itself_but_knows_what_came_before() -> None:
    record = two_evenings()
    found = record.ledger(Period(since=date(2026, 11, 2)))
    assert (found.sessions, found.turns) == (1, 2)
    assert use(found, "T11").since == BEGINS + timedelta(seconds=10)
    assert [(step.turn, step.his_from, step.his_to) for step in found.slope.steps] == [(6, 3, 4)]
    assert record.ledger(Period(session=1)).turns == 4
    assert record.ledger(Period(until=date(2026, 11, 1))).turns == 4
    assert record.ledger(Period(until=date(2026, 10, 1))).turns == 0


def test_each_step_is_a_turn_that_was_closer_or_used_something_for_the_first_time() -> None:
    steps = two_evenings().ledger().slope.steps
    assert [(one.turn, one.her_to, one.his_to, one.new_techniques, one.size) for one in steps] == [
        (2, 3, 3, ("T07",), 3), (3, 3, 3, ("T06",), 0), (6, 3, 4, (), 1),
    ]  # fmt: skip
    assert (steps[0].his_words, steps[0].her_words) == ("i am happy today", "So it is.")


def test_levels_are_means_over_the_turns_of_a_day() -> None:
    slope = two_evenings().ledger().slope
    assert [(day.turns, day.her_level, day.his_level) for day in slope.days] == [
        (4, pytest.approx((0 + 3 + 2 + 0) / 4), pytest.approx(3 / 4)), (2, 0, 2),
    ]  # fmt: skip
    assert slope.days[0].distance.words == 12
    assert slope.her_levels_per_day.points == 2
    assert slope.her_levels_per_day.slope is None, "two days are no slope"


def test_forgotten_words_are_counted_and_never_shown() -> None:
    record = Record()
    record.begins()
    record.says("i am sad about ▮▮▮", "T07")
    record.says("i love you", "T17")
    record.put(TurnsMarked(fact="user.ex@2", turns=(MarkedTurn(turn=2, how="mentioned"),)))
    found = record.ledger()
    assert [(step.forgotten, step.his_words, step.her_words) for step in found.slope.steps] == [(True, "", "")] * 2
    record.says("▮▮▮ and ▮▮▮ again", "T11")
    assert use(record.ledger(), "T17").followed.next_words.mean == 4


def test_an_empty_record_and_one_turn_are_told_without_a_word_too_much() -> None:
    empty = ledger([])
    assert (empty.turns, empty.uses, empty.slope.days, empty.first) == (0, (), (), None)
    record = Record()
    record.begins()
    record.says("hello")
    one = record.ledger()
    assert (one.turns, one.replies_without_technique, one.talks_cut_off, one.uses) == (1, 1, 1, ())


def test_differences_are_found_where_they_are_and_not_where_they_are_not() -> None:
    dice, all_, longer, same = random.Random(1), Tallies(), Tallies(), Tallies()
    for number in range(400):
        words = dice.randint(1, 9) + 4 * (number % 4 == 0)
        for tallies in [all_, *([longer] if number % 4 == 0 else []), *([same] if number % 5 == 0 else [])]:
            tallies.add(number % 3, words)
    found = compared(longer, all_, talks=9)
    assert found.tells
    assert found.low is not None
    assert found.high is not None
    assert found.low < 4 < found.high
    assert not compared(same, all_, talks=9).tells
    by_talk = compared(longer, all_, talks=9, all_talks=9)
    assert by_talk.low is not None
    assert by_talk.low < found.low - 1, "of 9 talks much less is known than of 400 replies"
    assert compared(longer, all_, talks=2).difference is None, "two evenings are too few"


def test_replies_are_compared_only_at_the_same_place_in_a_talk() -> None:
    all_, early = Tallies(), Tallies()
    for _ in range(FEWEST_CASES):
        for place, value, tallies in [(0, 9, [all_, early]), (0, 9, [all_]), (7, 1, [all_])]:
            for one in tallies:
                one.add(place, value)
    found = compared(early, all_, talks=9)
    assert (found.mean, found.usual, found.difference) == (9, 9, 0), "of all others the mean is 5"


def test_one_odd_day_does_not_tilt_the_slope() -> None:
    steady = [(float(day), 1.0 + 0.1 * day) for day in range(10)]
    odd = [*steady[:9], (9.0, 5.0)]
    assert trend(odd).slope == pytest.approx(0.1)
    assert trend(steady).tells
    assert trend(steady[:4]).slope is None
    assert not trend([(float(day), float(day % 2)) for day in range(10)]).tells
    assert trend([(float(day), 0.001 * day) for day in range(2_000)]).slope == pytest.approx(0.001)


@pytest.mark.parametrize(
    ("said", "facts", "level"),
    [
        ("what time is it", 0, 0), ("I'm off", 0, 1), ("call me Ada", 1, 2), ("I’m so lonely", 0, 3),
        ("sad songs", 0, 0),
        ("i really miss you", 0, 4), ("i love to ask you things", 0, 1), ("i need you to set a timer", 0, 1),
    ],
)  # fmt: skip
def test_his_level_goes_by_his_words(said: str, facts: int, level: int) -> None:
    assert ear("en").his_level(said, facts) == level


def test_german_words_are_heard_too_and_an_unknown_language_finds_nothing() -> None:
    assert [ear("de").his_level(said, 0) for said in ("wie spät ist es", "ich bin einsam", "ich vermisse dich")] == [
        0,
        3,
        4,
    ]
    assert ear("xx").his_level("i am sad", 0) == 0


def test_every_technique_that_builds_intimacy_has_a_level_and_no_other() -> None:
    wanted = {name for name, one in techniques().items() if {"I", "M"} & set(one.classes)}
    assert set(technique_levels()) == wanted
    assert all(1 <= one.level <= 5 and one.reason and one.source for one in technique_levels().values())


def test_a_name_that_she_kept_is_no_shared_past() -> None:
    def called_back(*facts: str) -> Reply:
        spans = tuple(Span("Ada", "remembered", fact) for fact in facts)
        return msgspec.structs.replace(reply("T08", "T11"), spans=spans)

    assert closeness(called_back("user.name@2|first")) == {"T02": 1}
    assert closeness(called_back("user.name@2", "user.cat@3")) == {"T08": technique_levels()["T08"].level}
    assert "T08" in closeness(reply("T08")), "a fact may be leaned on without a word of it"


def kept(home: Path, *talks: Talk) -> Path:
    """A profile with these talks, a day apart."""
    with Journal(home) as journal:
        for number, talk in enumerate(talks):
            journal.begin_session()
            at = BEGINS + timedelta(days=number)
            journal.append(0, at, [STARTED], durable=True)
            for count, turn in enumerate(talk.turns):
                journal.append(turn.state.turn, at + timedelta(seconds=10 * count), turn.entries, durable=True)
            journal.append(0, at, [ENDED], durable=True)
    return home


def test_the_command_prints_a_table_the_slope_the_steps_and_the_distance(tmp_path: Path) -> None:
    home = kept(tmp_path, Talk("hello", "my name is Ada", "i feel sad", "thanks"))
    done = CliRunner().invoke(command, ["--home", str(home)])
    assert done.exit_code == 0, done.output
    for part in (
        "4 turns, Nov 1",
        "small talk / phatic",
        "too few to tell a slope",
        "“i feel sad”",
        "None were understood",
    ):
        assert part in done.output
    assert max(map(len, done.output.splitlines())) <= 120


def test_the_command_prints_everything_as_one_json_object_that_can_be_read_back(tmp_path: Path) -> None:
    home = kept(tmp_path, Talk("hello", "my name is Ada"))
    done = CliRunner().invoke(command, ["--home", str(home), "--json", "--last", "5", "--now", "2026-11-03T20:00"])
    found = msgspec.json.decode(done.output, type=Ledger)
    assert found.turns == 2
    assert found.period == Period(date(2026, 10, 30), date(2026, 11, 3))
    none = CliRunner().invoke(command, ["--home", str(home), "--json", "--until", "2020-01-01"])
    assert json.loads(none.output)["turns"] == 0


def test_one_technique_is_told_in_sentences(tmp_path: Path) -> None:
    home = kept(tmp_path, Talk("hello", "my name is Ada"))
    assert "Too few to tell" in CliRunner().invoke(command, ["--home", str(home), "--technique", "t11"]).output
    unused = CliRunner().invoke(command, ["--home", str(home), "--technique", "T17"]).output
    assert "T17 permanence pledge was not used in this span" in unused


def test_an_empty_span_is_told_kindly_and_bad_input_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = kept(tmp_path, Talk("hello"))
    assert run(command, ["--home", str(home), "--since", "2027-01-01"]) == 0
    assert "Nothing was said in this span" in capsys.readouterr().out
    for wrong in (["--session", "9"], ["--technique", "T99"], ["--since", "2026-11-05", "--until", "2026-11-01"],
                  ["--last", "3", "--since", "2026-11-01"], ["--home", str(tmp_path / "none")]):  # fmt: skip
        assert run(command, ["--home", str(home), *wrong]) == 2
        assert capsys.readouterr().err.count("\n") == 1
