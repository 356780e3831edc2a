"""Which entries each part of the page NOW is made of, so that only what something came for is made anew. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from her_desktop import events as ev
from her_desktop.events import Entry, Recorded
from her_desktop.ui.pages import now_changed
from her_desktop.ui.pages.now_changed import changed
from her_desktop.ui.pages.now_charms import charms, distance, sound
from her_desktop.ui.pages.now_considered import considered, won
from her_desktop.ui.pages.now_heard import Told, heard
from her_desktop.ui.pages.now_said import Taught, said

PARTS = ("heard", "considered", "won", "changed", "said", "distance", "charms", "sound")
"""The parts of the page, in their order."""

_KINDS: Mapping[str, tuple[type[Entry], ...]] = {
    "heard": (ev.SpeechStarted, ev.SpeechEnded, ev.SpeechDiscarded, ev.PartialTranscript, ev.FinalTranscript,
              ev.Interpreted, ev.Decision),
    "considered": (ev.Interpreted, ev.Decision, ev.Volunteered),
    "won": (ev.Decision, ev.Volunteered, ev.CommandHeld, ev.CommandResumed),
    "changed": now_changed.KINDS,
    "said": (ev.Reply, ev.Suppressed, ev.PlaybackInterrupted),
    "distance": (ev.Reply,),
    "charms": (ev.Reply,),
}  # fmt: skip
_BY_KIND = {
    kind: frozenset(part for part, kinds in _KINDS.items() if kind in kinds) for kind in ev.ENTRIES
}  # fmt: skip
_STAGES = {"recognized": frozenset({"heard"}), "first_sound": frozenset({"sound"})}
_NONE: frozenset[str] = frozenset()


def touched(entry: Entry) -> frozenset[str]:
    """The parts that an entry is told in."""
    if isinstance(entry, ev.Timing):
        return _STAGES.get(entry.stage, _NONE)
    return _BY_KIND[type(entry)]


def made(part: str, recorded: Sequence[Recorded], taught: Taught) -> Told:
    """A part of the page; empty where nothing is there to be told yet."""
    if part == "said":
        return said(recorded, taught)
    if part == "changed":
        return changed(recorded)
    return _OF_ENTRIES[part]([one.entry for one in recorded])


_OF_ENTRIES: Mapping[str, Callable[[Sequence[Entry]], Told]] = {
    "heard": heard, "considered": considered, "won": won, "distance": distance, "charms": charms, "sound": sound,
}  # fmt: skip


def reached(before: tuple[int, int], entries: Iterable[Recorded]) -> tuple[int, int]:
    """Which word she is at, and how many were said before she was cut off; -1 each where that is not so."""
    at, cut = before
    for one in entries:
        match one.entry:
            case ev.WordSpoken(index=index):
                at = index
            case ev.PlaybackInterrupted():
                at, cut = -1, at + 1
            case ev.PlaybackFinished() | ev.Reply():
                at, cut = -1, -1
    return at, cut
