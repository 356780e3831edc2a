"""JSON lines, and the schema that says what may stand in one: up to date, whole, and true to real sessions."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from her_desktop.events import ENTRIES, Recorded, entry_from
from her_desktop.trace.export.jsonl import export_jsonl
from her_desktop.trace.export.schema import schema_file, schema_text, trace_schema
from her_desktop.trace.lines import as_json
from tests.trace.export_sessions import sessions, spoken, talked

VALIDATOR = Draft202012Validator(trace_schema())


def rows(text: str) -> Iterator[dict[str, Any]]:
    assert text == "" or text.endswith("\n")
    for line in text.split("\n")[:-1]:
        yield json.loads(line)


def problem(row: dict[str, Any]) -> str:
    worst = best_match(VALIDATOR.iter_errors(row))
    return f"{worst.json_path}: {worst.message}" if worst else ""


def test_the_file_is_up_to_date() -> None:
    kept = schema_file().read_text(encoding="utf-8")
    assert kept == schema_text(), "renew it with: python -m her_desktop.trace.export.schema"


def test_it_is_a_valid_schema() -> None:
    Draft202012Validator.check_schema(trace_schema())
    assert json.loads(schema_text())["$schema"] == Draft202012Validator.META_SCHEMA["$id"]


def test_every_kind_is_in_it_with_its_envelope() -> None:
    schema = trace_schema()
    listed = [part["$ref"].rpartition("/")[2] for part in schema["oneOf"]]
    assert listed == [entry.__name__ for entry in ENTRIES]
    for entry in ENTRIES:
        part = schema["$defs"][entry.__name__]
        assert part["properties"]["kind"] == {"enum": [entry.__struct_config__.tag]}
        assert {"seq", "session", "turn", "at", "kind"} <= set(part["required"])
        assert set(part["properties"]) == {"seq", "session", "turn", "at", "kind", *entry.__struct_fields__}


def test_a_field_is_described_by_the_words_below_it() -> None:
    waited = trace_schema()["$defs"]["SpeechEnded"]["properties"]["waited_ms"]["description"]
    assert waited == "Silence that passed after the last voiced sample until this was decided."


def test_a_real_conversation_fits(tmp_path: Path) -> None:
    session = talked(tmp_path)
    found = list(rows(export_jsonl(session)))
    assert len(found) == len(session) > 50
    assert [(row["kind"], problem(row)) for row in found if problem(row)] == []


@settings(max_examples=100, deadline=None)
@given(sessions())
def test_whatever_is_recorded_fits_and_comes_back(session: list[Recorded]) -> None:
    found = list(rows(export_jsonl(session)))
    assert [problem(row) for row in found] == [""] * len(session)
    for row, one in zip(found, session, strict=True):
        own = {key: value for key, value in row.items() if key not in {"seq", "session", "turn", "at"}}
        assert entry_from(msgspec.json.encode(own)) == one.entry


def test_each_line_is_the_one_that_the_command_line_prints() -> None:
    session = spoken()
    assert export_jsonl(session).splitlines() == [as_json(one) for one in session]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"seq": "1"}, "not of type 'integer'"),
        ({"cause": None}, "not of type 'string'"),
        ({"kind": "speech_began"}, "not valid under any"),
        ({"color": "red"}, "unexpected"),
    ],
)
def test_what_is_wrong_is_refused(change: dict[str, Any], why: str) -> None:
    row = json.loads(as_json(spoken()[0]))
    assert problem(row) == ""
    errors = [error for top in VALIDATOR.iter_errors(row | change) for error in [top, *(top.context or [])]]
    assert any(why in error.message for error in errors), [error.message for error in errors]
