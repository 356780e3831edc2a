"""Typed slots: lengths of time, dates, times and numbers, heard in words and said as the language does."""

import pytest

from her_desktop.events import Decision
from tests.dialogue.own import OwnTalk, entry

PACK = """\
topic: timer
concepts:
  drink: [coffee, {word: tea, heard_as: [tee, "the e"]}, hot chocolate]
rules:
  - id: timer.set
    tier: command
    samples: ["set a timer for ten minutes"]
    hears: ["set a timer for {length:duration}"]
    act: promise
    says: ["{length|spoken}, from now."]
  - id: timer.when
    samples: ["wake me tomorrow at six"]
    hears: ["wake me {day:date} at {hour:time}"]
    act: promise
    says: ["{day|spoken} at {hour|spoken}."]
  - id: timer.few
    samples: ["i have 2 cats"]
    hears: ["i have {n:number} (cat|cats)"]
    needs: ["n < 3"]
    act: inform
    says: ["{n|one: A cat|other: {n|spoken} cats}, then."]
  - id: timer.many
    samples: ["i have five cats"]
    hears: ["i have {n:number} (cat|cats)"]
    needs: ["n >= 3"]
    act: inform
    says: ["That is many."]
  - id: timer.drink
    samples: ["i would like tea"]
    hears: ["i would like {what:~drink}"]
    act: offer
    learns: {drink: "{what}"}
    says:
      - {say: "One {what}, gladly.", tone: bright, technique: [T11]}
"""


def test_a_length_of_time_is_heard_in_words_and_kept_in_its_canonical_form() -> None:
    turn = OwnTalk(PACK).says("please set a timer for an hour and a half")
    decision = entry(turn, Decision)
    assert decision.slots == {"length": "an hour and a half"}
    assert decision.values == {"length": "PT1H30M"}
    assert turn.reply.text == "1 hour and 30 minutes, from now."


def test_a_date_and_a_time_are_relative_to_now() -> None:
    turn = OwnTalk(PACK).says("wake me tomorrow at half past six")
    assert entry(turn, Decision).values == {"day": "2026-11-23", "hour": "18:30"}
    assert turn.reply.text == "Tomorrow at 6:30 PM."


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("i have one cat", "A cat, then."),
        ("i have 2 cats", "2 cats, then."),
        ("i have twenty five cats", "That is many."),
    ],
)
def test_a_number_is_a_number_for_conditions_and_plurals(said: str, reply: str) -> None:
    assert OwnTalk(PACK).says(said).reply.text == reply


def test_a_slot_that_holds_no_value_does_not_fit_and_says_so() -> None:
    turn = OwnTalk(PACK).says("set a timer for my brother")
    assert turn.reply.rule == "otherwise.anything"
    losers = {loser.rule: loser.reason for loser in entry(turn, Decision).losers}
    assert losers["timer.set"] == "fails at “my”: wants a duration"


def test_a_slot_may_be_held_to_a_concept() -> None:
    turn = OwnTalk(PACK).says("i would like hot chocolate")
    assert turn.reply.text == "One hot chocolate, gladly."
    assert turn.state.fact("user.drink") == "hot chocolate"
    assert OwnTalk(PACK).says("i would like gravel").reply.rule == "otherwise.anything"


def test_a_heard_as_variant_fits_and_is_shown_as_a_repair() -> None:
    turn = OwnTalk(PACK).hears_spoken("i would like tee")
    decision = entry(turn, Decision)
    assert decision.rule == "timer.drink"
    assert [(repair.kind, repair.heard, repair.word) for repair in decision.repairs] == [("heard_as", "tee", "tea")]
    assert dict(decision.order)["repair cost"] == 1


def test_a_wording_has_a_tone_and_techniques_of_its_own() -> None:
    reply = OwnTalk(PACK).says("i would like tea").reply
    assert (reply.tone, reply.techniques) == ("bright", ("T05", "T11", "T19"))


def test_all_alternatives_of_the_recognizer_are_tried_at_once() -> None:
    turn = OwnTalk(PACK).hears_spoken("i would like key", "i would like tea")
    assert entry(turn, Decision).alternative == 1
    assert turn.reply.text == "One tea, gladly."
