"""A mutant is what editing the pack would make of her, and nothing that changes nothing."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from her_desktop.conversation import Conversation, respond
from her_desktop.dialogue.packs import load_language, load_packs
from her_desktop.dialogue.rules import Rule
from her_desktop.dialogue.state import State, apply
from her_desktop.events import FinalTranscript, QuestionOpened
from her_desktop.nlu.index import Needs
from her_desktop.nlu.template import Absent, Group, Node, parse
from her_desktop.paths import resources
from her_desktop.screenplay.mutation import conditions as mutants_conditions
from her_desktop.screenplay.mutation import mutants
from her_desktop.screenplay.mutation import templates as mutants_templates
from her_desktop.screenplay.mutation.drafts import KINDS
from her_desktop.screenplay.mutation.edit import edited
from her_desktop.screenplay.mutation.mutants import Mutant, Workshop
from her_desktop.screenplay.mutation.templates import text_of
from her_desktop.skills import VALUES
from her_desktop.trouble import Trouble
from tests.dialogue.talk import BEGINS

DIALOGUE = resources() / "dialogue"
SAMPLE = 15


@cache
def conversation(code: str) -> Conversation:
    language = load_language(DIALOGUE / code)
    return Conversation.of(load_packs([DIALOGUE / code], language, VALUES), language)


@cache
def workshop(code: str) -> Workshop:
    return Workshop(conversation(code), [DIALOGUE / code])


@cache
def sketched(code: str) -> dict[str, list[Mutant]]:
    """By kind, changes of some shipped rules and of some that have what few have, in order of chance."""
    found: dict[str, list[Mutant]] = {}
    shop, dice = workshop(code), random.Random(6)
    having = ("resumes", "priority", "ends", "skill", "learns", "once", "cooldown_turns", "volunteers")
    rare = [[rule.id for rule in shop.book.rules.values() if getattr(rule.spec, name)] for name in having]
    heads = shop.heads()
    taken = {name for names in (*rare, heads) for name in dice.sample(names, min(len(names), SAMPLE))}
    some = [name for name in heads if name in taken]
    every = [mutant for rule in some for mutant in shop.sketched(rule)]
    for mutant in dice.sample(every, len(every)):
        found.setdefault(mutant.change.kind, []).append(mutant)
    return found


# ---- templates and conditions ----------------------------------------------------------------------------------------


def told(template: str) -> dict[str, str]:
    return {edit.told.removesuffix(f" “{template}”"): edit.text for edit in mutants_templates.edits(template)}


def test_each_part_of_a_template_is_left_out_or_widened() -> None:
    assert told("^do [just|ever] feel *2 (sad|so blue) !no $") == {
        "drops the anchor “^” from": "do [just|ever] feel *2 (sad|so blue) !no $",
        "drops “do” from": "^ [just|ever] feel *2 (sad|so blue) !no $",
        "no longer needs “do” in": "^ [do] [just|ever] feel *2 (sad|so blue) !no $",
        "drops “[just|ever]” from": "^ do feel *2 (sad|so blue) !no $",
        "lets any words stand for “[just|ever]” in": "^ do * feel *2 (sad|so blue) !no $",
        "lets any words stand between “do” and “[just|ever]” in": "^ do * [just|ever] feel *2 (sad|so blue) !no $",
        "drops “feel” from": "^ do [just|ever] *2 (sad|so blue) !no $",
        "no longer needs “feel” in": "^ do [just|ever] [feel] *2 (sad|so blue) !no $",
        "lets any words stand between “[just|ever]” and “feel” in": "^ do [just|ever] * feel *2 (sad|so blue) !no $",
        "widens “*2” to any number of words in": "^ do [just|ever] feel * (sad|so blue) !no $",
        "drops “(sad|so blue)” from": "^ do [just|ever] feel *2 !no $",
        "no longer needs “(sad|so blue)” in": "^ do [just|ever] feel *2 [sad|so blue] !no $",
        "drops “!no” from": "^ do [just|ever] feel *2 (sad|so blue) $",
        "drops the anchor “$” from": "^ do [just|ever] feel *2 (sad|so blue) !no",
        "drops the alternative “just” from": "^ do [ever] feel *2 (sad|so blue) !no $",
        "drops the alternative “ever” from": "^ do [just] feel *2 (sad|so blue) !no $",
        "drops the alternative “sad” from": "^ do [just|ever] feel *2 (so blue) !no $",
        "drops the alternative “so blue” from": "^ do [just|ever] feel *2 (sad) !no $",
        "drops “so” from": "^ do [just|ever] feel *2 (sad|blue) !no $",
        "drops “blue” from": "^ do [just|ever] feel *2 (sad|so) !no $",
        "no longer needs “so” in": "^ do [just|ever] feel *2 (sad|[so] blue) !no $",
        "no longer needs “blue” in": "^ do [just|ever] feel *2 (sad|so [blue]) !no $",
        "lets any words stand between “so” and “blue” in": "^ do [just|ever] feel *2 (sad|so * blue) !no $",
    }  # fmt: skip


def test_what_fits_the_same_sentences_is_not_made_wider() -> None:
    assert told("[please] say {x} *3") == {"drops “[please]” from": "say {x} *3", "drops “say” from": "[please] {x} *3",
        "lets any words stand between “[please]” and “say” in": "[please] * say {x} *3",
        "no longer needs “say” in": "[please] [say] {x} *3"}  # fmt: skip


def test_every_shipped_template_is_written_back_as_it_was_read() -> None:
    for code in ("en", "de"):
        for template in {program.template for program in conversation(code).book.programs}:
            tree = parse(template)
            assert bare(parse(text_of(tree))) == bare(tree), template


def bare(node: Node) -> object:
    """A part without the columns."""
    if isinstance(node, Group):
        return node.kind, tuple(map(bare, node.items))
    if isinstance(node, Absent):
        return "absent", bare(node.item)
    return type(node), *(getattr(node, name) for name in node.__struct_fields__ if name != "column")


def test_a_condition_is_turned_around_and_its_numbers_go_up_and_down() -> None:
    assert [text for _, text in mutants_conditions.edits("not recently('safety', turns=10) and hour < 5")] == [
        "not (not recently('safety', turns=10) and hour < 5)",
        "not recently('safety', turns=11) and hour < 5",
        "not recently('safety', turns=9) and hour < 5",
        "not recently('safety', turns=10) and hour < 6",
        "not recently('safety', turns=10) and hour < 4",
    ]
    assert next(mutants_conditions.edits("not knows('user.name')"))[1] == "knows('user.name')"


# ---- shipped rules ---------------------------------------------------------------------------------------------------


def test_a_mutant_names_the_line_of_the_very_part() -> None:
    rows = (DIALOGUE / "en" / "confession.yaml").read_text(encoding="utf-8").splitlines()
    found = mutants.of(workshop("en"), "confession.fear")
    dropped = next(one.change for one in found if one.change.told.startswith("drops “fear” from"))
    row = rows[dropped.spot.line - 1]
    assert row[dropped.spot.column - 1 :].startswith("fear")
    assert dropped.place == f"confession.yaml:{dropped.spot.line}"
    technique = next(one.change for one in found if one.change.told == "does not declare T05")
    assert rows[technique.spot.line - 1][technique.spot.column - 1 :].startswith("T05")


def test_nothing_that_changes_nothing_or_would_not_load_is_a_mutant() -> None:
    shop = workshop("en")
    idle = {mutant.idle for kind in ("skill", "learns", "optional") for mutant in sketched("en")[kind][:12]}
    assert any(why.startswith("it would not load: ") for why in idle)
    for mutant in mutants.of(shop, "clock.time"):
        assert mutant.idle == ""
        changed = mutant.apply(conversation("en"))
        assert changed.book is not conversation("en").book


def test_a_rule_that_is_gone_is_gone_with_all_that_answers_it() -> None:
    shop, before = workshop("en"), conversation("en")
    (gone,) = [one for one in mutants.of(shop, "confession.fear") if one.change.kind == "rule"]
    after = gone.apply(before)
    left = set(before.book.rules) - {"confession.fear", *before.book.rules["confession.fear"].rejoinders}
    assert set(after.book.rules) == left
    assert not {"confession.fear", "confession.fear/unsure"} & {*after.book.owners, *after.book.parents}
    turn = respond(after, State(), FinalTranscript.typed("i fear the winter"), BEGINS, 0)
    assert turn.reply.rule != "confession.fear"
    assert before.book.rules["confession.fear"].id == "confession.fear", "the loaded one is as it was"


def test_what_an_alias_writes_in_several_places_is_changed_in_all_of_them() -> None:
    found = mutants.of(workshop("en"), "confession.fear/yes")
    gone = next(one for one in found if one.change.kind == "rule")
    assert {"confession.fear/yes", "confession.felt_everything/yes"} <= set(gone.change.rules)
    rules = gone.apply(conversation("en")).book.rules
    assert not any(name in rules for name in gone.change.rules)
    assert "confession.fear/yes" not in rules["confession.fear"].rejoinders


def test_the_words_that_templates_need_are_counted_as_if_all_were_counted_anew() -> None:
    for mutant in sketched("en")["word"][:4] + sketched("de")["alternative"][:4]:
        code = mutant.change.spot.file.split("/")[-2]
        if mutant.idle:
            continue
        book = mutant.apply(conversation(code)).book
        anew = Needs.of_templates(program.needs for program in book.programs)
        assert [[book.needs.keys[key] for key in one] for one in book.needs.of] == [
            [anew.keys[key] for key in one] for one in anew.of
        ], mutant.change.told
        assert [key for key in book.needs.keys if key] == [*anew.keys]


# ---- as if really loaded ---------------------------------------------------------------------------------------------


def really_loaded(
    shop: Workshop, files: Sequence[Path], spoken: Conversation, mutant: Mutant, folder: Path
) -> Conversation:
    """The conversation of some files with that of a mutant edited as it says."""
    entries = [shop.entries[name] for name in mutant.change.rules]
    data = json.loads(json.dumps(entries[0].source.data))
    for kind in ("rules", "gambits", "confirms"):
        for rule in data.get(kind) or ():
            name_all(rule)
    for entry in sorted(entries, key=lambda entry: entry.path, reverse=True):
        draft = mutant.draft
        data = edited(data, (*entry.path, *draft.path), draft.value, gone=draft.gone)
    path = folder / Path(mutant.change.spot.file).name
    path.write_text(json.dumps(data), encoding="utf-8")
    book = load_packs([*(file for file in files if file.name != path.name), path], spoken.language, VALUES)
    assert not book.quarantined, book.quarantined
    return Conversation.of(book, spoken.language)


def name_all(rule: dict[str, Any]) -> None:
    """Give each answer the name that it has by its place, which it loses when one before it is gone."""
    for number, child in enumerate(rule.get("expects") or (), 1):
        child.setdefault("id", str(number))
        name_all(child)
    if "follow_up" in rule:
        name_all(rule["follow_up"])


def answers(spoken: Conversation, states: Sequence[State], sentences: Sequence[str]) -> Iterator[bytes]:
    for state in states:
        for sentence in sentences:
            try:
                entries = respond(spoken, state, FinalTranscript.typed(sentence), BEGINS, 3).entries
            except Trouble as trouble:
                yield trouble.line.split(" (")[0].encode()
            else:
                yield msgspec.json.encode(entries)


SMALL = """\
topic: tea
rules:
  - id: tea.like
    samples: ["do you like tea", "do you really like some cocoa"]
    hears: ["^do you [really] like *2 (tea|cocoa) !without $"]
    needs: ["turns < 5", "not knows('user.age')"]
    once: true
    act: inform
    technique: [T05]
    says: ["I have never had any.", "No cup has reached me yet.", {say: "Not one.", technique: [T02, T11]}]
    expects:
      - {id: sorry, samples: ["sorry"], hears: ["sorry"], act: inform, says: ["Never mind.", "It is all right."]}
  - id: tea.more
    samples: ["i like tea"]
    hears: ["i like tea", "i [really] like {what}"]
    cooldown_turns: 2
    priority: 3
    volunteers: true
    act: inform
    says: ["More for you."]
  - {id: tea.most, samples: ["i like tea"], hears: ["i like tea"], priority: 2, act: inform, says: ["And more."]}
  - id: tea.name
    samples: ["my name is ada"]
    hears: ["my name is {who:name}"]
    act: inform
    learns: {name: "{who}"}
    says: ["Hello, {who}."]
  - id: tea.time
    samples: ["what time is it now"]
    hears: ["^what time is it now $"]
    skill: clock.time
    act: inform
    says: ["Late enough."]
  - id: tea.late
    tier: command
    samples: ["close the whole program now"]
    hears: ["^close the whole program now $"]
    act: goodbye
    ends: true
    says: ["Good night."]
  - {id: tea.any, samples: ["what a day"], hears: ["*"], tier: fallback, act: inform, says: ["Hm.", "Well."]}
