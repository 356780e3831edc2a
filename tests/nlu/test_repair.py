"""Repairs: one word at most, never a negation, and as repaired the utterance fits the same template exactly."""

from datetime import datetime

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from her_desktop.events import Candidate, FinalTranscript, Repair
from her_desktop.language import tokenize
from her_desktop.nlu.interpret import MOST_REPAIRED_TOKENS, Grammar, interpret, repair
from her_desktop.nlu.line import Line
from her_desktop.nlu.matcher import Match, match
from her_desktop.nlu.program import Lexicon, Program, compile_template
from her_desktop.nlu.repair import as_repaired, repaired, slip
from her_desktop.nlu.template import TemplateError
from tests.nlu.templates import LEXICON, templates, utterances

NOW = datetime(2026, 11, 22, 15, 5)
LANGUAGE = msgspec.structs.replace(LEXICON.language, weak=frozenset({"um", "please", "well"}), common=frozenset())
HEARD = Lexicon(
    LANGUAGE, LEXICON.expansions, LEXICON.concepts,
    heard_as={"warm": {"coco": "cocoa", "mill k": "milk"}, "drink": {"red whine": "red wine", "what's tee": "tea"}},
)  # fmt: skip


def line(text: str) -> Line:
    return Line.of(text, LANGUAGE, NOW)


def program(template: str) -> Program:
    return compile_template(template, HEARD)


def unknown(_word: str) -> bool:
    return False


def fixed(template: str, said: str) -> tuple[str, Repair] | None:
    """The utterance as it was repaired, and what was not heard right."""
    found = repaired(program(template), line(said), unknown)
    return (as_repaired(line(said).tokens, found.repairs), found.repairs[-1]) if found else None


def one_letter_off(word: str) -> str:
    return word[:-2] + word[-1] + word[-2] if len(word) > 3 else word + "x"


DAMAGE = ("as it is", "misheard", "left out", "put in", "twice", "short form")


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A sentence of a template's words in which one was heard wrong."""
    words = draw(utterances(9)).split()
    assume(words)
    at, how = draw(st.integers(0, len(words) - 1)), draw(st.sampled_from(DAMAGE))
    match how:
        case "misheard":
            words[at] = one_letter_off(words[at])
        case "left out":
            del words[at]
        case "put in":
            words.insert(at, draw(st.sampled_from(["um", "please", "well", "zebra"])))
        case "twice":
            words.insert(at, words[at])
        case "short form":
            words.insert(at, draw(st.sampled_from(["what's", "coco", "mill k", "red whine", "don't"])))
    return " ".join(words)


@settings(deadline=None, max_examples=300)
@given(templates(depth=2), damaged())
def test_as_repaired_the_utterance_fits_the_same_template_exactly(template: str, said: str) -> None:
    try:
        compiled = program(template)
    except TemplateError:
        assume(False)
        raise
    found = match(compiled, line(said))
    result = found if isinstance(found, Match) else repaired(compiled, line(said), unknown)
    if result and result.repairs:
        check_repairs(compiled, said, result)


def check_repairs(compiled: Program, said: str, result: Match) -> None:
    guessed = [one for one in result.repairs if one.kind != "heard_as"]
    assert len(guessed) <= 1
    assert all(LANGUAGE.negations.isdisjoint((one.heard.casefold(), one.word)) for one in guessed)
    mended = as_repaired(line(said).tokens, result.repairs)
    again = match(compiled, line(mended))
    assert isinstance(again, Match), (compiled.template, said, mended)
    assert not again.repairs


WORDS = "set the kitchen timer for the soup"


@settings(deadline=None, max_examples=150)
@given(st.integers(0, 6), st.sampled_from(DAMAGE[1:4]), st.data())
def test_one_word_of_seven_may_be_wrong(at: int, how: str, data: st.DataObject) -> None:
    words = WORDS.split()
    if how == "misheard":
        words[at] = one_letter_off(words[at])
    elif how == "left out":
        del words[at]
    else:
        words.insert(at, data.draw(st.sampled_from(["um", "please"])))
    said = " ".join(words)
    result = match(program(WORDS), line(said))
    if isinstance(result, Match):  # a filler at its edge
        assert how == "put in"
        return
    found = repaired(program(WORDS), line(said), unknown)
    if found:
        check_repairs(program(WORDS), said, found)
    assert found or how != "misheard" or len(WORDS.split()[at]) <= 3


