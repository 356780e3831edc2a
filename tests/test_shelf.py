"""The shelf: values encoded one after the other, each the same again when it is wanted."""

from array import array

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from her_desktop.dialogue.rules import Rule
from her_desktop.nlu.program import Program, compile_template
from her_desktop.shelf import MOST_DECODED, Filling, Shelf, Stored
from tests.dialogue.talk import book
from tests.nlu.templates import LEXICON


def shelf(values: list[str]) -> Shelf[str]:
    filling = Filling[str]()
    for value in values:
        filling.add(value)
    assert len(filling) == len(values)
    return Shelf.from_stored(str, filling.stored())


@settings(deadline=None)
@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"]))), st.slices(8))
def test_it_is_a_sequence_of_what_was_put_onto_it(values: list[str], part: slice) -> None:
    filled = shelf(values)
    assert list(filled) == values
    assert len(filled) == len(values)
    assert filled[part] == values[part]
    assert [filled[at] for at in range(-len(values), len(values))] == values * 2
    assert all(value in filled for value in values)


@pytest.mark.parametrize("at", [3, -4, 1_000, -1_000])
def test_beyond_its_ends_there_is_nothing(at: int) -> None:
    with pytest.raises(IndexError):
        shelf(["a", "b", "c"])[at]


def test_an_empty_one_holds_nothing() -> None:
    assert list(shelf([])) == []


def test_it_comes_back_from_a_file() -> None:
    filling = Filling[Program]()
    programs = [
        compile_template(text, LEXICON) for text in ("tea [please]", "~drink {x} !never", "^what's *2 {n:number}")
    ]
    for program in programs:
        filling.add(program)
    stored = msgspec.msgpack.decode(msgspec.msgpack.encode(filling.stored()), type=Stored)
    assert list(Shelf.from_stored(Program, stored)) == programs


def test_every_shipped_rule_and_program_is_the_same_when_it_is_encoded_again() -> None:
    rules, programs = Filling[Rule](), Filling[Program]()
    for rule in book().rules.values():
        rules.add(rule)
    for program in book().programs:
        programs.add(program)
    assert list(Shelf.from_stored(Rule, rules.stored())) == list(book().rules.values())
    assert list(Shelf.from_stored(Program, programs.stored())) == list(book().programs)


def test_it_keeps_few_values_decoded_and_knows_all() -> None:
    values = [str(number) for number in range(2 * MOST_DECODED)]
    filled = shelf(values)
    assert [filled[at] for at in (*range(len(values)), 0, len(values) - 1)] == [*values, values[0], values[-1]]
    assert filled[7] is filled[7]


@pytest.mark.parametrize("ends", [[5], [1, 3], [2, 1]])
def test_a_damaged_one_is_an_error_and_no_wrong_value(ends: list[int]) -> None:
    broken = Stored(memoryview(msgspec.msgpack.encode("a") + b"\xc1"), array("Q", ends).tobytes())
    damaged = Shelf.from_stored(str, broken)
    with pytest.raises(msgspec.DecodeError):
        list(damaged)
