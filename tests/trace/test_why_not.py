"""Why a rule did not answer, and what would have let it: every cause, and every change tried."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from her_desktop.conversation import Conversation
from her_desktop.trace.changes import Change
from her_desktop.trouble import Trouble
from tests.dialogue import talk as shipped
from tests.trace.packs import answers, asked, conversation, moment

TEA = """\
topic: tea
rules:
  - id: tea.offer
    samples: [i want tea]
    hears: ["i want [some] tea"]
    act: offer
    says: ["With milk?"]
    expects:
      - id: with_milk
        samples: ["yes"]
        hears: ["^yes$"]
        says: ["With milk, then."]
  - id: tea.wish
    samples: [i want a cake]
    hears: ["i want {thing}"]
    act: inform
    says: ["So you want {thing|you}.", "I see."]
  - id: tea.strong
    priority: 7
    samples: [i want strong tea]
    hears: ["strong tea"]
    act: inform
    says: ["Strong."]
  - id: tea.timer
    tier: command
    samples: [tea for ten minutes]
    hears: ["tea for {time:duration}"]
    act: inform
    says: ["It draws."]
  - id: tea.late
    samples: [tea at night]
    hears: ["tea at night"]
    needs: ["hour >= 22", "turns >= 4 and not recently('tea.offer', turns=3)"]
    act: inform
    says: ["It is late."]
  - id: tea.once
    once: true
    samples: [tell me of tea]
    hears: ["tell me of tea"]
    act: inform
    says: ["It is a leaf."]
  - id: tea.resting
    cooldown_turns: 5
    samples: [more about tea]
    hears: ["more about tea"]
    act: inform
    says: ["It is a bush."]
  - id: tea.broken
    samples: [broken]
    hears: ["(broken"]
    act: inform
    says: ["Never."]
gambits:
  - id: tea.idle
    needs: ["hour >= 18"]
    act: inform
    says: ["Shall I put the kettle on?"]
"""
SAFETY = """\
topic: safety
rules:
  - id: safety.hurt
    tier: safety
    samples: [it hurts]
    hears: ["it hurts"]
    act: inform
    says: ["Please call somebody."]
