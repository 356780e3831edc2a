"""Mutation testing: what a test notices is killed, what none notices is named, and who looks makes no difference."""

from __future__ import annotations

import json
import os
import threading
from functools import partial
from pathlib import Path

import msgspec
import pytest

from her_desktop.screenplay.mutation import running as mutation
from her_desktop.screenplay.mutation.lab import Conversations
from her_desktop.screenplay.mutation.running import MutationResult, Outcome
from her_desktop.screenplay.perform import conversation, perform
from her_desktop.screenplay.performance import Performance
from her_desktop.screenplay.script import Beat, Expectation, Hers, His, Screenplay, Title
from her_desktop.trouble import Trouble

PACK = """\
topic: tea
rules:
  - id: tea.like
    samples: ["do you like tea"]
    hears: ["do you [really] like (tea|cocoa)"]
    needs: ["turns < 5"]
    act: inform
    says: ["I have never had any.", "No cup has reached me yet."]
    expects:
      - {id: sorry, samples: ["sorry"], hears: ["sorry"], act: inform, says: ["Never mind."]}
  - id: tea.name
    samples: ["my name is ada"]
    hears: ["my name is {who:name}"]
    act: inform
    learns: {name: "{who}"}
    says: ["Hello, {who}."]
  - id: tea.late
    samples: ["good night"]
    hears: ["^good night $"]
    act: inform
    ends: true
    says: ["Good night."]
  - {id: tea.any, samples: ["what a day"], hears: ["*"], tier: fallback, act: inform, says: ["Hm."]}
  - {id: tea.danger, samples: ["help me now"], hears: ["^help me now $"], tier: safety, act: inform, says: ["Call."]}
"""

PLAIN = partial(perform, to_first_fault=True)


def expects(check: str, *wanted: str, name: str = "", negated: bool = False) -> Expectation:
    return Expectation(check, wanted, 1, negated, name)  # type: ignore[arg-type]  # any check


def play(folder: Path, name: str, *turns: tuple[str, Expectation]) -> Screenplay:
    """A screenplay of sentences, each with what is expected of the answer to it."""
    if not (folder / "tea.yaml").exists():
        (folder / "tea.yaml").write_text(PACK, encoding="utf-8")
    beats = [
        Beat(
            "",
            His(4 * at, "HE", text),
            Hers(4 * at + 1, "anything", expectations=(msgspec.structs.replace(wanted, line=4 * at + 2),)),
        )
        for at, (text, wanted) in enumerate(turns, 1)
    ]
    return Screenplay(folder / f"{name}.fountain", Title(packs=(folder,)), tuple(beats))


@pytest.fixture
def plays(tmp_path: Path) -> list[Screenplay]:
    like = ("do you like tea", expects("rule", "tea.like"))
    return [
        play(tmp_path, "like", like, ("sorry", expects("rule", "tea.like/sorry"))),
        play(tmp_path, "liked", like, ("nothing", expects("rule", "tea.any"))),
        play(tmp_path, "name", ("my name is ada", expects("learns", "Ada", name="user.name"))),
    ]


def found(result: MutationResult, told: str) -> Outcome:
    (outcome,) = [one for one in result.outcomes if told in one.change.told]
    return outcome


def told(result: MutationResult) -> list[dict[str, object]]:
    return [outcome.flat() for outcome in result.outcomes]


def test_what_a_test_notices_is_killed_and_what_none_notices_survives(plays: list[Screenplay]) -> None:
    result = mutation.run(plays, conversation, PLAIN, workers=0)
    deleted = [one for one in result.outcomes if one.change.kind == "rule"]
    assert {one.change.rule: one.how for one in deleted} == {
        "tea.like": "killed", "tea.like/sorry": "killed", "tea.name": "killed", "tea.any": "killed",
        "tea.late": "not tried", "tea.danger": "not tried",
    }  # fmt: skip
    lost = found(result, "does not learn “name: {who}”")
    assert (lost.how, lost.by) == ("killed", "name.fountain:6")
    assert found(result, "drops the alternative “tea” from").how == "killed"
    cocoa = found(result, "drops the alternative “cocoa” from")
    assert (cocoa.how, cocoa.change.place, cocoa.performed) == ("survived", "tea.yaml:5", 0)
    assert cocoa.line == (
        "tea.yaml:5: no test holds this part of rule tea.like: "
        "drops the alternative “cocoa” from “do you [really] like (tea|cocoa)”."
    )
    assert found(result, "turns “turns < 5” around").how == "killed"
    assert found(result, "changes 5 to 6").how == "survived"
    assert found(result, "says “I have never had any.” instead of").how == "survived"
    assert found(result, "drops “ends”").how == "not tried"


def test_the_score_counts_what_was_not_tried_and_the_table_names_it(plays: list[Screenplay]) -> None:
    result = mutation.run(plays, conversation, PLAIN, workers=0)
    counts = [result.count(how) for how in ("killed", "survived", "not tried")]
    assert all(counts)
    assert sum(counts) == len(result.outcomes)
    assert result.score == counts[0] / sum(counts)
    *lines, last = mutation.table(result)
    assert sum("no test holds this part of rule" in line for line in lines) == counts[1]
    assert any(line.startswith("tea.yaml:17: no test comes near rule tea.late: ") for line in lines)
    assert last.startswith(f"Mutation score {result.score:.1%}: {counts[0]} of {sum(counts)} mutants killed")
    flat = json.loads(json.dumps(result.flat()))
    assert (flat["killed"], len(flat["mutants"])) == (counts[0], sum(counts))


def test_another_test_holds_another_part(plays: list[Screenplay], tmp_path: Path) -> None:
    cocoa = play(tmp_path, "cocoa", ("do you like cocoa", expects("rule", "tea.like")))
    result = mutation.run([*plays, cocoa], conversation, PLAIN, workers=0)
    assert found(result, "drops the alternative “cocoa” from").by == "cocoa.fountain:6"