@pytest.mark.parametrize(
    ("template", "said", "mended", "kind"),
    [
        ("set the kitchen timer now", "set the kitchne timer now", "set the kitchen timer now", "edit"),
        ("set the kitchen timer now", "please set the kitchen um timer now", "please set the kitchen timer now", "dropped"),  # noqa: E501 -- one line a case
        ("set the kitchen timer now", "set the timer now", "set the kitchen timer now", "supplied"),
        ("the kitchen is cold tonight", "kitchen's cold tonight", "the kitchen's cold tonight", "supplied"),
        ("the kitchen is cold tonight", "kitchen's light tonight", None, ""),
        ("what was the kitchen timer", "what's the kitchen timer", None, ""),
        ("what is the old kitchen timer", "what's the kitchen timer", "what's the old kitchen timer", "supplied"),
    ],
)  # fmt: skip
def test_what_is_repaired(template: str, said: str, mended: str | None, kind: str) -> None:
    found = fixed(template, said)
    assert (found and found[0]) == mended
    assert (found[1].kind if found else "") == kind


@pytest.mark.parametrize(
    ("said", "repairs", "mended"),
    [
        ("what's that", [Repair("edit", 1, "what's", "was")], "what was that"),
        ("what's that", [Repair("supplied", 1, "", "time")], "what time is that"),
        ("what's that", [Repair("supplied", 2, "", "all")], "what's all that"),
        ("what's that", [Repair("supplied", 3, "", "thing")], "what's that thing"),
        ("what's that", [Repair("dropped", 0, "what's")], "is that"),
        ("a mill k now", [Repair("heard_as", 1, "mill k", "milk", tokens=2)], "a milk now"),
        ("mill k", [Repair("heard_as", 0, "mill k", "milk", tokens=2), Repair("supplied", 0, "", "a")], "a milk"),
        ("Ada’s half-full cup", [Repair("edit", 2, "cup", "cups")], "Ada’s half-full cups"),
        ("", [Repair("supplied", 0, "", "hello")], "hello"),
    ],
)
def test_the_rest_of_the_utterance_stays_as_it_was(said: str, repairs: list[Repair], mended: str) -> None:
    assert as_repaired(tokenize(said, {"what's": "what is"}), repairs) == mended


def test_a_long_utterance_is_written_out_in_no_time() -> None:
    tokens = tokenize("word " * 100_000, {})
    assert as_repaired(tokens, [Repair("edit", 5, "word", "ward")]).split()[4:7] == ["word", "ward", "word"]


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("i do not want the kitchen timer", "i do now want the kitchen timer"),
        ("i do want the kitchen timer", "i do not want the kitchen timer"),
        ("i now want the kitchen timer", "i not want the kitchen timer"),
        ("i do not want the kitchen timer", "i do want the kitchen timer"),
        ("never start the kitchen timer", "nevr start the kitchen timer"),
    ],
)
def test_a_negation_is_never_read_into_the_words_or_out_of_them(template: str, said: str) -> None:
    assert fixed(template, said) is None


def test_a_variant_of_several_words_is_one_repair_and_says_all_that_was_heard() -> None:
    found = match(program("a cup of ~warm for the red cat"), line("a cup of Mill K for the red cat"))
    assert isinstance(found, Match)
    assert found.repairs == (Repair("heard_as", 3, "Mill K", "milk", tokens=2),)


def grammar(*templates: str) -> Grammar:
    return Grammar(LANGUAGE, [program(text) for text in templates], [f"r.{text}" for text in templates], {})


def candidates(said: str, *templates: str) -> tuple[Candidate, ...]:
    heard = grammar(*templates)
    return repair(interpret(FinalTranscript.typed(said), heard, (), NOW), heard).candidates


def test_every_rule_that_fits_with_a_repair_is_told_so_that_none_is_taken_by_chance() -> None:
    kinds = ("kitchen timer alone", "kitchen timer along", "kitchen timer aloud")
    found = candidates("start my kitchen timer alonx", *(f"start my {kind}" for kind in kinds))
    assert {one.rule for one in found} == {"r.start my kitchen timer alone", "r.start my kitchen timer along"}
    found = candidates("start my kitchen timer aloni", *(f"start my {kind}" for kind in kinds))
    assert len(found) == 2


def test_nobody_repairs_a_speech() -> None:
    said = "start my kitchne timer now"
    assert candidates(said, "start my kitchen timer now")
    assert not candidates(said + " and on" * MOST_REPAIRED_TOKENS, "start my kitchen timer now")


@pytest.mark.parametrize(
    ("one", "yes"),
    [
        (Repair("edit", 0, "kitchne", "kitchen"), True),
        (Repair("edit", 0, "kitchens", "kitchen"), False),
        (Repair("edit", 0, "kitten", "kitchen", known=True), False),
        (Repair("supplied", 0, "", "kitchen"), False),
        (Repair("edit", 0, "tae", "tea"), False),
        (Repair("heard_as", 0, "tee", "tea"), True),
    ],
)
def test_a_slip_is_no_word_that_is_rightly_written(one: Repair, yes: bool) -> None:
    assert slip(one) is yes
