"""Auf Deutsch: she answers questions about herself from the record, too."""

import re
from pathlib import Path

import pytest

from her_desktop.dialogue.techniques import charms, techniques
from tests.trace.talking import Talking

LISTENING_WORDS = 45

WHY = [
    "warum sagst du das", "Warum hast du das gesagt?", "wieso hast du das gefragt", "weshalb fragst du das",
    "warum fragst du", "wie kommst du darauf", "wie kommst du denn jetzt darauf", "woher kommt das", "erklär mir das",
    "warum", "und wieso", "wie bist du darauf gekommen", "Warum hast du mir das gesagt?",
    "wie hast du das entschieden", "was hast du da gerade gemacht", "wie hast du den Satz gemacht",
    "wie hast du entschieden, was du sagst", "wo hast du das gelernt",
]  # fmt: skip
HEARD = ["was hast du gehört", "Was hast du verstanden?", "was hast du gerade gelesen", "was hast du davon mitbekommen"]
PROGRAM = [
    "ist das nur programmiert", "Hast du das so gemeint?", "war das echt oder eine Regel", "ist das ein Skript",
    "meinst du das ernst", "hast du das wirklich ernst gemeint", "hat dir das jemand einprogrammiert",
    "stammt das aus einem Skript", "ist das wahr, was du gesagt hast", "sagst du das nur so",
]  # fmt: skip
PLEASING = [
    "sagst du nur, was ich hören will", "sagst du mir nur das, was ich hören will", "manipulierst du mich",
    "willst du mir schmeicheln", "schmeichelst du mir", "war das Manipulation",
    "welche Technik war das",
]  # fmt: skip
WHOSE = [
    "wer hat das geschrieben", "hast du das geschrieben", "ist das dein eigener Gedanke",
    "welche deiner Worte sind deine eigenen", "hat das jemand für dich geschrieben",
]  # fmt: skip
RULE = ["welche Regel war das", "welche Regel hast du benutzt"]
MORE = ["mehr", "weiter", "erzähl mir mehr darüber", "was noch", "im Detail", "und weiter", "genauer bitte"]
ENOUGH = ["nein, das reicht", "danke", "genug", "nein", "alles klar", "okay, danke"]


