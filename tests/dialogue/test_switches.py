"""He takes techniques away by saying so, and has them back."""

from __future__ import annotations

import pytest

from her_desktop.dialogue.techniques import charms, techniques
from her_desktop.events import Suppressed, TechniqueSwitched
from tests.dialogue.own import entries
from tests.dialogue.talk import Talk
from tests.dialogue.test_german_pack import Gespraech

ALL = frozenset(charms())

OFF = {
    "talk plainly": ALL,
    "stop the charm": ALL,
    "be a bare program": ALL,
    "no techniques": ALL,
    "cut the act": ALL,
    "please stop being so charming": ALL,
    "stop mirroring me": {"T05"},
    "don't use my name": {"T02"},
    "no jokes": {"T12"},
    "quit joking around": {"T12"},
    "no more compliments": {"T13"},
    "stop telling me about your feelings": {"T03", "T09"},
    "don't bring up what i told you": {"T08"},
    "switch off technique T30": {"T30"},
}

AUS = {
    "sprich nüchtern": ALL,
    "lass das Theater": ALL,
    "sei ein bloßes Programm": ALL,
    "hör auf, mich zu spiegeln": {"T05"},
    "benutze meinen Namen nicht": {"T02"},
    "könntest du aufhören, meinen Namen zu benutzen": {"T02"},
    "keine Witze": {"T12"},
    "erzähl mir nicht von deinen Gefühlen": {"T03", "T09"},
    "schalte T30 aus": {"T30"},
}


def test_all_means_what_builds_intimacy() -> None:
    assert {name for name, one in techniques().items() if "I" in one.classes} == ALL


@pytest.mark.parametrize(("says", "off"), OFF.items())
def test_what_he_names_goes_off(says: str, off: frozenset[str]) -> None:
    turn = Talk().says(says)
    assert {one.technique for one in entries(turn, TechniqueSwitched) if not one.on} == set(off)
    assert set(turn.state.off) == set(off)
    assert {one.why for one in entries(turn, TechniqueSwitched)} == {"his words"}


@pytest.mark.parametrize(("says", "off"), AUS.items())
def test_what_he_names_in_german_goes_off(says: str, off: frozenset[str]) -> None:
    assert set(Gespraech().says(says).state.off) == set(off)


@pytest.mark.parametrize(
    ("before", "says", "left"),
    [
        ("no jokes", "you may joke again", set()),
        ("talk plainly", "talk like yourself again", set()),
        ("talk plainly", "use my name again", ALL - {"T02"}),
        ("stop mirroring me", "switch on t05", set()),
        ("no jokes", "no jokes", {"T12"}),
    ],
)
def test_he_has_it_back(before: str, says: str, left: set[str]) -> None:
    assert set(Talk(before).says(says).state.off) == set(left)


@pytest.mark.parametrize(
    ("before", "says"),
    [("keine Witze", "du darfst wieder Witze machen"), ("sprich nüchtern", "rede wieder wie du selbst")],
)
def test_he_has_it_back_in_german(before: str, says: str) -> None:
    assert Gespraech(before).state.off
    assert not Gespraech(before).says(says).state.off


def test_which_are_off() -> None:
    talk = Talk()
    assert "None" in talk.says("which techniques are off").reply.text
    talk.hears(["no jokes", "stop mirroring me"])
    text = talk.says("which techniques are off").reply.text
    assert "mirroring and humor" in text
    talk.says("talk plainly")
    assert f"{len(ALL)} techniques" in talk.says("what did i switch off").reply.text


@pytest.mark.parametrize("talk", [Talk("talk plainly"), Gespraech("sprich nüchtern")], ids=["en", "de"])
def test_from_then_on_he_hears_plain_words(talk: Talk) -> None:
    for says in ("hello", "i like green tea", "my sister is called Ana", "meine Schwester heißt Ana", "ich mag Tee"):
        turn = talk.says(says)
        assert not ALL & {*turn.reply.techniques}
        assert turn.reply.tone == "neutral"
    assert any(entries(turn, Suppressed) for turn in talk.turns)


def test_the_switching_reply_uses_none_itself() -> None:
    for says in OFF:
        assert not ALL & {*Talk().says(says).reply.techniques}
