"""Which parts of the packs were reached: by real turns, with the rules of a test and with the shipped ones."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from itertools import count
from pathlib import Path
from time import process_time

import pytest
from msgspec.structs import replace

from her_desktop.conversation import Conversation, Turn, weigh
from her_desktop.dialogue.book import RuleBook
from her_desktop.dialogue.packs import load_language, load_packs
from her_desktop.dialogue.state import State, apply
from her_desktop.events import Entry, FinalTranscript, Recorded, Reply, TechniqueSwitched, Volunteered
from her_desktop.paths import resources
from her_desktop.screenplay.coverage.coverage import Coverage, Figure, never
from her_desktop.screenplay.coverage.decks import covered
from her_desktop.screenplay.coverage.notes import note
from her_desktop.screenplay.coverage.units import Unit
from her_desktop.screenplay.script import Title
from her_desktop.skills import VALUES
from her_desktop.trouble import Trouble
from tests.dialogue.own import OwnTalk
from tests.dialogue.talk import BEGINS, Talk, language
from tests.trace.talking import Talking

PACK = """\
topic: tea
plains: {apology: "Noted."}
rules:
  - id: tea.offer
    samples: ["make some tea"]
    hears:
      - "make [some] tea"
      - "tea would be nice"
    needs:
      - "session_turns >= 2"
      - "not knows('user.name')"
    cooldown_turns: 1
    act: question
    technique: [T11]
    says:
      - "So sorry. Green?"
      - "So sorry. Green tea, or black tea?"
    plain: "Which kind?"
    expects:
      - id: green
        samples: ["green"]
        hears: ["^green $"]
        once: true
        says: ["Green it is."]
  - {id: tea.sorry, samples: ["bad tea"], hears: ["bad tea"], act: apology, technique: [T11], says: ["So sorry."]}
  - id: tea.plan
    samples: ["tea tomorrow"]
    hears: ["tea tomorrow"]
    act: inform
    says: ["Tomorrow then."]
    volunteers: true
    follow_up: {after: 1 day, says: ["How was the tea?"]}
  - id: tea.name
    samples: ["my name is ada"]
    hears: ["my name is {who:name}"]
    learns: {name: "{who}"}
    act: inform
    volunteers: true
    says: ["Hello {who}."]
gambits:
  - id: tea.ask
    act: question
    needs: ["knows('user.name')"]
    says: ["Do you like tea, {user.name}?"]
