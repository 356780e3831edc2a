"""What is expected of a turn: each check can fail, and names that there are not never hold for ever."""

from __future__ import annotations

from pathlib import Path

import pytest

from her_desktop.screenplay.known import like
from her_desktop.screenplay.perform import conversation, perform
from her_desktop.screenplay.performance import Performance
from her_desktop.screenplay.read import parse
from her_desktop.screenplay.writing.update import updated

TEA = """topic: tea
rules:
  - {id: tea.can, samples: ["can you hear me"], hears: ["can you hear me"], act: inform, says: ["I cannot hear you."]}
  - id: tea.home
    samples: ["where do i live"]
    hears: ["where do i live"]
    act: inform
    says: ["In Canada you live, {user.name}.", "No."]
  - {id: tea.twice, samples: [twice], hears: [twice], act: inform, says: ["Ada, you are {user.name}.", "No."]}
  - id: tea.sharp
    samples: [sharp]
    hears: [sharp]
    act: inform
    says: ["ßßßß {user.name} told so, and nobody else did at all.", "No."]
  - {id: tea.time, samples: [when], hears: [when], act: inform, says: ["At 6:20, is that late? It's “tea” time."]}
  - {id: tea.sum, samples: ["sum it"], hears: ["sum {x}"], act: inform, says: ["So be it."]}
  - id: tea.ask
    samples: ["ask me"]
    hears: ["ask me"]
    act: question
    says: ["Yes or no?"]
    expects: [{id: "yes", samples: ["yes"], hears: ["yes"], says: ["Good."]}]
  - {id: tea.night, samples: ["good night"], hears: ["good night"], act: goodbye, ends: true, says: ["Good night."]}
  - id: tea.cond
    samples: [now]
    hears: [now]
    needs: ["turns >= 0 or recently('tea', turns=2)"]
    act: inform
    says: ["Ok."]
"""

HEAD = "Title: Tea\nPacks: tea.yaml\n\nINT. FLAT - 2026-11-22 23:10\n\n"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "tea.yaml").write_text(TEA, encoding="utf-8")
    return tmp_path / "some.fountain"


def done(here: Path, *beats: str) -> Performance:
    return perform(parse(HEAD + "\n\n".join(beats) + "\n", here))


def got(performance: Performance) -> list[str]:
    return [fault.got for fault in performance.faults]


def asked(his: str, notes: str) -> str:
    return f"HE\n{his}\n\nHER\n{notes}\n..."


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("not rule: tea.caan", "there is no rule tea.caan (did you mean tea.can"),
        ("not rule: tee.*", "there is no rule tee.*"),
        ("rule: tea.can | tea.caan", "there is no rule tea.caan"),
        ("not asks: tea.aks", "there is no rule tea.aks (did you mean tea.ask"),
        ("not holds: tea.nigth", "there is no rule tea.nigth"),
        ("not plans: tea.later", "there is no rule tea.later"),
        ("not brings up: tea.cup", "there is no rule tea.cup"),
        ("not explains: tea.tmie", "there is no rule tea.tmie"),
        ("not skill: tiem", "there is no skill tiem"),
        ("not skill: clok.*", "there is no skill clok.*"),
        ("not slot: plase = Oslo", "tea.can has no slot plase"),
        ("not value: plase = Oslo", "tea.can has no slot plase"),
        ("not because: trns = 4", "conditions see no trns (did you mean turns"),
        ("not because: trn*", "conditions see no trn*"),
        ("not because: \"recently('tea',turns=2)\" = True", "conditions show it as recently('tea', turns=2)"),
        ("not origin: Ada = remembered", "she did not say “Ada”"),
    ],
)
def test_what_there_is_not_does_not_hold_behind_not(here: Path, note: str, told: str) -> None:
    (one,) = got(done(here, asked("Can you hear me?", f"[[{note}]]")))
    assert one.startswith(told)


def test_what_there_is_holds_behind_not(here: Path) -> None:
    notes = (
        "[[not rule: tea.ask | tea.ti*]] [[not asks: tea.ask]] [[not skill: clock.time]] [[not explains: tea.*]] "
        "[[not brings up]] [[not slot: x = 4]] [[not slot: place]] [[not because: hour = 23]]"
    )
    assert done(here, asked("Sum 3.", notes)).holds
    assert done(here, asked("Now.", "[[because: turns = 1]] [[not because: turns = 4]]")).holds


def test_what_the_packs_have_is_a_name_also_where_a_rule_was_taken_away(here: Path) -> None:
    screenplay = parse(HEAD + asked("Can you hear me?", "[[not rule: tea.ask]]"), here)
    fewer = here.with_name("less.yaml")
    fewer.write_text("\n".join(TEA.split("\n")[:3]) + "\n")

    def changed(title: object) -> object:
        return conversation(type(screenplay.title)(packs=(fewer,)))

    assert perform(screenplay, changed).holds  # type: ignore[arg-type]  # it takes a title


@pytest.mark.parametrize("wanted", ["I can ... you.", "I ... ear you.", "I cannot h ... you."])
def test_dots_beside_a_space_stand_for_whole_words(here: Path, wanted: str) -> None:
    assert got(done(here, f"HE\nCan you hear me?\n\nHER\n(like)\n{wanted}")) == ["“I cannot hear you.”"]


