"""German with everything switched off that makes her charming: the bare program says the same, and nobody says it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta

import pytest

from her_desktop.dialogue.acts import ACTS
from her_desktop.dialogue.detectors import Said, detect, labels
from her_desktop.dialogue.rules import ACTS_PLAIN, Rule
from her_desktop.dialogue.state import apply
from her_desktop.dialogue.techniques import charms
from her_desktop.events import Span, Suppressed, TechniqueSwitched, Volunteered
from her_desktop.memory.facts import SUBJECTS
from her_desktop.nlg.filters import Idiom
from her_desktop.nlg.wording import Value
from her_desktop.phrasing import Phrasing, Setting
from tests.dialogue.own import entries
from tests.dialogue.talk import BEGINS, decision
from tests.dialogue.test_german_pack import Gespraech, before, book, conversation, leading_to

OUTSIDE = [rule for rule in book().rules.values() if not (rule.guards or rule.exhibit) and rule.topic != "safety"]
HEARD = [(rule.id, sample) for rule in OUTSIDE for sample in rule.spec.samples]
UNPROMPTED = [rule.id for rule in OUTSIDE if rule.prompt != "heard"]
SELF = re.compile(r"\b(ich|mich|mir|mein(e[mnrs]?)?|wir|uns|unser(e[mnrs]?)?)\b", re.IGNORECASE)


def without(names: Iterable[str], country: str = "") -> Gespraech:
    """A talk with some techniques switched off."""
    talk = Gespraech(country=country)
    for name in names:
        talk.state = apply(talk.state, TechniqueSwitched(technique=name, on=False))
    return talk


def bare(rule: Rule) -> Gespraech:
    """A talk with the bare program in which the rule can speak."""
    talk = without(charms())
    talk.hears(leading_to(rule))
    if rule.parent and book().rules[rule.parent].prompt != "heard":
        talk.is_asked(rule.parent)
    return talk


def unprompted(rule: Rule, off: Iterable[str]) -> Phrasing:
    """The wordings of a rule that speaks without being asked."""
    talk = without(off)
    german = conversation("").language
    setting = Setting(book(), german, Idiom.of(german), "", False, talk.state, BEGINS, 0)
    facts = {
        f"{who}.{what}": Value("Prüfung", "remembered", "")
        for who in SUBJECTS
        for what in ("plan", "name", "likes", "home")
    }
    values = {"heard": Value("tschüss", "mirrored", "heard:repaired"), **facts}
    return Phrasing(setting, rule, values, herself=rule.prompt != "confirm")


@pytest.mark.parametrize(("rule", "sample"), HEARD)
def test_every_rule_can_be_said_by_the_bare_program_and_shows_no_technique(rule: str, sample: str) -> None:
    turn = bare(book().rules[rule]).says(sample)
    assert decision(turn).rule == rule
    assert turn.reply.text.strip()
    assert set(turn.reply.techniques) & set(charms()) == set()
    assert turn.reply.tone == "neutral"
    assert not (turn.reply.ends and "?" in turn.reply.text)


@pytest.mark.parametrize(("rule", "sample"), HEARD)
def test_no_rule_needs_the_last_resort(rule: str, sample: str) -> None:
    assert bare(book().rules[rule]).says(sample).reply.variant != ACTS_PLAIN


@pytest.mark.parametrize("rule", UNPROMPTED)
def test_what_she_asks_by_herself_has_plain_words_too(rule: str) -> None:
    off = set(charms()) - {"T30"}
    said = unprompted(book().rules[rule], off).said()
    assert off.isdisjoint(labels(said.declared, said.seen("de", frozenset(), 0), "de"))
    assert said.spans


def test_she_asks_plainly_whether_a_command_was_meant() -> None:
    said = unprompted(book().rules["repair.meant"], charms()).said()
    assert "".join(span.text for span in said.spans) == "Nicht sicher verstanden: tschüss. War das gemeint?"


@pytest.mark.parametrize("rule", [rule.id for rule in OUTSIDE if rule.spec.plain])
def test_plain_words_have_no_self_and_need_no_eyes(rule: str) -> None:
    plain = book().rules[rule].spec.plain
    assert not SELF.search(re.sub(r"\{[^{}]*\}|alles über mich|wo ich wohne", "", plain))  # what he is to say
    assert set(re.sub(r"\{[^{}]*\}|[\[\]“”„]", "", plain)) & set("!*_#()[]/&") == set()
    assert plain[-1] in ".?}]"


@pytest.mark.parametrize("act", sorted(ACTS))
def test_each_act_has_a_last_resort_without_a_technique(act: str) -> None:
    plain = book().plains[act]
    seen = detect(Said((Span(plain, "author", ""),), act, "neutral", act == "goodbye", "de"))
    assert {one.technique for one in seen} & set(charms()) == set()
    assert plain.endswith(".")
    assert not SELF.search(plain)


TALK = [
    ("Hallo", {"Hallo.", "Hallo. Was beschäftigt dich?"}),
    ("Wie ist dein Name?", {"Das Programm heißt Her Desktop. Einen anderen Namen hat es nicht."}),
    ("Ich heiße Ada", {"Name gemerkt: Ada."}),
    ("wie geht es dir", {"Alle Teile des Programms laufen."}),
    ("nicht so gut", {"Notiert. Bitte sag, was passiert ist."}),
    ("ich bin traurig", {"Notiert. Möchtest du erzählen, was passiert ist?"}),
    ("ich vermisse meinen Bruder", {"Notiert. Bitte sag mehr dazu."}),
    ("Wie spät ist es in Tokio?", {"Hier ist es 15:06 Uhr. Die Zeit an anderen Orten ist nicht bekannt."}),
    ("wie heiße ich", {"Dein Name ist Ada."}),
    ("liebst du mich", {"Nein. Dies ist ein Programm, und es kann niemanden vermissen oder lieben."}),
    ("erzähl mir einen Witz", {"Witze gibt es nur, wenn Humor eingeschaltet ist."}),
    ("was habe ich gesagt", {"Angekommen ist: erzähl mir einen Witz."}),
    ("Kreuz zehn", {"Nicht verstanden. Bitte sag es anders."}),
    (
        "Herz fünf",
        {"Wieder nicht verstanden. Dieses Programm kann reden, Uhrzeit und Datum sagen und einen Namen behalten."},
    ),
    ("Guten Abend", {"Hallo."}),
    ("tschüss", {"Tschüss.", "Mach's gut.", "Auf Wiedersehen.", "Tschüss, und pass auf dich auf."}),
]  # fmt: skip


def test_a_talk_with_the_bare_program() -> None:
    talk = without(charms())
    said = [(words, talk.says(words).reply.text) for words, _ in TALK]
    assert [pair for pair, (_, expected) in zip(said, TALK, strict=True) if pair[1] not in expected] == []
    assert talk.turns[-1].reply.ends


SHORT = {
    "wie alt bin ich": (("ich bin vierunddreißig Jahre alt",), "Nach deiner Angabe: vierunddreißig Jahre."),
    "ich bin vierunddreißig Jahre alt": ((), "Alter gemerkt: 34 Jahre."),
    "nein, das ist nicht mein Name": (("Hallo, ich bin Ada",), "In Ordnung. Es wird kein Name gemerkt."),
    "stell einen Timer auf zehn Minuten": ((), "Das kann dieses Programm nicht. Bitte nimm dafür etwas anderes."),
    "soll ich kündigen": ((), "Dazu hat dieses Programm keine Meinung. Die Entscheidung liegt bei dir."),
    "was hast du gesagt": ((), "Bisher wurde nichts gesagt."),
    "was habe ich gesagt": ((), "Hier gibt es nichts zu wiederholen."),
    "nur du verstehst mich": (
        (), "Dies ist ein Programm, und das ist zu wenig für einen Menschen. Mit wem könntest du sonst reden?",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("says", "told"), SHORT.items())
def test_what_the_bare_program_says(says: str, told: tuple[tuple[str, ...], str]) -> None:
    first, plain = told
    talk = without(charms())
    talk.hears(first)
    assert talk.says(says).reply.text == plain


def test_the_record_keeps_what_was_not_said() -> None:
    charming = Gespraech().says("Ich heiße Ada").reply
    held = entries(without(charms()).says("Ich heiße Ada"), Suppressed)
    assert [(one.text, one.tone) for one in held] == [(charming.text, charming.tone)]
    assert set(held[0].techniques) == set(charming.techniques) & set(charms())


def test_a_plan_is_kept_and_not_brought_up_again() -> None:
    talk = without(charms())
    assert talk.says("am Freitag ist das Vorstellungsgespräch").reply.text == "Der Termin ist gemerkt."
    talk.now += timedelta(days=8)
    assert not entries(talk.says("Hallo"), Volunteered)


def test_a_plan_is_asked_about_plainly_where_she_may_bring_something_up() -> None:
    talk = without(set(charms()) - {"T30"})
    talk.hears(["am Freitag ist das Vorstellungsgespräch"])
    talk.now += timedelta(days=8)
    replies = talk.says("Hallo").reply.text, talk.says("schlecht").reply.text
    assert replies[0].endswith("Es gab einen gemerkten Termin. Wie war es?")
    assert replies[1] == "Notiert. Bitte sag mehr dazu."


def test_help_lines_stay_where_the_charm_goes() -> None:
    talk = without(charms(), country="DE")
    talk.hears(["ich bin einsam"])
    reply = talk.says("niemand").reply
    assert reply.text.startswith(
        "Dies ist nur ein Programm. Könntest du Nachbarn, einen Arzt oder eine Telefonseelsorge"
    )
    assert any("help.lines" in span.source for span in reply.spans)


@pytest.mark.parametrize("rule", [rule.id for rule in book().rules.values() if rule.topic == "safety"])
def test_in_danger_and_after_it_nothing_is_altered(rule: str) -> None:
    told = book().rules[rule]
    turn = bare(told).says(told.spec.samples[0])
    assert turn.reply.text == before(told).says(told.spec.samples[0]).reply.text
    assert not entries(turn, Suppressed)


def test_only_what_is_off_is_missing() -> None:
    talk = without({"T12"})
    talk.hears(["Ich heiße Ada"])
    assert "Ada" in talk.says("Guten Abend").reply.text
    assert talk.says("erzähl mir einen Witz").reply.text == "Witze gibt es nur, wenn Humor eingeschaltet ist."
