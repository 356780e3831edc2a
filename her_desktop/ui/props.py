"""What the left side shows, as a pure fold over recorded entries: her state, his words, her words as they sound."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from her_desktop import events
from her_desktop.events import Recorded

_WORDS = {
    "waking": "she is waking",
    "asleep": "she is asleep",
    "listening": "she is listening",
    "hearing": "she hears you",
    "thinking": "she is thinking",
    "speaking": "she is speaking",
}


class Props(msgspec.Struct, frozen=True):
    """All that the left side shows, as a fold over entries."""

    turn: int = 0
    clock: str = ""
    """When the turn began, as recorded: HH:MM:SS."""
    mode: str = "waking"
    """The last state that was recorded."""
    partial: str = ""
    partial_is_final: bool = False
    caption: tuple[str, ...] = ()
    """The words of her reply."""
    spoken: int = 0
    """How many of them have sounded."""
    cut: bool = False
    lost: dict[str, str] = {}
    """Part to what is wrong with it."""
    failure: str = ""

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
        if self.mode != "speaking" or not self.spoken:
            return self.state_text
        return f"{self.state_text}, word {self.spoken} of {len(self.caption)}"

    @property
    def notice(self) -> str:
        """What went wrong and what to do, as one line; the latest failure first."""
        return self.failure or " · ".join(self.lost.values())


def fold(props: Props, recorded: Recorded) -> Props:
    """Take one recorded entry into what is shown."""
    if recorded.turn != props.turn or not props.clock:
        clock = recorded.at.strftime("%H:%M:%S")
        props = msgspec.structs.replace(props, turn=recorded.turn, clock=clock, failure="")
    return msgspec.structs.replace(props, **_changes(props, recorded.entry))


def _changes(props: Props, entry: events.Entry) -> Mapping[str, Any]:
    match entry:
        case events.StateChanged(state=state):
            rest = state in {"listening", "asleep"} and not props.cut
            return {"mode": state} | ({"spoken": len(props.caption)} if rest else {})
        case events.SessionEnded():
            return {"mode": "asleep"}
        case _:
            return _parts(props, entry) or _heard(entry) or _said(props, entry)


def _parts(props: Props, entry: events.Entry) -> Mapping[str, Any]:
    match entry:
        case events.PartReady(part=part):
            return {"lost": {name: why for name, why in props.lost.items() if name != part}}
        case events.PartLost(part=part):
            return {"lost": props.lost | {part: line(f"no {part}", entry.why, entry.todo)}}
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
            return {"partial": text, "partial_is_final": True, "caption": (), "spoken": 0}
        case _:
            return {}


def _said(props: Props, entry: events.Entry) -> Mapping[str, Any]:
    match entry:
        case events.Reply(text=text):
            words = tuple(text.split())
            silent = not props.lost.keys().isdisjoint({"speaker", "voice"})
            return {"caption": words, "spoken": len(words) if silent else 0, "cut": False}
        case events.WordSpoken(index=index):
            return {"spoken": min(index + 1, len(props.caption))}
        case events.PlaybackFinished():
            return {"spoken": len(props.caption)}
        case events.PlaybackInterrupted():
            return {"cut": True}
        case _:
            return {}


def line(what: str, why: str, todo: str) -> str:
    """Put an error into the one line that a person reads."""
    return f"{what}: {why}" + (f" ({todo})" if todo else "")
