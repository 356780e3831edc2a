"""What a person can set, kept in `settings.toml` of the profile. Every number has its unit in its name."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from her_desktop.trouble import Trouble


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All settings with their defaults."""

    language: str = "en"
    seed: int = 0
    """Of the dice that choose among the wordings of a rule."""
    recognizer: str = ""
    """Name of an installed model; empty takes the best one there is."""
    voice: str = ""
    """A voice as `her-desktop say --voices` lists it; empty takes the default."""
    rate_wpm: int = 150
    """Speed of her voice in words a minute."""
    microphone: str = ""
    """`HOST API / NAME` of the device; empty takes the best one there is."""
    speaker: str = ""
    """`HOST API / NAME` of the device; empty takes the best one there is."""
    adapts: bool = True
    """Whether the choice among the wordings of a rule leans on how they were received; false freezes it."""
    sounds: bool = False
    """Whether a short sound tells when her state changes."""
    end_silence_ms: int = 700
    """Silence after which he is taken to have finished."""
    country: Literal["", "US", "GB", "IE", "EU"] = ""
    """For the numbers to call in a crisis; empty names none but points to local emergency help."""


def load(home: Path) -> Settings:
    """Read the settings of a profile; the defaults where there is no file.

    Raises:
        Trouble: the file is not TOML or a setting does not exist or fit.
    """
    path = home / "settings.toml"
    try:
        return msgspec.toml.decode(path.read_bytes(), type=Settings)
    except FileNotFoundError:
        return Settings()
    except (msgspec.DecodeError, OSError, ValueError) as error:
        raise Trouble(str(path), str(error), "mend the line or remove the file") from error
