"""Mutation testing: what a test notices is killed, what none notices is named, and who looks makes no difference."""

from __future__ import annotations

import json
import os
import pickle
import threading
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest

from her_desktop.dialogue.book import RuleBook
from her_desktop.screenplay.mutation import running as mutation
from her_desktop.screenplay.mutation.lab import Conversations
from her_desktop.screenplay.mutation.running import MutationResult, Outcome
from her_desktop.screenplay.perform import conversation, perform
from her_desktop.screenplay.performance import Fault, Performance
from her_desktop.screenplay.script import Beat, Expectation, Given, Hers, His, Screenplay, Title
from her_desktop.trouble import Exit, Trouble, missing

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
        "tea.like": "killed", "tea.like/sorry": "killed", "tea.name": "killed", "tea.any": "crashed",
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
    counts = [result.count(how) for how in ("killed", "survived", "not tried", "crashed", "timed out")]
    assert all(counts[:4])
    assert sum(counts) == len(result.outcomes)
    assert result.score == counts[0] / sum(counts)
    assert result.noticed == (counts[0] + counts[3]) / sum(counts) > result.score
    *lines, last = mutation.table(result)
    assert sum("no test holds this part of rule" in line for line in lines) == counts[1]
    assert any(line.startswith("tea.yaml:17: no test comes near rule tea.late: ") for line in lines)
    assert last.startswith(f"Mutation score {result.score:.1%}: {counts[0]} of {sum(counts)} mutants killed by a check")
    assert f"{counts[3]} crashed, 0 timed out, " in last
    assert f"noticed in any way {result.noticed:.1%}" in last
    head = next(line for line in lines if line.startswith("kind"))
    assert head.split() == ["kind", "killed", "crashed", "timed", "out", "survived", "not", "tried", "score"]
    flat = json.loads(json.dumps(result.flat()))
    assert (flat["killed"], len(flat["mutants"])) == (counts[0], sum(counts))
    assert [flat[how] for how in ("crashed", "timed_out")] == counts[3:]
    assert flat["noticed"] == round(result.noticed, 4)


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


def test_a_mutant_on_which_nothing_can_be_answered_has_crashed(tmp_path: Path) -> None:
    plays = [play(tmp_path, "any", ("oh well", expects("rule", "tea.any")))]
    result = mutation.run(plays, conversation, PLAIN, workers=0)
    (gone,) = [one for one in result.outcomes if (one.change.rule, one.change.kind) == ("tea.any", "rule")]
    assert (gone.how, gone.by) == ("crashed", "any.fountain:5")
    assert gone.why.startswith("nothing goes wrong: ")
    assert gone.line.startswith(
        "tea.yaml:23: any.fountain:5 fails without this part of rule tea.any: deletes the rule."
    )


def test_a_mutant_on_which_something_cannot_be_arranged_any_more_has_crashed(tmp_path: Path) -> None:
    whole = play(tmp_path, "given", ("do you like tea", expects("wording", "2")))
    beat = msgspec.structs.replace(whole.beats[0], given=(Given("fresh", 3), Given("fact", 3, "user.name", "Ada")))
    given = msgspec.structs.replace(whole, beats=(beat,))
    result = mutation.run([given], conversation, cannot_arrange_without_cocoa, workers=0)
    lost = found(result, "drops the alternative “cocoa”")
    assert (lost.how, lost.by, lost.why) == ("crashed", "given.fountain:4", "this can be arranged: no cocoa")


def test_trouble_can_be_sent_to_another_process() -> None:
    for trouble in (Trouble("a", "b", "c"), missing("voice", "there is none")):
        back = pickle.loads(pickle.dumps(trouble))
        assert (back.line, back.todo, back.exit_code) == (trouble.line, trouble.todo, trouble.exit_code)


def trouble_everywhere(screenplay: Screenplay, conversations: Conversations) -> Performance:
    raise missing("voice", "there is none", "install one")


def an_error_of_ours(title: Title) -> Any:
    """Rules that no mutant can be made in: what goes wrong is not the mutant's doing."""
    return msgspec.structs.replace(conversation(title), grammar=None, book=_Closed(conversation(title).book))


class _Closed:
    """A rule book whose templates nobody can look into."""

    def __init__(self, book: RuleBook) -> None:
        self._book = book

    def __getattr__(self, name: str) -> Any:
        if name == "programs":
            raise KeyError("closed")
        return getattr(self._book, name)


@pytest.mark.parametrize("workers", [0, 1])
def test_an_error_that_is_no_mutants_ends_the_run(plays: list[Screenplay], workers: int) -> None:
    with pytest.raises(Trouble, match="voice: there is none") as raised:
        mutation.run(plays, conversation, trouble_everywhere, workers=workers)
    assert raised.value.exit_code == Exit.MISSING


@pytest.mark.parametrize("workers", [0, 1])
def test_a_mutant_that_cannot_be_made_is_an_error_and_no_kill(plays: list[Screenplay], workers: int) -> None:
    known = [PLAIN(one) for one in plays]
    with pytest.raises((Trouble, KeyError), match="closed"):
        mutation.run(known, an_error_of_ours, PLAIN, workers=workers, most=3)


def test_what_was_performed_before_need_not_be_performed_again(plays: list[Screenplay]) -> None:
    fresh = mutation.run(plays, conversation, PLAIN, workers=0)
    known = mutation.run([PLAIN(one) for one in plays], conversation, PLAIN, workers=0)
    assert told(known) == told(fresh)


