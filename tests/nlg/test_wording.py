"""Wordings: what the brackets mean, and what is said about brackets that mean nothing."""

import msgspec
import pytest

from her_desktop.nlg.parse import parse_wording
from her_desktop.nlg.wording import Hole, Optional, Plural, Wording, WordingError


def test_a_hole_has_a_name_and_filters_in_their_order() -> None:
    assert parse_wording("So, {x|title|first}.").parts == ("So, ", Hole("x", ("title", "first")), ".")


def test_text_beside_a_name_in_braces_is_an_optional_part() -> None:
    short, long = parse_wording("Hello{, user.name}."), parse_wording("Hello[, {user.name}].")
    assert short.parts == long.parts == ("Hello", Optional((", ", Hole("user.name"))), ".")
    assert parse_wording("{, user.name|first}").parts == (Optional((", ", Hole("user.name", ("first",)))),)
    assert parse_wording("{user.name, }yes").parts == (Optional((Hole("user.name"), ", ")), "yes")


def test_what_stands_in_an_optional_part_is_not_needed() -> None:
    wording = parse_wording("{a|you} [and {b|you} [or {c}]] {n|one: {d|you} note|other: notes[ of {e}]}")
    assert wording.needs == {"a", "n", "d"}
    assert wording.names == {"a", "b", "c", "d", "e", "n"}
    assert wording.reflected == {"a", "d"}


def test_a_plural_has_a_text_for_each_category() -> None:
    assert parse_wording("{n|0: none|one: a note|other: {n} notes }.").parts == (
        Plural("n", {"0": ("none",), "one": ("a note",), "other": (Hole("n"), " notes")}),
        ".",
    )


def test_a_parsed_wording_survives_the_compiled_cache() -> None:
    wording = parse_wording("[{x|a} and {, user.name}] {n|one: {n} note|other: notes}")
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(wording), type=Wording) == wording


@pytest.mark.parametrize(
    ("text", "column", "why"),
    [
        ("Hello {x", 7, "“{” is never closed"),
        ("Hello [x", 7, "“[” is never closed"),
        ("Hello x}", 8, "“}” closes nothing"),
        ("Hello x]", 8, "“]” closes nothing"),
        ("[a {x] b}", 4, "“{” is never closed"),
        ("[only text]", 1, "needs a {name}"),
        ("a {}", 3, "is no name"),
        ("a {X}", 3, "is no name"),
        ("a {, x}", 3, "text beside one is optional: [text {name}]"),
        ("{x|loud}", 4, "no filter “loud” (there are you, back, title,"),
        ("{x|}", 4, "no filter “”"),
        ("{x|a|you}", 6, "“a” must be the last filter"),
        ("{x|one: a}", 1, "needs a text for “other:”"),
        ("{x|some: a|other: b}", 1, "“some:” is no number and no plural category"),
        ("{x|other: a|other: b}", 13, "“other:” is there twice"),
        ("{x|you|other: b}", 1, "one or the other"),
        ("  {x|one: {y|other: b}", 3, "“{” is never closed"),
    ],
)
def test_what_is_not_well_formed_is_named_by_its_column(text: str, column: int, why: str) -> None:
    with pytest.raises(WordingError) as error:
        parse_wording(text)
    assert str(error.value).startswith(f"column {column} of “{text.strip()}”: ")
    assert why in str(error.value)


@pytest.mark.parametrize("nested", ["[", "{n|other:", "[{n|one: "])
def test_a_wording_nested_without_end_is_refused_in_one_line(nested: str) -> None:
    with pytest.raises(WordingError, match="too deep") as error:
        parse_wording(nested * 10_000)
    assert len(str(error.value)) < 300
