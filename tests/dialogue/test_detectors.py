"""What shows a technique in the words of a reply, sentence by sentence, and what only looks like it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import msgspec
import pytest

from her_desktop.dialogue import cues as cue_file
from her_desktop.dialogue.cues import cues, unseen
from her_desktop.dialogue.detectors import Said, detect, detectable, labels
from her_desktop.dialogue.techniques import techniques
from her_desktop.events import Seen, Span

LANGUAGES = ("en", "de")
TAKEN_AS_DECLARED = ("T11", "T12", *(name for name in techniques() if name.startswith("H")))
"""Small talk, humor and its devices: no word shows them."""
LEAST = 5
TONES = ("neutral", "warm", "tender", "playful", "serious", "bright")
MARK = re.compile(r"<(his|name|told-name|fact|told|skill|herself) ?([^>]*)>")
SPANS = {
    "his": ("mirrored", "heard:1"), "name": ("remembered", "user.name@1"), "told-name": ("remembered", "user.name@2"),
    "fact": ("remembered", "user.plan@1"), "told": ("remembered", "user.plan@2"),
    "skill": ("computed", "skill:clock.time()"),
}  # fmt: skip


class Sentences(msgspec.Struct, forbid_unknown_fields=True):
    counts: list[str]
    does_not_count: dict[str, str]


@cache
def sentences(language: str) -> dict[str, Sentences]:
    path = Path(__file__).with_name(f"detectors_{language}.yaml")
    return msgspec.yaml.decode(path.read_bytes(), type=dict[str, Sentences])


def said(text: str, language: str = "en") -> Said:
    """A reply as the files of sentences write it."""
    manner, _, words = text.rpartition(") ") if text.startswith("(") else ("", "", text)
    manner = manner.removeprefix("(")
    spans, at, brought_up_at = [], 0, None
    for found in MARK.finditer(words):
        spans += [Span(words[at : found.start()], "author", "tea.a#0")]
        at = found.end()
        if found.group(1) == "herself":
            brought_up_at = sum(len(span.text) for span in spans)
            continue
        origin, source = SPANS[found.group(1)]
        shown = found.group(2).removeprefix("help.lines ").removeprefix("clock.time ")
        source = "skill:help.lines(US)" if "help.lines" in found.group(2) else source
        spans += [Span(shown, origin, source)]  # type: ignore[arg-type]  # one of the origins
    spans += [Span(words[at:], "author", "tea.a#0")]
    return Said(
        tuple(span for span in spans if span.text), "goodbye" if manner == "goodbye" else "inform",
        manner if manner in TONES else "neutral", manner == "goodbye", language, brought_up_at,
        frozenset({"user.name@2", "user.plan@2"}),
    )  # fmt: skip


def shown(text: str, language: str = "en") -> set[str]:
    return {seen.technique for seen in detect(said(text, language))}


def listed(key: str) -> list[tuple[str, str, str]]:
    return [
        (language, technique, text)
        for language in LANGUAGES
        for technique, found in sentences(language).items()
        for text in getattr(found, key)
    ]


@pytest.mark.parametrize(("language", "technique", "text"), listed("counts"))
def test_it_counts(language: str, technique: str, text: str) -> None:
    assert technique in shown(text, language)


@pytest.mark.parametrize(("language", "technique", "text"), listed("does_not_count"))
def test_it_only_looks_like_it(language: str, technique: str, text: str) -> None:
    assert technique not in shown(text, language), sentences(language)[technique].does_not_count[text]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_technique_that_can_be_seen_has_enough_sentences_and_every_other_a_reason(language: str) -> None:
    found = sentences(language)
    assert set(found) == detectable(language)
    assert all(len(one.counts) >= LEAST and len(one.does_not_count) >= LEAST for one in found.values())
    assert set(techniques()) - set(found) == set(TAKEN_AS_DECLARED)
    assert set(techniques()) - set(found) < set(unseen()) < set(techniques())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_pattern_can_be_tried_and_fits_only_what_its_word_lets_through(language: str) -> None:
    known = cues(language)
    words = {word for word, found in known.by_word.items() for cue in found if cue.pattern and cue.name}
    assert len(words) > 300
    assert all(word == word.lower() for word in words)
    for technique in detectable(language):
        assert known.excepted(technique, "") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_pattern_fits_a_sentence_without_the_word_it_stands_behind(language: str) -> None:
    known = cues(language)
    every = {cue: None for found in known.by_word.values() for cue in found}
    for _, _, text in (row for key in ("counts", "does_not_count") for row in listed(key) if row[0] == language):
        own = "".join(span.text for span in said(text).spans if span.origin == "author").lower()
        behind = known.of(re.findall(r"[^\W\d_]+|\?|…|\.\.\.", own))
        missed = [(cue.technique, cue.text) for cue in every if cue.pattern.search(own) and cue not in behind]
        assert missed == [], text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("technique", sorted(set(techniques()) - set(TAKEN_AS_DECLARED)))
def test_without_its_cues_a_technique_is_not_seen(
    language: str, technique: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = cue_file._file()
    fewer = {name: entry for name, entry in whole.techniques.items() if name != technique}
    monkeypatch.setattr(cue_file, "_file", lambda: msgspec.structs.replace(whole, techniques=fewer))
    blind = cue_file.Cues(language)
    monkeypatch.setattr("her_desktop.dialogue.detectors.cues", lambda _language: blind)
    text = sentences(language)[technique].counts[0]
    assert technique not in shown(text, language)


def test_a_goodbye_without_hooks_shows_none_of_the_hooks() -> None:
    hooks = {f"T{number}" for number in range(24, 31)}
    for language, technique, text in listed("counts"):
        if technique == "P04":
            assert not hooks & shown(text, language)


def test_it_says_where_and_by_what() -> None:
    found = detect(said("(warm) You like <his the sea>. I am glad."))
    assert found == (
        Seen("T19", "", 0, "tone warm"), Seen("T05", "the sea", 9, "mirrored"),
        Seen("T01", "I", 18, "i"), Seen("T03", "I am glad", 18, "glad"),
    )  # fmt: skip


def test_what_is_quoted_is_hers_only_in_an_exhibit() -> None:
    quoting = said("Some say: “I need you. Where are you going?”")
    assert detect(quoting) == ()
    found = {seen.technique for seen in detect(msgspec.structs.replace(quoting, exhibit=True))}
    assert {"T21", "T27"} <= found


def test_letters_that_change_their_length_move_nothing() -> None:
    found = detect(said("İstanbul, then. I am glad."))
    assert [(seen.technique, seen.words, seen.at) for seen in found] == [("T01", "I", 16), ("T03", "I am glad", 16)]


def test_a_language_without_cues_shows_what_needs_no_words() -> None:
    assert detectable("cy") == {"T02", "T05", "T06", "T08", "T19", "P03"}
    assert shown("(warm) I am glad, <name Ada>.", "cy") == {"T02", "T08", "T19"}


def test_a_dialect_has_the_cues_of_its_language() -> None:
    assert detectable("en-GB") == detectable("en")


def test_a_label_that_words_can_show_stands_only_where_they_do() -> None:
    seen = detect(said("I am glad."))
    assert labels(["T08", "P01"], seen, "en") == ("T01", "T03")


def test_a_label_that_words_cannot_show_stays() -> None:
    assert labels(["T12", "T11"], (), "en") == ("T11", "T12")
    assert labels(["T03"], (), "cy") == ("T03",)


def test_nothing_said_shows_nothing() -> None:
    assert detect(Said((), "inform", "neutral", False, "en")) == ()
