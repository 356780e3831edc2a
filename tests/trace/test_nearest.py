"""The fewest words to change so that a template fits: never more than needed, and what comes out always fits."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from her_desktop.nlu.line import Line
from her_desktop.nlu.matcher import walk
from her_desktop.nlu.program import Lexicon, Program, compile_template
from her_desktop.trace.nearest import nearest, one_word
from tests.dialogue.talk import language
from tests.trace.packs import NOW

FILLERS = {"text": ("roses",), "name": ("Ada",), "number": ("5",), "duration": ("5 minutes",)}
LEXICON = Lexicon(language(), concepts={"drink": ("tea", "coffee")})


def program(template: str) -> Program:
    return compile_template(template, LEXICON)


def line(text: str) -> Line:
    return Line.of(text, language(), NOW)


@pytest.mark.parametrize(
    ("template", "said", "text", "words"),
    [
        ("what time is it", "what thyme is it", "what time is it", 1),
        ("what time is it", "what is it", "what time is it", 1),
        ("what time is it", "what good time is it", "what time is it", 1),
        ("what time is it", "so what time is it then", "so what time is it then", 0),
        ("^stop$", "stop the music", "stop", 2),
        ("^the end$", "this is the end", "the end", 2),
        ("i like ~drink", "i like toffee", "i like coffee", 1),
        ("i am {name:name}", "i am", "i am Ada", 1),
        ("tea for {t:duration}", "tea for ages", "tea for 5 minutes", 2),
        ("tea for {t:duration}", "tea for ten minutes please", "tea for ten minutes please", 0),
        ("tea !green", "green tea", "tea", 1),
        ("[please] go", "go", "go", 0),
        ("what is it", "what's that", "what's it", 1),
        ("what is it", "what is", "what is it", 1),
        ("what was it", "what's it", "what was it", 1),
        ("a *2 b", "a x b", "a x b", 0),
    ],
)
def test_the_nearest_utterance_keeps_all_that_fits(template: str, said: str, text: str, words: int) -> None:
    found = nearest(program(template), line(said), FILLERS, frozenset())
    assert found
    assert (found.text, found.words) == (text, words)


def test_a_usual_word_comes_before_others_unless_another_is_alike() -> None:
    choice = program("the (red|green|blue) one")
    usual = frozenset({"green"})
    assert [found.text for said in ("the one", "the xyz one", "the bleu one")
            if (found := nearest(choice, line(said), FILLERS, usual))] == [
        "the green one", "the green one", "the blue one",
    ]  # fmt: skip


def test_a_slot_without_fillers_cannot_be_filled() -> None:
    assert nearest(program("born on {day:date}"), line("born on"), FILLERS, frozenset()) is None


def test_a_template_that_is_too_large_is_not_tried() -> None:
    assert nearest(program("a"), line("b " * 20_000), FILLERS, frozenset()) is None


def test_one_word_is_left_out_said_instead_or_put_in_at_every_place() -> None:
    assert set(one_word(line("a b"), ["x"])) == {"b", "a", "x b", "a x", "x a b", "a x b", "a b x"}


TEMPLATES = [
    "what time is it", "^(stop|go on)$", "i [really] like ~drink", "my name is {x:name} $", "tea for {t:duration}",
    "^* (a;b) !no", "(what|who) are you *2 called", "{x} and {y}",
]  # fmt: skip
WORDS = ["what", "time", "is", "it", "stop", "go", "on", "tea", "for", "a", "b", "no", "um", "what's", "ten", "minutes"]


@given(template=st.sampled_from(TEMPLATES), said=st.lists(st.sampled_from(WORDS), max_size=8))
@settings(deadline=None)
def test_what_it_finds_fits_and_nothing_is_changed_that_fits_already(template: str, said: list[str]) -> None:
    compiled, heard = program(template), line(" ".join(said))
    found = nearest(compiled, heard, FILLERS, frozenset())
    assert found
    assert walk(compiled, line(found.text)) is not None, found
    assert (found.words == 0) == (walk(compiled, heard) is not None)


@given(template=st.sampled_from(TEMPLATES), said=st.lists(st.sampled_from(WORDS), max_size=5))
@settings(deadline=None)
def test_where_one_word_is_enough_it_changes_no_more(template: str, said: list[str]) -> None:
    compiled, heard = program(template), line(" ".join(said))
    own = sorted({word for step in compiled.steps for word in step.words})
    enough = any(walk(compiled, line(text)) is not None for text in one_word(heard, own))
    found = nearest(compiled, heard, FILLERS, frozenset())
    assert found
    assert found.words <= 1 or not enough
