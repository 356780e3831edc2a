"""What a tone does to her voice: small changes, so that it stays the same voice."""

from __future__ import annotations

import msgspec


class Tone(msgspec.Struct, frozen=True):
    """Speed as a factor, pitch as steps added on espeak's scale of 0 to 99 (50 is the voice's own)."""

    speed: float = 1.0
    pitch_steps: int = 0


TONES: dict[str, Tone] = {
    "neutral": Tone(),
    "warm": Tone(0.96, -2),
    "tender": Tone(0.91, -4),
    "playful": Tone(1.05, +6),
    "serious": Tone(0.94, -7),
    "bright": Tone(1.04, +8),
}
"""Every tone a rule can name. Engines without a pitch (Windows, macOS) change the speed only."""


def tone_named(name: str) -> Tone:
    """Find the tone of that name; one that is not in the table sounds neutral."""
    return TONES.get(name, TONES["neutral"])
