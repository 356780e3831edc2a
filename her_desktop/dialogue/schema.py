"""The JSON Schema of a rule pack, for editors: made from the types in `rules.py`, described by their own words.

Receives nothing but those types, the acts and the techniques. `python -m her_desktop.dialogue.schema` writes it to
`resources/dialogue/pack.schema.json`; a pack names it in its first line, as `HEADER` does.
"""

from __future__ import annotations

import ast
import inspect
import json
import textwrap
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec

from her_desktop.dialogue.acts import ACTS
from her_desktop.dialogue.rules import Pack
from her_desktop.dialogue.techniques import techniques
from her_desktop.paths import resources

HEADER = "# yaml-language-server: $schema=../pack.schema.json"
"""The line that tells an editor where the schema of a pack lies."""

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_NAME, _RULE_ID, _PART = r"^[^\s/]+$", r"^[^\s/.]+\.[^\s/]+$", r"^[^\s\[\](){}<>|;:~*!^$]+$"
_LINES = ("hears", "says", "samples", "heard_as")
"""Lists that hold at least one line."""


def pack_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one pack file."""
    _, parts = msgspec.json.schema_components([Pack], ref_template="#/$defs/{name}")
    for struct in _structs(msgspec.inspect.type_info(Pack), set()):
        _describe(parts[struct.__name__], struct)
    head: dict[str, Any] = parts.pop(Pack.__name__)
    return {"$schema": _DRAFT, **head, "title": "Rule pack", "$defs": dict(sorted(parts.items()))}


def schema_text() -> str:
    """The schema as it is kept in a file."""
    return json.dumps(pack_schema(), ensure_ascii=False, indent=2) + "\n"


def schema_file() -> Path:
    """Where the schema is kept, beside the languages."""
    return resources() / "dialogue" / "pack.schema.json"


def _structs(info: Any, seen: set[int]) -> Iterator[type[msgspec.Struct]]:
    """Every struct that a type is made of, itself first."""
    if isinstance(info, tuple):
        for part in info:
            yield from _structs(part, seen)
    elif isinstance(info, msgspec.inspect.Type | msgspec.inspect.Field) and id(info) not in seen:
        seen.add(id(info))
        if isinstance(info, msgspec.inspect.StructType):
            yield info.cls
        for name in info.__struct_fields__:
            yield from _structs(getattr(info, name), seen)


def _describe(schema: dict[str, Any], struct: type[msgspec.Struct]) -> None:
    """Add to the schema of a struct what its types do not say."""
    schema["additionalProperties"] = False
    docs = attribute_docs(struct)
    for key, value in schema["properties"].items():
        if key in docs:
            value["description"] = docs[key]
        if key in _LINES and value.get("type") == "array":
            value.setdefault("minItems", 1)
        if key in ("id", "topic"):
            value.setdefault("pattern", _NAME)
        if key == "id" and key in schema["required"]:
            value["allOf"] = [{"pattern": _RULE_ID}]
        if key in ("concepts", "expansions"):
            value.setdefault("propertyNames", {"pattern": _PART})
        if key in ("act", "technique"):
            for text in _texts(value):
                text.update(_acts() if key == "act" else _techniques())


def _texts(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The schema itself where it is one of a text, else those of texts in it."""
    if schema.get("type") == "string":
        yield schema
    for part in (*schema.get("anyOf", ()), *([schema["items"]] if "items" in schema else [])):
        yield from _texts(part)


def _acts() -> dict[str, Any]:
    return {"enum": sorted(ACTS)}


def _techniques() -> dict[str, Any]:
    """All that there are; those that are manipulative and nothing else are refused outside of an exhibit."""
    said = [f"{found.name}: {found.definition}" for found in techniques().values()]
    return {"enum": list(techniques()), "enumDescriptions": said}


def attribute_docs(struct: type[msgspec.Struct]) -> dict[str, str]:
    """What the source says below each field of a struct, the fields that it inherits included."""
    docs: dict[str, str] = {}
    for base in reversed(struct.__mro__):
        if issubclass(base, msgspec.Struct) and base is not msgspec.Struct:
            (definition,) = ast.parse(textwrap.dedent(inspect.getsource(base))).body
            assert isinstance(definition, ast.ClassDef)
            docs |= dict(_documented(definition))
    return docs


def _documented(definition: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, below in pairwise(definition.body):
        match field, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                yield name, " ".join(inspect.cleandoc(text).split())


if __name__ == "__main__":
    schema_file().write_text(schema_text(), encoding="utf-8")
