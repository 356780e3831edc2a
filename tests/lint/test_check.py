"""Each check, with a pack that is broken and one that is not; what is found is told with its place and a fix."""

from pathlib import Path

import pytest

from her_desktop.lint.check import check
from tests.lint.packs import found, lines, rule, spot, work_of

OFFER = '  - {id: tea.offer, samples: [tea please], hears: ["tea please"], act: offer, says: [With milk?]}\n'

NAMED = rule("name", "call me ada", "call me {n:name}", 'learns: {name: "{n}"}', "[So.]")


def test_a_pack_without_faults_is_clean(tmp_path: Path) -> None:
    assert lines(found(tmp_path, OFFER)) == []


# What the load left out, with its column.


@pytest.mark.parametrize(
    ("rule", "at", "why", "fix"),
    [
        ('hears: ["hot tea", "ice (tea"], act: offer, says: [So.]', '(tea"', "“(” is never closed", "bracket"),
        ("hears: ['ice (tea'], act: offer, says: [So.]", "(tea'", "“(” is never closed", "bracket"),
        ("hears: [tea], act: dance, says: [So.]", "dance", "no act “dance”", "one of those"),
        ('hears: [tea], act: offer, says: [Hm., "So {what"]', "{what", "is never closed", "bracket"),
        ("hears: [tea], act: offer, says: [So.], colour: red", "colour", "has no key “colour”", "spell it"),
        ("hears: [hot <no_such>], act: offer, says: [So.]", "<no_such", "no pack defines <no_such>", "define it"),
        ('hears: [tea], act: offer, says: [So.], needs: ["turn > 1"]', "turn >", "no “turn”", "that there are"),
    ],
)
def test_what_is_left_out_is_told_with_its_column(tmp_path: Path, rule: str, at: str, why: str, fix: str) -> None:
    (only,) = found(tmp_path, f"  - {{id: tea.b, samples: [tea], {rule}}}\n")
    assert (only.spot, only.rule, only.check, only.severity) == (spot(tmp_path, at), "tea.b", "load", "error")
    assert why in only.why
    assert fix in only.fix


def test_a_broken_file_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("topic: bad\nrules:\n  - id: [unclosed\n", encoding="utf-8")
    assert "bad.yaml:4:1" in [str(finding.spot) for finding in found(tmp_path, OFFER)]


# Samples and rules that cannot win.


def test_a_sample_that_its_templates_do_not_hear_is_told_with_the_word_that_failed(tmp_path: Path) -> None:
    (only,) = found(tmp_path, OFFER.replace("[tea please]", "[tea please, tea perhaps]"))
    assert only.spot == spot(tmp_path, "tea perhaps")
    assert "sample “tea perhaps” does not reach it" in only.why
    assert "fails at “perhaps”: it wants please" in only.why


def test_a_sample_that_only_a_repair_would_take_to_its_rule_is_told(tmp_path: Path) -> None:
    (only,) = found(tmp_path, rule("b", "black tea please, blak tea please", "black tea please"))
    assert "sample “blak tea please” does not reach it" in only.why


def test_a_sample_that_goes_to_another_rule_names_it_and_the_field(tmp_path: Path) -> None:
    other = rule("ice", "iced tea")
    wide = rule("any", "green tea, iced tea", "(green|iced|black) tea", "priority: -1")
    (only,) = found(tmp_path, other + wide)
    assert only.rule == "tea.any"
    assert "outranked by tea.ice on priority: -1 after 0" in only.why
    assert "the same sample stands in tea.ice" in only.fix


def test_a_rule_that_another_always_beats_can_never_win(tmp_path: Path) -> None:
    loser = '  - {id: tea.z, priority: -1, samples: [tea please], hears: ["tea please"], act: offer, says: [A.]}\n'
    (only,) = found(tmp_path, OFFER + loser)
    assert (only.rule, only.check, str(only.spot)) == ("tea.z", "never", "tea.yaml:4:5")
    assert "on “tea please”" in only.why
    assert "outranked by tea.offer on priority" in only.why
    assert "at least the priority of tea.offer" in only.fix


def test_a_rule_that_a_generic_one_of_fewer_words_is_behind_is_told_by_the_tier(tmp_path: Path) -> None:
    loser = '  - {id: tea.z, tier: generic, samples: [tea please], hears: ["tea please"], act: offer, says: [A.]}\n'
    (only,) = found(tmp_path, OFFER + loser)
    assert "on tier: generic after global" in only.why


