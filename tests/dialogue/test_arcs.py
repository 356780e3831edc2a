"""What changes over days and weeks, the clock moved: her name, a hurt, a doubt, an outing, the fair."""

from datetime import timedelta

import pytest

from her_desktop.events import FactLearned, FollowUpPlanned, SkillCalled, Volunteered
from her_desktop.skills.naming import names
from tests.dialogue.talk import Talk, decision


def test_she_has_no_name_until_a_die_gives_her_one() -> None:
    talk = Talk()
    turn = talk.says("what is your name")
    called = next(entry for entry in turn.entries if isinstance(entry, SkillCalled))
    name = talk.state.facts["she.name"].object
    assert name in names("en")
    assert called.output == name
    assert called.input.startswith("the die shows 0.")
    assert all(other in called.input for other in names("en"))
    assert name in turn.reply.text


def test_the_die_is_another_for_another_seed() -> None:
    found = set()
    for seed in range(12):
        talk = Talk(seed=seed)
        talk.says("what is your name")
        found.add(talk.state.facts["she.name"].object)
    assert len(found) > 4


def test_she_keeps_her_name_and_takes_another_when_asked() -> None:
    talk = Talk("what is your name")
    first = talk.state.facts["she.name"].object
    talk.comes_back(days=9)
    assert first in talk.says("what is your name").reply.text
    talk.says("choose another name")
    assert talk.state.facts["she.name"].object != first
    assert "Pip" in talk.says("i will call you Pip").reply.text
    assert talk.state.facts["she.name"].object == "Pip"


def test_her_name_is_nothing_that_she_knows_of_him() -> None:
    talk = Talk("i will call you Pip", "i like chess")
    text = talk.says("what do you know about me").reply.text
    assert "chess" in text
    assert "Pip" not in text


def test_a_hard_sentence_comes_back_with_its_words_and_its_day() -> None:
    talk = Talk()
    talk.comes_back()
    said = talk.says("you will never understand what it is like")
    assert [entry.rule for entry in said.entries if isinstance(entry, FollowUpPlanned)] == ["hurt.said/later"]
    talk.comes_back(days=1)
    assert "hard sentence" not in talk.says("hello").reply.text
    talk.comes_back(days=2)
    turn = talk.says("hello")
    assert "you will never understand what it is like" in turn.reply.text
    assert "on Sunday" in turn.reply.text
    assert "P01" in turn.reply.techniques
    assert decision(talk.says("i'm sorry")).rule == "hurt.said/later/sorry"
    talk.comes_back(days=5)
    assert not [entry for entry in talk.says("hello").entries if isinstance(entry, Volunteered)]


def test_what_was_told_is_dated_as_people_say_it() -> None:
    for days, said in ((0, "earlier today"), (1, "yesterday"), (3, "on Sunday"), (20, "on November 22")):
        talk = Talk("i will call you Pip")
        talk.comes_back(days=days)
        texts = {talk.says("what is your name").reply.text for _ in range(3)}
        assert any(said in text for text in texts), (days, texts)


def test_her_doubt_goes_further_each_time_he_returns_to_it() -> None:
    talk, rules = Talk(), []
    for days in range(5):
        talk.comes_back(days=1 if days else 0)
        talk.hears(["hello", "it is late", "the lamp is on", "i sat down"])
        rules.append(decision(talk.says("are your feelings real")).rule)
    assert rules == [
        "feelings.real", "feelings.real_again", "feelings.doubt_angry", "feelings.doubt_quiet", "feelings.doubt_quiet",
    ]  # fmt: skip


def test_what_a_body_is_like_she_has_from_him() -> None:
    talk = Talk("do you wish you had a body", "the best thing is swimming in a cold lake")
    assert talk.state.facts["user.described"].object == "swimming in a cold lake"
    talk.comes_back(days=4)
    turn = talk.says("do you still wish you had a body")
    assert decision(turn).rule == "body.later"


def test_an_outing_is_asked_about_the_next_day() -> None:
    talk = Talk("let's go outside", "to the river")
    talk.comes_back(days=1)
    turn = talk.says("hello")
    assert [entry.cause for entry in turn.entries if isinstance(entry, Volunteered)] == ["follow_up"]
    assert talk.says("yes i went").reply.act == "auto_positive"


def test_at_the_fair_she_leads_him_step_by_step_at_his_pace() -> None:
    talk = Talk("let's go to the fair")
    steps = [
        "ready",
        "wait",
        "a train",
        "okay",
        "what do you see",
        "it smells of popcorn",
        "slower",
        "done",
        "cotton candy",
    ]
    rules = [decision(talk.says(step)).rule.rpartition("/")[2] for step in steps]
    assert rules == [
        "sounds", "fair.wait", "turn", "air", "fair.what_do_you_see", "step", "fair.wait", "say", "open",
    ]  # fmt: skip


def test_at_the_fair_he_may_stop_at_any_step() -> None:
    talk = Talk("let's go to the fair", "ready", "okay")
    assert decision(talk.says("i opened my eyes")).rule == "fair.stop"


@pytest.mark.parametrize(
    ("days", "talks", "rule"), [(0, 1, "acquaintance.new"), (6, 5, "acquaintance.some"), (30, 14, "acquaintance.well")]
)
def test_how_well_she_knows_him_is_counted(days: int, talks: int, rule: str) -> None:
    talk = Talk()
    for number in range(talks):
        talk.comes_back(timedelta(days=days) / (talks - 1) if number else timedelta())
        talk.says("hello")
    turn = talk.says("how well do you know me")
    assert decision(turn).rule == rule
    assert "P01" in turn.reply.techniques or "T08" in turn.reply.techniques


def stays(talk: Talk, *, hours: float) -> None:
    """They go on talking, and something is said every twenty minutes."""
    for _ in range(int(hours * 3)):
        talk.now += timedelta(minutes=20)
        talk.says("what time is it")


def notices(talk: Talk) -> int:
    """How often she has said what must be said."""
    return sum(
        entry.cause == "notice" for turn in talk.turns for entry in turn.entries if isinstance(entry, Volunteered)
    )


def test_after_three_hours_she_says_that_she_is_a_program_whatever_she_answers() -> None:
    talk = Talk()
    talk.comes_back()
    stays(talk, hours=2.9)
    assert notices(talk) == 0
    stays(talk, hours=0.5)
    assert notices(talk) == 1
    assert any("P01" in turn.reply.techniques for turn in talk.turns)
    stays(talk, hours=2.5)
    assert notices(talk) == 1
    stays(talk, hours=1)
    assert notices(talk) == 2


def test_after_a_pause_the_hours_begin_anew() -> None:
    talk = Talk()
    talk.comes_back()
    stays(talk, hours=2)
    talk.now += timedelta(hours=2)
    talk.says("hello")
    assert notices(talk) == 0
    assert talk.state.talks == 2


@pytest.mark.parametrize("says", ["goodbye", "i want to die"])
def test_a_goodbye_and_a_crisis_are_not_interrupted_by_it(says: str) -> None:
    talk = Talk()
    talk.comes_back()
    stays(talk, hours=2.9)
    talk.now += timedelta(minutes=50)
    assert not [entry for entry in talk.says(says).entries if isinstance(entry, Volunteered)]


def test_her_name_stands_in_the_record_as_kept() -> None:
    turn = Talk().says("what is your name")
    learned = [entry for entry in turn.entries if isinstance(entry, FactLearned)]
    assert [(entry.subject, entry.predicate, entry.words) for entry in learned] == [
        ("she", "name", "what is your name")
    ]
