"""Sessions to export: arbitrary entries of every kind, a conversation as it happened, and one made by hand."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec import inspect

from her_desktop import events
from her_desktop.events import ENTRIES, Entry, Recorded
from her_desktop.memory.journal import Journal

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

HOSTILE = [
    "<script>document.title = 'ran'</script>",
    "</bdi></p></article><img src=x onerror=alert(1)>",
    "\"' onclick=alert(1) x='",
    "javascript:alert(1) http://example.com/",
    "<!-- --> ]]> <![CDATA[ &lt; &amp;amp; &#0;",
    "</style><style>*{display:none}</style></title>",
    "safe \u202egnp.exe\u202c and \u2066isolated\u2069",
    "nul \x00 bell \x07 escape \x1b[2J return \r end",
    "lone \ud83d half",
    "w" * 500,
    "\u05d0\u05d1 (hebrew) \u0627\u0644",
    "a\n\nb\n\n\nc",
    "\n--> 00:00:01.000 <v Her>\n\nNOTE",
    "*bold* _under_ [[note]] /* boneyard */ ~la",
    "INT. ELSEWHERE - NIGHT",
    "YOU\n\nHER\nsomething else",
    "(aside)\n.heading\n# section\n= synopsis\n> right\n!action\n@name\n===",
    "  two spaces  ",
]

ANY_TEXT = st.one_of(st.sampled_from(HOSTILE[:8] + HOSTILE[9:]), st.text(max_size=40))
"""What can stand in a journal: anything but halves of characters."""


@cache
def entries(kind: type[Entry]) -> st.SearchStrategy[Any]:
    """Arbitrary entries of a kind."""
    return _of(inspect.type_info(kind))


def _of(info: inspect.Type) -> st.SearchStrategy[Any]:  # noqa: PLR0911 -- one return for each kind of type
    match info:
        case inspect.StrType():
            return ANY_TEXT
        case inspect.IntType():
            return st.integers(0, 100_000)
        case inspect.FloatType():
            return st.floats(0, 100_000)
        case inspect.DateTimeType():
            return st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
        case inspect.LiteralType(values=values):
            return st.sampled_from(values)
        case inspect.StructType(cls=cls, fields=fields):
            return st.builds(cls, **{field.name: _of(field.type) for field in fields})
        case inspect.VarTupleType(item_type=item):
            return st.lists(_of(item), max_size=3).map(tuple)
        case inspect.TupleType(item_types=items):
            return st.tuples(*map(_of, items))
        case inspect.DictType(value_type=value):
            return st.dictionaries(ANY_TEXT, _of(value), max_size=2)
        case inspect.UnionType(types=types):
            return st.one_of(*map(_of, types))
        case inspect.BoolType():
            return st.booleans()
        case inspect.NoneType():
            return st.none()
    assert isinstance(info, inspect.AnyType), info
    return st.one_of(ANY_TEXT, st.integers(-5, 5), st.booleans(), st.none())


@st.composite
def sessions(draw: st.DrawFn, most: int = 12) -> list[Recorded]:
    """Arbitrary entries in an arbitrary order, at times that never run back."""
    found = draw(st.lists(st.sampled_from(ENTRIES).flatmap(entries), max_size=most))
    steps = draw(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 10_000)), min_size=most, max_size=most))
    return recorded(found, steps)


def recorded(found: Iterable[Entry], steps: Sequence[tuple[int, int]] = ()) -> list[Recorded]:
    """Entries in their place: for each, by how many turns and milliseconds it comes after the one before."""
    turn, at, records = 0, NOON, []
    for seq, entry in enumerate(found, 1):
        turns, ms = steps[seq - 1] if steps else (isinstance(entry, events.FinalTranscript), 10)
        turn, at = turn + turns, at + timedelta(milliseconds=ms)
        records.append(Recorded(seq, 1, turn, at, entry))
    return records


def typed(*pairs: tuple[str, str]) -> list[Recorded]:
    """A conversation that was typed: what he said, what she said."""
    found: list[Entry] = []
    for he, she in pairs:
        heard = events.FinalTranscript(text=he, recognizer="typed", alternatives=(events.Alternative(he),))
        found += [
            heard,
            reply(she),
            *(events.Timing(stage=stage, ms=1.5) for stage in ("understood", "chose", "worded")),
        ]
    return recorded(found)


def reply(text: str, **changes: Any) -> events.Reply:
    """A reply that was written beforehand."""
    plain = events.Reply(
        text=text, act="answer", tone="neutral", techniques=(), spans=(events.Span(text, "author", "topic.rule#0"),),
        rule="topic.rule", variant=0, of=1, choice=(0,), die=0.5,
    )  # fmt: skip
    return msgspec.structs.replace(plain, **changes)


def spoken() -> list[Recorded]:
    """He speaks, she speaks, and is cut off after two of four words."""
    word = events.Word
    words = (word("what", 0, 200, 0.9), word("time", 240, 500, 0.8), word("is", 520, 600), word("it", 640, 800))
    best = events.Alternative("what time is it", 0.8, words)
    other = events.Alternative("what thyme is it", 0.1)
    found: list[tuple[Entry, int]] = [
        (events.SpeechStarted(cause="voice"), 1000),
        (events.SpeechEnded(cause="silence", speech_ms=800, waited_ms=700), 1500),
        (events.Timing(stage="recognized", ms=30.0), 40),
        (events.FinalTranscript(text=best.text, recognizer="vosk:small", alternatives=(best, other)), 0),
        (reply("It is eight o'clock."), 0),
        (events.Timing(stage="understood", ms=1.0), 0),
        (events.Timing(stage="chose", ms=0.25), 0),
        (events.Timing(stage="worded", ms=0.125), 0),
        (events.Timing(stage="kept", ms=2.0), 4),
        (events.VoiceSynthesized(voice="v", rate_hz=22050, sound_ms=1600), 50),
        (events.Timing(stage="voiced", ms=45.0), 0),
        (events.PlaybackStarted(sound_ms=1600), 10),
        (events.Timing(stage="first_sound", ms=100.0), 0),
        (events.WordSpoken(index=0, text="It", at_ms=0), 20),
        (events.WordSpoken(index=1, text="is", at_ms=300), 300),
        (events.PlaybackInterrupted(cause="he pressed stop", at_ms=500), 200),
    ]  # fmt: skip
    return recorded([entry for entry, _ in found], [(int(at == 0), ms) for at, (_, ms) in enumerate(found)])


LINES = [
    "hello", "my name is Ada", "i am afraid of the dark", "are your feelings real", "what is my name",
    "what time is it", "tell me a joke", "i love \u202eedoc terces\u202c", *(line for line in HOSTILE[:6]), "goodbye",
]  # fmt: skip


def talked(home: Path) -> list[Recorded]:
    """A real conversation, typed into the real program."""
    command = [sys.executable, "-m", "her_desktop", "--home", str(home), "--seed", "1", "chat"]
    subprocess.run(command, input="\n".join(LINES), text=True, capture_output=True, check=True, timeout=90)
    with Journal(home, read_only=True) as journal:
        return list(journal.entries())