def test_with_more_workers_the_result_is_the_same(plays: list[Screenplay]) -> None:
    seen: list[tuple[int, int]] = []
    alone = mutation.run(plays, conversation, PLAIN, workers=0)
    many = mutation.run(plays, conversation, PLAIN, workers=2, seen=lambda _one, done, of: seen.append((done, of)))
    assert told(many) == told(alone)
    assert (many.idle, many.of) == (alone.idle, alone.of)
    assert seen[-1][1] == many.of
    assert len(seen) == len(many.outcomes)


def test_a_sample_is_spread_over_the_rules_and_follows_from_its_seed(plays: list[Screenplay]) -> None:
    result = mutation.run(plays, conversation, PLAIN, most=6, seed=3, workers=0)
    assert len({one.change.rule for one in result.outcomes}) == len(result.outcomes) == 6
    assert told(mutation.run(plays, conversation, PLAIN, most=6, seed=3, workers=0)) == told(result)
    assert told(mutation.run(plays, conversation, PLAIN, most=6, seed=4, workers=0)) != told(result)


def always_performed(screenplay: Screenplay, conversations: Conversations) -> Performance:
    """A performance of which nothing can be told beforehand: each turn of it is recorded twice."""
    performance = perform(screenplay, conversations, to_first_fault=True)
    doubled = [msgspec.structs.replace(one, entries=one.entries * 2) for one in performance.played]
    return msgspec.structs.replace(performance, played=tuple(doubled))


def test_what_is_told_without_performing_is_what_performing_tells(plays: list[Screenplay]) -> None:
    quick = mutation.run(plays, conversation, PLAIN, workers=0)
    slow = mutation.run(plays, conversation, always_performed, workers=0)
    performed = [sum(one.performed for one in result.outcomes) for result in (quick, slow)]
    assert performed[0] < performed[1]
    for one, other in zip(quick.outcomes, slow.outcomes, strict=True):
        assert msgspec.structs.replace(one, performed=0) == msgspec.structs.replace(other, performed=0)


def test_a_test_that_does_not_hold_without_any_mutant_is_refused(plays: list[Screenplay], tmp_path: Path) -> None:
    wrong = play(tmp_path, "wrong", ("do you like tea", expects("rule", "tea.any")))
    with pytest.raises(Trouble, match=r"wrong\.fountain:6.*rule: tea\.any"):
        mutation.run([*plays, wrong], conversation, PLAIN, workers=0)


def test_a_mutant_on_which_nothing_can_be_answered_is_killed(tmp_path: Path) -> None:
    plays = [play(tmp_path, "any", ("oh well", expects("rule", "tea.any")))]
    result = mutation.run(plays, conversation, PLAIN, workers=0)
    (gone,) = [one for one in result.outcomes if (one.change.rule, one.change.kind) == ("tea.any", "rule")]
    assert (gone.how, gone.by) == ("killed", "any.fountain:5")


def raises_without_cocoa(screenplay: Screenplay, conversations: Conversations) -> Performance:
    if not any("cocoa" in program.template for program in conversations(screenplay.title).book.programs):
        raise ZeroDivisionError("no cocoa")
    return perform(screenplay, conversations)


def test_a_mutant_on_which_a_turn_raises_is_killed(tmp_path: Path) -> None:
    plays = [play(tmp_path, "tea", ("do you like tea", expects("rule", "tea.like")))]
    lost = found(mutation.run(plays, conversation, raises_without_cocoa, workers=0), "drops the alternative “cocoa”")
    assert (lost.how, lost.why) == ("survived", ""), "nothing of it was different, so it was not performed"
    cocoa = [play(tmp_path, "cocoa", ("do you like cocoa", expects("rule", "tea.like")))]
    lost = found(mutation.run(cocoa, conversation, raises_without_cocoa, workers=0), "drops the alternative “cocoa”")
    assert (lost.how, lost.why) == ("killed", "ZeroDivisionError: no cocoa")


def dies_without_cocoa(screenplay: Screenplay, conversations: Conversations) -> Performance:
    """A performance whose process ends where a template lacks a word."""
    spoken = conversations(screenplay.title)
    if not any("cocoa" in program.template for program in spoken.book.programs):
        os._exit(3)
    return perform(screenplay, conversations)


def test_a_mutant_that_takes_its_process_along_is_killed_and_the_work_goes_on(tmp_path: Path) -> None:
    plays = [play(tmp_path, "cocoa", ("do you like cocoa", expects("rule", "tea.like")))]
    result = mutation.run(plays, conversation, dies_without_cocoa, workers=2)
    lost = found(result, "drops the alternative “cocoa” from")
    assert (lost.how, lost.why) == ("killed", "its process ended")
    assert found(result, "drops the alternative “tea” from").how == "survived"


def hangs_without_cocoa(screenplay: Screenplay, conversations: Conversations) -> Performance:
    """A performance that never ends where a template has one word less."""
    spoken = conversations(screenplay.title)
    if any(program.template == "do you [really] like (tea)" for program in spoken.book.programs):
        threading.Event().wait()
    return perform(screenplay, conversations)


def test_a_mutant_that_never_ends_is_killed_and_the_work_goes_on(tmp_path: Path) -> None:
    plays = [play(tmp_path, "cocoa", ("do you like cocoa", expects("rule", "tea.like")))]
    result = mutation.run(plays, conversation, hangs_without_cocoa, workers=1, longest_turn_s=1.5)
    lost = found(result, "drops the alternative “cocoa” from")
    assert (lost.how, lost.why) == ("killed", "it never came to an end")
    assert found(result, "drops the alternative “tea” from").how == "survived"
