"""His words turned towards her: each phrase with its reflection, or refused (None)."""

import pytest

from her_desktop.nlg.reflection import LONGEST_WORDS
from tests.nlg.tongues import english, german

ENGLISH = {
    # my, me, mine, myself
    "my dog": "your dog",
    "My old dog": "your old dog",
    "the dark": "the dark",
    "she left me for my friend": "she left you for your friend",
    "people who hurt me": "people who hurt you",
    "i hurt myself": "you hurt yourself",
    "being by myself": "being by yourself",
    "a friend of mine": "a friend of yours",
    "it was mine": "it was yours",
    "mine": "yours",
    "a coal mine": None,
    # I and its verbs
    "I am sad": "you are sad",
    "i'm so tired": "you're so tired",
    "im tired": "you are tired",
    "I’m not well": "you're not well",
    "i've lost my job": "you've lost your job",
    "ive lost my job": "you have lost your job",
    "i'd rather not": "you'd rather not",
    "i'll fail": "you'll fail",
    "i don't know": "you don't know",
    "i can't stand it": "you can't stand it",
    "i was young": "you were young",
    "i wasn't there": "you were not there",
    "it wasn't me": "it wasn't you",
    "it was my fault": "it was your fault",
    "my dog was ill": "your dog was ill",
    "i never was happy": "you never were happy",
    "if i were rich": "if you were rich",
    "who i am": "who you are",
    "so am i": "so are you",
    "what was i thinking": "what were you thinking",
    "what i want": "what you want",
    "everything i do": "everything you do",
    "how i feel about my work": "how you feel about your work",
    "my brother and i": "your brother and you",
    "my wife and i are happy": "your wife and you are happy",
    "i think i am sad": "you think you are sad",
    "i said i was sorry": "you said you were sorry",
    "when i was young": "when you were young",
    "my dog when i was young": "your dog when you were young",
    "meeting at six am": None,
    "world war i": None,
    # two sentences in one breath
    "my wife i died": None,
    "my wife she died": None,
    "my best friend i miss him": None,
    "my job i hate it": None,
    "i am sad he left": "you are sad he left",
    "my dog, I love him": "your dog, you love him",
    # you and her
    "i love you": "you love me",
    "I love you, mom": "you love me, mom",
    "i told you so": "you told me so",
    "talking to you": "talking to me",
    "i want to see you": "you want to see me",
    "i think about you": "you think about me",
    "you are a machine": "I am a machine",
    "you're not real": "I'm not real",
    "you were kind to me": "I was kind to you",
    "you make me happy": "I make you happy",
    "you said i was mad": "I said you were mad",
    "your voice": "my voice",
    "between you and me": "between you and me",
    "thank you": "thank you",
    "oh my god": "oh my god",
    # you that may be anybody, we that may be her
    "when you lose your wife": None,
    "you have to be strong": None,
    "i know you are lonely": None,
    "your wife": None,
    "don't you": None,
    "how are you": None,
    "i feel sad you know": None,
    "our house": None,
    "let's go": None,
    "all we had": None,
    "you are never too old": None,
    "gimme my book": "give you your book",
    "one two three four five six seven eight nine": None,
}

GERMAN = {
    "ich bin müde": "du bist müde",
    "heute bin ich müde": "heute bist du müde",
    "ich habe Angst": "du hast Angst",
    "hab ich": "hast du",
    "mein Hund": "dein Hund",
    "mit meiner Schwester": "mit deiner Schwester",
    "man hat mich vergessen": "man hat dich vergessen",
    "es geht mir gut": "es geht dir gut",
    "du bist nett": "ich bin nett",
    "deine Stimme": "meine Stimme",
    "ich gehe": None,
    "unser Haus": None,
}


@pytest.mark.parametrize(("said", "turned"), ENGLISH.items(), ids=ENGLISH)
def test_english_turns_or_is_refused(said: str, turned: str | None) -> None:
    assert english().mirror.turned(said) == turned


@pytest.mark.parametrize(("said", "turned"), GERMAN.items(), ids=GERMAN)
def test_german_turns_by_data_alone(said: str, turned: str | None) -> None:
    assert german().mirror.turned(said) == turned


def test_the_longest_that_is_handed_back_has_eight_words() -> None:
    assert english().mirror.turned("word " * LONGEST_WORDS) == " ".join(["word"] * LONGEST_WORDS)
    assert english().mirror.turned("word " * 10_000) is None


def test_words_without_letters_stay() -> None:
    assert english().mirror.turned("my — dog …") == "your — dog …"
    assert english().mirror.turned("") == ""
