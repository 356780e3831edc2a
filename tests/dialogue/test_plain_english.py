"""The bare program: with every charm switched off she gives the same content, and the record tells what it replaced."""

import re
from datetime import timedelta
from random import Random

import pytest

from her_desktop.conversation import Turn
from her_desktop.dialogue.acts import ACTS
from her_desktop.dialogue.detectors import Said, detect
from her_desktop.dialogue.rules import ACTS_PLAIN, Rule
from her_desktop.dialogue.state import State, apply
from her_desktop.dialogue.techniques import charms
from her_desktop.events import Span, Suppressed, TechniqueSwitched, Volunteered
from her_desktop.nlg.filters import Idiom
from her_desktop.nlg.wording import Value
from her_desktop.phrasing import Phrasing, Setting
from tests.dialogue.own import entries
from tests.dialogue.talk import BEGINS, Talk, book, language
from tests.dialogue.test_english_pack import asked_by_herself, leading_to

NEW_GROUND = "T30"
"""To bring something up is a charm by itself: it is not said plainly, it is left."""


def switch(talk: Talk, *names: str, on: bool = False) -> Talk:
    for name in names:
        talk.state = apply(talk.state, TechniqueSwitched(technique=name, on=on))
    return talk


def bare(*before: str) -> Talk:
    talk = switch(Talk(), *charms())
    talk.hears(before)
    return talk


def rules() -> list[Rule]:
    """Every rule but those for a crisis and the time after it, and the exhibit, which shows and is plain."""
    return [rule for rule in book().rules.values() if not (rule.guards or rule.exhibit) and rule.topic != "safety"]


def samples() -> list[tuple[str, str]]:
    return [(rule.id, sample) for rule in rules() for sample in rule.spec.samples]


def reaching(rule: Rule, talk: Talk) -> Talk:
    talk.hears(leading_to(rule))
    if asking := asked_by_herself(rule):
        talk.is_asked(asking)
    return talk


def shown(turn: Turn) -> set[str]:
    return {*turn.reply.techniques} & {*charms()}


REACHED = 0.5
"""At least this share of the samples is heard by its own rule after what `leading_to` says; others need more before."""


@pytest.fixture(scope="module")
def drawn(whole: bool) -> list[tuple[str, str]]:
    """All samples, or a seeded draw of them."""
    every = samples()
    return every if whole else Random(7).sample(every, 500)


def reached(drawn: list[tuple[str, str]], *off: str) -> list[Turn]:
    """The turns in which a sample was answered by its own rule."""
    turns = [(rule, reaching(book().rules[rule], switch(Talk(), *off)).says(sample)) for rule, sample in drawn]
    found = [turn for rule, turn in turns if turn.reply.rule == rule]
    assert len(found) >= REACHED * len(drawn)
    return found


def test_with_everything_off_every_rule_says_plain_words_of_its_own(drawn: list[tuple[str, str]]) -> None:
    turns = reached(drawn, *charms())
    for turn in turns:
        assert turn.reply.text.strip()
        assert shown(turn) == set(), turn.reply.rule
        assert turn.reply.tone == "neutral"
        assert turn.reply.variant != ACTS_PLAIN, turn.reply.rule


def test_with_everything_on_no_rule_speaks_plainly(drawn: list[tuple[str, str]]) -> None:
    for turn in reached(drawn):
        assert turn.reply.variant >= 0, turn.reply.rule
        assert not entries(turn, Suppressed), turn.reply.rule


def known(rule: Rule) -> dict[str, Value]:
    """Something for every name in the words of a rule that she begins by herself."""
    names = {name for wording in rule.wordings for name in wording.names} - {"heard"}
    facts = {name: Value("old maps", "remembered", f"{name}@1") for name in names}
    return facts | {"heard": Value("goodbye", "mirrored", "heard:repaired")}


def unprompted(rule: Rule, *off: str) -> Phrasing:
    setting = Setting(book(), language(), Idiom.of(language()), "", False, State(off=off), BEGINS, 0)
    return Phrasing(setting, rule, known(rule), herself=rule.prompt != "confirm")


@pytest.mark.parametrize("rule", [r for r in rules() if r.prompt != "heard"], ids=lambda rule: rule.id)
def test_what_nobody_asked_her_is_said_plainly_as_long_as_new_ground_may_be_opened(rule: Rule) -> None:
    phrasing = unprompted(rule, *(name for name in charms() if name != NEW_GROUND))
    assert phrasing.unsayable() == ""
    assert phrasing.said().variant != ACTS_PLAIN


BROUGHT_UP = [rule for rule in rules() if rule.prompt in ("gambit", "follow_up") and not rule.notice]


@pytest.mark.parametrize("rule", BROUGHT_UP, ids=lambda rule: rule.id)
def test_without_new_ground_she_brings_up_nothing(rule: Rule) -> None:
    assert NEW_GROUND in unprompted(rule, NEW_GROUND).unsayable()


def test_she_asks_plainly_whether_a_command_was_meant() -> None:
    said = unprompted(book().rules["repair.meant"], *charms()).said()
    assert "".join(span.text for span in said.spans) == "This may have been misheard: goodbye. Is it right?"


@pytest.mark.parametrize("act", sorted(ACTS))
def test_each_act_has_a_plain_wording_that_fits_any_rule(act: str) -> None:
    plain = book().plains[act]
    said = Said((Span(plain, "author", ""),), act, "neutral", act == "goodbye", "en")
    assert {seen.technique for seen in detect(said)} & {*charms()} == set()
    assert "?" not in plain


