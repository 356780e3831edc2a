"""What the matching benchmark gives to every engine is sound: otherwise its figures would say nothing."""

import random
from pathlib import Path

import pytest

from benchmarks import match_wildcards
from benchmarks.match import Bench, Stopped
from benchmarks.match_errors import misheard
from benchmarks.match_figures import Errors, Job, Speed
from benchmarks.match_ours import load_rules, load_template
from benchmarks.match_report import Report
from benchmarks.match_rules import hits, rule_set, utterances


def test_a_seed_gives_the_same_rules_and_another_seed_other_words() -> None:
    assert rule_set(50, 1) == rule_set(50, 1)
    one, other = (set(rule_set(50, seed).nouns) for seed in (1, 2))
    assert len(one & other) < len(one) / 10


def test_more_rules_begin_with_the_fewer() -> None:
    assert rule_set(50, 1).rules == rule_set(500, 1).rules[:50]


@pytest.mark.parametrize("seed", [1, 2])
def test_every_hit_has_one_rule_and_every_miss_has_none(tmp_path: Path, seed: int) -> None:
    given = rule_set(300, seed)
    match = load_rules(given, tmp_path)
    said = [*utterances(given, 300, seed), *hits(given, 100, seed)]
    assert [match(one.text) for one in said] == [one.rule for one in said]
    assert {one.rule is None for one in said} == {True, False}


def test_one_word_is_misheard_and_no_more() -> None:
    rng = random.Random(1)
    kinds = set()
    for _ in range(200):
        kind, text = misheard("do you remember the blue house", rng)
        was, now = ["do", "you", "remember", "the", "blue", "house"], text.split()
        same = sum(one == other for one, other in zip(was, now, strict=False))
        assert text != " ".join(was)
        assert len(now) - len(was) == {"inserted": 1, "dropped": -1, "changed": 0}[kind]
        assert kind != "changed" or same == len(was) - 1
        kinds.add(kind)
    assert kinds == {"inserted", "dropped", "changed"}


@pytest.mark.parametrize("shape", match_wildcards.SHAPES)
@pytest.mark.parametrize("wildcards", [3, 7])
@pytest.mark.parametrize("seed", range(3))
def test_a_puzzle_has_its_words_and_its_wildcards_and_still_does_not_fit(
    tmp_path: Path, shape: str, wildcards: int, seed: int
) -> None:
    puzzle = match_wildcards.puzzle(shape, wildcards, seed)
    words = puzzle.sentence.split()
    assert len(words) == 41
    assert {*puzzle.between, puzzle.last} <= set(words)
    assert match_wildcards.template(puzzle, "rivescript", shape).count("*") == wildcards
    text = match_wildcards.template(puzzle, "ours", shape)
    match = load_template(text, tmp_path)
    fitting = " ".join(f"x {word}" for word in (*puzzle.between, puzzle.last))
    assert match(fitting) == "puzzle"
    assert match(puzzle.sentence) is None


def test_the_syntax_of_each_engine_is_its_own() -> None:
    puzzle = match_wildcards.puzzle("optional", 3, seed=1)
    written = {
        engine: match_wildcards.template(puzzle, engine, "optional") for engine in ("rivescript", "hassil", "aiml")
    }
    assert written == {
        "rivescript": "[*] and [*] goodbye [*]",
        "hassil": "[{v0}] and [{v1}] goodbye [{v2}]",
        "aiml": "* and * goodbye *",
    }


def test_who_takes_too_long_is_stopped_and_the_stage_is_named(tmp_path: Path) -> None:
    job = Job(figure="turns", engine="ours", seed=1, limit_s=0.001, folder=str(tmp_path))
    with pytest.raises(Stopped, match=r"load > 0 s, stopped"):
        Bench([], seed=1).run(job, Speed)


def test_who_fails_is_told_with_the_reason(tmp_path: Path) -> None:
    job = Job(figure="speed", engine="ours", seed=1, limit_s=60, folder=str(tmp_path / "missing"))
    with pytest.raises(Stopped, match=r"load failed: FileNotFoundError.*utterances\.json"):
        Bench([], seed=1).run(job, Speed)


def test_goals_are_judged_at_their_own_numbers_of_rules() -> None:
    report = Report({}, seed=1)
    for engine, rules, median_ms in [("ours", 100, 0.05), ("ours", 10_000, 0.1), ("hassil", 10_000, 19.0),
                                     ("rivescript", 10_000, 100.0), ("hassil", 100, 500.0)]:  # fmt: skip
        report.speed.append(
            Speed(engine=engine, rules=rules, median_ms=median_ms, p99_ms=2.0, load_s=1.0, memory_mb=5.0)
        )
    assert {rival: round(ratio) for rival, ratio in report.ratios().items()} == {"rivescript": 1000, "hassil": 190}
    assert {goal.figure: goal.met for goal in report.goals()} == {
        "match, median ms at 10,000 rules": True,
        "match, p99 ms at 10,000 rules": False,
        "times its median at 100 rules, at 10,000": True,
        "load, s at 10,000 rules, ours": True,
        "times faster than rivescript at 10,000 rules": True,
        "times faster than hassil at 10,000 rules": False,
    }


def test_of_many_seeds_the_worst_counts() -> None:
    report = Report({}, seed=1)
    report.errors += [
        Errors(engine="ours", seed=1, right=180, wrong=0),
        Errors(engine="ours", seed=2, right=150, wrong=3),
    ]
    report.errors += [Errors(engine="adapt", seed=1, right=10, wrong=100)]
    assert [(goal.value, goal.met) for goal in report.goals()] == [("150", False), ("3", False)]
