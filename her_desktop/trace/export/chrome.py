"""The session as a timeline in the trace-event format, which Perfetto and chrome://tracing open."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from her_desktop.events import Recorded
from her_desktop.trace.export.slices import LANES, Slice, slices
from her_desktop.trace.export.turns import told


def export_chrome(session: Sequence[Recorded]) -> str:
    """The timeline of a session; times are in microseconds from its beginning."""
    number = session[0].session if session else 0
    found = [*_names(number), *(_event(one, number) for one in _laid(session))]
    about = {"session": number, "began": session[0].at.isoformat() if session else "", "made by": "Her Desktop"}
    whole = {"displayTimeUnit": "ms", "otherData": about}
    lines = ",\n".join(json.dumps(event, ensure_ascii=False) for event in found)
    return json.dumps(whole)[:-1] + ', "traceEvents": [\n' + lines + "\n]}\n"


def _laid(session: Sequence[Recorded]) -> Iterator[Slice]:
    """The slices of all turns. A turn that would begin before the last one has ended moves behind it.

    So it is where a recording was played faster than it was spoken.
    """
    free_us = 0
    for turn in told(session):
        found = slices(turn, session[0].at)
        if not found:
            continue
        later_us = max(0, free_us - min(one.start_us for one in found))
        moved = [msgspec.structs.replace(one, start_us=one.start_us + later_us) for one in found]
        free_us = max(one.end_us for one in moved)
        yield from moved


def _names(session: int) -> Iterator[dict[str, Any]]:
    yield _meta("process_name", session, 0, {"name": f"session {session}"})
    for lane, number in LANES.items():
        yield _meta("thread_name", session, number, {"name": lane})
        yield _meta("thread_sort_index", session, number, {"sort_index": number})


def _meta(name: str, pid: int, tid: int, args: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "ph": "M", "pid": pid, "tid": tid, "ts": 0, "args": args}


def _event(one: Slice, session: int) -> dict[str, Any]:
    event = {"name": one.name, "cat": one.category, "pid": session, "tid": LANES[one.lane], "ts": one.start_us}
    how = {"ph": "i", "s": "t"} if one.lasts_us is None else {"ph": "X", "dur": one.lasts_us}
    return event | how | {"args": one.args}