gambits:
  - {id: tea.ask, act: question, needs: ["turns > 0"], says: ["Do you like tea?", "Tea?"]}
confirms:
  - id: tea.sure
    act: question
    says: ["Did you say “{heard}”?"]
    expects:
      - {id: "yes", samples: ["yes"], hears: ["^yes $"], resumes: true, says: ["Then I will."]}
"""
"""A pack in which every kind of change can be made."""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Conversation, Workshop, dict[str, list[Mutant]]]:
    """The pack, loaded, and by kind every change of it that is not idle."""
    home = tmp_path_factory.mktemp("small")
    (home / "small.yaml").write_text(SMALL, encoding="utf-8")
    language = conversation("en").language
    book = load_packs([home], language, VALUES)
    assert not book.quarantined, book.quarantined
    shop = Workshop(Conversation.of(book, language), [home])
    found: dict[str, list[Mutant]] = {}
    for rule in shop.heads():
        for mutant in mutants.of(shop, rule):
            found.setdefault(mutant.change.kind, []).append(mutant)
    return Conversation.of(book, language), shop, found


def speaks_as_edited(
    mutant: Mutant, spoken: Conversation, loaded: Conversation, sentences: Sequence[str], states: Sequence[State]
) -> None:
    """The mutant answers as the packs that were really edited."""
    made = mutant.apply(spoken)
    assert set(made.book.rules) == set(loaded.book.rules)
    assert list(answers(made, states, sentences)) == list(answers(loaded, states, sentences)), mutant.change


def states_before(rules: Mapping[str, Rule], mutant: Mutant) -> list[State]:
    """At the beginning; where the rule is heard as an answer, also with its question open."""
    parent = rules[mutant.change.rule].parent
    asked = QuestionOpened(reply=f"1:{parent}", rule=parent)
    return [State(), *([apply(State(turn=1, session_turns=1), asked)] if parent else [])]


@pytest.mark.parametrize("kind", KINDS)
def test_every_mutant_of_a_small_pack_answers_as_the_pack_that_is_really_edited(
    kind: str, small: tuple[Conversation, Workshop, dict[str, list[Mutant]]], tmp_path: Path
) -> None:
    spoken, shop, found = small
    rules = spoken.book.rules
    sentences = [
        *(said for rule in rules.values() for said in rule.spec.samples),
        "do you like tea",
        "do like *",
        "yes",
    ]
    assert found[kind], "a kind of change of which there is no test"
    for mutant in found[kind]:
        loaded = really_loaded(shop, [], spoken, mutant, tmp_path)
        speaks_as_edited(
            mutant, spoken, loaded, sentences, [*states_before(rules, mutant), State(turn=4, session_turns=4)]
        )


@pytest.mark.parametrize(("code", "at"), [("en", 0), ("de", 1)])
def test_a_mutant_of_the_shipped_packs_answers_as_packs_that_are_really_edited(
    code: str, at: int, tmp_path: Path, whole: bool
) -> None:
    """Each load of all packs is a second or two: of each language a few kinds, and all of them with `--all`."""
    kinds = KINDS if whole else random.Random(at).sample(KINDS, 2)
    rules, dice = conversation(code).book.rules, random.Random(code)
    heard = [rule for rule in rules.values() if rule.templates]
    others = [sample for rule in dice.sample(heard, 12) for sample in rule.spec.samples[:2]]
    for mutant in (next((one for one in sketched(code).get(kind, ()) if not one.idle), None) for kind in kinds):
        if mutant is not None:
            own = [sample for name in mutant.change.rules[:4] for sample in rules[name].spec.samples]
            files = [file for file in (DIALOGUE / code).glob("*.yaml") if file.name != "language.yaml"]
            loaded = really_loaded(workshop(code), files, conversation(code), mutant, tmp_path)
            sentences = [*own, *others, "mumble", "yes"]
            speaks_as_edited(mutant, conversation(code), loaded, sentences, states_before(rules, mutant))
