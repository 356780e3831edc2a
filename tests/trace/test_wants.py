"""What a false condition would have to be, in words."""

from datetime import datetime

import pytest

from her_desktop.dialogue import conditions
from her_desktop.dialogue.state import State
from her_desktop.trace.wants import would_have_to

NOW = datetime(2026, 11, 22, 15, 5)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("turns >= 4", "turns would have to be at least 4 (it is 2)"),
        ("4 <= turns", "turns would have to be at least 4 (it is 2)"),
        ("turns < 2", "turns would have to be less than 2 (it is 2)"),
        ("hour != 15", "hour would have to be other than 15 (it is 15)"),
        ("topic == 'tea'", "topic would have to be “tea” (it is empty)"),
        ("knows('user.name')", "user.name would have to be known"),
        ("not recently('tea.hot', turns=3)", "tea.hot would have to have been silent within the last 3 turns"),
        ("recently('tea')", "tea would have to have spoken within the last 5 turns"),
        ("fact('user.name') == 'Ada'", "user.name would have to be “Ada” (it is empty)"),
        ("minutes > 60", "minutes would have to be more than 60 (it is 5)"),
        ("6 <= hour < 12", "“6 <= hour < 12” would have to be true"),
        ("knows('a') or turns > 8", "“knows('a') or turns > 8” would have to be true"),
        (
            "turns >= 4 and hour == 15 and minutes > 60",
            "turns would have to be at least 4 (it is 2) and minutes would have to be more than 60 (it is 5)",
        ),
    ],
)
def test_a_false_condition_says_what_it_wants(condition: str, words: str) -> None:
    state, slots = State(turn=2, spoke={"tea.hot": 1}), {"minutes": 5.0}
    found = conditions.evaluate(condition, state, NOW, slots)
    assert not found.value
    assert would_have_to(found, state, NOW, slots) == words