"""


class Performed:
    """A talk with packs in a folder, of which everything is recorded."""

    def __init__(self, folder: Path, *packs: str) -> None:
        self.files = [folder / f"pack{number}.yaml" for number in range(len(packs))]
        for file, pack in zip(self.files, packs, strict=True):
            file.write_text(pack, encoding="utf-8")
        self.talk = OwnTalk(*packs)
        self.book = load_packs(self.files, language(), VALUES)
        self.begun = Coverage.of(self.book, self.files)

    def says(self, *words: str) -> Performed:
        for text in words:
            self.talk.says(text)
        return self

    def switches_off(self, *techniques: str) -> Performed:
        for name in techniques:
            self.talk.state = apply(self.talk.state, TechniqueSwitched(technique=name, on=False))
        return self

    @property
    def coverage(self) -> Coverage:
        return self.begun.with_entries(recorded(self.talk.turns))


def recorded(turns: Iterable[Turn]) -> list[Recorded]:
    seq = count(1)
    entries: list[Entry] = [entry for turn in turns for entry in turn.entries]
    return [Recorded(next(seq), 1, 1, BEGINS, entry) for entry in entries]


def unit(coverage: Coverage, kind: str, rule: str, at: int = 0) -> Unit:
    return next(one for one in coverage.units if (one.kind, one.rule, one.at) == (kind, rule, at))


def counts(coverage: Coverage, kind: str, rule: str) -> list[tuple[int, int]]:
    found = (one for one in coverage.units if (one.kind, one.rule) == (kind, rule))
    return [(one.times, one.other) for one in sorted(found, key=lambda one: one.at)]


@cache
def shipped(code: str) -> tuple[RuleBook, Coverage, Conversation]:
    folder = resources() / "dialogue" / code
    spoken = load_language(folder)
    book = load_packs([folder], spoken, VALUES)
    return book, Coverage.of(book, [folder]), Conversation.of(book, spoken)


def test_at_first_nothing_is_reached(tmp_path: Path) -> None:
    performed = Performed(tmp_path, PACK)
    assert performed.begun.figures() == {
        "rule": Figure(0, 6), "wording": Figure(0, 8), "condition": Figure(0, 12), "rejoinder": Figure(0, 1),
        "template": Figure(0, 6), "plain": Figure(0, 2),
    }  # fmt: skip
    assert performed.begun.total() == Figure(0, 33)
    assert len(performed.begun.missed) == len(performed.begun.units)


def test_each_part_stands_at_its_own_line(tmp_path: Path) -> None:
    begun = Performed(tmp_path, PACK).begun
    rows = PACK.splitlines()
    where = {(one.kind, one.rule, one.at): one.line for one in begun.units}
    assert where["rule", "tea.offer", 0] == 4
    assert [where["template", "tea.offer", at] for at in (0, 1)] == [7, 8]
    assert [rows[where["condition", "tea.offer", at] - 1].strip() for at in (0, 1, 2)] == [
        "cooldown_turns: 1", '- "session_turns >= 2"', "- \"not knows('user.name')\"",
    ]  # fmt: skip
    assert [where["wording", "tea.offer", at] for at in (0, 1)] == [16, 17]
    assert where["plain", "tea.offer", -1] == 18
    assert rows[where["rejoinder", "tea.offer/green", 0] - 1].strip() == "- id: green"
    assert where["plain", "apology", -2] == 2
    assert {one.file for one in begun.units} == {str((tmp_path / "pack0.yaml").resolve())}


@pytest.mark.parametrize("code", ["en", "de"])
def test_each_part_of_the_shipped_packs_stands_at_its_own_line(code: str) -> None:
    _, begun, _ = shipped(code)
    rows = {file: Path(file).read_text("utf-8").splitlines() for file in begun.files}
    looked_at = Counter[str]()
    for one in begun.units:
        row = rows[one.file][one.line - 1].replace('\\"', '"').replace("''", "'")
        if one.kind in ("wording", "template", "plain"):
            assert " ".join(one.text.split())[:40] in row, (one, row)
            looked_at[one.kind] += 1
        elif one.kind == "condition" and not one.text.startswith(("once", "cooldown")):
            assert one.text[:40] in row, (one, row)
            looked_at["needs"] += 1
    assert min(looked_at[kind] for kind in ("wording", "template", "plain", "needs")) > 100


def test_a_rule_its_template_and_its_wording_are_reached_by_an_answer(tmp_path: Path) -> None:
    reached = Performed(tmp_path, PACK).says("bad tea").coverage
    assert counts(reached, "rule", "tea.sorry") == [(1, 0)]
    assert counts(reached, "wording", "tea.sorry") == [(1, 0)]
    assert counts(reached, "template", "tea.sorry") == [(1, 0)]
    assert reached.total() == Figure(3, 33)


def test_only_the_template_that_won_and_the_wording_that_was_said_are_reached(tmp_path: Path) -> None:
    performed = Performed(tmp_path, PACK).says("xyzzy", "tea would be nice")
    reached = performed.coverage
    assert counts(reached, "template", "tea.offer") == [(0, 0), (1, 0)]
    said = performed.talk.turns[-1].reply.variant
    assert [bool(times) for times, _ in counts(reached, "wording", "tea.offer")] == [said == 0, said == 1]


def test_a_condition_is_seen_true_false_or_not_at_all(tmp_path: Path) -> None:
    performed = Performed(tmp_path, PACK)
    early = performed.says("make tea").coverage
    assert counts(early, "condition", "tea.offer") == [(1, 0), (0, 1), (0, 0)], "cooldown, turns, name: not looked at"
    known = performed.says("my name is ada", "make tea").coverage
    assert counts(known, "condition", "tea.offer") == [(2, 0), (1, 1), (0, 1)]
    assert {one.what for one in known.missed if one.kind == "condition" and one.rule == "tea.offer"} == {
        "“cooldown of 1 turns” of tea.offer was never false.", "“not knows('user.name')” of tea.offer was never true.",
    }  # fmt: skip


def test_a_cooldown_is_seen_false(tmp_path: Path) -> None:
    reached = Performed(tmp_path, PACK).says("xyzzy", "make tea", "make tea").coverage
    assert counts(reached, "condition", "tea.offer") == [(1, 1), (1, 0), (1, 0)]


def test_a_rejoinder_is_reached_where_it_is_heard_as_an_answer(tmp_path: Path) -> None:
    performed = Performed(tmp_path, PACK).says("green")
    assert counts(performed.coverage, "rejoinder", "tea.offer/green") == [(0, 0)]
    reached = performed.says("make tea", "green").coverage
    assert counts(reached, "rejoinder", "tea.offer/green") == [(1, 0)]
    assert counts(reached, "wording", "tea.offer/green") == [(1, 0)]
    assert counts(reached, "condition", "tea.offer/green") == [(1, 0)]
    assert reached.figures()["rejoinder"] == Figure(1, 1)


def test_plain_wordings_are_told_apart_and_so_is_what_was_left_out_for_them(tmp_path: Path) -> None:
    performed = Performed(tmp_path, PACK).switches_off("T11").says("xyzzy", "make tea", "bad tea")
    reached = performed.coverage
    assert [turn.reply.variant for turn in performed.talk.turns[1:]] == [-1, -2]
    assert counts(reached, "plain", "tea.offer") == [(1, 0)]
    assert counts(reached, "plain", "apology") == [(1, 0)]
    assert sorted(counts(reached, "wording", "tea.offer")) == [(0, 0), (0, 1)]

    assert never(unit(reached, "wording", "tea.sorry")) == (
        "wording 1 of tea.sorry was left out once, but never said: “So sorry.”"
    )


def test_what_she_brings_up_is_reached_with_its_conditions(tmp_path: Path) -> None:
    performed = Performed(tmp_path, PACK).says("my name is ada", "tea tomorrow")
    reached = performed.coverage
    assert counts(reached, "rule", "tea.ask") == counts(reached, "wording", "tea.ask") == [(1, 0)]
    assert counts(reached, "condition", "tea.ask") == [(1, 0), (1, 0)]
    performed.talk.later(days=2)
    performed.says("my name is bob")
    later = performed.coverage
    entries = [entry for turn in performed.talk.turns for entry in turn.entries]
    assert [one.rule for one in entries if isinstance(one, Volunteered)] == ["tea.ask", "tea.plan/later"]
    assert counts(later, "rule", "tea.plan/later") == counts(later, "wording", "tea.plan/later") == [(1, 0)]


def test_what_she_could_have_brought_up_is_told_of_where_something_was_brought_up(tmp_path: Path) -> None:
    """That a gambit was looked at and barred is recorded only where another one was chosen."""
    performed = Performed(tmp_path, PACK).says("tea tomorrow")
    condition = unit(performed.coverage, "condition", "tea.ask", 1)
    assert never(condition) == ("“knows('user.name')” of tea.ask was never looked at where something was brought up.")
    assert note(condition) == "never looked at where something was brought up"
    once = unit(performed.says("my name is ada").coverage, "condition", "tea.ask", 1)
    assert never(once) == "“knows('user.name')” of tea.ask was never false where something was brought up."
    assert note(once) == "true × 1, never false where something was brought up"
    assert never(unit(performed.begun, "condition", "tea.offer")).endswith("of tea.offer was never looked at.")


def test_what_was_recorded_by_several_packs_is_counted_for_each(tmp_path: Path) -> None:
    files = [tmp_path / "one.yaml", tmp_path / "two.yaml"]
    for file in files:
        file.write_text(PACK, encoding="utf-8")
    titles = [Title("A", packs=(files[0],)), Title("B", packs=(files[1],)), Title("C", seed=3, packs=(files[1],))]
    said = recorded(Performed(tmp_path, PACK).says("bad tea").talk.turns)
    found = covered((title, entry) for title in titles for entry in said)
    assert len(found.files) == 2
    assert sorted(counts(found, "rule", "tea.sorry")) == [(1, 0), (2, 0)]


COMMAND = """\
topic: do
rules:
  - id: do.leave
    tier: command
    samples: ["close the whole program now"]
    hears: ["^close the whole program now $"]
    act: goodbye
    ends: true
    says: ["I am gone."]
