"""The rule language, read: what it accepts, and where it says that something is wrong."""

import pytest

from her_desktop.nlu.template import Absent, Edge, Gap, Group, Reference, Slot, TemplateError, Word, parse


def test_every_part_of_the_syntax_has_its_node() -> None:
    tree = parse("^ hello [there] (you|me) {thing:name} <lead> ~feeling *3 !not (a;b) $")
    kinds = [type(item) for item in tree.items]
    assert kinds == [Edge, Word, Group, Group, Slot, Reference, Reference, Gap, Absent, Group, Edge]
    assert [item.kind for item in tree.items if isinstance(item, Group)] == ["optional", "choice", "any_order"]


def test_parts_know_their_column() -> None:
    assert [item.column for item in parse("one {two} three").items] == [1, 5, 11]


@pytest.mark.parametrize(
    ("template", "why", "column"),
    [
        ("are (your|those feelings", "“(” is never closed", 5),
        ("do you [really feel", "“[” is never closed", 8),
        ("my name is {name", "wants a name", 12),
        ("wait {time:fortnight}", "is no slot type", 6),
        ("(a|b;c)", "do not mix", 6),
        ("hello )", "unexpected “)”", 7),
        ("()", "an empty group", 1),
        ("hello !", "something is missing", 8),
    ],
)
def test_a_broken_template_names_what_and_where(template: str, why: str, column: int) -> None:
    with pytest.raises(TemplateError) as caught:
        parse(template)
    assert why in str(caught.value)
    assert caught.value.column == column
