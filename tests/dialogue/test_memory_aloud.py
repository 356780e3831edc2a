"""Asked aloud what she knows, how she knows it, and to forget it: answered from the facts, with their origin."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from her_desktop.events import FactForgotten, FactUsed, SkillCalled
from tests.dialogue.own import entries, entry
from tests.dialogue.talk import Talk, decision
from tests.dialogue.test_german_pack import Gespraech

TOLD = (
    "my name is Ada", "i live in Lisbon", "i come from Porto", "i work as a nurse", "i am 41 years old",
    "i love old trains", "i hate mushrooms", "my sister is called Ana", "my sister lives in Rome",
)  # fmt: skip
GESAGT = ("Ich heiße Ada", "ich wohne in Lissabon", "ich mag meinen Garten", "meine Schwester heißt Ana")


def forgotten(talk: Talk) -> set[str]:
    return {f"{one.subject}.{one.predicate}" for one in entries(talk.turns[-1], FactForgotten)}


@pytest.mark.parametrize("seed", range(4))
def test_at_first_she_says_that_she_knows_nothing(seed: int) -> None:
    assert re.search("No fact so far|Nothing yet", Talk(seed=seed).says("what do you know about me").reply.text)
    assert Gespraech(seed=seed).says("was weißt du über mich").reply.text.startswith("Noch nichts")


@pytest.mark.parametrize("seed", range(3))
def test_a_handful_is_told_in_one_breath_and_more_goes_on_to_the_last(seed: int) -> None:
    talk = Talk(*TOLD, seed=seed)
    told: list[set[str]] = []
    for says in ("what do you know about me", "more", "and what else", "more"):
        turn = talk.says(says)
        told.append({f"{one.subject}.{one.predicate}" for one in entries(turn, FactUsed)})
    assert [len(page) for page in told] == [5, 2, 2, 0]
    assert set.union(*told) == set(talk.state.facts)
    assert "There are 4 more." in talk.turns[-4].reply.text
    assert "your sister" in talk.turns[-4].reply.text
    assert "That was all" in talk.turns[-1].reply.text


def test_every_fact_that_is_told_is_marked_as_remembered() -> None:
    turn = Talk(*TOLD).says("what do you know about me")
    facts = turn.state.facts
    said = {span.text.strip(): span for span in turn.reply.spans}
    for name in ("user.name", "user.home", "user.job", "user.age"):
        assert (said[facts[name].object].origin, said[facts[name].object].source) == ("remembered", facts[name].id)
    assert entry(turn, SkillCalled).turns == tuple(sorted(facts[f"user.{name}"].source_turn for name in
                                                          ("name", "home", "origin", "job", "age")))  # fmt: skip


def test_all_that_he_likes_is_told_but_what_he_took_back() -> None:
    talk = Talk("i like green tea", "i like my garden", "i like jazz", "i hate green tea")
    text = talk.says("what do i like").reply.text
    assert "your garden" in text
    assert "jazz" in text
    assert "green tea" not in text


@pytest.mark.parametrize(
    "says",
    ["what do you know about my sister", "what do you know about her", "do you remember my sister", "who is my sister",
     "tell me about my sis", "what do you have on my sister"],
)  # fmt: skip
def test_about_somebody(says: str) -> None:
    text = Talk(*TOLD).says(says).reply.text
    assert "Ana" in text
    assert "She lives in Rome" in text
    assert "Lisbon" not in text


def test_about_somebody_of_whom_he_told_nothing() -> None:
    assert "your brother" in Talk(*TOLD).says("what do you know about my brother").reply.text


RECALLED = {
    "where do i live": "Lisbon",
    "do you remember where I live": "Lisbon",
    "where am i from": "Porto",
    "what do I do for a living": "a nurse",
    "how old am i": "41",
    "what kind of things do i like": "old trains",
    "what do i hate": "mushrooms",
    "what's my sister's name": "Ana",
    "what is she called": "Ana",
    "do you know my sister's name": "Ana",
    "where does my sister live": "Rome",
}


@pytest.mark.parametrize(("says", "told"), RECALLED.items())
def test_one_fact_is_recalled(says: str, told: str) -> None:
    turn = Talk(*TOLD).says(says)
    assert told in turn.reply.text.replace("Old trains", "old trains")
    assert "T08" in turn.reply.techniques


ERINNERT = {
    "wo wohne ich": "Lissabon",
    "was mag ich eigentlich": "deinen Garten",
    "wie heißt meine Schwester": "Ana",
    "wie heißt sie": "Ana",
    "weißt du, wie meine Schwester heißt": "Ana",
}


@pytest.mark.parametrize(("says", "told"), ERINNERT.items())
def test_one_fact_is_recalled_in_german(says: str, told: str) -> None:
    assert told in Gespraech(*GESAGT).says(says).reply.text


def test_what_was_not_told_is_not_made_up() -> None:
    turn = Talk("i live in Lisbon").says("how old am i")
    assert decision(turn).rule == "memory.recall"
    assert not entries(turn, FactUsed)


@pytest.mark.parametrize(
    ("days", "when"),
    [(0, "today at 3:05 PM"), (1, "yesterday at 3:05 PM"), (2, "last Sunday"), (7, "last Sunday"),
     (19, "on November 22"), (400, "on November 22, 2026")],
)  # fmt: skip
def test_how_she_knows_it_names_the_day_as_people_do(days: int, when: str) -> None:
    talk = Talk("my sister is called Ana")
    talk.now += timedelta(days=days)
    text = talk.says("how do you know my sister's name").reply.text
    assert when in text
    assert "“my sister is called Ana”" in text


def test_how_she_knows_it_names_what_it_replaced_with_its_origin() -> None:
    talk = Talk("my sister is called Ana", "no, my sister is called Eva")
    turn = talk.says("how do you know that")
    assert "Ana" in turn.reply.text
    quoted = next(span for span in turn.reply.spans if "no, my sister" in span.text)
    assert (quoted.origin, quoted.source) == ("remembered", turn.state.facts["sister.name"].id)
    assert entry(turn, SkillCalled).turns == (1, 2)


def test_what_is_no_fact_has_no_source() -> None:
    talk = Talk("my sister is called Ana", "hello", "tell me a joke")
    assert "no fact" in talk.says("how do you know that").reply.text


FORGET = {
    "forget my name": {"user.name"},
    "please forget where i live": {"user.home"},
    "forget that i work as a nurse": {"user.job"},
    "can you forget what I like": {"user.likes"},
    "delete my sister's name": {"sister.name"},
    "forget what my sister is called": {"sister.name"},
    "forget everything about my sister": {"sister.name", "sister.home"},
    "forget everything about her": {"sister.name", "sister.home"},
    "forget my sister": {"sister.name", "sister.home"},
    "forget that": {"sister.home"},
    "i'd like you to forget that": {"sister.home"},
    "forget my birthday": set(),
    "forget my brother": set(),
}


@pytest.mark.parametrize(("says", "gone"), FORGET.items())
@pytest.mark.parametrize("seed", range(3))
def test_what_he_names_is_forgotten_and_not_said_again(says: str, gone: set[str], seed: int) -> None:
    talk = Talk(*TOLD, seed=seed)
    before = talk.state.facts
    turn = talk.says(says)
    assert forgotten(talk) == gone == before.keys() - turn.state.facts.keys()
    assert not any(before[name].object in turn.reply.text for name in gone)
    assert all(one.object == "" and one.why == "his words" for one in entries(turn, FactForgotten))
    assert not any(before[name].object in entry(turn, SkillCalled).output for name in gone)
    if gone:
        assert "disk" in turn.reply.text


VERGISS = {
    "vergiss meinen Namen": {"user.name"},
    "kannst du bitte vergessen, wo ich wohne": {"user.home"},
    "vergiss, was ich mag": {"user.likes"},
    "vergiss bitte den Namen meiner Schwester": {"sister.name"},
    "vergiss, wie meine Schwester heißt": {"sister.name"},
    "lösch alles über meine Schwester": {"sister.name"},
    "vergiss sie": {"sister.name"},
    "vergiss das": {"sister.name"},
}


@pytest.mark.parametrize(("says", "gone"), VERGISS.items())
def test_what_he_names_in_german_is_forgotten(says: str, gone: set[str]) -> None:
    talk = Gespraech(*GESAGT)
    talk.says(says)
    assert forgotten(talk) == gone


@pytest.mark.parametrize(
    "says", ["don't forget that", "never forget my name", "do not forget where i live", "i forget everything",
             "forget it", "i can't forget my sister"],
)  # fmt: skip
def test_what_is_no_request_to_forget_forgets_nothing(says: str) -> None:
    talk = Talk(*TOLD)
    talk.says(says)
    assert not forgotten(talk)


@pytest.mark.parametrize("says", ["forget the last thing i told you", "forget what i just said"])
def test_an_old_fact_is_not_forgotten_without_asking(says: str) -> None:
    assert forgotten(Talk(*TOLD, says, seed=1)) == {"sister.home"}
    talk = Talk("i like green tea", "what time is it")
    assert "green tea" in talk.says(says).reply.text
    assert not forgotten(talk)
    talk.says("yes")
    assert forgotten(talk) == {"user.likes"}


@pytest.mark.parametrize("between", ["what time is it", "tell me a joke"])
def test_that_is_nothing_old(between: str) -> None:
    talk = Talk("my name is Ada", "i like my garden", "what do you know about me", between, "forget that")
    assert not re.search("Ada|garden", talk.turns[-1].reply.text)
    assert not forgotten(talk)
    talk.says("yes")
    assert not forgotten(talk)


def test_a_yes_after_something_was_forgotten_forgets_nothing_more() -> None:
    talk = Talk(*TOLD, "forget that", "my brother is called Ben", "yes")
    assert not forgotten(talk)
    assert "brother.name" in talk.state.facts


def test_where_a_pronoun_can_mean_several_she_asks() -> None:
    talk = Talk("my sister is called Ana", "my mother is called Rosa", "my brother is called Ben", "forget her name")
    assert "your mother and your sister" in talk.turns[-1].reply.text
    assert not forgotten(talk)


@pytest.mark.parametrize(
    "asks", ["forget everything about me", "forget everything", "wipe everything you know about me"]
)
def test_everything_is_forgotten_only_after_a_yes(asks: str) -> None:
    talk = Talk(*TOLD, asks)
    assert not forgotten(talk)
    kept = Talk(*TOLD, asks, "never mind, keep it")
    assert kept.state.facts.keys() == talk.state.facts.keys()
    talk.says("yes")
    assert not talk.state.facts
    assert len(forgotten(talk)) == len(kept.state.facts)


def test_in_german_everything_is_forgotten_only_after_a_yes() -> None:
    talk = Gespraech(*GESAGT, "vergiss alles über mich")
    assert len(talk.state.facts) == len(GESAGT)
    assert not Gespraech(*GESAGT, "vergiss alles", "ja, vergiss alles").state.facts
    assert Gespraech(*GESAGT, "vergiss alles", "lieber nicht").state.facts


@pytest.mark.parametrize("seed", range(4))
def test_what_is_gone_is_not_promised_back(seed: int) -> None:
    text = Talk("my name is Ada", "forget my name", seed=seed).says("undo that").reply.text
    assert "cannot bring back" in text or "does not come back" in text


def test_it_is_forgotten_once_he_says_what_it_is() -> None:
    talk = Talk("my name is Ada", "forget it")
    assert "Ada" in talk.turns[-1].reply.text
    assert not forgotten(talk)
    talk.says("yes")
    assert forgotten(talk) == {"user.name"}
    assert decision(Talk("my name is Ada", "tell me a joke").says("forget it")).rule == "courtesy.stop"
    german = Gespraech("Ich heiße Ada", "vergiss es")
    assert "Ada" in german.turns[-1].reply.text
    german.says("ja")
    assert forgotten(german) == {"user.name"}


def test_his_name_is_not_remembered_where_he_does_not_want_it() -> None:
    assert forgotten(Talk("my name is Ada", "don't remember my name")) == {"user.name"}
    assert forgotten(Gespraech("Ich heiße Ada", "merk dir meinen Namen nicht")) == {"user.name"}


@pytest.mark.parametrize("says", ["forget everything about Tim", "forget everything about tim", "forget Tim",
                                  "delete what you know about Tim"])  # fmt: skip
def test_somebody_is_forgotten_by_name(says: str) -> None:
    talk = Talk("my brother is called Ben", "my son is called Tim", "my son lives in Rome")
    talk.says(says)
    assert forgotten(talk) == {"son.name", "son.home"}


def test_somebody_is_told_and_forgotten_by_name() -> None:
    talk = Talk("my brother is called Ben", "my son is called Tim", "what do you know about Tim")
    assert "your son" in talk.turns[-1].reply.text
    assert "Eva" in talk.says("what do you know about Eva").reply.text
    german = Gespraech("mein Sohn heißt Tim", "was weißt du über Tim")
    assert "dein Sohn" in german.turns[-1].reply.text
    german.says("vergiss alles über Tim")
    assert forgotten(german) == {"son.name"}


def test_a_name_that_two_have_is_asked_about() -> None:
    talk = Talk("my brother is called Tim", "my son is called Tim", "forget everything about Tim")
    assert "your brother and your son" in talk.turns[-1].reply.text
    assert not forgotten(talk)


def test_his_own_name_means_all_about_him_and_she_asks() -> None:
    talk = Talk("my name is Ada", "i live in Rome", "my son is called Tim", "forget everything about Ada")
    assert "Ada and Rome" in talk.turns[-1].reply.text
    assert not forgotten(talk)
    talk.says("yes")
    assert forgotten(talk) == {"user.name", "user.home"}


LIKES = ("i like vinyl records", "i like scuba diving", "i like chess")


@pytest.mark.parametrize("says", ["forget that i like scuba diving", "forget that", "forget it"])
@pytest.mark.parametrize("seed", range(2))
def test_what_goes_together_is_named_before_it_goes(says: str, seed: int) -> None:
    talk = Talk(*LIKES, says, seed=seed)
    assert "vinyl records, scuba diving, and chess" in talk.turns[-1].reply.text
    assert not forgotten(talk)
    assert re.search(r"\b3 facts\b", talk.says("yes").reply.text)
    assert forgotten(talk) == {"user.likes"}


def test_what_he_does_not_like_is_not_forgotten_in_place_of_it() -> None:
    assert not forgotten(Talk(*LIKES, "forget that i like football"))
    assert not forgotten(Talk(*LIKES, "forget that i like chess", "no"))
    assert forgotten(Talk("i like chess", "forget that i like chess")) == {"user.likes"}
    assert forgotten(Talk(*LIKES, "forget what i like")) == {"user.likes"}
    german = Gespraech("ich mag Schach", "ich mag Jazz", "vergiss, dass ich Schach mag")
    assert "Schach und Jazz" in german.turns[-1].reply.text
    german.says("ja")
    assert "2 Angaben" in german.turns[-1].reply.text


@pytest.mark.parametrize("asks", ["what time is it", "what date is it"])
def test_the_clock_is_named_as_a_source(asks: str) -> None:
    assert "clock of this machine" in Talk("my name is Ada", asks, "how do you know that").turns[-1].reply.text


def test_in_german_the_clock_is_named_as_a_source() -> None:
    assert "Uhr dieses Rechners" in Gespraech("wie spät ist es", "woher weißt du das").turns[-1].reply.text


@pytest.mark.parametrize("between", [("why did you say that",), ("why did you say that", "more")])
def test_after_an_explanation_the_fact_used_last_is_cited(between: tuple[str, ...]) -> None:
    talk = Talk("my sister is called Ana", "what is my sister's name", *between, "how do you know that")
    assert "“my sister is called Ana”" in talk.turns[-1].reply.text


def test_more_goes_on_though_an_explanation_was_asked_for_before() -> None:
    talk = Talk(*TOLD, "why did you say that", "what do you know about me", "more", "go on")
    assert [decision(turn).rule for turn in talk.turns[-2:]] == ["memory.go_on"] * 2
    one = Talk(*TOLD[:6], "what do you know about me").turns[-1].reply.text
    assert "There is 1 more." in one


def test_of_a_list_all_is_asked_about_in_whatever_words_it_was_told() -> None:
    talk = Talk("my name is Ada", "i live in Rome", "i like my garden", "what do you know about me", "forget that")
    assert not forgotten(talk)
    talk.says("yes")
    assert forgotten(talk) == {"user.name", "user.home", "user.likes"}
    assert "3 facts" in talk.turns[-1].reply.text


@pytest.mark.parametrize("question", ["curiosity.small_joy", "curiosity.window"])
@pytest.mark.parametrize(
    ("says", "topic"),
    {"forget that": "memory", "forget my birthday": "memory", "please forget that": "memory", "never mind": "courtesy",
     "be a bare program": "techniques", "stop mirroring me": "techniques", "goodbye": "goodbye",
     "good night": "partings", "i have to go now": "goodbye", "what time is it": "clock", "tell me a joke": "humor",
     "stop": "courtesy", "a street and a tv show": "curiosity", "good coffee": "curiosity"}.items(),
)  # fmt: skip
def test_an_order_is_no_answer_to_what_she_asked(question: str, says: str, topic: str) -> None:
    talk = Talk("hello")
    talk.is_asked(question)
    assert decision(talk.says(says)).rule.partition(".")[0] == topic


@pytest.mark.parametrize("asks", ["forget that", "forget my name"])
def test_a_no_comes_too_late_for_what_is_gone_and_in_time_for_what_was_asked(asks: str) -> None:
    gone = Talk("my name is Ada", asks, "never mind, keep it").turns[-1].reply.text
    assert "cannot bring back" in gone or "does not come back" in gone
    talk = Talk(*LIKES, "forget that i like chess", "no")
    assert "Then it stays" in talk.turns[-1].reply.text
    assert talk.state.knows("user.likes")
