"""Receives recorded entries. Emits what the left side shows: her state, his words, her words as they sound."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from PySide6.QtCore import Property, QObject, Signal

from her_desktop import events
from her_desktop.events import Recorded
from her_desktop.ui.level import Meter, follow

_WORDS = {
    "waking": "she is waking",
    "asleep": "she is asleep",
    "listening": "she is listening",
    "hearing": "she hears you",
    "thinking": "she is thinking",
    "speaking": "she is speaking",
}
_FLOOR = {"listening": "him", "hearing": "him", "speaking": "her"}


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
        case events.PartReady(part=part):
            return {"lost": {name: why for name, why in props.lost.items() if name != part}}
        case events.PartLost(part=part):
            return {"lost": props.lost | {part: line(f"no {part}", entry.why, entry.todo)}}
        case events.Failure():
            return {"failure": line(entry.what, entry.why, entry.todo)}
        case _:
            return _words(props, entry)


def _words(props: Props, entry: events.Entry) -> Mapping[str, Any]:
    match entry:
        case events.SpeechStarted() | events.SpeechDiscarded():
            return {"partial": "", "partial_is_final": False}
        case events.PartialTranscript(text=text):
            return {"partial": text, "partial_is_final": False}
        case events.FinalTranscript(text=text):
            return {"partial": text, "partial_is_final": True, "caption": (), "spoken": 0}
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
    """An error as the one line that a person reads."""
    return f"{what}: {why}" + (f" ({todo})" if todo else "")


class Presence(QObject):
    """What the left side of the window binds to. Announces only what changed."""

    turnChanged = Signal()
    clockChanged = Signal()
    stateChanged = Signal()
    stateTextChanged = Signal()
    progressChanged = Signal()
    partialChanged = Signal()
    partialIsFinalChanged = Signal()
    captionWordsChanged = Signal()
    spokenChanged = Signal()
    noticeChanged = Signal()
    microphoneReadyChanged = Signal()
    levelChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._props = Props()
        self._meters = {"him": Meter(), "her": Meter()}
        self._level = 0.0

    def take(self, recorded: Recorded) -> None:
        """Fold in one entry."""
        self._become(fold(self._props, recorded))

    def fail(self, failure: events.Failure) -> None:
        """Show an error that was caught in the window itself."""
        text = line(failure.what, failure.why, failure.todo)
        self._become(msgspec.structs.replace(self._props, failure=text))

    def breathe(self, levels: Mapping[str, float]) -> None:
        """Take the loudest sound since the last step: `him` and `her` to a root mean square, 0 to 1."""
        self._meters = {who: follow(meter, levels.get(who)) for who, meter in self._meters.items()}
        floor = self._meters.get(_FLOOR.get(self._props.state, ""), Meter()).shown
        if floor != self._level:
            self._level = floor
            self.levelChanged.emit()

    def _become(self, props: Props) -> None:
        before, self._props = self._props, props
        for name, (old, new) in _shown(before, props).items():
            if old != new:
                getattr(self, f"{name}Changed").emit()

    turn = Property(int, lambda self: self._props.turn, notify=turnChanged)
    clock = Property(str, lambda self: self._props.clock, notify=clockChanged)
    state = Property(str, lambda self: self._props.state, notify=stateChanged)
    stateText = Property(str, lambda self: self._props.state_text, notify=stateTextChanged)
    progress = Property(str, lambda self: self._props.progress, notify=progressChanged)
    partial = Property(str, lambda self: self._props.partial, notify=partialChanged)
    partialIsFinal = Property(bool, lambda self: self._props.partial_is_final, notify=partialIsFinalChanged)
    captionWords = Property(list, lambda self: list(self._props.caption), notify=captionWordsChanged)
    spoken = Property(int, lambda self: self._props.spoken, notify=spokenChanged)
    captionSpoken = Property(str, lambda self: _join(self._props.caption[: self._props.spoken]), notify=spokenChanged)
    captionRest = Property(str, lambda self: _join(self._props.caption[self._props.spoken :]), notify=spokenChanged)
    notice = Property(str, lambda self: self._props.notice, notify=noticeChanged)
    microphoneReady = Property(bool, lambda self: not self._props.deaf, notify=microphoneReadyChanged)
    level = Property(float, lambda self: self._level, notify=levelChanged)


def _join(words: tuple[str, ...]) -> str:
    return " ".join(words)


def _shown(before: Props, after: Props) -> dict[str, tuple[Any, Any]]:
    """Every property by its Qt name, before and after."""
    names = {
        "turn": "turn", "clock": "clock", "state": "state", "stateText": "state_text", "progress": "progress",
        "partial": "partial", "partialIsFinal": "partial_is_final", "captionWords": "caption", "notice": "notice",
    }  # fmt: skip
    pairs = {name: (getattr(before, field), getattr(after, field)) for name, field in names.items()}
    return pairs | {
        "spoken": ((before.spoken, before.caption), (after.spoken, after.caption)),
        "microphoneReady": (before.deaf == "", after.deaf == ""),
    }
