"""Captions: valid as the specification has it, in order, and in them what was said."""

import io
import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

import pytest
import webvtt
from hypothesis import given, settings
from hypothesis import strategies as st

from her_desktop import events
from her_desktop.events import Recorded
from her_desktop.trace.export.visible import visible
from her_desktop.trace.export.webvtt import export_vtt
from tests.trace.export_sessions import HOSTILE, recorded, sessions, spoken, typed

CLOCK = r"(\d{2,}):([0-5]\d):([0-5]\d)\.(\d{3})"
TIMES = re.compile(rf"{CLOCK} --> {CLOCK}")
TAGS = re.compile(rf"<v (?:You|Her)>|</v>|<{CLOCK}>")


class Cue(NamedTuple):
    start_ms: int
    end_ms: int
    voice: str
    text: str
    words_ms: list[int]


def cues(page: str) -> Iterator[Cue]:
    """The captions, read by the grammar of the specification; anything else fails."""
    assert page.startswith("WEBVTT")
    assert page.endswith("\n")
    header, *blocks = page[:-1].split("\n\n")
    assert "-->" not in header
    for block in blocks:
        first, _, payload = block.partition("\n")
        if first.startswith("NOTE "):
            assert "-->" not in block
            continue
        times = TIMES.fullmatch(first)
        assert times, first
        assert "-->" not in payload
        assert not re.search(r"[<>]", TAGS.sub("", payload)), payload
        assert not re.search(r"&(?!(amp|lt|gt|nbsp);)", payload)
        voice = re.match(r"<v (You|Her)>", payload)
        assert voice
        inner = [ms(*found.groups()) for found in re.finditer(rf"<{CLOCK}>", payload)]
        text = unescape(TAGS.sub("", payload).replace("&nbsp;", ""))
        yield Cue(ms(*times.groups()[:4]), ms(*times.groups()[4:]), voice.group(1), text, inner)


def ms(hours: str, minutes: str, seconds: str, rest: str) -> int:
    return ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(rest)


def check_times(found: list[Cue]) -> None:
    last = 0
    for cue in found:
        assert last <= cue.start_ms < cue.end_ms
        borders = [cue.start_ms, *cue.words_ms, cue.end_ms]
        assert borders == sorted(set(borders))
        last = cue.end_ms


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:20]))
def test_what_was_said_stands_there(text: str) -> None:
    found = list(cues(export_vtt(typed((text, text)))))
    assert [(cue.voice, cue.text) for cue in found] == [("You", visible(text)), ("Her", visible(text))]
    check_times(found)


@given(st.text(st.characters()), st.text(st.characters()))
def test_whatever_was_said_stands_there(he: str, she: str) -> None:
    found = list(cues(export_vtt(typed((he, she)))))
    assert [cue.text for cue in found] == [visible(text) for text in (he, she) if text.strip()]
    check_times(found)


@settings(max_examples=150, deadline=None)
@given(sessions(20))
def test_whatever_was_recorded_is_valid_and_in_order(session: list[Recorded]) -> None:
    check_times(list(cues(export_vtt(session))))


def test_a_library_reads_it() -> None:
    page = export_vtt([*spoken()])
    read = webvtt.from_buffer(io.StringIO(page)).captions
    assert [(one.voice, one.text) for one in read] == [("You", "what time is it"), ("Her", "It is")]
    assert [(one.start, one.end) for one in read][1] == ("00:00:01.604", "00:00:02.104")


def test_speech_stands_when_it_sounded_and_each_word_too() -> None:
    his, hers = cues(export_vtt(spoken()))
    assert (his.start_ms, his.end_ms) == (0, 800)
    assert his.words_ms == [240, 520, 640]
    assert hers.words_ms == [hers.start_ms + 300]
    assert hers.end_ms - hers.start_ms == 500


def test_words_that_never_sounded_are_no_caption() -> None:
    page = export_vtt(spoken())
    assert "eight" not in page
    assert "cut off after 2 of 4 words" in page


def test_typed_words_stay_long_enough_to_be_read() -> None:
    short, long = cues(export_vtt(typed(("hi", "a" * 100))))
    assert short.end_ms - short.start_ms == 1200
    assert long.end_ms - long.start_ms == 6000


def test_an_empty_session_has_no_caption() -> None:
    assert list(cues(export_vtt([]))) == []
    assert list(cues(export_vtt(recorded([events.SessionEnded(cause="the input ended")])))) == []
