"""Plays one sound to its end, and waits for it: for a command that has nothing else to do."""

from __future__ import annotations

import queue

from her_desktop.audio import AudioEvent, DeviceLost, Played, Sound, Speaker
from her_desktop.trouble import missing

_PATIENCE_S = 5.0
"""How long nothing may be heard of the device before it is taken to be lost."""


def play_through(sound: Sound, speaker: Speaker) -> None:
    """Play a sound to its end on a speaker that is opened for it.

    Raises:
        Trouble: there is no loudspeaker, or it was lost (exit 3).
    """
    events: queue.SimpleQueue[AudioEvent] = queue.SimpleQueue()
    speaker.open(events.put)
    try:
        speaker.play("once", sound)
        while True:
            match events.get(timeout=_PATIENCE_S):
                case Played(done=True):
                    return
                case DeviceLost(why=why):
                    raise missing("speaker", why, "plug it in again")
    except queue.Empty:
        raise missing("speaker", f"it has played nothing for {_PATIENCE_S:.0f} s", "see: her-desktop doctor") from None
    finally:
        speaker.close()
