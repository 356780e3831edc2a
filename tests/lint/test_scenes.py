"""States in which rules may speak: what they must hold, and that none is made up that cannot be."""

from pathlib import Path

import pytest

from her_desktop.dialogue.conditions import Conditions
from her_desktop.dialogue.policy import conditions_of
from her_desktop.lint.scenes import Role, Scenes
from her_desktop.lint.stage import Scene
from tests.lint.packs import work

RULE = '  - {{id: tea.r, samples: [tea], hears: ["tea"], needs: [{needs}], {more}act: inform, says: [A.]}}\n'


def scene(folder: Path, needs: str, more: str = "") -> Scene | None:
    book = work(folder, RULE.format(needs=needs, more=more)).book
    found = Scenes(book).find([Role(book.rules["tea.r"])])
    if found:
        conditions = conditions_of(book.rules["tea.r"], Conditions(found.state, found.now), {})
        assert all(condition.value for condition in conditions)
    return found


@pytest.mark.parametrize(
    "needs",
    [
        "", '"turns >= 40"', '"session_turns >= 3", "turns < 9"', '"session_turns < 2", "turns > 6"', '"hour > 21"',
        '"weekday == 6"', "\"topic == 'tea'\"", "\"recently('tea')\"", "\"recently('tea.danger', turns=2)\"",
        "\"recently('T05', turns=1)\"", "\"knows('user.name')\"", "\"fact('user.drink') == 'tea'\"",
        "\"fact('user.drink') != 'tea'\", \"knows('user.drink')\"", "\"not knows('user.name')\"",
        "\"recently('tea', turns=20)\", \"not recently('tea', turns=3)\"",
        "\"turns < 3 or recently('tea', turns=500)\"",
        "\"turns >= 4\", \"recently('tea.danger', turns=500)\", \"hour == 3 or weekday == 1\"",
    ],
)  # fmt: skip
def test_a_state_is_found_in_which_the_conditions_are_true(tmp_path: Path, needs: str) -> None:
    assert scene(tmp_path, needs)


@pytest.mark.parametrize(
    "needs",
    [
        '"turns < 1"', '"session_turns > 3", "turns < 2"', '"hour == 24"',
        "\"knows('user.a')\", \"not knows('user.a')\"",
        "\"recently('tea.danger', turns=3)\", \"not recently('tea', turns=3)\"",
        "\"recently('tea', turns=5)\", \"turns == 1\"",
        "\"fact('user.a') == 'x'\", \"fact('user.a') == 'y'\"",
    ],
)  # fmt: skip
def test_no_state_is_found_where_there_is_none(tmp_path: Path, needs: str) -> None:
    assert scene(tmp_path, needs) is None


def test_without_conditions_it_is_the_first_sentence_that_she_ever_hears(tmp_path: Path) -> None:
    found = scene(tmp_path, "")
    assert found
    assert (found.state.turn, found.state.session_turns, found.state.topic, dict(found.state.spoke)) == (1, 1, "", {})


def test_a_rule_that_spoke_once_or_rests_is_kept_back(tmp_path: Path) -> None:
    for more in ("once: true, ", "cooldown_turns: 3, "):
        book = work(tmp_path, RULE.format(needs="", more=more)).book
        rule = Role(book.rules["tea.r"])
        other = Role(book.rules["tea.anything"])
        kept_back = Scenes(book).find([other], [rule])
        assert kept_back
        assert kept_back.state.recently("tea.r", 3)


def test_a_rule_without_conditions_cannot_be_kept_back(tmp_path: Path) -> None:
    book = work(tmp_path, RULE.format(needs="", more="")).book
    scenes, roles = Scenes(book), [Role(book.rules["tea.r"])]
    assert scenes.find([Role(book.rules["tea.anything"])], roles) is None
    assert scenes.sure([Role(book.rules["tea.anything"])], roles)


def test_sums_are_never_said_to_be_impossible(tmp_path: Path) -> None:
    book = work(tmp_path, RULE.format(needs='"turns * turns == 1000000"', more="")).book
    scenes, roles = Scenes(book), [Role(book.rules["tea.r"])]
    assert scenes.find(roles) is None
    assert not scenes.sure(roles)


def test_an_answer_is_heard_a_turn_after_its_question_with_what_that_one_learned(tmp_path: Path) -> None:
    asks = RULE.format(
        needs='"hour >= 22"', more='learns: {a: b}, expects: [{samples: ["yes"], hears: ["yes"], says: [B.]}], '
    )
    book = work(tmp_path, asks).book
    found = Scenes(book).find([Role(book.rules["tea.r/1"])])
    assert found
    assert found.state.question
    assert (found.state.question.rule, found.state.turn - found.state.question.turn) == ("tea.r", 1)
    assert found.state.fact("user.a") == "b"
    assert found.state.recently("tea.r", 1)
    assert found.now.hour == 22
