"""The JSON Schema of one line of the trace: made from the types in `events.py`, described by their own words.

`python -m her_desktop.trace.export.schema` writes it to `resources/trace.schema.json`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec

from her_desktop import events
from her_desktop.dialogue.schema import attribute_docs
from her_desktop.events import ENTRIES, Recorded
from her_desktop.paths import resources

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_ENVELOPE = ("seq", "session", "turn", "at")
_SAID = {
    "seq": "Its place in the journal, counted from 1 over all sessions.",
    "session": "Number of the session.",
    "turn": "Number of the turn, counted over all sessions; 0 before the first.",
    "at": "When it was recorded.",
}


def trace_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one entry as `--json` and the export print it."""
    _, parts = msgspec.json.schema_components(ENTRIES, ref_template="#/$defs/{name}")
    kinds = {entry.__name__ for entry in ENTRIES}
    for name, part in parts.items():
        _describe(part, _struct(name))
        if name in kinds:
            _enclose(part)
    return {
        "$schema": _DRAFT,
        "title": "One entry of the trace",
        "description": "Every step of every turn, as it was written while it happened. `kind` says which one it is.",
        "oneOf": [{"$ref": f"#/$defs/{entry.__name__}"} for entry in ENTRIES],
        "$defs": dict(sorted(parts.items())),
    }


def schema_text() -> str:
    """The schema as it is kept in a file."""
    return json.dumps(trace_schema(), ensure_ascii=False, indent=2) + "\n"


def schema_file() -> Path:
    """Where the schema is kept."""
    return resources() / "trace.schema.json"


def _struct(name: str) -> type[msgspec.Struct]:
    found: type[msgspec.Struct] = getattr(events, name)
    return found


def _describe(part: dict[str, Any], struct: type[msgspec.Struct]) -> None:
    """Add what the types do not say: the words below each field, and that nothing else may stand there."""
    part["additionalProperties"] = False
    for key, words in attribute_docs(struct).items():
        part["properties"][key]["description"] = words
    if not struct.__struct_config__.omit_defaults:
        part["required"] = list(part["properties"])


def _enclose(part: dict[str, Any]) -> None:
    """Put the envelope around the entry's own fields: where it stands in the journal."""
    _, known = msgspec.json.schema_components([Recorded])
    envelope = {key: known["Recorded"]["properties"][key] | {"description": _SAID[key]} for key in _ENVELOPE}
    part["properties"] = envelope | part["properties"]
    part["required"] = [*_ENVELOPE, *part["required"]]


if __name__ == "__main__":
    schema_file().write_text(schema_text(), encoding="utf-8")
