"""Looking words up: whatever is typed is taken for words, and what is found stands where it says."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from her_desktop.events import Alternative, FinalTranscript, Reply, Span
from her_desktop.memory.journal import Journal

NOW = datetime(2026, 11, 22, 23, 10, tzinfo=UTC)


def reply(text: str) -> Reply:
    return Reply(
        text=text, act="inform", tone="neutral", techniques=(), spans=(Span(text, "author", "a.b#0"),), rule="a.b",
        variant=0, of=1, choice=(0,), die=0.5,
    )  # fmt: skip


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    journal = Journal(tmp_path)
    for turn, (his, hers) in enumerate(
        [
            ("my name is Zoë", "Hello, Zoë."),
            ("I don't like tea", "No tea, then."),
            ("tell me about my tea", "Green tea."),
        ],
        1,
    ):
        journal.begin_session()
        journal.append(turn, NOW, [FinalTranscript.typed(his), reply(hers)], durable=turn != 3)
    return journal


def texts(journal: Journal, words: str, **limits: int) -> list[str]:
    return [hit.text for hit in journal.search(words, **limits)]


def test_what_he_and_what_she_said_is_found_the_newest_first(journal: Journal) -> None:
    hits = journal.search("tea")
    assert [(hit.turn, hit.who) for hit in hits] == [(3, "her"), (3, "you"), (2, "her"), (2, "you")]
    assert [hit.text[begin:end] for hit in hits for begin, end in hit.found] == ["tea"] * 4
    assert hits[0].session == 3
    assert hits[0].at == NOW


def test_case_and_accents_make_no_difference(journal: Journal) -> None:
    assert texts(journal, "zoe") == ["Hello, Zoë.", "my name is Zoë"]
    assert texts(journal, "ZOË") == ["Hello, Zoë.", "my name is Zoë"]


def test_all_words_must_be_there_and_a_phrase_side_by_side(journal: Journal) -> None:
    assert texts(journal, "tea my") == ["tell me about my tea"]
    assert texts(journal, '"my tea"') == ["tell me about my tea"]
    assert texts(journal, '"tea my"') == []
    assert texts(journal, "“about my tea”") == ["tell me about my tea"]


def test_a_star_is_how_a_word_begins(journal: Journal) -> None:
    assert texts(journal, "gre*") == ["Green tea."]
    assert texts(journal, '"about m"*') == ["tell me about my tea"]
    assert texts(journal, "gre") == []


def test_a_search_can_stay_in_a_session_and_be_short(journal: Journal) -> None:
    assert texts(journal, "tea", session=2) == ["No tea, then.", "I don't like tea"]
    assert texts(journal, "tea", limit=1) == ["Green tea."]
    assert texts(journal, "tea", session=99) == []


@pytest.mark.parametrize("words", ["", "   ", '"', '""', "*", "AND", "NOT tea", "tea OR", "NEAR(tea", "text:tea",
                                   "^tea", "(tea", "tea)", "{a b}", "🙂", "\0", "\ud800", "-", "'; DROP TABLE entries",
                                   "don't", "a" * 100_000, "tea " * 10_000, '" * "', "\ufdd0"])  # fmt: skip
def test_nothing_that_is_typed_breaks_a_search(journal: Journal, words: str) -> None:
    journal.search(words)


def test_words_of_the_query_language_are_words(journal: Journal) -> None:
    assert texts(journal, "NOT tea") == []
    assert texts(journal, "don't") == ["I don't like tea"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(said=st.text(min_size=1), words=st.text())
def test_any_words_can_be_looked_for_in_any_text(journal: Journal, said: str, words: str) -> None:
    said = said.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    heard = FinalTranscript(text=said, recognizer="typed", alternatives=(Alternative(said),))
    journal.append(9, NOW, [heard], durable=True)
    for hit in journal.search(words, 1):
        for begin, end in hit.found:
            assert 0 <= begin < end <= len(hit.text)
