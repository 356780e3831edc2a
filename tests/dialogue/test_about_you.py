"""What he tells of himself and of those around him is kept, and what hurts teaches nothing."""

from __future__ import annotations

import pytest

from her_desktop.events import FactLearned
from tests.dialogue.own import entries
from tests.dialogue.talk import Talk, decision
from tests.dialogue.test_german_pack import Gespraech

LEARNED = {
    "i like green tea": ("user.likes", "green tea"),
    "I absolutely love jazz": ("user.likes", "jazz"),
    "my favorite food is ramen": ("user.likes", "ramen"),
    "i can't stand cilantro": ("user.dislikes", "cilantro"),
    "i've moved to hamburg": ("user.home", "Hamburg"),
    "i'm living in Porto these days": ("user.home", "Porto"),
    "i live in Rome, how about you": ("user.home", "Rome"),
    "we live in New York now": ("user.home", "New York"),
    "i grew up in Dublin": ("user.origin", "Dublin"),
    "I work as a night nurse": ("user.job", "night nurse"),
    "i'm a carpenter": ("user.job", "carpenter"),
    "my birthday's on June 5th": ("user.birthday", "June 5th"),
    "i was born on the third of may": ("user.birthday", "the third of may"),
    "i'm thirty four years old": ("user.age", "34"),
    "my sister is called ana and she lives in rome": ("sister.name", "Ana"),
    "my mum's name is Rosa": ("mother.name", "Rosa"),
    "my girlfriend's called Mia": ("girlfriend.name", "Mia"),
    "our dog is called Rex": ("pet.name", "Rex"),
    "i've got a daughter called Lea": ("daughter.name", "Lea"),
    "my best friend is Karim": ("friend.name", "Karim"),
    "my sister Ana moved to Porto": ("sister.home", "Porto"),
    "my brother lives in New York": ("brother.home", "New York"),
    "my son loves dinosaurs": ("son.likes", "dinosaurs"),
    "my wife works as a nurse": ("wife.job", "nurse"),
}

GELERNT = {
    "ich mag grünen Tee": ("user.likes", "grünen Tee"),
    "ich spiele gern Schach": ("user.likes", "Schach"),
    "ich kann Koriander nicht ausstehen": ("user.dislikes", "Koriander"),
    "ich bin vor kurzem nach Graz gezogen": ("user.home", "Graz"),
    "ich lebe seit drei Jahren in Wien": ("user.home", "Wien"),
    "ich komme aus Dresden": ("user.origin", "Dresden"),
    "ich arbeite als Krankenschwester": ("user.job", "Krankenschwester"),
    "Meine kleine Schwester heißt Lena": ("sister.name", "Lena"),
    "ich hab einen Bruder, der Tim heißt": ("brother.name", "Tim"),
    "unser Hund heißt Bello": ("pet.name", "Bello"),
    "mein bester Freund heißt Jonas": ("friend.name", "Jonas"),
    "mein Vater wohnt in Köln": ("father.home", "Köln"),
    "meine Freundin arbeitet als Ärztin": ("girlfriend.job", "Ärztin"),
}

NOTHING_LEARNED = [
    "my mother is dead",
    "my dog died",
    "my sister is ill",
    "my sister Ana is ill",
    "my dad is in the hospital",
    "my boss is a monster",
    "my friend is called away",
    "my friend is called an idiot by everyone",
    "my sister's name is a secret",
    "my sister is not called Ana",
    "what is my sister called",
    "my sister hates me",
    "my sister is Irish",
    "i live in fear",
    "i live in a small flat",
    "i hate myself",
    "i hate my life",
    "i like you",
    "i like how you said that",
    "i'd like a coffee",
    "i'm 5 minutes late",
    "i was born in May",
    "my birthday is tomorrow",
    "i work as hard as i can",
    "my mother is called Ana and she died",
    "how do you know that my sister lives in Oslo",
    "did i say my mother lives in Rome",
    "do you think my brother is called Bob",
    "is it true that i live in Lisbon",
    "did i tell you that i like chess",
    "i was born in 1979",
    "i was born in 1979 in a small town",
    "i was born in nineteen seventy nine",
]