def test_rules_whose_conditions_part_them_are_both_reached(tmp_path: Path) -> None:
    known = (
        OFFER.replace("says", "needs: [\"not knows('user.name')\"], says")
        + OFFER.replace("tea.offer", "tea.again").replace("says", "needs: [\"knows('user.name')\"], says")
        + NAMED
    )
    assert lines(found(tmp_path, known)) == []


def test_a_rule_behind_one_that_speaks_only_once_is_reached_later(tmp_path: Path) -> None:
    first = OFFER.replace("tea.offer", "tea.first").replace("says", "once: true, priority: 1, says")
    assert lines(found(tmp_path, OFFER + first)) == []


def test_a_rule_behind_one_with_the_same_condition_is_never_reached(tmp_path: Path) -> None:
    late = OFFER.replace("says", 'needs: ["turns >= 4"], says')
    first = late.replace("tea.offer", "tea.first").replace("says", "priority: 1, says")
    (only,) = found(tmp_path, late + first)
    assert (only.rule, only.check) == ("tea.offer", "never")


def test_a_rule_that_fits_only_while_its_topic_is_active_is_a_note(tmp_path: Path) -> None:
    stop = rule("stop", "stop that", more="priority: 1").replace("tea.", "music.")
    (tmp_path / "music.yaml").write_text(f"topic: music\nrules:\n{stop}", encoding="utf-8")
    findings = found(tmp_path, rule("stop", "stop that"))
    assert [(finding.rule, finding.severity) for finding in findings] == [("tea.stop", "note")]
    assert "only while the topic tea is active" in findings[0].why


def test_conditions_that_are_never_true_together_are_told(tmp_path: Path) -> None:
    never = OFFER.replace("says", 'needs: ["turns >= 4", "session_turns > turns or hour == 25"], says')
    (only,) = found(tmp_path, never)
    assert (only.check, only.spot) == ("silent", spot(tmp_path, '["turns'))


def test_conditions_too_many_to_try_are_a_note_and_no_error(tmp_path: Path) -> None:
    many = ", ".join(f"\"not recently('tea.offer', turns={turns})\"" for turns in range(1, 30))
    never = ", ".join(f"\"fact('user.f{number}') == 'a' and turns > {number} and hour > 30\"" for number in range(9))
    findings = found(tmp_path, OFFER.replace("says", f"needs: [{many}, {never}], says"))
    assert {finding.severity for finding in findings if finding.check in ("silent", "unsure")} == {"note"}


# Answers to her questions, and what she brings up herself.

ASKS = """\
  - id: tea.ask
    samples: [tea please]
    hears: ["tea please"]
    act: offer
    says: [With milk?]
    expects:
      - {id: "yes", samples: [yes], hears: ["^yes $"], says: [With milk.]}
      - {id: sure, samples: [sure, with milk], hears: ["^(sure|with milk) $"], says: [With milk.]}
"""


def test_answers_are_tried_while_their_question_is_open(tmp_path: Path) -> None:
    assert lines(found(tmp_path, ASKS)) == []


def test_an_answer_that_another_answer_always_beats_is_told(tmp_path: Path) -> None:
    wide = ASKS.replace('hears: ["^(sure|with milk) $"]', 'hears: ["^yes $"]').replace("[sure, with milk]", "[yes]")
    (only,) = found(tmp_path, wide.replace('{id: "yes",', '{id: "yes", priority: 1,'))
    assert (only.rule, only.check, str(only.spot)) == ("tea.ask/sure", "never", "tea.yaml:10:9")
    assert "this answer can never win" in only.why


def test_answers_to_a_question_that_is_never_asked_are_told(tmp_path: Path) -> None:
    findings = found(tmp_path, OFFER + ASKS.replace("act: offer", "priority: -1\n    act: offer"))
    assert [(finding.rule, finding.check) for finding in findings] == [
        ("tea.ask", "never"), ("tea.ask/yes", "silent"), ("tea.ask/sure", "silent"),
    ]  # fmt: skip


def test_answers_may_lean_on_what_their_question_learned_and_that_it_was_asked(tmp_path: Path) -> None:
    leaning = ASKS.replace("act: offer", "learns: {thirsty: true}\n    act: offer")
    needs = "needs: [\"fact('user.thirsty') == 'true'\", \"recently('tea.ask', turns=1)\", \"session_turns >= 2\"], "
    assert lines(found(tmp_path, leaning.replace('id: "yes", ', f'id: "yes", {needs}'))) == []


