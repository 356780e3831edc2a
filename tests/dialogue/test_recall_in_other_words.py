"""What he told comes back under other words than those in which he told it."""

from __future__ import annotations

from datetime import UTC, datetime

from her_desktop.memory.facts import Fact, Facts
from her_desktop.skills import SKILLS
from her_desktop.skills.ask import Answer, Ask

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


def fact(subject: str, predicate: str, thing: str, words: str, turn: int = 1) -> Fact:
    """A fact that is kept."""
    return Fact(f"{subject}.{predicate}@{turn}", subject, predicate, thing, turn, words, NOW)


def asked(skill: str, slots: dict[str, str], *facts: Fact) -> Answer:
    """What a skill finds among some facts."""
    kept: Facts = {one.name: one for one in facts}
    return SKILLS[skill](Ask(
        slots=slots, turn=9, heard="", heard_before="", said="", now=NOW, language="en", country="US", facts=kept,
    ))  # fmt: skip


def test_a_daughter_is_found_where_he_asks_for_his_child() -> None:
    found = asked("memory.recall", {"child": "kid", "fact_name": "name"}, fact("daughter", "name", "Lea", "my girl"))
    assert found.values["memory.one_name"].text == "Lea"


def test_the_sentence_that_shares_most_words_is_quoted() -> None:
    attic = fact("user", "name", "Ada", "hello, I am Ada, and I live under the attic", 1)
    boat = fact("user", "home", "Oslo", "we live on a boat in Oslo", 2)
    found = asked("memory.mentioned", {"about": "the attic"}, attic, boat)
    assert found.values["memory.words"].text == attic.words


def test_what_he_never_mentioned_is_not_quoted() -> None:
    told = fact("user", "name", "Ada", "hello, I am Ada")
    assert asked("memory.mentioned", {"about": "the lighthouse"}, told).values == {}


def test_a_favorite_is_told_among_what_he_likes_and_not_again() -> None:
    liked = fact("user", "likes", "tea", "my favorite drink is tea")
    favorite = fact("user", "favorite_drink", "tea", "my favorite drink is tea")
    found = asked("memory.about_him", {}, liked, favorite)
    assert found.values["memory.likes"].text == "tea"
    assert "memory.other" not in found.values
