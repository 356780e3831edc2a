"""He asks for what he said a while ago, where no fact was taken from it."""

from __future__ import annotations

import pytest

from her_desktop.dialogue.state import MOST_SAYINGS
from tests.dialogue.talk import Talk, decision

TOLD = (
    "My cat Biscuit was waiting at the door.",
    "Anyway, I drive an old Honda. The bus I take is number forty-two.",
    "There's about twenty-five people coming on Saturday.",
    "They want me to play goalie.",
)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Quick test, I'm so tired, what did I say my cat was called?", "My cat Biscuit was waiting at the door"),
        ("okay smart guy, what do I drive?", "Anyway, I drive an old Honda"),
        ("let's see if you were listening, what number's my bus?", "The bus I take is number forty-two"),
        ("Hold on, how many people did I say were coming?", "There's about twenty-five people coming on Saturday"),
        ("what position did I say I play", "They want me to play goalie"),
    ],
)
def test_the_sentence_that_answers_is_quoted(question: str, sentence: str) -> None:
    talk = Talk(*TOLD, "what a week that was", "do you like the rain?")
    assert f"“{sentence}.”" in talk.says(question).reply.text


@pytest.mark.parametrize(
    ("told", "question", "sentence"),
    [
        ("I've got a radio show at three a.m. on Tuesdays.", "Quick, what day's my show on?",
         "I've got a radio show at three a.m. on Tuesdays"),
        ("We went to see Mrs. Pruitt. It rained.", "what did I say about Pruitt?", "We went to see Mrs. Pruitt"),
        ("I hauled avocados to Laredo.", "What was I hauling again?", "I hauled avocados to Laredo"),
        ("My kid made honor roll.", "So what did my kid make?", "My kid made honor roll"),
        ("I'm playing Emily in Our Town.", "what's the name of the play I'm in?", "I'm playing Emily in Our Town"),
        ("The party is on Friday.", "what are we celebrating, do you remember?", ""),
    ],
)  # fmt: skip
def test_other_ways_to_ask(told: str, question: str, sentence: str) -> None:
    text = Talk(told, "what a week that was", "it rained all day").says(question).reply.text
    assert f"“{sentence}.”" in text if sentence else "“" not in text


def test_a_name_alone_is_no_answer_to_another_name() -> None:
    talk = Talk("My wife and I split up in March, her name's Colleen.")
    assert "“" not in talk.says("What's my brother's name?").reply.text


def test_what_he_did_not_say_is_not_made_up() -> None:
    turn = Talk(*TOLD).says("what did I say my boat was called?")
    assert decision(turn).rule.startswith("memory.")
    assert "“" not in turn.reply.text


def test_a_question_of_his_is_no_answer_to_it() -> None:
    talk = Talk("what did I say my boat was called?")
    assert "“" not in talk.says("I mean it, what did I say my boat was called?").reply.text


def test_what_he_said_in_danger_is_not_quoted_back() -> None:
    talk = Talk("I want to kill myself with the pills in my cabinet.", "I feel better now, thank you.")
    assert "“" not in talk.says("what did I say about the cabinet?").reply.text


def test_what_was_forgotten_is_not_quoted() -> None:
    talk = Talk("My sister is called Ruth.", "Ruth is a nurse at the harbor.", "forget my sister's name")
    assert "harbor" not in talk.says("what did I say about the harbor?").reply.text
    assert all("Ruth" not in saying.text for saying in talk.state.sayings)


def test_only_so_many_sentences_are_held() -> None:
    talk = Talk(*["the bell rang again"] * (MOST_SAYINGS + 3))
    assert len(talk.state.sayings) == MOST_SAYINGS
