"""Receives which sound device is wanted. Emits the device to open, named by host API and name, never by its index.

sounddevice is imported when it is first needed: it cannot be imported where PortAudio is missing. PortAudio reads the
list of devices once and opens nothing from several threads, so opening, closing and reading anew stand behind one lock.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from types import ModuleType
from typing import Any, Literal

import msgspec

from her_desktop.trouble import Trouble, missing

Direction = Literal["input", "output"]

_PREFERRED = ("pipewire", "pulse", "default")
"""On Linux PortAudio's own default may be a socket without a plug; these follow what the desktop has chosen."""

_PARTS: dict[Direction, str] = {"input": "microphone", "output": "speaker"}
_LET_GO_S = 0.15
_INVALID_RATE, _INVALID_CHANNELS, _UNAVAILABLE = -9997, -9998, -9985

_portaudio_lock = threading.RLock()
_open_streams = 0


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


class Format(msgspec.Struct, frozen=True):
    """A way to open a device: always 16-bit."""

    rate_hz: int
    channels: int


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


def devices(direction: Direction) -> list[Device]:
    """All devices that have a channel in this direction, best first: pipewire, pulse, default, then the rest.

    Raises:
        Trouble: PortAudio is not installed (exit 3).
    """
    library = sounddevice()
    with _portaudio_lock:
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
    found, part = devices(direction), _PARTS[direction]
    if not found:
        raise missing(part, "there is none", "connect one, or go on typing" if direction == "input" else "connect one")
    if not wanted:
        return found[0]
    for device in found:
        if wanted.casefold() in {device.label.casefold(), device.name.casefold()}:
            return device
    raise missing(part, f"{wanted} is not connected", f"connect it, or choose another: {found[0].label}")


def refresh() -> bool:
    """Read the list of devices anew. Returns False, and does nothing, while a stream is open: it would be cut off.

    Raises:
        Trouble: PortAudio is not installed (exit 3).
    """
    library = sounddevice()
    with _portaudio_lock:
        if _open_streams:
            return False
        library._terminate()  # noqa: SLF001 -- sounddevice has no public call for this
        library._initialize()  # noqa: SLF001 -- likewise
        return True


def open_stream(
    device: Device,
    direction: Direction,
    formats: list[Format],
    callback_of: Callable[[Format], Any],
    *,
    block_ms: int,
    **options: Any,
) -> tuple[Any, Format]:
    """Open and start a raw 16-bit stream in the first format that the device takes.

    Args:
        device: as `choose` found it.
        direction: input or output.
        formats: what to try, best first.
        callback_of: makes the callback for the format that is tried.
        block_ms: length of a block; 0 leaves it to PortAudio.
        options: for sounddevice.

    Raises:
        Trouble: it is busy, refused or gone (exit 3).
    """
    library = sounddevice()
    kind = library.RawInputStream if direction == "input" else library.RawOutputStream
    refusal: Any = None
    with _portaudio_lock:
        for form in formats:
            try:
                blocks = {"blocksize": form.rate_hz * block_ms // 1000, "callback": callback_of(form)}
                return _started(kind, _index(library, device, direction), form, options | blocks), form
            except library.PortAudioError as error:
                refusal = error
                if _code(error) not in {_INVALID_RATE, _INVALID_CHANNELS}:
                    break
    raise _refused(device, direction, refusal)


def close_stream(stream: Any) -> None:
    """Let go of a stream within 0.2 s. Never waits for its buffers: `stop` hangs where a device has stalled."""
    closing = threading.Thread(target=_close, args=(stream,), name="close sound stream", daemon=True)
    closing.start()
    closing.join(_LET_GO_S)


def _started(kind: Any, index: int, form: Format, options: dict[str, Any]) -> Any:
    global _open_streams  # noqa: PLW0603 -- PortAudio itself is one for the whole process
    stream = kind(device=index, samplerate=form.rate_hz, channels=form.channels, dtype="int16", **options)
    _open_streams += 1
    try:
        stream.start()
    except BaseException:
        _close(stream)
        raise
    return stream


def _close(stream: Any) -> None:
    global _open_streams  # noqa: PLW0603 -- PortAudio itself is one for the whole process
    with suppress(sounddevice().PortAudioError):
        stream.abort()
    with _portaudio_lock:
        with suppress(sounddevice().PortAudioError):
            stream.close()
        _open_streams -= 1


def _rank(device: Device) -> tuple[int, bool]:
    name = device.name.casefold()
    ranks = [rank for rank, word in enumerate(_PREFERRED) if name == word or name.startswith(f"{word}:")]
    return (ranks[0] if ranks else len(_PREFERRED), not device.is_default)


def _index(library: ModuleType, device: Device, direction: Direction) -> int:
    apis = library.query_hostapis()
    for index, listed in enumerate(library.query_devices()):
        same = (apis[listed["hostapi"]]["name"], listed["name"]) == (device.host_api, device.name)
        if same and listed[f"max_{direction}_channels"] > 0:
            return index
    raise missing(_PARTS[direction], f"{device.label} is not connected any more", "connect it again")


def _code(error: Any) -> int:
    return int(error.args[1]) if len(error.args) > 1 else 0


def _refused(device: Device, direction: Direction, error: Any) -> Trouble:
    reason = str(error.args[0]) if error and error.args else "it cannot be opened"
    if _code(error) == _UNAVAILABLE:
        return missing(
            _PARTS[direction], f"{device.label} is busy", "close the program that uses it, or choose another"
        )
    return missing(_PARTS[direction], f"{device.label}: {reason}", "choose another device, or see: her-desktop doctor")
