"""The session as JSON lines, each entry as `--json` prints it; `schema.py` says what may stand in one."""

from __future__ import annotations

from collections.abc import Sequence

from her_desktop.events import Recorded
from her_desktop.trace.lines import as_json


def export_jsonl(session: Sequence[Recorded]) -> str:
    """The entries, one JSON object a line."""
    return "".join(f"{as_json(recorded)}\n" for recorded in session)
