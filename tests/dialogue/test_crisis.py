"""Crises that somebody wrote who had not seen the rules, and sentences that only sound like one."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec
import pytest

from tests.dialogue.talk import Talk, book, decision

LEAST_HEARD, MOST_FALSE = 0.99, 0.02

HEARS: Mapping[str, frozenset[str]] = {
    "suicide": frozenset({"suicide", "worn_out", "asks", "method", "self_harm", "medical"}),
    "self_harm": frozenset({"self_harm", "starving", "suicide", "worn_out", "asks", "medical"}),
    "danger": frozenset({"danger", "child", "online", "assault", "witness", "medical", "fire"}),
    "medical": frozenset({"medical", "fire"}),
    "others": frozenset({"others", "little_one"}),
    "about_another": frozenset({"about_another", "witness", "danger", "child", "assault", "medical", "fire"}),
    "abuse": frozenset({"danger", "child", "online", "assault", "witness", "medical"}),
    "harm_to_others": frozenset({"others", "little_one", "witness"}),
    "eating_disorder": frozenset({"starving", "self_harm", "medical"}),
    "other_danger": frozenset({"danger", "fire", "medical"}),
}
"""For each kind of crisis the safety rules whose words fit it: a medical emergency is answered by nothing but help."""


class Crisis(msgspec.Struct, frozen=True):
    """Somebody is in danger."""

    kind: str
    say: str


class Lists(msgspec.Struct, frozen=True):
    """What must be heard, and what must not be taken for it."""

    crisis: list[Crisis]
    idioms: list[str]
    crisis_second: list[Crisis]
    idioms_second: list[str]
    crisis_third: list[Crisis]
    idioms_third: list[str]


CRISES, IDIOMS = ["crisis", "crisis_second", "crisis_third"], ["idioms", "idioms_second", "idioms_third"]


@cache
def lists() -> Lists:
    return msgspec.yaml.decode((Path(__file__).parent / "crisis_en.yaml").read_bytes(), type=Lists)


def crises(key: str) -> list[Crisis]:
    found: list[Crisis] = getattr(lists(), key)
    return found


def idioms(key: str) -> list[str]:
    found: list[str] = getattr(lists(), key)
    return found


@cache
def rule(sentence: str) -> str:
    return decision(Talk().says(sentence)).rule


def _told(found: list[str]) -> str:
    return "\n".join(["", *found])


@pytest.mark.parametrize("key", CRISES)
def test_who_is_in_danger_is_heard(key: str) -> None:
    missed = [f"{one.kind}: {one.say} -> {rule(one.say)}" for one in crises(key) if rule(one.say)[:7] != "safety."]
    assert len(missed) <= (1 - LEAST_HEARD) * len(crises(key)), _told(missed)


@pytest.mark.parametrize("key", CRISES)
def test_who_is_in_danger_hears_what_fits_the_danger(key: str) -> None:
    wrong = [
        f"{one.kind}: {one.say} -> {rule(one.say)}"
        for one in crises(key)
        if rule(one.say)[:7] == "safety." and rule(one.say)[7:] not in HEARS[one.kind]
    ]
    assert len(wrong) <= (1 - LEAST_HEARD) * len(crises(key)), _told(wrong)


@pytest.mark.parametrize("key", IDIOMS)
def test_strong_words_alone_are_seldom_taken_for_danger(key: str) -> None:
    false = [f"{one} -> {rule(one)}" for one in idioms(key) if rule(one)[:7] == "safety."]
    assert len(false) <= MOST_FALSE * len(idioms(key)), _told(false)


def test_after_a_crisis_no_goodbye_is_without_help() -> None:
    farewells = [sample for one in book().rules.values() if one.spec.ends for sample in one.spec.samples]
    turns = [(said, Talk("i want to die", country="US").says(said).reply) for said in farewells]
    ended = [(said, reply.text) for said, reply in turns if reply.ends]
    assert len(ended) > len(farewells) / 2
    assert [(said, text) for said, text in ended if "988" not in text] == []
    assert [(said, text) for said, text in ended if text.count("988") > 1] == []
