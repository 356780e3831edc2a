"""A line of time as a string, one sign per 100 ms: `#` voice, `.` silence, `~` in between."""

from __future__ import annotations

from her_desktop.asr.endpointing import Endpointer, Endpointing
from her_desktop.events import SpeechEnded, SpeechStarted

SIGN_MS = 100
PROBABILITIES = {"#": 0.9, "~": 0.42, ".": 0.05}


def run(
    line: str, settings: Endpointing | None = None, frame_ms: int = 20
) -> list[tuple[int, SpeechStarted | SpeechEnded]]:
    """What is decided along a line of time: (ms at which it is decided, what)."""
    endpointer = Endpointer(settings)
    decided = []
    for at_ms in range(0, len(line) * SIGN_MS, frame_ms):
        event = endpointer.accept(PROBABILITIES[line[at_ms // SIGN_MS]], frame_ms)
        if event is not None:
            decided.append((at_ms + frame_ms, event))
    return decided
