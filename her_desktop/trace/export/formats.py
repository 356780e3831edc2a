"""Every form that a session can be exported in, and the file endings that name it.

A screenplay is more than its entries tell: it is performed before it is handed out (`screenplay/writing/export.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from her_desktop.events import Recorded, TurnsMarked
from her_desktop.trace.export.chrome import export_chrome
from her_desktop.trace.export.html import export_html
from her_desktop.trace.export.jsonl import export_jsonl
from her_desktop.trace.export.webvtt import export_vtt

Exporter = Callable[[Sequence[Recorded], Iterable[TurnsMarked]], str]
"""From the entries of a session, and the marks of turns from which words were removed later, to the text of a file."""

EXPORTERS: dict[str, Exporter] = {
    "html": export_html,
    "jsonl": lambda session, _marks: export_jsonl(session),
    "vtt": lambda session, _marks: export_vtt(session),
    "chrome": lambda session, _marks: export_chrome(session),
}

SCREENPLAY = "fountain"
"""The form that is written by `screenplay/`."""

FORMS = ("html", "jsonl", SCREENPLAY, "vtt", "chrome")
"""Every form, in the order in which they are offered."""

ENDINGS = {
    ".html": "html",
    ".htm": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".fountain": SCREENPLAY,
    ".vtt": "vtt",
    ".json": "chrome",
}
"""File ending to format."""
