"""The schema of packs: up to date, true to the shipped packs and to the loader, and exact about what is wrong."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from her_desktop.dialogue import yaml_lines
from her_desktop.dialogue.acts import ACTS
from her_desktop.dialogue.rules import Pack, RuleSpec
from her_desktop.dialogue.schema import HEADER, attribute_docs, pack_schema, schema_file, schema_text
from her_desktop.dialogue.techniques import techniques
from her_desktop.paths import resources

PACKS = sorted(path for path in resources().glob("dialogue/*/*.yaml") if path.name != "language.yaml")

GOOD = """\
# yaml-language-server: $schema=../pack.schema.json
topic: tea
concepts: {cup: [cup, mug, tea pot, {word: tea, heard_as: [tee, t]}]}
expansions: {want: "i (want|would like)"}
rules:
  - id: tea.offer
    samples: [tea please]
    hears: ["tea"]
    act: offer
    technique: [T11]
    tone: warm
    says: ["With milk?", {say: "Milk?", tone: playful, technique: [T12]}]
    follow_up: {after: "1 day", says: ["How was the tea?"]}
    expects:
      - samples: ["yes"]
        hears: ["^yes$"]
        act: confirm
        says: ["With milk, then."]
gambits:
  - id: tea.weather
    says: ["It is a day for tea."]
"""


def errors(text: str) -> list[tuple[str, str]]:
    """Where in a pack something is wrong, and what."""
    validator = Draft202012Validator(pack_schema())
    found = validator.iter_errors(yaml_lines.read(text)[0])
    return [(error.json_path.removeprefix("$").removeprefix("."), error.message) for error in found]


def keys(part: dict[str, Any]) -> dict[str, Any]:
    properties: dict[str, Any] = part["properties"]
    return properties


def test_the_file_is_up_to_date() -> None:
    kept = schema_file().read_text(encoding="utf-8")
    assert kept == schema_text(), "renew it with: python -m her_desktop.dialogue.schema"


def test_it_is_a_valid_schema() -> None:
    Draft202012Validator.check_schema(pack_schema())


def test_the_header_leads_from_a_pack_to_the_schema() -> None:
    path = HEADER.partition("$schema=")[2]
    assert (PACKS[0].parent / path).resolve() == schema_file().resolve()


@pytest.mark.parametrize("path", PACKS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_shipped_pack_fits(path: Path) -> None:
    found = Draft202012Validator(pack_schema()).iter_errors(yaml_lines.read(path.read_text(encoding="utf-8"))[0])
    worst = best_match(found)
    assert worst is None, f"{worst.json_path}: {worst.message}"


def test_a_good_pack_fits() -> None:
    assert not errors(GOOD)


@pytest.mark.parametrize(
    ("good", "broken", "place", "why"),
    [
        ("topic: tea\n", "", "", "'topic' is a required property"),
        ("    act: offer\n", "    act: dance\n", "rules[0].act", "'dance' is not one of"),
        ("    act: offer\n", "    act: offer\n    colour: red\n", "rules[0]", "'colour' was unexpected"),
        ("    act: offer\n", "    act: offer\n    tier: answer\n", "rules[0].tier", "'answer' is not one of"),
        ("    act: offer\n", "    act: offer\n    once: 1\n", "rules[0].once", "1 is not of type 'boolean'"),
        ("[T11]", "[T11, T99]", "rules[0].technique[1]", "'T99' is not one of"),
        ("tone: warm", "tone: hot", "rules[0].tone", "'hot' is not one of"),
        ("id: tea.offer", "id: offer", "rules[0].id", "does not match"),
        ('hears: ["tea"]', "hears: []", "rules[0].hears", "[] should be non-empty"),
        ('hears: ["tea"]', "hears: tea", "rules[0].hears", "'tea' is not of type 'array'"),
        ("[tea please]", "[5]", "rules[0].samples[0]", "5 is not of type 'string'"),
        ('        says: ["With milk, then."]\n', "", "rules[0].expects[0]", "'says' is a required property"),
        ("act: confirm", "act: nod", "rules[0].expects[0].act", "'nod' is not one of"),
        ("act: confirm", "tier: global", "rules[0].expects[0]", "'tier' was unexpected"),
        ("{cup: [", "{(cup: [", "concepts", "does not match"),
        ("tea pot", "[pot]", "concepts.cup[2]", "['pot'] is not"),
        ("heard_as: [tee, t]", "heard: [tee]", "concepts.cup[3]", "is not valid"),
        ("tone: playful", "tone: hot", "rules[0].says[1]", "is not valid"),
        ("[T12]", "[T99]", "rules[0].says[1]", "is not valid"),
        ('"1 day"', '"soon"', "rules[0].follow_up", "is not valid"),
        ("id: tea.weather", "id: tea.weather\n    hears: [x]", "gambits[0]", "'hears' was unexpected"),
    ],
)
def test_what_is_wrong_is_refused_where_it_stands(good: str, broken: str, place: str, why: str) -> None:
    assert good in GOOD
    found = errors(GOOD.replace(good, broken, 1))
    assert any(where == place and why in message for where, message in found), found


def test_acts_and_techniques_are_those_that_the_loader_takes() -> None:
    for rule in ("RuleSpec", "Rejoinder"):
        known = keys(pack_schema()["$defs"][rule])
        assert set(known["act"]["enum"]) == ACTS
        assert set(known["technique"]["items"]["enum"]) == techniques().keys()  # some only in an exhibit


def test_nothing_unknown_is_let_through() -> None:
    schema = pack_schema()
    assert all(part["additionalProperties"] is False for part in (schema, *schema["$defs"].values()))


def test_a_key_is_described_by_the_words_below_its_field() -> None:
    rule = keys(pack_schema()["$defs"]["RuleSpec"])
    assert rule["samples"]["description"] == "Sentences that must reach this rule: documentation and test in one."
    assert attribute_docs(RuleSpec)["samples"] == rule["samples"]["description"]
    assert set(RuleSpec.__struct_fields__) == set(rule)
    assert set(Pack.__struct_fields__) == set(keys(pack_schema()))


def test_every_key_has_a_description() -> None:
    schema = pack_schema()
    parts = {"Pack": schema, **schema["$defs"]}
    assert [f"{n}.{key}" for n, part in parts.items() for key, v in keys(part).items() if "description" not in v] == []


def test_the_kept_file_is_json_of_the_current_draft() -> None:
    assert json.loads(schema_file().read_text(encoding="utf-8"))["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