confirms:
  - id: do.ask
    act: question
    needs: ["turns >= 0"]
    says: ["Did you say “{heard}”?"]
    expects:
      - {id: "yes", samples: ["yes"], hears: ["^yes $"], resumes: true, says: ["Then I will."]}
"""


def test_a_command_that_is_held_has_not_spoken_before_it_was_meant(tmp_path: Path) -> None:
    performed = Performed(tmp_path, COMMAND).says("close the whole prgram now")
    held = performed.coverage
    assert counts(held, "rule", "do.leave") == [(0, 0)]
    assert counts(held, "template", "do.leave") == [(1, 0)]
    assert counts(held, "rule", "do.ask") == counts(held, "wording", "do.ask") == [(1, 0)]
    assert counts(held, "condition", "do.ask") == [(1, 0)]
    done = performed.says("yes").coverage
    assert counts(done, "rejoinder", "do.ask/yes") == counts(done, "rule", "do.leave") == [(1, 0)]
    assert counts(done, "wording", "do.ask/yes") == [(0, 0)], "the command spoke instead"


def test_the_conditions_seen_are_those_that_the_policy_looked_at() -> None:
    """Run again beside it: of each rule that fits, all conditions up to the first false one."""
    book, begun, conversation = shipped("en")
    rng = random.Random(7)
    samples = [(rule.parent, said) for rule in book.rules.values() for said in rule.spec.samples]
    wanted: Counter[tuple[str, str, bool]] = Counter()
    turns: list[Turn] = []
    for seed in range(8):
        talk = Talk("my name is ada") if seed % 2 else Talk()
        talk.turns.clear()
        for parent, said in rng.sample(samples, 60):
            if parent:
                talk.is_asked(parent)
            before, now = talk.state, talk.now
            turn = talk.says(said)
            if any(type(entry).__name__ in ("CommandResumed", "Volunteered", "CommandHeld") for entry in turn.entries):
                continue
            turns.append(turn)
            wanted.update(_looked_at(conversation, before, FinalTranscript.typed(said), now))
    reached = begun.with_entries(recorded(turns))
    found = Counter[tuple[str, str, bool]]()
    for one in reached.units:
        if one.kind == "condition":
            found[one.rule, one.text, True] += one.times
            found[one.rule, one.text, False] += one.other
    assert +found == wanted
    assert len({rule for rule, _, _ in wanted}) > 20
    assert {value for _, _, value in wanted} == {True, False}


def _looked_at(
    conversation: Conversation, before: State, heard: FinalTranscript, now: datetime
) -> Iterable[tuple[str, str, bool]]:
    _, standings = weigh(conversation, apply(before, heard), heard, now)
    for standing in standings:
        for condition in standing.conditions:
            yield standing.rule.id, condition.text, condition.value
            if not condition.value:
                break


def test_saying_every_sample_reaches_nearly_every_rule_that_hears_anything() -> None:
    book, begun, _ = shipped("en")
    free = [rule for rule in book.rules.values() if rule.prompt == "heard" and not rule.spec.needs]
    turns = []
    for rule in free:
        talk = Talk()
        talk.state = replace(talk.state, topic=rule.topic)  # where nothing was said yet, two topics may hear it
        if rule.parent:
            talk.is_asked(rule.parent)
        turns.append(talk.says(rule.spec.samples[0]))
    reached = begun.with_entries(recorded(turns))
    spoke = {one.rule for one in reached.units if one.kind in ("rule", "rejoinder") and one.times}
    assert len(spoke.intersection(rule.id for rule in free)) >= 0.98 * len(free)


def test_what_a_real_session_recorded_is_counted(tmp_path: Path) -> None:
    _, begun, _ = shipped("en")
    with Talking(tmp_path) as talking:
        talking.says("hello", "what time is it", "why did you say that")
        reached = begun.with_entries(talking.seen)
        replies = [one.entry for one in talking.seen if isinstance(one.entry, Reply)]
    spoke = [one.rule for one in reached.units if one.kind in ("rule", "rejoinder") and one.times]
    assert sorted(spoke) == sorted({reply.rule for reply in replies})
    assert {"greeting.hello", "clock.time"} < set(spoke)
    assert counts(reached, "wording", "clock.time")[replies[1].variant] == (1, 0)


def test_two_runs_are_joined_and_kept(tmp_path: Path) -> None:
    one = Performed(tmp_path, PACK).says("bad tea").coverage
    other = Performed(tmp_path, PACK).says("bad tea", "tea tomorrow").coverage
    both = one + other
    assert both == other + one == sum([one, other], Coverage())
    assert counts(both, "rule", "tea.sorry") == [(2, 0)]
    assert counts(both, "rule", "tea.plan") == [(1, 0)]
    assert Coverage.from_json(both.to_json()) == both
    assert one.with_entries([]) == one


def test_what_is_added_up_is_the_same_as_what_is_taken_at_once(tmp_path: Path) -> None:
    performed = Performed(tmp_path, PACK).says("xyzzy", "make tea", "green", "make tea", "my name is ada", "make tea")
    turns = performed.talk.turns
    parts = [performed.begun.with_entries(recorded([turn])) for turn in turns]
    assert sum(parts, Coverage()) == performed.coverage


def test_packs_of_two_languages_are_joined_though_their_rules_have_the_same_names() -> None:
    both = shipped("en")[1] + shipped("de")[1]
    assert len(both.units) == len(shipped("en")[1].units) + len(shipped("de")[1].units)
    with pytest.raises(ValueError, match="stands in two rule books"):
        both.with_entries([])


def test_a_pack_that_changed_between_two_runs_is_named(tmp_path: Path) -> None:
    one = Performed(tmp_path, PACK).coverage
    other = Performed(tmp_path, PACK.replace("Green it is.", "So be it.")).coverage
    with pytest.raises(Trouble, match=r"pack0\.yaml:24: the pack has changed"):
        one + other


@pytest.mark.parametrize("data", [b"", b"[]", b'{"units": 3}', b"\xff\xfe"])
def test_what_is_no_coverage_is_refused(data: bytes) -> None:
    with pytest.raises(Trouble, match="it cannot be read"):
        Coverage.from_json(data)


def test_rules_of_other_packs_are_passed_over(tmp_path: Path) -> None:
    begun = Performed(tmp_path, PACK).begun
    assert begun.with_entries(recorded([Talk().says("hello"), Talk().says("what time is it")])) == begun


def test_without_the_packs_every_part_stands_at_its_rule(tmp_path: Path) -> None:
    book = Performed(tmp_path, PACK).book
    begun = Coverage.of(book)
    assert begun.files == ("pack0.yaml",)
    assert {one.line for one in begun.units if one.rule.startswith("tea.offer")} == {4}


def test_each_thing_missed_says_what_would_reach_it(tmp_path: Path) -> None:
    todo = {(one.kind, one.rule): one.todo for one in Performed(tmp_path, PACK).begun.missed}
    assert todo["rule", "tea.offer"] == ("Say “make some tea”. It needs session_turns >= 2 and not knows('user.name').")
    assert todo["wording", "tea.offer"] == "[[given wording: tea.offer 2]], then say “make some tea”."
    assert todo["rejoinder", "tea.offer/green"] == "Answer tea.offer with “green”."
    assert todo["template", "tea.offer/green"] == "Answer tea.offer with something that fits it."
    assert todo["plain", "tea.offer"] == "[[off: T11]], then say “make some tea”."
    assert todo["rule", "tea.plan/later"] == (
        "Let tea.plan answer, [[wait: 1 day]] and say something that leaves room for it."
    )
    assert todo["wording", "tea.ask"].startswith("[[given wording: tea.ask 1]] [[given fact: user.name = …]], then let")


def test_five_thousand_turns_are_counted_in_four_seconds_of_processor_time() -> None:
    book, begun, _ = shipped("en")
    samples = [rule.spec.samples[0] for rule in book.rules.values() if rule.spec.samples and not rule.parent]
    talk = Talk(*samples[:100])
    entries = recorded(talk.turns * 50)
    since = process_time()
    begun.with_entries(entries)
    assert process_time() - since < 4