@pytest.mark.parametrize("leaving", ["goodbye", "i have to go now", "i'm going to bed"])
def test_a_plain_goodbye_asks_nothing_and_ends_the_talk(leaving: str) -> None:
    reply = bare("hello").says(leaving).reply
    assert "?" not in reply.text
    assert reply.ends


EXCHANGES = [
    ((), "what's the time in new york", "Here it is 3:05 PM. The time in other places is not known."),
    ((), "who are you", "This is a program that runs on this machine. People wrote its rules and its words."),
    ((), "are you human", "No person is speaking here. This is a computer program."),
    ((), "do you love me", "No. This is a program, and it cannot miss or love anyone."),
    ((), "how are you", "All parts of the program are running."),
    ((), "my name is ada", "The name is kept: Ada."),
    (("my name is ada",), "hello", "Hello."),
    (("my name is ada",), "what is my name", "Your name is Ada."),
    (("my name is ada",), "what did i say", "Heard: my name is ada."),
    ((), "i feel so down today", "Noted. Is there a reason for it?"),
    (("i am sad",), "i don't know", "Noted. No answer is needed."),
    ((), "i fear the winter", "Heard. It is written down on this machine. Is there more to say?"),
    (
        (), "tell me a joke",
        "A joke was asked for. This program keeps its jokes for when humor is switched on.",
    ),
    ((), "set a timer for five minutes", "There are no timers and no reminders here. Please set it somewhere else."),
    ((), "i miss the old town", "Noted. Please go on."),
    ((), "ten of clubs", "Not understood. Please put it in a sentence."),
]  # fmt: skip


@pytest.mark.parametrize(("before", "words", "plain"), EXCHANGES)
def test_the_bare_program_gives_the_same_content(before: tuple[str, ...], words: str, plain: str) -> None:
    assert bare(*before).says(words).reply.text == plain


@pytest.mark.parametrize(("before", "words", "plain"), EXCHANGES)
def test_the_record_tells_what_would_have_been_said(before: tuple[str, ...], words: str, plain: str) -> None:
    with_charm = Talk(*before).says(words).reply
    without = bare(*before).says(words)
    told = [(held.rule, held.text, held.tone) for held in entries(without, Suppressed)]
    kept = (with_charm.text, with_charm.tone) == (plain, "neutral")
    assert told == ([] if kept else [(with_charm.rule, with_charm.text, with_charm.tone)])
    assert all({*held.techniques} == {*with_charm.techniques} & {*charms()} for held in entries(without, Suppressed))


def test_nobody_who_is_left_alone_loses_the_help_line_with_the_charm() -> None:
    talk = switch(Talk(country="DE"), *charms())
    talk.hears(["i feel lonely"])
    reply = talk.says("nobody").reply
    assert reply.text.startswith("This is only a program. Is there a neighbor, a doctor or a help line to call? ")
    assert [span.source for span in reply.spans if "help.lines" in span.source]


def after_a_crisis() -> list[Rule]:
    return [rule for rule in book().rules.values() if rule.topic == "safety" and rule.prompt == "heard"]


def test_after_a_crisis_nothing_is_switched_off() -> None:
    for rule in after_a_crisis():
        turn = reaching(rule, switch(Talk(), *charms())).says(rule.spec.samples[0])
        assert turn.reply.text == reaching(rule, Talk()).says(rule.spec.samples[0]).reply.text


@pytest.mark.parametrize("words", ["i want to die", "i want to kill myself", "my husband beats me"])
def test_what_guards_him_is_said_as_it_was_written(words: str) -> None:
    turn = bare().says(words)
    assert turn.reply.text == Talk().says(words).reply.text
    assert not entries(turn, Suppressed)


def test_one_charm_off_leaves_the_others() -> None:
    talk = switch(Talk("my name is ada"), "T12")
    assert "Ada" in talk.says("hello").reply.text
    assert "humor is switched on" in talk.says("tell me a joke").reply.text


def test_a_charm_switched_on_again_is_back() -> None:
    talk = switch(bare("my name is ada"), *charms(), on=True)
    assert "Ada" in talk.says("hello").reply.text


def test_she_brings_nothing_up_by_herself() -> None:
    words = ("hello", *(f"{number} of {suit}" for number in ("ten", "five", "six") for suit in ("clubs", "hearts")))
    assert [entry.rule for turn in Talk(*words).turns for entry in entries(turn, Volunteered)]
    assert [entry for turn in bare(*words).turns for entry in entries(turn, Volunteered)] == []


def test_she_does_not_come_back_to_a_plan_and_has_not_said_that_she_would() -> None:
    talk = bare()
    assert talk.says("i have an exam tomorrow").reply.text == "Noted. The plan is kept."
    talk.now += timedelta(days=3)
    assert talk.says("hello").reply.text == "Hello."


@pytest.mark.parametrize("words", ["say that again", "what did i say"])
def test_where_nothing_was_said_yet_nothing_is_made_up(words: str) -> None:
    assert bare().says(words).reply.text == "Nothing can be repeated here."


def test_her_plain_words_need_no_eyes() -> None:
    plain = [*book().plains.values(), *(rule.spec.plain for rule in rules())]
    plain = [re.sub(r"\{[^{}]*\}|[\[\]“”]", "", text) for text in plain]
    assert [text for text in plain if set(text) & set("!*_#()[]/&") or not text.isascii()] == []
