"""Recognition errors: which ones are tried, what is counted, and heard-as forms that really help."""

import random
from pathlib import Path

import pytest

from her_desktop.lint.heard_as import Suggestion, suggestions
from her_desktop.lint.mishearing import Misheard, Vocabulary
from her_desktop.lint.robust import Robustness, Survived, total
from tests.lint.packs import language, rule, work

WORDS = ["train", "drain", "rain", "night", "knight", "kitchen", "it", "is"]


def errors(sentence: str, seed: int = 0, most: int = 4) -> list[Misheard]:
    return list(Vocabulary(WORDS, language()).errors(sentence, random.Random(seed), most))


def of(kind: str, sentence: str, most: int = 9) -> list[Misheard]:
    return [error for error in errors(sentence, most=most) if error.kind == kind]


def test_a_weak_word_is_put_in_at_each_place() -> None:
    put_in = [error.sentence.split() for error in of("insertion", "is it late")]
    assert len(put_in) == 4
    for words in put_in:
        (extra,) = [at for at in range(4) if words[:at] + words[at + 1 :] == ["is", "it", "late"]][:1]
        assert words[extra] in language().weak


def test_each_word_is_left_out_but_not_the_only_one() -> None:
    assert {error.sentence for error in of("deletion", "Is it late?")} == {"it late", "Is late", "Is it"}
    assert of("deletion", "late") == []


@pytest.mark.parametrize(("said", "heard"), [("train", "drain"), ("knight", "night"), ("rain", "train")])
def test_a_word_is_misheard_as_one_of_the_packs_that_sounds_alike_or_is_a_letter_away(said: str, heard: str) -> None:
    real = [error for seed in range(9) for error in errors(f"the {said}", seed) if error.real]
    assert f"the {heard}" in {error.sentence for error in real}
    assert all(error.word == said and error.heard in WORDS for error in real)


def test_a_word_that_is_like_none_of_the_packs_gets_a_wrong_letter() -> None:
    wrong = [error for seed in range(9) for error in errors("kitchen", seed) if error.kind == "substitution"]
    assert len({error.heard for error in wrong}) > 3
    assert all(abs(len(error.heard) - len("kitchen")) <= 1 and not error.real for error in wrong)


def test_the_same_seed_gives_the_same_errors_and_another_others() -> None:
    sentence = "is it a train or rain at night"
    assert errors(sentence, 1) == errors(sentence, 1) != errors(sentence, 2)


def test_a_very_long_sentence_has_no_more_errors_than_a_short_one() -> None:
    assert len(errors("train " * 10_000, most=3)) == 9


def measured(folder: Path, rules: str) -> tuple[dict[str, Survived], list[Suggestion]]:
    robustness = Robustness(work(folder, rules))
    found = {rule.id: robustness.measure(rule, 9) for rule in robustness.work.heard()}
    slips = [slip for one in found.values() for slip in one.slips]
    return found, suggestions(robustness.work, slips, robustness.lines)


LONG = rule("long", "book me a window seat for the night train")
SHORT = '  - {id: tea.short, samples: ["yes"], hears: ["^yes $"], act: inform, says: [A.]}\n'


def test_a_long_template_stands_more_errors_than_a_single_word(tmp_path: Path) -> None:
    found, _ = measured(tmp_path, LONG + SHORT)
    assert found["tea.long"].share > 0.8
    assert found["tea.short"].landed["substitution"] == 0
    assert found["tea.short"].tried["deletion"] == 0


def test_the_total_is_the_sum_of_all_rules(tmp_path: Path) -> None:
    found, _ = measured(tmp_path, LONG + SHORT)
    together = total(list(found.values()))
    assert sum(together.tried.values()) == sum(sum(one.tried.values()) for one in found.values())
    assert 0 < together.share < 1


def test_another_rule_that_answers_is_counted_apart(tmp_path: Path) -> None:
    pair = '  - {id: tea.some, samples: [some tea], hears: ["some tea"], act: inform, says: [A.]}\n'
    pair += '  - {id: tea.no, samples: [tea], hears: ["^tea $"], act: inform, says: [B.]}\n'
    found, _ = measured(tmp_path, pair)
    assert found["tea.some"].wrong == 1, "“tea” alone is another rule's"


def test_a_sample_that_does_not_reach_its_rule_is_not_measured(tmp_path: Path) -> None:
    found, _ = measured(tmp_path, SHORT.replace('["yes"]', '["never"]'))
    assert sum(found["tea.short"].tried.values()) == 0


TRAIN = '  - {id: tea.train, samples: [is it a train], hears: ["is it a train"], act: inform, says: [A.]}\n'
DRAIN = '  - {id: tea.drain, samples: [the blocked drain smells], hears: ["blocked drain"], act: inform, says: [B.]}\n'


def test_a_form_that_helps_is_suggested_with_the_sentence_that_then_lands(tmp_path: Path) -> None:
    _, better = measured(tmp_path, TRAIN + DRAIN)
    (only,) = [one for one in better if one.rule == "tea.train"]
    assert (only.word, only.heard_as, only.concept, only.sentence) == ("train", ("drain",), "", "is it a drain")
    assert "{word: train, heard_as: [drain]}" in only.line
    assert only.spot.name == "tea.yaml"


def test_the_form_goes_into_the_concept_that_the_word_is_in_and_written_there_it_helps(tmp_path: Path) -> None:
    rule = TRAIN.replace('a train"', 'a ~ride"')
    ride = "concepts: {ride: [train, bus]}\n"
    robustness = Robustness(work(tmp_path, rule + DRAIN, more=ride))
    before = robustness.measure(robustness.work.book.rules["tea.train"], 9)
    (form,) = suggestions(robustness.work, before.slips, robustness.lines)
    assert (form.concept, form.heard_as) == ("ride", ("drain",))
    written = ride.replace("train", "{word: train, heard_as: [drain]}")
    robustness = Robustness(work(tmp_path, rule + DRAIN, more=written))
    after = robustness.measure(robustness.work.book.rules["tea.train"], 9)
    assert after.landed["substitution"] > before.landed["substitution"]


def test_a_form_that_would_cost_another_rule_its_sample_is_not_suggested(tmp_path: Path) -> None:
    generic = DRAIN.replace("the blocked drain smells", "is it a drain").replace(
        '"blocked drain"], act', '"drain"], tier: generic, act'
    )
    _, better = measured(tmp_path, TRAIN + generic)
    assert [one for one in better if one.rule == "tea.train"] == []


def test_a_word_of_a_safety_rule_is_never_taken_for_another(tmp_path: Path) -> None:
    _, better = measured(tmp_path, TRAIN + DRAIN.replace("act", "tier: safety, act"))
    assert [one for one in better if one.rule == "tea.train"] == []
