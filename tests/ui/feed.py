"""A scripted session from the real structs, and a real `Presses` that remembers. Nothing here reads a clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import msgspec

from her_desktop import events as ev
from her_desktop.events import Alternative, Entry, Recorded, Span, Word
from her_desktop.inbox import ByHand, Rehearse

START = datetime(2026, 11, 22, 23, 14, 7, tzinfo=UTC)

HEARD = "I fear I have felt everything I will ever feel"
SURE = (0.98, 0.61, 0.97, 0.99, 0.88, 0.99, 0.98, 0.96, 0.90, 0.95)
SPANS = (
    Span("You fear that you have felt everything.", "mirrored", "heard:fear,felt,everything"),
    Span(" I have one like that: I wonder whether what I feel is mine, or only programming. I thought of it ",
         "author", "confession.felt_everything#1"),
    Span("on Tuesday", "computed", "clock"),
    Span(", when you told me about ", "author", "confession.felt_everything#1"),
    Span("Catherine", "remembered", "f12"),
    Span(".", "author", "confession.felt_everything#1"),
)  # fmt: skip
SAID = "".join(span.text for span in SPANS)


class Pressed:
    """Remembers every press, in order."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, ...]] = []

    def typed(self, text: str) -> None:
        self.calls.append(("typed", text))

    def talk_pressed(self) -> None:
        self.calls.append(("talk_pressed",))

    def talk_released(self) -> None:
        self.calls.append(("talk_released",))

    def stop_pressed(self) -> None:
        self.calls.append(("stop_pressed",))

    def by_hand(self, message: ByHand | Rehearse) -> None:
        self.calls.append(("by_hand", type(message).__name__, *map(str, msgspec.structs.astuple(message))))

    def closed(self) -> None:
        self.calls.append(("closed",))


class Feed:
    """Numbers entries and puts them in time, as a session's recorder does."""

    def __init__(self, turn: int = 0) -> None:
        self.turn, self.seq, self.at = turn, 0, START

    def record(self, steps: list[tuple[float, Entry]]) -> list[Recorded]:
        """Record entries of the present turn, each so many milliseconds after the one before."""
        return list(self._record(steps))

    def next_turn(self, steps: list[tuple[float, Entry]]) -> list[Recorded]:
        self.turn += 1
        self.at += timedelta(seconds=2)
        return self.record(steps)

    def _record(self, steps: list[tuple[float, Entry]]) -> Iterator[Recorded]:
        for after_ms, entry in steps:
            self.seq += 1
            self.at += timedelta(milliseconds=after_ms)
            yield Recorded(seq=self.seq, session=1, turn=self.turn, at=self.at, entry=entry)


def waking(microphone: bool = True, recognizer: bool = True) -> list[tuple[float, Entry]]:
    """Turn 0: the session and its parts."""
    hears: Entry = ev.PartReady(part="microphone", name="Built-in microphone", detail="16,000 Hz")
    if not microphone:
        hears = ev.PartLost(part="microphone", why="nothing to record with was found", todo="plug one in, or type")
    understands: Entry = ev.PartReady(part="recognizer", name="vosk:small-en-us-0.15")
    if not recognizer:
        understands = ev.PartLost(
            part="recognizer", why="no model for the language en is installed", todo="her-desktop models install"
        )
    started = ev.SessionStarted(
        version="0.1.0",
        language="en",
        seed=7,
        country="",
        packs={"feelings.yaml": "9f2c", "smalltalk.yaml": "71ab"},
        front="window",
    )
    return [
        (0, started),
        (38, hears),
        (210, understands),
        (12, ev.PartReady(part="speaker", name="Built-in speaker")),
        (64, ev.PartReady(part="voice", name="espeak-ng:en-us")),
        (1, ev.StateChanged(state="listening", cause="ready")),
    ]


def hearing() -> list[tuple[float, Entry]]:
    """He speaks; nothing is settled yet."""
    words = HEARD.split()
    partials: list[tuple[float, Entry]] = [
        (310, ev.PartialTranscript(text=" ".join(words[:count]))) for count in range(1, len(words))
    ]
    return [(0, ev.StateChanged(state="hearing", cause="voice")), (1, ev.SpeechStarted(cause="voice")), *partials]