GAMBIT = """\
gambits:
  - {id: tea.wonder, technique: [T30], says: [Tea?], expects: [{samples: ["yes"], hears: ["^yes $"], says: [A.]}]}
"""


def test_what_no_rule_leaves_room_for_is_never_brought_up(tmp_path: Path) -> None:
    findings = found(tmp_path, OFFER, more=GAMBIT)
    assert [(finding.rule, finding.check) for finding in findings] == [
        ("tea.wonder", "silent"),
        ("tea.wonder/1", "silent"),
    ]


def test_what_a_rule_leaves_room_for_is_brought_up(tmp_path: Path) -> None:
    assert lines(found(tmp_path, OFFER.replace("says", "volunteers: true, says"), more=GAMBIT)) == []


def test_a_greeting_that_leaves_room_for_follow_ups_alone_brings_up_no_gambit(tmp_path: Path) -> None:
    findings = found(tmp_path, OFFER.replace("says", "volunteers: follow_up, says"), more=GAMBIT)
    assert [finding.check for finding in findings] == ["silent", "silent"]


# Ties.

GREEN = '  - {id: tea.green, samples: [green tea], hears: ["(green|white) tea"], act: offer, says: [A.]}\n'
PALE = '  - {id: tea.pale, samples: [pale tea], hears: ["(pale|white) tea"], act: offer, says: [B.]}\n'


def test_a_tie_is_told_with_a_sentence_that_shows_it(tmp_path: Path) -> None:
    (only,) = found(tmp_path, GREEN + PALE)
    assert (only.rule, only.check, str(only.spot)) == ("tea.pale", "tie", "tea.yaml:4:5")
    assert "“white tea” fits it as well as tea.green" in only.why


def test_a_priority_parts_a_tie(tmp_path: Path) -> None:
    assert lines(found(tmp_path, GREEN + PALE.replace("act", "priority: 1, act"))) == []


def test_conditions_that_are_never_true_for_both_part_a_tie(tmp_path: Path) -> None:
    day, night = GREEN.replace("act", 'needs: ["hour < 12"], act'), PALE.replace("act", 'needs: ["hour >= 12"], act')
    assert lines(found(tmp_path, day + night)) == []


def test_conditions_that_can_be_true_for_both_do_not_part_a_tie(tmp_path: Path) -> None:
    day, night = GREEN.replace("act", 'needs: ["hour < 13"], act'), PALE.replace("act", 'needs: ["hour >= 12"], act')
    assert [finding.check for finding in found(tmp_path, day + night)] == ["tie"]


def test_a_tie_behind_a_third_rule_is_no_tie(tmp_path: Path) -> None:
    white = '  - {id: tea.white, samples: [white tea], hears: ["white tea"], priority: 1, act: offer, says: [C.]}\n'
    assert lines(found(tmp_path, GREEN + PALE + white)) == []


def test_a_template_that_contradicts_itself_is_told(tmp_path: Path) -> None:
    (only,) = found(tmp_path, OFFER.replace('["tea please"]', '["tea please", "tea cake !tea"]'))
    assert (only.check, only.spot) == ("template", spot(tmp_path, '"tea cake'))


# Names.


def test_lists_that_no_template_uses_are_told(tmp_path: Path) -> None:
    lists = "concepts: {hot: [black, ~green], green: [mate], cold: [ice]}\n"
    lists += "expansions: {so: very, much: <so> much, no: not}\n"
    rules = rule("b", "black tea very much", "~hot tea <much>")
    assert [(finding.why, finding.spot) for finding in found(tmp_path, rules, more=lists)] == [
        ("no template uses ~cold.", spot(tmp_path, "[ice]")),
        ("no template uses <no>.", spot(tmp_path, "not}")),
    ]


