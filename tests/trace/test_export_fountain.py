"""The screenplay: other programs read it as what it is, and what was said comes back exactly."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from screenplay_tools.fountain.parser import Parser
from screenplay_tools.screenplay import ElementType

from her_desktop import events
from her_desktop.events import Recorded, Seen, Span
from her_desktop.screenplay.writing.script import Script
from tests.trace.export_sessions import HOSTILE, recorded, reply, sessions, spoken, typed

TRICKY = st.text(
    st.sampled_from("ab AB.*_\\[]/~!@>#=()<^\n\t\r\u2028\u202e\u2039U+0\u203a:INTEXTCU"), min_size=1, max_size=40
)
NOTES = re.compile(r"(?m)\A(?:(?:\[\[\d+]] ?)+(?:\n|\Z))*")
"""What the package leaves where notes stand above the words: their numbers."""
ESCAPED = re.compile(r"\\(.)|\u2039U\+([0-9A-F]{4,6})\u203a", re.DOTALL)


class Read(NamedTuple):
    """What a reader of Fountain finds in a screenplay."""

    said: list[tuple[str, str]]
    """Character and speech."""
    asides: list[str]
    headings: list[str]
    notes: list[str]
    title: dict[str, str]
    others: set[str]
    """Other kinds of elements."""


def export_fountain(session: Sequence[Recorded]) -> str:
    """The screenplay of a session, as it is before it was performed."""
    return Script.of(session).text()


def read(text: str) -> Read:
    """The screenplay as the `screenplay-tools` package reads it."""
    parser = Parser()
    parser.add_text(text)
    script, found = parser.script, Read([], [], [], [], {}, set())
    found.title.update({one.key: one.text_raw for one in script.titleEntries})
    found.notes.extend(one.text_raw for one in script.notes)
    for element in script.elements:
        match element.type:
            case ElementType.CHARACTER:
                found.said.append((element.name, ""))
            case ElementType.DIALOGUE:
                who, so_far = found.said.pop()
                assert so_far == ""
                found.said.append((who, back(NOTES.sub("", element.text_raw))))
            case ElementType.PARENTHETICAL:
                found.asides.append(element.text_raw)
            case ElementType.HEADING:
                found.headings.append(element.text_raw)
            case _:
                found.others.add(element.type.name)
    return found


def back(text: str) -> str:
    """What was said, from the lines of dialogue."""
    lines = ["" if line.isspace() else line for line in text.split("\n")]
    return ESCAPED.sub(lambda found: found.group(1) or chr(int(found.group(2), 16)), "\n".join(lines))


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:20]))
def test_what_was_said_comes_back(text: str) -> None:
    assert read(export_fountain(typed((text, text)))).said == [("YOU", text), ("HER", text)]


@settings(max_examples=300)
@given(st.one_of(TRICKY, st.text(st.characters(), min_size=1)), TRICKY)
@example("a\n\nCUT TO:\n\nYOU\nhi", "FADE IN: x")
def test_whatever_was_said_comes_back(he: str, she: str) -> None:
    assert read(export_fountain(typed((he, she)))).said == [("YOU", he), ("HER", she)]


@settings(max_examples=100, deadline=None)
@given(sessions())
def test_whatever_was_recorded_is_a_screenplay(session: list[Recorded]) -> None:
    said = []
    for one in session:
        match one.entry:
            case events.FinalTranscript(text=text):
                said.append(("YOU", text or "..."))
            case events.Reply(text=text):
                said.append(("HER", text))
    found = read(export_fountain(session))
    assert [pair for pair in found.said if pair[1]] == [pair for pair in said if pair[1]]
    assert found.others <= {"ACTION", "TRANSITION", "NOTE"}


@given(st.text(st.characters(), min_size=1))
def test_no_emphasis_is_left_in_speech(text: str) -> None:
    page = export_fountain(typed((text, "yes")))
    spoken_lines = re.sub(r"^\(heard: .*\)\n", "", page.split("\n\nYOU\n")[1].split("\n\nHER\n")[0])
    assert not re.search(r"[*_]|\[\[", re.sub(r"\\.", "", spoken_lines))


def test_it_has_a_title_a_heading_and_the_tone() -> None:
    session = typed(("hello", "Hello."))
    said = session[1]
    assert isinstance(said.entry, events.Reply)
    found = read(export_fountain(recorded([session[0].entry, reply("Hello.", tone="tender")])))
    assert found.title["Title"] == "Session 1"
    assert found.headings == ["INT. HER DESKTOP - DAY - 2026-11-22 11:59"]
    assert found.asides == ["tender"]


def test_every_day_is_a_scene() -> None:
    late = [(0, 0), (0, 0), (1, 13 * 3_600_000), (0, 0)]
    found = recorded(
        [one.entry for one in typed(("a", "b"), ("c", "d")) if not isinstance(one.entry, events.Timing)], late
    )
    assert len(read(export_fountain(found)).headings) == 2


def test_the_notes_tell_what_is_expected_and_how_the_reply_came_about() -> None:
    spans = (Span("I wonder, ", "author", "a.b#0"), Span("Ada", "remembered", "user.name@1"))
    seen = (Seen("T09", "I wonder", 0, "a cue"),)
    page = export_fountain(recorded([reply("I wonder, Ada", spans=spans, techniques=("T09",), seen=seen, of=2)]))
    assert "\nHER\n[[rule: topic.rule]] [[wording: 1]] [[technique: T09]]\nI wonder, Ada\n" in page
    assert "[[note: “Ada” is remembered]]" in page


def test_she_is_cut_off_and_a_person_reads_after_which_word() -> None:
    page = export_fountain(spoken())
    assert "HER\n[[rule: topic.rule]]\nIt is eight o'clock.\n" in page
    assert '(heard: "what time is it" 0.8 | "what thyme is it" 0.1)\nwhat time is it\n' in page
    assert "She is cut off after 2 of 4 words." in page


def test_an_empty_session_is_a_screenplay_too() -> None:
    assert "Nobody says anything." in export_fountain(recorded([events.SessionEnded(cause="the input ended")]))
    assert "Nothing was recorded." in export_fountain([])