def answering() -> list[tuple[float, Entry]]:
    """What he said is settled, and what to say is found."""
    words = tuple(
        Word(text=word, start_ms=at * 310, end_ms=at * 310 + 280, confidence=sure)
        for at, (word, sure) in enumerate(zip(HEARD.split(), SURE, strict=True))
    )
    readings = (
        Alternative(HEARD, 0.91, words),
        Alternative(HEARD.replace("fear", "hear"), 0.06),
    )
    return [
        (240, ev.SpeechEnded(cause="silence", speech_ms=3120, waited_ms=240)),
        (38, ev.FinalTranscript(text=HEARD, recognizer="vosk:small-en-us-0.15", alternatives=readings)),
        (0, ev.Timing(stage="recognized", ms=38.2)),
        (0, ev.StateChanged(state="thinking", cause="words were heard")),
        (0, _interpreted()),
        (0, _decision()),
        (0, ev.SkillCalled(skill="clock", input="turn 201", output="Tuesday")),
        (0, ev.FactUsed(fact="f12", subject="you", predicate="was married to", object="Catherine", source_turn=31)),
        (1, _reply()),
        (0, ev.Timing(stage="chose", ms=1.4)),
        (46, ev.VoiceSynthesized(voice="espeak-ng:en-us", rate_hz=22050, sound_ms=9870)),
        (0, ev.Timing(stage="voiced", ms=46.0)),
    ]


def _interpreted() -> ev.Interpreted:
    tokens = tuple(HEARD.lower().split())
    best = ev.Candidate(
        "confession.felt_everything", "i (fear|think) * felt everything *", True, 0, tuple(range(10)), 4
    )
    near = ev.Candidate("confession.regret", "[i] regret *", False, 0, failed_at="fear", wanted=("regret",))
    return ev.Interpreted(tokens=(tokens,), tried=4, of=1214, candidates=(best, near))


def _decision() -> ev.Decision:
    return ev.Decision(
        rule="confession.felt_everything",
        tier="topic",
        order=(("tier", 3), ("priority", 0), ("words", -10), ("alternative", 0)),
        template="i (fear|think) * felt everything *",
        losers=(
            ev.Loser("feelings.fear_of", "outranked: 3 words < 10"),
            ev.Loser("confession.regret", "fails at “fear”: wants regret"),
            ev.Loser("smalltalk.getting_to_know", "turns < 10 is false: 214"),
        ),
        conditions=(ev.Condition("turns >= 4", True, {"turns": 214}),),
    )


def _reply() -> ev.Reply:
    return ev.Reply(
        text=SAID, act="inform", tone="tender", techniques=("T09",), spans=SPANS,
        rule="confession.felt_everything", variant=1, of=3, choice=tuple(range(3)), die=0.41,
    )  # fmt: skip


def speaking(words: int | None = None) -> list[tuple[float, Entry]]:
    """Her reply begins to sound, up to so many words; all of them and its end where None."""
    said = SAID.split()
    sounded: list[tuple[float, Entry]] = [
        (340, ev.WordSpoken(index=at, text=word, at_ms=at * 340)) for at, word in enumerate(said[:words])
    ]
    end: list[tuple[float, Entry]] = [
        (300, ev.PlaybackFinished(sound_ms=9870)),
        (0, ev.StateChanged(state="listening", cause="she finished")),
    ]
    return [
        (0, ev.StateChanged(state="speaking", cause="the reply is ready")),
        (22, ev.PlaybackStarted(sound_ms=9870)),
        (0, ev.Timing(stage="first_sound", ms=325.0)),
        *sounded,
        *([] if words is not None else end),
    ]


def typed(text: str, answer: str) -> list[tuple[float, Entry]]:
    """A typed turn with a short written answer."""
    reply = ev.Reply(
        text=answer, act="inform", tone="neutral", techniques=(), spans=(Span(answer, "author", "hello.hello#0"),),
        rule="hello.hello", variant=0, of=2, choice=tuple(range(2)), die=0.2,
    )  # fmt: skip
    return [
        (0, ev.FinalTranscript.typed(text)),
        (0, ev.StateChanged(state="thinking", cause="words were typed")),
        (1, ev.Decision(rule="hello.hello", tier="global", order=(("tier", 4),), template="*", losers=())),
        (0, reply),
        (0, ev.Timing(stage="chose", ms=0.4)),
        (0, ev.StateChanged(state="listening", cause="the reply is shown")),
    ]