def test_a_part_that_holds_only_among_others_is_an_error_and_no_kill(plays: list[Screenplay]) -> None:
    """Performed alone it fails as the packs are, so that what it tells of a mutant says nothing."""
    like = PLAIN(plays[0])
    hers = plays[0].beats[0].hers
    assert hers
    wrong = msgspec.structs.replace(hers, expectations=(expects("rule", "tea.any"),))
    beats = (msgspec.structs.replace(plays[0].beats[0], hers=wrong), *plays[0].beats[1:])
    unlike = msgspec.structs.replace(like, screenplay=msgspec.structs.replace(plays[0], beats=beats))
    assert unlike.holds
    with pytest.raises(Trouble, match=r"like\.fountain:1: rule: tea\.any"):
        mutation.run([unlike], conversation, PLAIN, workers=0)


def cannot_arrange_without_cocoa(screenplay: Screenplay, conversations: Conversations) -> Performance:
    """A performance in which the fact cannot be given where a template lacks a word."""
    performance = perform(screenplay, conversations)
    if any("cocoa" in program.template for program in conversations(screenplay.title).book.programs):
        doubled = [msgspec.structs.replace(one, entries=one.entries * 2, faults=()) for one in performance.played]
        return msgspec.structs.replace(performance, played=tuple(doubled))
    fault = Fault(screenplay.beats[0].line, "this can be arranged", "no cocoa")
    return msgspec.structs.replace(
        performance, played=(msgspec.structs.replace(performance.played[0], faults=(fault,)),)
    )


def raises_without_cocoa(screenplay: Screenplay, conversations: Conversations) -> Performance:
    if not any("cocoa" in program.template for program in conversations(screenplay.title).book.programs):
        raise ZeroDivisionError("no cocoa")
    return perform(screenplay, conversations)


def test_a_mutant_on_which_a_turn_raises_has_crashed(tmp_path: Path) -> None:
    plays = [play(tmp_path, "tea", ("do you like tea", expects("rule", "tea.like")))]
    lost = found(mutation.run(plays, conversation, raises_without_cocoa, workers=0), "drops the alternative “cocoa”")
    assert (lost.how, lost.why) == ("survived", ""), "nothing of it was different, so it was not performed"
    cocoa = [play(tmp_path, "cocoa", ("do you like cocoa", expects("rule", "tea.like")))]
    lost = found(mutation.run(cocoa, conversation, raises_without_cocoa, workers=0), "drops the alternative “cocoa”")
    assert (lost.how, lost.why) == ("crashed", "ZeroDivisionError: no cocoa")


def dies_without_cocoa(screenplay: Screenplay, conversations: Conversations) -> Performance:
    """A performance whose process ends where a template lacks a word."""
    spoken = conversations(screenplay.title)
    if not any("cocoa" in program.template for program in spoken.book.programs):
        os._exit(3)
    return perform(screenplay, conversations)


def test_a_mutant_that_takes_two_processes_along_has_crashed_and_the_work_goes_on(tmp_path: Path) -> None:
    plays = [play(tmp_path, "cocoa", ("do you like cocoa", expects("rule", "tea.like")))]
    result = mutation.run(plays, conversation, dies_without_cocoa, workers=2)
    lost = found(result, "drops the alternative “cocoa” from")
    assert (lost.how, lost.by, lost.why) == ("crashed", "cocoa.fountain:4", "its process ended")
    assert found(result, "drops the alternative “tea” from").how == "survived"


def dies_once(screenplay: Screenplay, conversations: Conversations) -> Performance:
    """A performance whose process ends, as if somebody had ended it, but only the first time."""
    spoken = conversations(screenplay.title)
    mark = screenplay.path.with_suffix(".died")
    if not any("cocoa" in program.template for program in spoken.book.programs) and not mark.exists():
        mark.touch()
        os._exit(3)
    return perform(screenplay, conversations)


def test_a_process_that_ends_for_other_reasons_is_no_kill(tmp_path: Path) -> None:
    plays = [play(tmp_path, "cocoa", ("do you like cocoa", expects("rule", "tea.*")))]
    result = mutation.run(plays, conversation, dies_once, workers=1)
    assert (tmp_path / "cocoa.died").exists()
    alone = mutation.run(plays, conversation, PLAIN, workers=0)
    assert told(result) == told(alone)


def never_begins(screenplay: Screenplay, conversations: Conversations) -> Performance:
    os._exit(3)


def test_a_process_that_ends_before_any_mutant_is_an_error(plays: list[Screenplay]) -> None:
    with pytest.raises(Trouble, match="its process ended, and not by a mutant"):
        mutation.run(plays, conversation, never_begins, workers=1)


def hangs_without_cocoa(screenplay: Screenplay, conversations: Conversations) -> Performance:
    """A performance that never ends where a template has one word less."""
    spoken = conversations(screenplay.title)
    if any(program.template == "do you [really] like (tea)" for program in spoken.book.programs):
        threading.Event().wait()
    return perform(screenplay, conversations)


def test_a_mutant_that_never_ends_has_timed_out_and_the_work_goes_on(tmp_path: Path) -> None:
    plays = [play(tmp_path, "cocoa", ("do you like cocoa", expects("rule", "tea.like")))]
    result = mutation.run(plays, conversation, hangs_without_cocoa, workers=1, longest_turn_s=4)
    lost = found(result, "drops the alternative “cocoa” from")
    assert (lost.how, lost.by, lost.why) == ("timed out", "cocoa.fountain:4", "it never came to an end")
    assert found(result, "drops the alternative “tea” from").how == "survived"
