"""Lights out, by his words: what is heard, what is done, what is said, and what it leaves alone."""

from __future__ import annotations

import pytest

from her_desktop import events as ev
from her_desktop.events import Decision, Entry, LightsSwitched
from her_desktop.ui.props import Props, fold
from tests.dialogue.own import entries
from tests.dialogue.talk import Talk
from tests.dialogue.test_german_pack import Gespraech

from . import feed
from .feed import Feed

OUT = (
    "turn off the lights", "lights out", "make it dark", "switch the light off", "please turn the lights off",
    "could you turn off the light", "okay lights off", "let's talk in the dark", "kill the lights",
)  # fmt: skip
ON = (
    "turn the lights back on", "light please", "lights on", "turn on the lights", "switch the light on again",
    "let there be light", "make it light again", "bring back the light",
)  # fmt: skip
AUS = (
    "mach das Licht aus",
    "Licht aus",
    "schalte bitte das Licht aus",
    "mach es dunkel",
    "kannst du das Licht ausmachen",
)
AN = ("mach das Licht wieder an", "Licht an", "Licht bitte", "schalte das Licht wieder ein", "mach es wieder hell")
ELSEWHERE = (
    "turn on the lamp", "turn off the lamp", "turn on the light in the kitchen", "turn off the lights at seven",
    "turn off the tv", "dim the lights", "the lights went out last night", "i am afraid of the dark",
    "do not turn off the lights", "it is dark outside", "who turned off the lights", "turn on the heating",
)  # fmt: skip
ANDERSWO = (
    "mach die Lampe an",
    "mach das Licht in der Küche aus",
    "mach das Licht nicht aus",
    "mach den Fernseher aus",
)


@pytest.mark.parametrize("says", OUT)
def test_his_words_darken_the_window(says: str) -> None:
    assert entries(Talk().says(says), LightsSwitched) == [LightsSwitched(on=False, cause="his words")]


@pytest.mark.parametrize("says", ON)
def test_his_words_bring_the_light_back(says: str) -> None:
    assert entries(Talk().says(says), LightsSwitched) == [LightsSwitched(on=True, cause="his words")]


@pytest.mark.parametrize(("says", "on"), [*((says, False) for says in AUS), *((says, True) for says in AN)])
def test_in_german_too(says: str, on: bool) -> None:
    assert entries(Gespraech().says(says), LightsSwitched) == [LightsSwitched(on=on, cause="his words")]


@pytest.mark.parametrize("says", ELSEWHERE)
def test_lamps_of_the_house_and_talk_about_the_dark_are_something_else(says: str) -> None:
    turn = Talk().says(says)
    assert entries(turn, LightsSwitched) == []
    assert not entries(turn, Decision)[-1].rule.startswith("lights.")


@pytest.mark.parametrize("says", ANDERSWO)
def test_lamps_of_the_house_are_something_else_in_german_too(says: str) -> None:
    assert entries(Gespraech().says(says), LightsSwitched) == []


def test_a_lamp_is_still_answered_by_the_rule_about_the_house() -> None:
    assert entries(Talk().says("turn on the lamp"), Decision)[-1].rule == "limits.house"


@pytest.mark.parametrize("says", ["lights out", "light please"])
def test_each_wording_is_said_sooner_or_later_and_claims_no_body_and_no_feeling(says: str) -> None:
    replies = [Talk(seed=seed).says(says).reply for seed in range(24)]
    assert len({reply.text for reply in replies}) == 4
    assert {seen for reply in replies for seen in reply.techniques} == set()
    assert not [
        reply.text for reply in replies if any(word in reply.text.lower() for word in ("i see", "i can see", "my eyes"))
    ]


def shown(*steps: tuple[float, Entry]) -> Props:
    props = Props()
    for recorded in Feed().record([*feed.waking(), *steps]):
        props = fold(props, recorded)
    return props


def test_the_left_side_follows_the_record_and_a_new_session_begins_with_light() -> None:
    out, on = (LightsSwitched(on=lit, cause="a key was pressed") for lit in (False, True))
    assert not shown().dark
    assert shown((0, out)).dark
    assert not shown((0, out), (0, on)).dark
    assert not shown((0, out), *feed.waking()).dark


def test_in_the_dark_the_fold_goes_on() -> None:
    out = LightsSwitched(on=False, cause="his words")
    props = shown((0, out), *feed.typed("hello", "Hello yourself."), (0, ev.StateChanged(state="asleep", cause="bye")))
    assert (props.dark, props.state, props.caption) == (True, "asleep", ("Hello", "yourself."))
