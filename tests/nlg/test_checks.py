"""What is wrong with a wording is known when it is loaded."""

import pytest

from her_desktop.nlg.checks import problems
from her_desktop.nlg.parse import parse_wording

TYPES = {"x": "text", "who": "name", "n": "number", "t": "duration", "d": "date", "at": "time", "teas": "list"}


def found(template: str, language: str = "en") -> tuple[str, ...]:
    return problems(parse_wording(template), TYPES, language)


@pytest.mark.parametrize(
    "template",
    [
        "Hello, {who|title|first}{, user.name|title}. {x|you}, {x|a}.",
        "{n|spoken} {t|spoken} {d|spoken} {at|spoken} {n} {t}",
        "{n|one: a note|other: {n} notes} {teas|0: none|one: one|other: {teas|count}}",
        "{teas} {teas|or} {teas|title} {teas|you|or}",
    ],
)
def test_a_sound_wording_has_no_problem(template: str) -> None:
    assert found(template) == ()


@pytest.mark.parametrize(
    ("template", "language", "why"),
    [
        ("{x|spoken}", "en", "{x|spoken}: “spoken” is for date, duration, number, time, and x is text"),
        ("{user.age|spoken}", "en", "and user.age is text"),
        ("Well[, {t|you}]", "en", "{t|you}: “you” is for list, name, proper, text, and t is duration"),
        ("{who|count}", "en", "“count” is for list, and who is name"),
        ("{x|a}", "de", "{x|a}: no article can be chosen in “de” (only in en); write it out"),
        ("{x|one: a|other: b}", "en", "{x|…}: a plural text is for list, number, and x is text"),
        ("{n|other: {x|spoken} notes}", "ja", "“spoken” is for"),
        ("{n|other: notes}", "en", "{n|…}: “en” needs a text for one, too"),
        ("{n|one: a|other: b}", "cs", "“cs” needs a text for few, too"),
        ("{n|one: a|few: b|other: c}", "en", "“en” never uses few"),
        ("{n|spoken}", "tlh", "{n|…}: nobody told how to say numbers, dates and lists in “tlh”"),
        ("{n|one: a|other: b}", "tlh", "nobody told how to say"),
        ("{teas}", "tlh", "nobody told how to say"),
        ("[Hello {who}.] {, user.name}", "en", "without its optional parts nothing is left to say"),
        (" ", "en", "nothing is left to say"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(template: str, language: str, why: str) -> None:
    (problem,) = found(template, language)
    assert why in problem


def test_each_problem_is_told_once() -> None:
    assert len(found("{x|spoken} and {x|spoken} and {n|a}")) == 2
