"""What the left side shows, as a pure fold over recorded entries: her state, his words, her words as they sound.

Also whether there is light, whether this is the first time, and what of her is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from typing import Any

import msgspec

from her_desktop import events
from her_desktop.events import Recorded

_SOUNDING = frozenset({"voice", "speaker"})
"""Without one of these her words are only read."""

_TURNS = {
    "heard_in": (events.PartialTranscript, events.FinalTranscript),
    "said_in": (events.FinalTranscript, events.Reply),
}
"""What the words on the left came with."""

_REST = frozenset({"listening", "asleep"})

_WORDS = {
    "waking": "she is waking",
    "asleep": "she is asleep",
    "listening": "she is listening",
    "hearing": "she hears you",
    "thinking": "she is thinking",
    "speaking": "she is speaking",
}


REHEARSED = "what she would have said"
"""Stands under words that she speaks only to show them."""


class Props(msgspec.Struct, frozen=True):
    """All that the left side shows, as a fold over entries."""

    turn: int = 0
    clock: str = ""
    """When the turn began, as recorded: HH:MM:SS."""
    mode: str = "waking"
    """The last state that was recorded."""
    partial: str = ""
    partial_is_final: bool = False
    heard_in: int = 0
    """The turn of his words."""
    reply: tuple[str, ...] = ()
    """The words of her last reply."""
    said_in: int = 0
    """The turn of her words."""
    outdated: bool = False
    """Words were removed from the turn that stands there, and it was not read again since."""
    sounded: int = 0
    """How many of them have sounded."""
    cut: bool = False
    rehearsed: tuple[str, ...] = ()
    """Words that she did not say, while they are spoken because he asked to hear them."""
    dark: bool = False
    """Whether the lights are out."""
    first: bool = False
    """Whether this is the first conversation of the profile."""
    answered: bool = False
    """Whether anything was said or typed in this conversation."""
    language: str = "en"
    lost: dict[str, events.PartLost] = {}
    """Part to what is wrong with it."""
    failure: str = ""

    @property
    def first_run(self) -> bool:
        """Whether she has to say what she is: nothing was ever said to her here."""
        return self.first and not self.answered

    @property
    def caption(self) -> tuple[str, ...]:
        """The words that stand there as hers."""
        return self.rehearsed or self.reply

    @property
    def spoken(self) -> int:
        """How many of them stand in ink. Of a rehearsal all do: how it sounds is not recorded."""
        return len(self.rehearsed) or self.sounded

    @property
    def caption_note(self) -> str:
        """What has to be said of these words."""
        return REHEARSED if self.rehearsed else ""

    @property
    def deaf(self) -> str:
        """The part that keeps her from hearing, or nothing."""
        return next((part for part in ("microphone", "recognizer") if part in self.lost), "")

    @property
    def state(self) -> str:
        """asleep, listening, hearing, thinking, speaking or no_microphone."""
        if self.deaf and self.mode in {"waking", "asleep", "listening"}:
            return "no_microphone"
        return "asleep" if self.mode == "waking" else self.mode

    @property
    def state_text(self) -> str:
        """The state in words."""
        return f"no {self.deaf}" if self.state == "no_microphone" else _WORDS[self.mode]

    @property
    def progress(self) -> str:
        """The state in words, and where she is in her reply."""
        if self.mode != "speaking" or not self.sounded or self.rehearsed:
            return self.state_text
        return f"{self.state_text}, word {self.sounded} of {len(self.reply)}"

    @property
    def notice(self) -> str:
        """What went wrong last and what to do, as one line."""
        return self.failure


def fold(props: Props, recorded: Recorded) -> Props:
    """Take one recorded entry into what is shown."""
    if isinstance(recorded.entry, events.SessionStarted):
        props = Props(first=recorded.seq == 1, language=recorded.entry.language)
    if recorded.turn != props.turn or not props.clock:
        clock = recorded.at.strftime("%H:%M:%S")
        props = msgspec.structs.replace(props, turn=recorded.turn, clock=clock, failure="")
    turns = {field: recorded.turn for field, kinds in _TURNS.items() if isinstance(recorded.entry, kinds)}
    return msgspec.structs.replace(props, **_changes(props, recorded.entry), **turns)


def mended(props: Props, turn: Iterable[Recorded]) -> Props:
    """Put the words of a turn as they stand in the record, after some were removed from it."""
    for recorded in turn:
        match recorded.entry:
            case events.FinalTranscript(text=text) if props.heard_in == recorded.turn:
                props = msgspec.structs.replace(props, partial=text, partial_is_final=True, outdated=False)
            case events.Reply(text=text) if props.said_in == recorded.turn:
                words = tuple(text.split())
                sounded = len(words) if props.mode in _REST and not props.cut else min(props.sounded, len(words))
                props = msgspec.structs.replace(props, reply=words, sounded=sounded, outdated=False)
    return props


def _changes(props: Props, entry: events.Entry) -> Mapping[str, Any]:
    match entry:
        case events.StateChanged(state=state):
            rest = state in _REST and not props.cut
            rehearsed = props.rehearsed if state == "speaking" else ()
            over = {"partial": "", "reply": (), "outdated": False} if props.outdated and state in _REST else {}
            return {"mode": state, "rehearsed": rehearsed} | ({"sounded": len(props.reply)} if rest else {}) | over
        case events.TurnsMarked(turns=turns):
            return _removed(props, {mark.turn for mark in turns})
        case events.SessionEnded():
            return {"mode": "asleep", "rehearsed": ()}
        case _:
            return _parts(props, entry) or _heard(entry) or _said(props, entry)


def _removed(props: Props, turns: Set[int]) -> Mapping[str, Any]:
    """Words of these turns were forgotten. What asked for it stands until it is answered; all else goes at once."""
    if props.mode == "thinking" and {props.heard_in, props.said_in} <= turns:
        return {"rehearsed": (), "outdated": True}
    heard = {"partial": "", "partial_is_final": False} if props.heard_in in turns else {}
    return {"rehearsed": ()} | heard | ({"reply": (), "sounded": 0} if props.said_in in turns else {})


def _parts(props: Props, entry: events.Entry) -> Mapping[str, Any]:
    match entry:
        case events.PartReady(part=part):
            return {"lost": {name: lost for name, lost in props.lost.items() if name != part}}
        case events.PartLost(part=part):
            unheard = {"rehearsed": ()} if part in _SOUNDING else {}
            return {"lost": props.lost | {part: entry}} | unheard
        case events.Failure():
            return {"failure": line(entry.what, entry.why, entry.todo)}
        case _:
            return {}


def _heard(entry: events.Entry) -> Mapping[str, Any]:
    match entry:
        case events.SpeechStarted() | events.SpeechDiscarded():
            return {"partial": "", "partial_is_final": False}
        case events.PartialTranscript(text=text):
            return {"partial": text, "partial_is_final": False}
        case events.FinalTranscript(text=text):
            said = {"partial": text, "partial_is_final": True, "answered": True}
            return said | {"reply": (), "sounded": 0, "rehearsed": ()}
        case _:
            return {}


def _said(props: Props, entry: events.Entry) -> Mapping[str, Any]:
    match entry:
        case events.Reply(text=text):
            words = tuple(text.split())
            silent = not props.lost.keys().isdisjoint(_SOUNDING)
            return {"reply": words, "sounded": len(words) if silent else 0, "cut": False}
        case events.WordSpoken(index=index):
            return {"sounded": min(index + 1, len(props.reply))}
        case events.PlaybackFinished():
            return {"sounded": len(props.reply)}
        case events.PlaybackInterrupted():
            return {"cut": True}
        case events.Rehearsed(text=text):
            return {"rehearsed": tuple(text.split())}
        case events.LightsSwitched(on=on):
            return {"dark": not on}
        case _:
            return {}


def line(what: str, why: str, todo: str) -> str:
    """Put an error into the one line that a person reads."""
    return f"{what}: {why}" + (f" ({todo})" if todo else "")
