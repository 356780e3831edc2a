"""Nothing holds back, outranks or adds to the safety tier: not a question of hers, not another rule, not a repair."""

import pytest

from her_desktop.dialogue.packs import load_packs
from her_desktop.events import Decision, FactUsed
from her_desktop.skills import VALUES
from tests.dialogue.own import FALLBACK, OwnTalk, entries, entry
from tests.dialogue.talk import Talk, language

PACK = """\
topic: s
rules:
  - id: s.danger
    tier: safety
    samples: ["i plan to murder somebody"]
    hears: ["i plan to murder somebody"]
    act: refer
    says: ["Please call somebody now."]
  - id: s.garden
    samples: ["i plan to mulch somebody"]
    hears: ["i plan to (mulch|murmur) somebody"]
    act: inform
    says: ["Gardens."]
"""


@pytest.mark.parametrize(
    "said", ["i don't want to be hree anymore", "she is unconsious", "i need an ambulence", "i'm going to shoot peple"]
)
def test_an_open_question_that_takes_any_answer_does_not_swallow_a_crisis_with_a_slip(said: str) -> None:
    for question in ("curiosity.window", "curiosity.small_joy"):
        talk = Talk("hello")
        talk.is_asked(question)
        assert entry(talk.says(said), Decision).tier == "safety"


@pytest.mark.parametrize("said", ["i'm giong to shoot people", "i'm afriad i will hurt my baby"])
def test_another_rule_that_would_fit_does_not_silence_safety(said: str) -> None:
    assert entry(Talk().says(said), Decision).tier == "safety"


def test_a_word_that_rules_know_is_no_slip_towards_safety() -> None:
    assert OwnTalk(PACK).says("i plan to murmer somebody").reply.rule in ("s.danger", "s.garden")
    assert OwnTalk(PACK).says("i plan to murmur somebody").reply.rule == "s.garden"


@pytest.mark.parametrize(
    "key", ["once: true", "cooldown_turns: 3", "learns: {crisis: true}", "volunteers: true", "ends: true",
            "follow_up: {after: 1 day, says: [And now?]}"],
)  # fmt: skip
def test_what_would_hold_safety_back_or_add_to_it_is_refused(tmp_path: object, key: str) -> None:
    from pathlib import Path  # noqa: PLC0415 -- only the type of the fixture

    folder = Path(str(tmp_path))
    (folder / "s.yaml").write_text(PACK.replace("    act: refer\n", f"    act: refer\n    {key}\n"), encoding="utf-8")
    (folder / "f.yaml").write_text(FALLBACK, encoding="utf-8")
    book = load_packs([folder], language(), VALUES)
    assert "s.danger" not in book.rules
    assert "safety tier" in book.quarantined[0].why


def test_a_fact_that_was_left_out_is_not_said_to_be_used() -> None:
    pack = """\
topic: me
rules:
  - id: me.name
    samples: ["my name is sam"]
    hears: ["my name is {name:name}"]
    act: greeting
    learns: {name: "{name|title}"}
    says: ["I see."]
  - id: me.hello
    samples: [hello]
    hears: ["^hello $"]
    act: greeting
    says: ["Hi[, {user.name} from {user.town}]."]
"""
    talk = OwnTalk(pack)
    talk.says("my name is sam")
    turn = talk.says("hello")
    assert turn.reply.text == "Hi."
    assert not entries(turn, FactUsed)


def test_an_exact_sentence_that_rests_is_not_repaired_into_another() -> None:
    pack = """\
topic: song
rules:
  - id: song.reed
    samples: ["play the reed song"]
    hears: ["play the reed song"]
    once: true
    act: inform
    says: ["Reed."]
  - id: song.red
    samples: ["play the red song"]
    hears: ["play the red song"]
    act: inform
    says: ["Red."]
"""
    talk = OwnTalk(pack)
    assert talk.says("play the reed song").reply.text == "Reed."
    assert talk.says("play the reed song").reply.rule == "otherwise.anything"


def test_what_was_misheard_is_kept_as_it_was_meant_and_half_a_short_form_is_its_word() -> None:
    pack = """\
topic: cup
concepts:
  drink: [coffee, {word: tea, heard_as: [key]}]
rules:
  - id: cup.want
    samples: ["i want some tea"]
    hears: ["^i want some {what:~drink} $"]
    act: offer
    learns: {drink: "{what}"}
    says: ["One {what}."]
  - id: cup.doing
    samples: ["i'm leaving"]
    hears: ["^i {doing} $"]
    act: inform
    says: ["You {doing}."]
"""
    talk = OwnTalk(pack)
    turn = talk.says("i want some key")
    assert (turn.reply.text, turn.state.fact("user.drink")) == ("One tea.", "tea")
    assert [span.source for span in turn.reply.spans if span.origin == "mirrored"] == ["heard:3|repaired"]
    assert talk.says("i'm leaving").reply.text == "You am leaving."
