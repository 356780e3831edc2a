"""The timeline: fields as the trace-event format has them, slices that nest, sums that hold."""

import json
from collections import defaultdict
from typing import Any

import pytest
from hypothesis import given, settings

from her_desktop import events
from her_desktop.events import Recorded
from her_desktop.trace.export.chrome import export_chrome
from tests.trace.export_sessions import recorded, sessions, spoken, typed


def timeline(session: list[Recorded]) -> list[dict[str, Any]]:
    whole = json.loads(export_chrome(session))
    assert set(whole) == {"traceEvents", "displayTimeUnit", "otherData"}
    assert whole["displayTimeUnit"] == "ms"
    found: list[dict[str, Any]] = whole["traceEvents"]
    for event in found:
        check_fields(event)
    return found


def check_fields(event: dict[str, Any]) -> None:
    own = {"X": {"cat", "dur"}, "i": {"cat", "s"}, "M": set()}[event["ph"]]
    assert set(event) == {"name", "ph", "pid", "tid", "ts", "args"} | own
    assert all(isinstance(event[key], int) and event[key] >= 0 for key in ("pid", "tid", "ts"))
    assert isinstance(event["name"], str)
    assert event.get("s", "t") in {"g", "p", "t"}
    assert event.get("dur", 0) >= 0
    if event["ph"] == "M":
        assert event["name"] in {"process_name", "thread_name", "thread_sort_index"}


def check_nesting(found: list[dict[str, Any]]) -> None:
    """On each lane, of two slices one holds the other or they do not touch, as the format asks."""
    lanes = defaultdict(list)
    for event in found:
        if event["ph"] == "X":
            lanes[event["pid"], event["tid"]].append((event["ts"], event["ts"] + event["dur"]))
    for lane in lanes.values():
        open_until: list[int] = []
        for start, end in sorted(lane, key=lambda one: (one[0], -one[1])):
            while open_until and open_until[-1] <= start:
                open_until.pop()
            assert not open_until or end <= open_until[-1]
            open_until.append(end)


def named(found: list[dict[str, Any]], name: str) -> dict[str, Any]:
    (event,) = [one for one in found if one["name"] == name and one["ph"] != "M"]
    return event


def test_lanes_have_names() -> None:
    names = [one["args"]["name"] for one in timeline(spoken()) if one["name"] == "thread_name"]
    assert names == ["him", "her", "turn", "first sound"]


def test_a_spoken_turn_lies_as_it_was() -> None:
    found = timeline(spoken())
    check_nesting(found)
    his, hers = [one for one in found if one["name"] == "speaks"]
    assert (his["ts"], his["dur"], his["args"]) == (0, 800_000, {"text": "what time is it"})
    assert hers["dur"] == 500_000
    assert hers["args"] == {"cut off": "he pressed stop"}
    words = [(one["name"], one["ts"] - hers["ts"], one["dur"]) for one in found if one.get("cat") == "word"]
    assert words == [("It", 0, 300_000), ("is", 300_000, 200_000)]


def test_the_stages_follow_each_other_and_add_up() -> None:
    found = timeline(spoken())
    names = ["waited", "recognized", "understood", "chose", "worded", "kept", "voiced"]
    stages = [one for one in found if one.get("cat") == "stage" and one["name"] != "first_sound"]
    assert [one["name"] for one in stages] == names
    ends = 0
    for stage in stages:
        assert stage["ts"] >= ends
        ends = stage["ts"] + stage["dur"]
    assert [one["dur"] for one in stages] == [700_000, 30_000, 1000, 250, 125, 2000, 45_000]
    whole = named(found, "turn 1")
    assert whole["ts"] == 0
    assert ends <= whole["ts"] + whole["dur"]
    assert named(found, "first_sound")["dur"] == 100_000
    assert named(found, "first_sound")["ts"] + 100_000 == next(
        one["ts"] for one in found if one.get("cat") == "playback"
    )


def test_what_was_decided_stands_where_it_became_known() -> None:
    found = timeline(spoken())
    worded = named(found, "worded")
    said = named(found, "reply")
    assert said["ph"] == "i"
    assert said["ts"] == worded["ts"] + worded["dur"]
    assert said["args"]["rule"] == "topic.rule"
    assert said["args"]["text"] == "It is eight o'clock."


def test_turns_that_were_played_too_fast_stand_one_behind_the_other() -> None:
    once = [one.entry for one in spoken()]
    session = recorded(once * 3, [(int(at % len(once) == 0), 1) for at in range(3 * len(once))])
    found = timeline(session)
    check_nesting(found)
    turns = [one for one in found if one.get("cat") == "turn"]
    assert [one["name"] for one in turns] == ["turn 1", "turn 2", "turn 3"]


@settings(max_examples=200, deadline=None)
@given(sessions(20))
def test_whatever_was_recorded_is_well_formed(session: list[Recorded]) -> None:
    found = timeline(session)
    if not any(isinstance(one.entry, events.PlaybackStarted | events.SpeechEnded) for one in session):
        check_nesting(found)


@pytest.mark.parametrize("session", [[], recorded([events.SessionEnded(cause="the input ended")])])
def test_an_empty_session_is_a_timeline_too(session: list[Recorded]) -> None:
    assert not [one for one in timeline(session) if one["ph"] == "X"]


def test_a_typed_turn_has_its_moment_and_its_stages() -> None:
    found = timeline(typed(("hello", "Hello.")))
    assert named(found, "types")["args"] == {"text": "hello"}
    assert named(found, "turn 1")["dur"] > 0