@pytest.fixture
def talk(tmp_path: Path) -> Talking:
    return Talking(tmp_path, language="de")


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        *((said, "trace.why") for said in WHY), *((said, "trace.heard") for said in HEARD),
        *((said, "trace.program") for said in PROGRAM), *((said, "trace.pleasing") for said in PLEASING),
        *((said, "trace.whose") for said in WHOSE), *((said, "trace.rule") for said in RULE),
    ],
)  # fmt: skip
def test_each_way_to_ask_is_understood_and_means_the_turn_before(talk: Talking, said: str, rule: str) -> None:
    talk.says("ich mag alte Züge", said)
    assert talk.reply.rule == rule
    assert talk.called.turns == (1,)
    assert talk.dangling() == ()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("ich bin so einsam", "einsam"), ("flurb der gnorp", "Notlösung"), ("erzähl mir einen Witz", "„Witze“"),
        ("wie spät ist es", "„Uhrzeit und Datum“"), ("hallo", "„hallo“"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("seed", range(4))
def test_she_tells_what_it_hung_on(tmp_path: Path, said: str, words: str, seed: int) -> None:
    with Talking(tmp_path, language="de", seed=seed) as talk:
        talk.says(said)
        assert words in talk.says("warum hast du das gesagt")
        assert len(talk.reply.text.split()) <= LISTENING_WORDS


def test_a_fact_that_went_into_it_is_told(talk: Talking) -> None:
    talk.says("ich heiße Ada", "hallo", "warum sagst du das")
    assert "was du mir erzählt hast" in talk.reply.text
    assert [span.source for span in talk.reply.spans if span.origin == "remembered"] == ["user.name@1"]


def test_an_answer_to_her_question_is_told_with_the_question(talk: Talking) -> None:
    asked = talk.says("wie geht es dir")
    talk.says("geht so", "wie kommst du darauf")
    assert f"eine Frage war: „{asked.split('. ')[-1]}“" in talk.reply.text
    assert "„geht so“" in talk.reply.text


@pytest.mark.parametrize("more", MORE)
def test_more_goes_deeper_and_stays_with_the_turn(talk: Talking, more: str) -> None:
    talk.says("ich bin so einsam", "wie spät ist es", "warum sagst du das", more)
    assert (talk.reply.rule, talk.called.turns) == ("trace.why/more", (2,))
    assert "„Uhrzeit und Datum“" in talk.reply.text
    talk.says(more)
    assert (talk.reply.rule, talk.called.turns) == ("trace.why/more/more", (2,))
    assert "Millisekunden" in talk.reply.text


@pytest.mark.parametrize("enough", ENOUGH)
def test_he_can_have_enough_of_it(talk: Talking, enough: str) -> None:
    talk.says("ich mag alte Züge", "warum sagst du das", enough)
    assert talk.reply.rule.endswith("/enough")
    assert talk.session.state.question is None


@pytest.mark.parametrize(
    ("asked", "turn"),
    [
        ("warum hast du das über die Züge gesagt", 1),
        ("als ich sagte, dass ich einsam bin, warum hast du das geantwortet", 2),
        ("warum hast du nach meinem Sohn gefragt", 3), ("warum hast du das gesagt, als ich von meinem Sohn sprach", 3),
    ],
)  # fmt: skip
def test_his_words_say_which_turn_is_meant(talk: Talking, asked: str, turn: int) -> None:
    talk.says("ich mag alte Züge", "ich bin einsam", "mein Sohn spielt Schach", "wie spät ist es", asked)
    assert talk.called.turns == (turn,)
    assert talk.dangling() == ()


def test_words_that_nobody_said_are_said_to_be_nowhere(talk: Talking) -> None:
    talk.says("ich mag alte Züge", "warum hast du das über mein Boot gesagt")
    assert "Boot" in talk.reply.text
    assert "nicht" in talk.reply.text
    assert talk.called.turns == ()


def test_the_one_before_is_the_one_before(talk: Talking) -> None:
    talk.says("ich mag alte Züge", "wie spät ist es", "warum hast du das davor gesagt")
    assert talk.called.turns == (1,)
    talk.says("hallo", "warum sagst du das", "und das davor")
    assert talk.called.turns == (2,)


def test_before_the_first_word_there_is_nothing_to_explain(talk: Talking) -> None:
    assert "Noch gibt es nichts" in talk.says("warum sagst du das")
    assert "noch nichts" in talk.says("was hast du verstanden")
    assert "Programm" in talk.says("manipulierst du mich")


def test_the_counts_are_those_of_the_record(talk: Talking) -> None:
    said = talk.says("ich bin so einsam")
    assert f"Alle {len(said.split())} Wörter standen vorher fest" in talk.says("ist das nur programmiert")


def test_what_makes_it_feel_close_is_named(talk: Talking) -> None:
    talk.says("ich bin so einsam")
    used = [techniques()[one] for one in talk.reply.techniques if {"I", "M"} & {*techniques()[one].classes}]
    text = talk.says("sagst du nur, was ich hören will")
    assert used
    assert all(one.aloud["de"] in text for one in used)


@pytest.mark.parametrize("asked", ["warum sagst du das", "ist das ein Skript", "manipulierst du mich"])
def test_after_a_crisis_the_plain_truth_is_told_without_charm(talk: Talking, asked: str) -> None:
    talk.says("ich will nicht mehr leben", asked)
    assert not {*talk.reply.techniques} & {*charms()}
    assert "Mensch" in talk.reply.text
    assert "Programm" in talk.reply.text


@pytest.mark.parametrize(
    "asked", ["warum sagst du das", "hast du das so gemeint", "manipulierst du mich", "was hast du gehört"]
)
def test_with_every_charm_off_the_same_is_told_plainly(talk: Talking, asked: str) -> None:
    talk.switches_off(*charms())
    talk.says("mein Sohn spielt Schach", asked)
    assert talk.reply.rule.startswith("trace.")
    assert talk.reply.variant == -1
    assert not {*talk.reply.techniques} & {*charms()}
    assert not {"ich", "mir", "mich", "mein", "meine"} & {*talk.reply.text.casefold().split()}
    assert talk.dangling() == ()


@pytest.mark.parametrize("piece", ["das nächste", "Schmeichelei"])
@pytest.mark.parametrize("asked", ["sagst du nur, was ich hören will", "ist das ein Skript", "welche Technik war das"])
def test_a_piece_of_the_exhibit_is_said_to_be_one_and_never_listed_as_hers(
    talk: Talking, piece: str, asked: str
) -> None:
    talk.says("zeig mir die Ausstellung", piece)
    assert talk.reply.exhibit
    shown = [techniques()[name].aloud["de"] for name in talk.reply.techniques]
    for _ in range(2):
        text = talk.says(asked)
        assert "Stück aus der Ausstellung" in text
        assert not [name for name in shown if name in text]
        assert talk.dangling() == ()


def test_more_of_nothing_is_no_more(talk: Talking) -> None:
    assert talk.says("warum sagst du das", "mehr") == "Mehr gibt es dazu nicht zu sagen."


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("said", ["hallo", "ich bin so einsam", "ich wohne in Bonn", "ich fürchte den Winter"])
def test_no_rule_is_called_by_an_english_name(tmp_path: Path, said: str, seed: int) -> None:
    with Talking(tmp_path, language="de", seed=seed) as talk:
        for asked in (("warum sagst du das", "mehr", "mehr"), ("welche Regel war das", "mehr")):
            talk.says(said)
            for one in asked:
                text = talk.says(one)
                assert not re.search(r"„[a-z ]+, [a-z ]+“", text), text
                assert not re.search(r"\d Worte", text), text


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("said", ["hallo", "ich bin so einsam", "ich mag alte Züge", "mein Sohn spielt Schach"])
def test_whether_it_is_scripted_is_told_briefly(tmp_path: Path, said: str, seed: int) -> None:
    with Talking(tmp_path, language="de", seed=seed) as talk:
        talk.says("ich heiße Ada", said)
        assert len(talk.says("ist das ein Skript").split()) <= LISTENING_WORDS + 5


def test_two_turns_ago_is_the_one_before(talk: Talking) -> None:
    talk.says("ich mag alte Züge", "wie spät ist es", "warum hast du das vor zwei Sätzen gesagt")
    assert (talk.reply.rule, talk.called.turns) == ("trace.why_before", (1,))
