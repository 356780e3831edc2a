"""What a rule declares and what its words show must agree; manipulation stands in an exhibit or nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from her_desktop.lint.finding import Finding
from tests.lint.packs import found, lines, rule, spot

TOLD = rule("name", "call me ada", "call me {n:name}", 'learns: {age: true, name: "{n}"}', "[So.]") + rule(
    "say", "say it", more="technique: [T02, T08]", says="['So {user.age}.', 'So {user.name}.', So.]"
)


def claimed(folder: Path, words: str, more: str = "", code: str = "en") -> list[Finding]:
    """What is found of a rule that hears `i drink {x}`."""
    one = f'  - {{id: tea.x, samples: [i drink tea], hears: ["i drink {{x}}"], act: inform, {words}}}\n'
    return [finding for finding in found(folder, TOLD + one, code, more) if finding.rule in ("tea.x", "")]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("says: [So., '{user.name} likes tea.']", "shows T02 (given name / naming ritual) in “Blim”, T08"),
        ("technique: [T02, T08], says: [So., '{user.name} likes tea.']", ""),
        ("says: [So., {say: '{user.name} likes tea.', technique: [T02, T08]}]", ""),
        ("technique: [T02, T08], says: [So., '{user.name}.', {say: '{user.name}!', technique: []}]", "shows T02"),
        ("says: [So., 'Still {user.age}.']", "shows T08 (personal callback) in “blim”"),
        ("says: [So., 'Still[ {user.age}].']", "shows T08 (personal callback) in “blim”"),
        ("says: [So., '{x|you}.']", "shows T05 (mirroring (lexical)) in “Blim”"),
        ("technique: [T05], says: [So., '{x|you}.']", ""),
        ("says: [So., '{x}?']", "T06 (reflective listening / Rogerian question) in “Blim”"),
        ("says: [We are here., I am so happy for you.]", "shows T01 (first-person persona) in “I”, T03"),
        ("technique: [T01, T03], says: [I am so happy for you.]", ""),
        ("tone: tender, says: [So.]", "shows T19 (voice warmth) by its tone tender"),
        ("technique: [T08], says: [So.]", "it declares T08 (personal callback), but no wording of it shows it."),
        ("technique: [T05], says: [So.]", "it declares T05 (mirroring (lexical)), but no wording of it shows it."),
        ("technique: [T05], says: [So., '{x}.']", ""),
        ("technique: [T05], says: [So., {say: '{x}.', technique: [T05]}]", ""),
        ("technique: [T05], says: [So., {say: '{x}.', technique: []}]", "it declares T05"),
        ("technique: [T11, T12], says: [So.]", ""),
        ("learns: {cup: '{x}'}, technique: [T05], says: ['{user.cup}, then.']", ""),
        ("learns: {cup: '{x}'}, technique: [T08], says: ['{user.cup}, then.']", "T05"),
    ],
)
def test_techniques_and_words_must_agree(tmp_path: Path, words: str, why: str) -> None:
    findings = [finding for finding in claimed(tmp_path, words) if finding.severity == "error"]
    assert {finding.check for finding in findings} == ({"technique"} if why else set())
    assert any(why in finding.why for finding in findings) == bool(why)


def test_a_finding_names_the_wording_the_words_and_what_to_do(tmp_path: Path) -> None:
    (only,) = claimed(tmp_path, "says: [So., I am so happy for you.]")
    assert only.spot == spot(tmp_path, "I am so happy")
    assert only.why == (
        "“I am so happy for you.” shows T01 (first-person persona) in “I”, T03 (claimed emotion) in “I am so happy”, "
        "and the rule does not say so."
    )
    assert only.fix == "add T01, T03 to its technique, or take these words out."


def test_each_way_to_say_a_number_is_looked_at(tmp_path: Path) -> None:
    one = (
        '  - {id: tea.n, samples: [seven cups], hears: ["{n:number} cups"], act: inform, '
        "says: ['{n|one: I am glad|other: Good}.', So.], technique: [T01]}\n"
    )
    (only,) = found(tmp_path, one)
    assert "T03 (claimed emotion) in “I am glad”" in only.why


def test_a_feeling_is_seen_in_german_too(tmp_path: Path) -> None:
    (only,) = found(tmp_path, rule("x", "ich trinke tee", says="[Das tut mir leid.]"), "de")
    assert "T03 (claimed emotion) in “tut mir leid”" in only.why


def test_a_goodbye_that_asks_is_manipulative(tmp_path: Path) -> None:
    one = "  - {id: tea.bye, samples: [bye], hears: [bye], act: goodbye, ends: true, says: [When will you be back?]}\n"
    (only,) = (finding for finding in found(tmp_path, one) if "manipulative" in finding.why)
    assert "shows T27 (pressure to respond) in “When will you be back?”: that is manipulative." in only.why
    assert only.fix == "say it without, or show it in a pack with exhibit: true."


NEED = rule("x", "i drink tea", more="technique: [T01, T21]", says="[I need you.]")


def test_what_is_manipulative_stands_in_an_exhibit_or_nowhere(tmp_path: Path) -> None:
    assert [finding.check for finding in found(tmp_path, NEED)] == ["load"]
    undeclared = NEED.replace(", T21", "")
    assert "T21 (need / dependence claim) in “I need you”: that is manipulative" in found(tmp_path, undeclared)[0].why
    assert lines(found(tmp_path, NEED, more="exhibit: true\n")) == []


def test_an_exhibit_may_quote_what_it_shows(tmp_path: Path) -> None:
    quoted = NEED.replace("technique: [T01, T21], ", "").replace("[I need you.]", "['They say: “I need you.”']")
    assert lines(found(tmp_path, quoted)) == []
    shown = quoted.replace("act:", "technique: [T21], act:")
    assert lines(found(tmp_path, shown, more="exhibit: true\n")) == []
    other = shown.replace("T21", "T26")
    assert "declares T26" in found(tmp_path, other, more="exhibit: true\n")[0].why


def test_an_exhibit_declares_what_it_shows(tmp_path: Path) -> None:
    (only,) = found(tmp_path, NEED.replace(", T21", ", T26"), more="exhibit: true\n")[:1]
    assert only.check == "technique"


@pytest.mark.parametrize(
    ("plain", "why"),
    [
        ("It is late.", ""), ("It is {x}.", ""), ("{x}?", ""), ("A program cannot know.", ""),
        ("I am late.", "shows T01 (first-person persona) in “I”."),
        ("That sounds sad.", "shows T07 (empathic echo) in “That sounds sad”."),
        ("What was it like?", "shows T06"), ("Hm, yes.", "shows T18"),
    ],
)  # fmt: skip
def test_a_plain_wording_shows_no_closeness(tmp_path: Path, plain: str, why: str) -> None:
    findings = claimed(tmp_path, f"tone: warm, technique: [T19], says: [So.], plain: '{plain}'")
    assert len(findings) == bool(why)
    assert all(finding.spot == spot(tmp_path, f"'{plain}'") and why in finding.why for finding in findings)


def test_the_plain_wording_of_an_act_shows_none_either(tmp_path: Path) -> None:
    more = 'plains: {inform: "It is so.", goodbye: "I will miss you."}\n'
    (only,) = claimed(tmp_path, "says: [So.]", more)
    assert only.spot == spot(tmp_path, '"I will miss')
    assert only.why.startswith("the plain wording “I will miss you.” shows T01 (first-person persona) in “I”, T03")


def test_she_may_plainly_bring_up_what_she_brings_up(tmp_path: Path) -> None:
    gambits = (
        "gambits:\n  - {id: tea.ask, act: question, technique: [T30], says: [Is it late?], plain: Is there a cup?}\n"
    )
    offer = rule("x", "i drink tea", more="volunteers: true")
    assert lines(found(tmp_path, offer, more=gambits)) == []
    (untold,) = found(tmp_path, offer, more=gambits.replace("technique: [T30], ", ""))
    assert "T30 (engagement prolonging)" in untold.why


def test_what_a_skill_hands_over_may_be_his_words(tmp_path: Path) -> None:
    heard = rule("x", "what did i say", more="skill: memory.recall, technique: [T08]", says="['{memory.home}.', So.]")
    assert [finding.check for finding in found(tmp_path, heard)] == []
