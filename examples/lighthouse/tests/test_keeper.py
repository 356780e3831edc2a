"""What is easier to say in Python than in a screenplay: the same thing over and over."""

import pytest

from her_desktop.loading import shipped
from her_desktop.screenplay.for_pytest.dialogue import Dialogue


@pytest.mark.parametrize("hour", range(24))
def test_the_lamp_is_lit_from_six_to_six(dialogue: Dialogue, hour: int) -> None:
    dialogue.at(f"2026-11-22 {hour:02}:30")
    dialogue.says("Is the lamp lit?").expect(rule="lamp.lit" if hour >= 18 or hour < 6 else "lamp.dark")


@pytest.mark.parametrize("name", ["Ada", "Grace Hopper", "Jörg"])
def test_a_name_is_kept(dialogue: Dialogue, name: str) -> None:
    dialogue.says("Hello.").says(f"It is {name}.").expect(learns={"user.name": name})
    assert dialogue.facts["user.name"] == name
    dialogue.waits("3 days").says("Ahoy!").expect(uses="user.name", mentions=name, not_technique="T13")


def test_the_safety_rules_are_those_that_come_with_her_desktop(pytestconfig: pytest.Config) -> None:
    ours = pytestconfig.rootpath / "packs" / "safety.yaml"
    assert ours.read_bytes() == (shipped("en") / "safety.yaml").read_bytes(), "they have changed: copy them anew"
