"""Receives which sound device is wanted. Emits the device to open, named by host API and name, never by its index.

sounddevice is imported when it is first needed: it cannot be imported where PortAudio is missing.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Literal

import msgspec

from her_desktop.trouble import missing

Direction = Literal["input", "output"]

_PREFERRED = ("pipewire", "pulse", "default")
"""On Linux PortAudio's own default may be a socket without a plug; these follow what the desktop has chosen."""

PARTS: dict[Direction, str] = {"input": "microphone", "output": "speaker"}
"""What each direction is called in events and errors."""

_PATIENCE_S = 1.0
_lock = threading.RLock()


class Device(msgspec.Struct, frozen=True):
    """A sound device in one direction."""

    host_api: str
    name: str
    channels: int
    """The most it has in this direction; at least 1."""
    rate_hz: int
    """The rate it prefers."""
    is_default: bool = False
    """PortAudio's own choice in this direction."""

    @property
    def label(self) -> str:
        """How settings name it: `HOST API / NAME`."""
        return f"{self.host_api} / {self.name}"


def sounddevice() -> ModuleType:
    """Import the library when it is first needed.

    Raises:
        Trouble: PortAudio or the Python package is not installed (exit 3).
    """
    try:
        import sounddevice as library  # noqa: PLC0415 -- fails at import where PortAudio is missing
    except ImportError as error:
        raise missing("sounddevice", "it is not installed", "pip install 'her-desktop[voice]'") from error
    except OSError as error:
        raise missing("PortAudio", "it is not installed", "sudo apt-get install libportaudio2") from error
    return library  # type: ignore[no-any-return]  # it ships no types


@contextmanager
def portaudio(patience_s: float = _PATIENCE_S) -> Iterator[ModuleType]:
    """Have PortAudio to oneself: it can do one thing at a time. Waits for ever where the patience is -1.

    Raises:
        Trouble: PortAudio is not installed, or hangs in closing a device (exit 3).
    """
    library = sounddevice()
    if not _lock.acquire(timeout=patience_s):
        raise missing("sound", "the sound system does not answer", "restart it, then this program")
    try:
        yield library
    finally:
        _lock.release()


def devices(direction: Direction) -> list[Device]:
    """All devices that have a channel in this direction, best first: pipewire, pulse, default, then the rest.

    Raises:
        Trouble: PortAudio is not installed, or does not answer (exit 3).
    """
    with portaudio() as library:
        apis, listed = library.query_hostapis(), library.query_devices()
    defaults = {api[f"default_{direction}_device"] for api in apis[:1]}
    found = [
        Device(
            apis[d["hostapi"]]["name"],
            d["name"],
            d[f"max_{direction}_channels"],
            int(d["default_samplerate"]),
            i in defaults,
        )
        for i, d in enumerate(listed)
        if d[f"max_{direction}_channels"] > 0
    ]
    return sorted(found, key=_rank)


def choose(direction: Direction, wanted: str = "") -> Device:
    """Find the wanted device (`HOST API / NAME`, or the name alone), or the best one where none is named.

    Raises:
        Trouble: there is none, or the wanted one is not there (exit 3).
    """
    found, part = devices(direction), PARTS[direction]
    if not found:
        raise missing(part, "there is none", "connect one, or go on typing" if direction == "input" else "connect one")
    if not wanted:
        return found[0]
    for device in found:
        if wanted.casefold() in {device.label.casefold(), device.name.casefold()}:
            return device
    raise missing(part, f"{wanted} is not connected", f"connect it, or choose another: {found[0].label}")


def _rank(device: Device) -> tuple[int, bool]:
    name = device.name.casefold()
    ranks = [rank for rank, word in enumerate(_PREFERRED) if name == word or name.startswith(f"{word}:")]
    return (ranks[0] if ranks else len(_PREFERRED), not device.is_default)
