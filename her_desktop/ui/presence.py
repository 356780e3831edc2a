"""Receives recorded entries and levels. Emits to QML what the left side shows, and only what changed of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from PySide6.QtCore import Property, QObject, Signal

from her_desktop import events
from her_desktop.events import Recorded
from her_desktop.ui.cards import cards
from her_desktop.ui.level import Meter, follow
from her_desktop.ui.props import Props, fold, line, mended

_FLOOR = {"listening": "him", "hearing": "him", "speaking": "her"}


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
    captionNoteChanged = Signal()
    noticeChanged = Signal()
    cardsChanged = Signal()
    darkChanged = Signal()
    firstRunChanged = Signal()
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

    def mend(self, turn: Iterable[Recorded]) -> None:
        """Put the words of a turn as they stand in the record now, after some were forgotten."""
        self._become(mended(self._props, turn))

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
    captionNote = Property(str, lambda self: self._props.caption_note, notify=captionNoteChanged)
    notice = Property(str, lambda self: self._props.notice, notify=noticeChanged)
    cards = Property(list, lambda self: _cards(self._props), notify=cardsChanged)
    dark = Property(bool, lambda self: self._props.dark, notify=darkChanged)
    firstRun = Property(bool, lambda self: self._props.first_run, notify=firstRunChanged)
    microphoneReady = Property(bool, lambda self: not self._props.deaf, notify=microphoneReadyChanged)
    level = Property(float, lambda self: self._level, notify=levelChanged)


def _cards(props: Props) -> list[dict[str, str]]:
    """What is missing and what to do, as QML reads it."""
    return [msgspec.to_builtins(card) for card in cards(props.lost, props.language)]


def _join(words: tuple[str, ...]) -> str:
    return " ".join(words)


def _shown(before: Props, after: Props) -> dict[str, tuple[Any, Any]]:
    """Every property by its Qt name, before and after."""
    names = {
        "turn": "turn", "clock": "clock", "state": "state", "stateText": "state_text", "progress": "progress",
        "partial": "partial", "partialIsFinal": "partial_is_final", "captionWords": "caption",
        "captionNote": "caption_note", "notice": "notice", "cards": "lost", "dark": "dark", "firstRun": "first_run",
    }  # fmt: skip
    pairs = {name: (getattr(before, field), getattr(after, field)) for name, field in names.items()}
    return pairs | {
        "spoken": ((before.spoken, before.caption), (after.spoken, after.caption)),
        "microphoneReady": (before.deaf == "", after.deaf == ""),
    }