NICHTS_GELERNT = [
    "meine Mutter ist tot",
    "mein Hund ist gestorben",
    "meine Schwester ist krank",
    "mein Chef ist ein Monster",
    "meine Schwester heißt nicht Ana",
    "wie heißt meine Schwester",
    "meine Schwester mag mich nicht",
    "ich lebe in Angst",
    "ich hasse mein Leben",
    "ich mag dich",
    "ich mag es, wenn es regnet",
    "ich bin krank geboren",
    "woher weißt du, dass meine Schwester in Oslo wohnt",
    "habe ich gesagt, meine Mutter wohnt in Rom",
    "glaubst du, mein Bruder heißt Bob",
    "stimmt es, dass ich in Lissabon wohne",
    "habe ich gesagt, ich wohne in Rom",
    "ich bin in 1979 geboren",
]


@pytest.mark.parametrize(("says", "fact"), LEARNED.items())
def test_what_he_tells_is_kept(says: str, fact: tuple[str, str]) -> None:
    name, value = fact
    assert Talk().says(says).state.facts[name].object == value


@pytest.mark.parametrize(("says", "fact"), GELERNT.items())
def test_what_he_tells_in_german_is_kept(says: str, fact: tuple[str, str]) -> None:
    name, value = fact
    assert Gespraech().says(says).state.facts[name].object == value


@pytest.mark.parametrize("says", NOTHING_LEARNED)
def test_what_is_no_statement_of_his_teaches_nothing(says: str) -> None:
    assert not Talk().says(says).state.facts


@pytest.mark.parametrize("says", NICHTS_GELERNT)
def test_what_is_no_statement_of_his_teaches_nothing_in_german(says: str) -> None:
    assert not Gespraech().says(says).state.facts


@pytest.mark.parametrize(
    ("says", "topics"),
    [
        ("my mother is dead", {"feelings", "grief"}),
        ("my dog died", {"feelings", "grief"}),
        ("my sister is ill", {"about_you", "family"}),
        ("my dad is in the hospital", {"about_you", "feelings"}),
    ],
)
@pytest.mark.parametrize("seed", range(4))
def test_grief_gets_empathy(says: str, topics: set[str], seed: int) -> None:
    turn = Talk(seed=seed).says(says)
    assert decision(turn).rule.partition(".")[0] in topics
    assert turn.reply.act == "empathy"


def test_a_correction_replaces_and_the_history_stays() -> None:
    talk = Talk("my sister is called Ana", "no, it's Anna")
    fact = talk.state.facts["sister.name"]
    assert (fact.object, [one.object for one in fact.earlier]) == ("Anna", ["Ana"])
    talk.says("actually my sister is called Hanna")
    fact = talk.state.facts["sister.name"]
    assert [one.object for one in fact.earlier] == ["Ana", "Anna"]


def test_no_alone_answers_no_question_about_a_name_told_long_ago() -> None:
    talk = Talk("my sister is called Ana", "what time is it")
    talk.says("no, Tom")
    assert talk.state.facts["sister.name"].object == "Ana"


def test_a_second_sister_does_not_push_out_the_first() -> None:
    talk = Talk("my sister is called Ana", "my other sister is called Eva")
    assert talk.state.facts["sister.name"].object == "Ana"


def test_she_comes_back_to_what_he_told() -> None:
    talk = Talk("my sister is called Ana", *(f"the time is what {n}" for n in ("x", "y")), *["hello"] * 12)
    cards = ["ten of clubs", "five of hearts", "six of spades", "nine of diamonds", "two of hearts", "four of clubs"]
    talk.hears(cards)
    back = [turn.reply for turn in talk.turns[-len(cards) :] if "Ana" in turn.reply.text]
    assert ["T08" in reply.techniques for reply in back] == [True]


def test_the_name_is_kept_even_with_every_technique_off() -> None:
    talk = Talk("talk plainly")
    turn = talk.says("my sister is called Ana")
    assert entries(turn, FactLearned)
    assert "Ana" in turn.reply.text
    assert not {name for name in turn.reply.techniques if name.startswith("T")}


def test_an_order_is_no_name() -> None:
    assert Talk("my sister is called Ana", "no, forget that").state.facts == {}
    assert Gespraech("mein Sohn heißt Tim", "nein, vergiss das").state.facts == {}