def test_a_list_that_only_a_broken_rule_uses_is_used(tmp_path: Path) -> None:
    broken = '  - {id: tea.b, samples: [ice tea], hears: ["~cold tea"], act: dance, says: [A.]}\n'
    assert [finding.check for finding in found(tmp_path, broken, more="concepts: {cold: [ice]}\n")] == ["load"]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("technique: [T08], says: [So., 'Your {user.nmae}.']", "user.nmae"),
        ("needs: [\"knows('user.age')\"], says: [So.]", "user.age"),
        ("needs: [\"fact('name') == 'ada'\"], says: [So.]", "name"),
    ],
)
def test_a_fact_that_no_rule_learns_is_told(tmp_path: Path, words: str, name: str) -> None:
    findings = found(tmp_path, NAMED + OFFER.replace("says: [With milk?]", words))
    assert [finding.why for finding in findings if finding.severity == "error"] == [f"no rule learns {name}."]


def test_a_fact_that_nothing_uses_is_a_note(tmp_path: Path) -> None:
    (only,) = found(tmp_path, NAMED)
    assert (only.severity, only.why) == ("note", "nothing uses the fact user.name that it learns.")


@pytest.mark.parametrize(
    ("need", "clean"),
    [
        ("not recently('teaa')", False), ("not recently('tea.ofer', turns=2)", False), ("topic != 'teas'", False),
        ("not recently('tea')", True), ("not recently('tea.offer', turns=2)", True), ("not recently('T05')", True),
        ("topic != 'tea'", True),
    ],
)  # fmt: skip
def test_conditions_about_what_is_not_there_are_told(tmp_path: Path, need: str, clean: bool) -> None:
    findings = found(tmp_path, OFFER.replace("says", f'needs: ["{need}"], says'))
    assert [finding.check for finding in findings] == ([] if clean else ["subject"])
    assert all("was “tea" in finding.fix for finding in findings)


# Wordings, and the packs as a whole.


def test_lines_that_stand_twice_are_told(tmp_path: Path) -> None:
    twice = OFFER.replace("[With milk?]", "[With milk?, 'With  milk?']").replace(
        "[tea please]", "[tea please, tea please]"
    )
    assert [(finding.severity, finding.spot) for finding in found(tmp_path, twice)] == [
        ("note", spot(tmp_path, "tea please]")), ("error", spot(tmp_path, "'With")),
    ]  # fmt: skip


def test_packs_that_leave_words_or_danger_without_an_answer_get_notes(tmp_path: Path) -> None:
    (tmp_path / "tea.yaml").write_text(f"topic: tea\nrules:\n{OFFER}", encoding="utf-8")
    assert [(finding.check, finding.severity) for finding in check(work_of([tmp_path]))] == [("whole", "note")] * 2


def test_a_fallback_that_may_not_always_speak_does_not_count(tmp_path: Path) -> None:
    findings = found(tmp_path, OFFER.replace('hears: ["tea', 'cooldown_turns: 2, hears: ["tea'))
    assert findings == []
    text = (
        (tmp_path / "tea.yaml")
        .read_text(encoding="utf-8")
        .replace("tier: fallback", "tier: fallback, cooldown_turns: 2")
    )
    (tmp_path / "tea.yaml").write_text(text, encoding="utf-8")
    assert [finding.check for finding in check(work_of([tmp_path]))] == ["whole"]


# Packs that nobody should write.

HOSTILE = {
    "a hundred wildcards": rule("w", "a b", "* " * 100 + "tea"),
    "nested groups": rule("n", "tea", "[" * 15 + "tea" + "]" * 15),
    "a long sample": rule("l", "tea " * 10_000, "tea"),
    "control characters": rule("c", '"tea \\u202e\\e[31m"', "tea \\u0007"),
    "not a rule": "  - 7\n  - [a, b]\n  - {id: 3, samples: 4, hears: {a: b}, expects: 7, learns: [1]}\n",
    "many choices": rule("m", "tea", "(a|b|c|d) [e|f] " * 40),
    "the same rule again and again": "".join(OFFER.replace("tea.offer", f"tea.o{number}") for number in range(100)),
}  # fmt: skip


@pytest.mark.parametrize("rules", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_pack_is_checked_all_the_same(tmp_path: Path, rules: str) -> None:
    assert all(finding.fix and finding.spot.name == "tea.yaml" for finding in found(tmp_path, rules))


@pytest.mark.parametrize("text", ["", "[]", "7", "topic: tea", "topic: tea\nrules: 3\n", "\x00", "topic: [" * 100])
def test_a_file_that_is_no_pack_is_checked_all_the_same(tmp_path: Path, text: str) -> None:
    (tmp_path / "other.yaml").write_text(text, encoding="utf-8")
    assert all(finding.spot.name == "other.yaml" for finding in found(tmp_path, OFFER))
