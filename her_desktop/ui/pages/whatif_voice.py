"""Whether a reply that she did not give can be heard, from what was recorded of her parts. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from her_desktop.events import PartLost, PartReady


def no_sound(parts: Mapping[str, PartReady | PartLost]) -> str:
    """Why she cannot be heard, in plain words; empty where she can.

    Args:
        parts: the last that was recorded of each part.
    """
    voice, speaker = parts.get("voice"), parts.get("speaker")
    if isinstance(voice, PartLost):
        return f"she has no voice: {voice.why}"
    if isinstance(speaker, PartLost):
        return f"there is no loudspeaker: {speaker.why}"
    return "" if speaker else "she has no voice in this conversation"