@pytest.mark.parametrize(
    "wanted", ["I cannot ... you.", "I can... you.", "... you.", "I ... hear ...", "I cannot hear ... you."]
)
def test_dots_stand_for_any_words_or_none(here: Path, wanted: str) -> None:
    assert done(here, f"HE\nCan you hear me?\n\nHER\n(like)\n{wanted}").holds


def test_whole_words_are_mentioned(here: Path) -> None:
    notes = '[[not mentions: he]] [[not mentions: "no"]] [[mentions: "HEAR you"]] [[mentions: you.]]'
    assert done(here, asked("Can you hear me?", notes)).holds
    assert len(got(done(here, asked("Can you hear me?", "[[mentions: he]] [[mentions: no]]")))) == 2


def test_signs_that_are_mentioned_must_be_there(here: Path) -> None:
    notes = '[[mentions: "6:20"]] [[mentions: "late?"]] [[mentions: "it’s \\"tea\\""]]'
    assert done(here, asked("When?", notes)).holds
    notes = '[[not mentions: "6.20"]] [[not mentions: "late!"]] [[not mentions: "6:2"]]'
    assert done(here, asked("When?", notes)).holds


ADA = "[[given fact: user.name = Ada]] " + " ".join(
    f"[[given wording: tea.{rule} 1]]" for rule in ("home", "twice", "sharp")
)


def test_origins_are_those_of_whole_words(here: Path) -> None:
    assert done(
        here, f"{ADA}\n\n" + asked("Where do I live?", "[[origin: Ada = remembered]] [[not origin: Ada = author]]")
    ).holds


def test_each_time_that_words_are_said_counts(here: Path) -> None:
    notes = "[[origin: Ada = remembered]] [[origin: Ada = author]] [[origin: you are = author]]"
    assert done(here, f"{ADA}\n\n" + asked("Twice.", notes)).holds
    told = done(here, f"{ADA}\n\n" + asked("Twice.", "[[origin: Ada = computed]] [[not origin: Ada = author]]"))
    assert got(told) == ["author | remembered", "author | remembered"]


def test_words_of_two_origins_are_of_neither(here: Path) -> None:
    told = done(here, f"{ADA}\n\n" + asked("Twice.", '[[origin: "are Ada" = remembered | author]]'))
    assert got(told) == ["author and remembered"]


def test_origins_are_found_behind_letters_that_grow_when_folded(here: Path) -> None:
    notes = "[[origin: told = author]] [[not origin: told = remembered]] [[origin: ada = remembered]]"
    assert done(here, f"{ADA}\n\n" + asked("Sharp.", notes)).holds


def test_signs_are_heard_and_the_punctuation_of_sentences_is_not(here: Path) -> None:
    assert done(here, asked("Sum 3 - 4.", '[[heard: "sum: 3 - 4"]] [[not heard: "sum 3 + 4"]]')).holds
    assert done(
        here, asked("Sum 3 🙂!", '[[heard: "“sum” 3 🙂…"]] [[not heard: "sum 3"]] [[not heard: "sum 3 🙁"]]')
    ).holds
    assert done(here, asked("Can you hear me?", '[[heard: "can you hear me"]]')).holds


def test_only_the_star_stands_for_letters() -> None:
    assert like("clock.*", "clock.time")
    assert like("*", "")
    assert like("a*c*", "abcd")
    assert not like("clock.tim?", "clock.time")
    assert not like("[c]lock.time", "clock.time")
    assert like("recently('a', turns=[2])", "recently('a', turns=[2])")
    assert not like("clock", "clock.time")


def test_after_a_goodbye_she_sleeps_until_she_is_woken(here: Path) -> None:
    assert done(
        here, asked("Good night.", "[[state: ended]] [[state: asleep]] [[not state: listening]]"),
        "HE\n(silence, 20 s)\n\nHER\n(silent)\n[[state: asleep]] [[not state: ended]] [[not state: listening]]",
        asked("Can you hear me?", "[[state: listening]] [[not state: asleep]]"),
    ).holds  # fmt: skip


def test_a_goodbye_that_he_interrupts_ends_nothing(here: Path) -> None:
    told = done(
        here, asked("Good night.", "[[not state: ended]] [[not state: asleep]]"),
        "HE\n(interrupting after 1 word)\nCan you hear me?\n\nHER\n[[state: listening]] [[not state: ended]]\n...",
    )  # fmt: skip
    assert told.holds


def test_a_line_that_fails_as_the_one_before_it_is_a_fault_too(here: Path) -> None:
    told = done(here, 'HE\n(heard: "zzz")\nzzz', 'HE\n(heard: "zzz")\nzzz', 'HE\n(heard: "zzz")\nzzz\n\nHER\n(silent)')
    assert [(fault.line, fault.expected) for fault in told.faults] == [
        (6, "nothing goes wrong"), (6, "she answers"), (10, "nothing goes wrong"), (10, "she answers"),
        (18, "nothing goes wrong"),
    ]  # fmt: skip


def test_what_came_of_a_wrong_arrangement_is_not_rewritten(here: Path) -> None:
    text = HEAD + "[[forget: user.name]]\n\n" + asked("Can you hear me?", "[[rule: tea.ask]]") + "\n"
    performance = perform(parse(text, here))
    assert updated(performance, text).diff == ""
    assert updated(performance, text).left == performance.faults
    assert len(performance.faults) == 2