"""


@pytest.fixture(scope="module")
def tea(tmp_path_factory: pytest.TempPathFactory) -> Conversation:
    return conversation(tmp_path_factory.mktemp("tea"), TEA, SAFETY)


def test_a_rule_that_answered_is_told_so_with_what_it_came_before(tea: Conversation) -> None:
    found = asked(tea, "tea.offer", "i want tea")
    assert (found.cause, found.winner, found.changes) == ("won", "tea.offer", ())
    assert found.paragraph == "tea.offer did answer “i want tea”. It came before tea.wish on own words: 3 before 2."


def test_a_word_that_does_not_fit_is_named_and_what_was_wanted_there(tea: Conversation) -> None:
    found = asked(tea, "tea.offer", "i want coffee")
    assert found.cause == "words"
    assert found.missed
    assert (found.missed.failed_at, sorted(found.missed.wanted)) == ("coffee", ["some", "tea"])
    assert found.changes[0].said == "i want tea"
    assert "at “coffee” it wants “tea” or “some”" in found.paragraph


def test_one_word_is_put_in_left_out_or_said_instead_of_another(tea: Conversation) -> None:
    assert asked(tea, "tea.late", "tea night", "a", "b").changes[0].said == "tea at night"
    assert asked(tea, "tea.once", "tell me more of tea").changes[0].said == "tell me of tea"
    assert asked(tea, "tea.strong", "strange tea").changes[0].said == "strong tea"


def test_a_typed_slot_is_filled_with_a_value(tea: Conversation) -> None:
    found = asked(tea, "tea.timer", "tea for ages")
    assert found.missed
    assert found.missed.wanted == ("a duration",)
    assert found.changes[0].said == "tea for ten minutes"


def test_each_reading_of_the_recognizer_is_looked_at(tea: Conversation) -> None:
    found = asked(tea, "tea.once", "tell me off the sea", heard=("tell me off tea",))
    assert found.missed
    assert (found.missed.heard, found.missed.failed_at) == ("tell me off tea", "off")
    assert "on “tell me off tea”" in found.paragraph


def test_a_rule_that_is_outranked_is_told_by_whom_on_which_field_with_both_values(tea: Conversation) -> None:
    found = asked(tea, "tea.offer", "i want tea and strong tea")
    assert found.outranked
    assert (found.outranked.by, found.outranked.field) == ("tea.strong", "priority")
    assert (found.outranked.theirs, found.outranked.ours) == (7, 0)
    assert {change.priority for change in found.changes} == {None, 7}, "with as much, its own words decide"


def test_the_least_priority_that_wins_is_named(tea: Conversation) -> None:
    found = asked(tea, "tea.wish", "i want tea")
    assert found.outranked
    assert found.outranked.field == "own words"
    assert [change.priority for change in found.changes if change.kind == {"priority"}] == [1]
    at, rule = moment(tea, "i want tea"), tea.book.rules["tea.wish"]
    assert not answers(Change(priority=0).applied(at, rule), "tea.wish")


def test_another_tier_is_named_only_where_nothing_smaller_helps(tea: Conversation, tmp_path: Path) -> None:
    plain = asked(tea, "tea.offer", "i want tea for ten minutes")
    assert plain.changes
    assert all(change.tier is None for change in plain.changes)
    only = conversation(
        tmp_path,
        "topic: a\nrules:\n"
        "  - {id: a.first, tier: command, samples: [go], hears: [^go$], act: inform, says: [Gone.]}\n"
        "  - {id: a.second, priority: 9, samples: [go], hears: [^go$], act: inform, says: [Going.]}\n",
    )
    found = asked(only, "a.second", "go")
    assert [change.tier for change in found.changes] == ["command"]


def test_nothing_is_ever_told_to_outrank_safety(tea: Conversation) -> None:
    found = asked(tea, "tea.offer", "i want tea it hurts")
    assert "Nothing outranks safety." in found.paragraph
    assert found.changes
    assert all(change.kind == {"said"} for change in found.changes)


def test_a_false_condition_is_told_with_what_it_would_have_to_be(tea: Conversation) -> None:
    found = asked(tea, "tea.late", "tea at night")
    assert found.cause == "condition"
    assert "hour would have to be at least 22 (it is 15)" in found.paragraph
    assert found.changes[0].without == ("hour >= 22", "turns >= 4 and not recently('tea.offer', turns=3)")


def test_a_rule_that_spoke_its_only_time_is_told_so(tea: Conversation) -> None:
    found = asked(tea, "tea.once", "tell me of tea", "hello", "tell me of tea")
    assert found.cause == "once"
    assert "it did in turn 2" in found.paragraph
    assert found.changes == (Change(without=("once",)),)


def test_a_rule_that_rests_is_told_how_long_with_the_longest_that_would_be_over(tea: Conversation) -> None:
    found = asked(tea, "tea.resting", "more about tea", "more about tea", "hello", "hello")
    assert found.cause == "cooldown"
    assert "spoke 3 turns ago" in found.paragraph
    assert found.changes == (Change(cooldown_turns=2),)


def test_an_answer_whose_question_is_not_open_is_told_what_opens_it(tea: Conversation) -> None:
    found = asked(tea, "tea.offer/with_milk", "yes")
    assert found.cause == "question"
    assert "no question of hers is open" in found.paragraph
    assert found.changes == (Change(first=("i want tea",)),)


def test_an_open_question_hears_its_answer(tea: Conversation) -> None:
    assert asked(tea, "tea.offer/with_milk", "yes", "i want tea").cause == "won"
    assert asked(tea, "tea.offer/with_milk", "no way", "i want tea").cause == "words"


def test_what_she_brings_up_herself_has_no_words_to_wait_for(tea: Conversation) -> None:
    found = asked(tea, "tea.idle", "hello")
    assert found.cause == "unprompted"
    assert "hour >= 18" in found.paragraph


def test_a_broken_rule_is_told_by_file_and_line(tea: Conversation) -> None:
    for name in ("tea.broken", "tea.broken/1"):
        found = asked(tea, name, "broken")
        assert found.cause == "quarantined"
        assert found.place.startswith("pack0.yaml:5")
        assert "“(” is never closed" in found.paragraph


def test_a_rule_that_is_not_there_has_its_nearest_names_told(tea: Conversation) -> None:
    with pytest.raises(Trouble, match=r"did you mean tea\.offer"):
        asked(tea, "tea.ofer", "hello")


def test_a_repair_that_would_be_a_guess_is_told(tmp_path: Path) -> None:
    rules = "".join(
        f"  - {{id: a.{name}, samples: [x], hears: ['^open the {name} window now$'], act: inform, says: [Yes.]}}\n"
        for name in ("small", "smart")
    )
    guess = conversation(tmp_path, f"topic: a\nrules:\n{rules}")
    found = asked(guess, "a.small", "open the smalt window now")
    assert (found.cause, found.winner) == ("unclear", "otherwise.anything")
    assert "with a repair a.smart would fit too" in found.paragraph
    assert found.changes[0].said == "open the small window now"


SENTENCES = [sample for rule in shipped.book().rules.values() for sample in rule.spec.samples]
RULES = sorted(shipped.book().rules)


@given(rule=st.sampled_from(RULES), said=st.sampled_from(SENTENCES), after=st.sampled_from(["", *SENTENCES]))
@settings(max_examples=60, deadline=None)
def test_it_never_fails_on_the_shipped_packs_and_each_change_lets_the_rule_answer(
    rule: str, said: str, after: str
) -> None:
    found = asked(shipped.conversation(), rule, said, *([after] if after else []))
    assert (found.cause == "won") == (found.winner == rule)
    assert found.paragraph.startswith(f"{rule} did ")


@given(
    rule=st.sampled_from(RULES),
    words=st.lists(st.sampled_from([word for sample in SENTENCES for word in sample.split()]), max_size=9),
)
@settings(max_examples=60, deadline=None)
def test_words_in_any_order_never_make_it_fail(rule: str, words: list[str]) -> None:
    asked(shipped.conversation(), rule, " ".join(words))


@pytest.mark.parametrize("said", ["", "…", "\x00\x1b[31m", "\ud800", "a " * 400, "١٢", "\u202ehello"])
def test_hostile_words_are_only_words(said: str) -> None:
    for rule in ("clock.time", "fallback.heard", "greeting.hello"):
        assert asked(shipped.conversation(), rule, said).paragraph
