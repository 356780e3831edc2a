"""Sentences made from a template: the matcher takes every one, each alternative is gone through, plain ones first."""

import random
import re
from itertools import count, product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from her_desktop.nlu import sample
from her_desktop.nlu.template import TemplateError
from tests.nlu.templates import FILLERS, LEXICON, accepts, templates

SEEDS = st.integers(0, 9)


def sentences(template: str, most: int = 50, seed: int = 0) -> tuple[str, ...]:
    return sample.sentences(template, LEXICON, FILLERS, random.Random(seed), most)


@settings(deadline=None)
@given(templates(), SEEDS)
@example("(tea !milk) milk", 0)
def test_the_matcher_takes_every_sentence(template: str, seed: int) -> None:
    for sentence in sentences(template, 25, seed):
        assert accepts(template, sentence), sentence


@settings(deadline=None)
@given(templates(), SEEDS, st.integers(0, 30))
def test_each_sentence_comes_once_never_more_than_wanted_and_the_same_seed_gives_the_same(
    template: str, seed: int, most: int
) -> None:
    found = sentences(template, most, seed)
    assert len(found) == len(set(found)) <= most
    assert "" not in found
    assert found == sentences(template, most, seed)


@settings(deadline=None)
@given(templates(st.just("word"), absent="nowhere", anchors=False, open_ended=False, references=False))
def test_every_word_of_every_alternative_is_said(template: str) -> None:
    number = count()
    numbered = re.sub("word", lambda _: f"w{next(number)}", template)
    words = {f"w{at}" for at in range(next(number))}
    assert set(" ".join(sentences(numbered, 2 * len(words) + 2)).split()) == words


@settings(deadline=None)
@given(
    templates(st.sampled_from(["tea", "cup"]), absent="at the top", open_ended=False, references=False, depth=2).map(
        lambda template: f"^{template} $"
    )
)
@example("^tea !tea $")
@example("^tea ^ cup $")
@example("^(tea|tea $) cup $")
def test_only_what_fits_no_sentence_gives_none(template: str) -> None:
    short = (" ".join(words) for length in range(1, 4) for words in product(("tea", "cup"), repeat=length))
    if any(accepts(template, sentence) for sentence in short):
        assert sentences(template, 3)


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("^[i (want|would like)] [some] tea [please] $", {"tea", "some tea", "i want tea", "tea please"}),
        ("turn (on|off) the (lamp|red cup)", {"turn on the lamp", "turn off the red cup"}),
        ("(tea;milk;cup)", {"tea milk cup", "cup milk tea", "milk tea cup"}),
        ("well [tea *1]", {"well", "well tea", "well tea zebra"}),
        ("i like ~drink", {"i like tea", "i like cocoa", "i like milk", "i like red wine"}),
        ("<ask>", {"pour red", "can you pour red", "pour milk"}),
        ("{n:number} cup", {"5 cup", "42 cup"}),
        ("wait {how_long:duration}", {"wait two weeks"}),
        ("pour {what:~drink}", {"pour tea", "pour cocoa", "pour milk", "pour red wine"}),
        ("(tea|milk|cup) <no_tea>", {"milk", "cup"}),
        ("(tea !milk) milk", {"tea milk"}),
        ("[tea] ^ milk", {"milk"}),
        ("[please] ^ milk", {"milk", "please milk"}),
        ("milk $ [please|tea]", {"milk", "milk please"}),
        ("!zebra {x}", {"the red sea", "what's left of it"}),
    ],
)
def test_what_is_said(template: str, said: set[str]) -> None:
    found = set(sentences(template))
    assert said <= found
    assert all(accepts(template, sentence) for sentence in found)


@pytest.mark.parametrize(
    ("template", "all_there_is"),
    [
        ("milk $ tea", set()),
        ("tea ^ milk", set()),
        ("tea !tea", set()),
        ("!~warm (cocoa|milk)", set()),
        ("(tea;milk !cup;[cup])", {"tea milk", "milk tea"}),
        ("[tea] ^ milk", {"milk"}),
        ("^$", set()),
        ("!(tea|milk) (tea|milk|cup)", {"cup"}),
        ("{x:name} !ada", set()),
    ],
)
def test_what_cannot_fit_is_never_said(template: str, all_there_is: set[str]) -> None:
    assert set(sentences(template)) == all_there_is


def test_the_plain_ones_come_first() -> None:
    found = sentences("^[i (want|would like)] [some|a lot of] tea [please] $", 30)
    assert found[:3] == ("tea", "some tea", "tea please")
    assert len(found) == 18


@pytest.mark.parametrize(
    ("template", "most", "words"),
    [
        ("[please] turn (on|off|up) the (lamp|fan|radio) [now]", 3, "please turn on off up the lamp fan radio now"),
        ("[a] [b] [c] tea", 2, "a b c tea"),
        ("[tea] (a|b|c|d)", 4, "tea a b c d"),
        ("(tea|[a] (b|c d|e)) [f]", 4, "tea a b c d e f"),
    ],
)
def test_where_few_are_wanted_each_goes_through_more(template: str, most: int, words: str) -> None:
    found = sentences(template, most)
    assert len(found) == most
    assert set(" ".join(found).split()) == set(words.split())


def test_a_slot_whose_type_has_no_fillers_is_gone_around() -> None:
    def made(template: str) -> tuple[str, ...]:
        return sample.sentences(template, LEXICON, {"name": ("Ada",)}, random.Random(0), 5)

    assert made("call {who:name} [at {n:number}]") == ("call Ada",)
    assert made("wait {n:number} *") == ()


def test_gaps_have_words_of_their_own() -> None:
    fillers = {"text": ("the sea",), "*": ("um", "you know")}
    assert set(sample.sentences("tea *", LEXICON, fillers, random.Random(0), 9)) == {"tea", "tea um", "tea you know"}
    assert set(sample.sentences("tea *1", LEXICON, fillers, random.Random(0), 9)) == {"tea", "tea um"}


def test_another_seed_gives_other_sentences() -> None:
    template = "(" + "|".join(f"w{at}" for at in range(500)) + ")"
    assert sentences(template, 20, 1) != sentences(template, 20, 2)


@pytest.mark.parametrize("template", ["tea (", "<nowhere>", "~nowhere", "(a;b;c;d;e)"])
def test_a_broken_template_is_refused(template: str) -> None:
    with pytest.raises(TemplateError):
        sentences(template)


@pytest.mark.parametrize(
    "template",
    [
        pytest.param("(" + "|".join(f"w{at}" for at in range(5000)) + ") end", id="5000 words"),
        pytest.param("(" + "|".join(f"good w{at} x" for at in range(3000)) + ")", id="3000 phrases"),
        pytest.param(" ".join(f"w{at} *" for at in range(100)), id="100 gaps"),
        pytest.param(" ".join(f"[w{at}]" for at in range(150)), id="150 optionals"),
        pytest.param(" ".join(f"({'|'.join(f'a{at}x{n}' for n in range(30))})" for at in range(100)), id="100 choices"),
        pytest.param("((a;[b];c;d e);(f;g;[h i];j);x;y)", id="any orders in any order"),
        pytest.param("[a " * 9 + "b" + "]" * 9 + " [c] * [d] * [e]", id="nested optionals"),
    ],
)
def test_a_huge_template_gives_a_few_sentences(template: str) -> None:
    found = sentences(template, 40)
    assert len(found) == 40
    assert all(accepts(template, sentence) for sentence in found)
