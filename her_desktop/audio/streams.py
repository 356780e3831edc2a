"""Receives a device and the formats to try. Emits a running stream, and lets go of it within 0.2 s whatever happens.

PortAudio reads the list of devices once, and opens nothing from several threads: so opening, closing and reading anew
stand behind one lock. A sound server that hangs keeps the call that closes its stream for ever: that call has a thread
of its own, and PortAudio is then not ended with the program, which would hang too.
"""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable
from contextlib import suppress
from types import ModuleType
from typing import Any

import msgspec

from her_desktop.audio.devices import PARTS, Device, Direction, portaudio, sounddevice
from her_desktop.trouble import Trouble, missing

_LET_GO_S = 0.15
_EXIT_S = 0.5
_INVALID_RATE, _INVALID_CHANNELS, _UNAVAILABLE = -9997, -9998, -9985

_open_streams: set[int] = set()
_closing: list[threading.Thread] = []


class Format(msgspec.Struct, frozen=True):
    """A way to open a device: always 16-bit."""

    rate_hz: int
    channels: int


def refresh() -> bool:
    """Read the list of devices anew. Returns False, and does nothing, while a stream is open: it would be cut off.

    Raises:
        Trouble: PortAudio is not installed (exit 3).
    """
    with portaudio() as library:
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
    refusal: Any = None
    with portaudio() as library:
        kind = library.RawInputStream if direction == "input" else library.RawOutputStream
        atexit.unregister(_leave)
        atexit.register(_leave)
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
    _closing[:] = [*(thread for thread in _closing if thread.is_alive()), closing]
    closing.start()
    closing.join(_LET_GO_S)


def _started(kind: Any, index: int, form: Format, options: dict[str, Any]) -> Any:
    stream = kind(device=index, samplerate=form.rate_hz, channels=form.channels, dtype="int16", **options)
    _open_streams.add(id(stream))
    try:
        stream.start()
    except BaseException:
        _close(stream)
        raise
    return stream


def _close(stream: Any) -> None:
    with suppress(sounddevice().PortAudioError):
        stream.abort()
    with portaudio(patience_s=-1) as library:
        with suppress(library.PortAudioError):
            stream.close()
        _open_streams.discard(id(stream))


def _leave() -> None:
    """At exit, before PortAudio is ended: where a device still hangs, ending PortAudio would hang as well."""
    for closing in _closing:
        closing.join(_EXIT_S)
    if any(closing.is_alive() for closing in _closing):
        atexit.unregister(sounddevice()._exit_handler)  # noqa: SLF001 -- sounddevice has no public call for this


def _index(library: ModuleType, device: Device, direction: Direction) -> int:
    apis = library.query_hostapis()
    for index, listed in enumerate(library.query_devices()):
        same = (apis[listed["hostapi"]]["name"], listed["name"]) == (device.host_api, device.name)
        if same and listed[f"max_{direction}_channels"] > 0:
            return index
    raise missing(PARTS[direction], f"{device.label} is not connected any more", "connect it again")


def _code(error: Any) -> int:
    return int(error.args[1]) if len(error.args) > 1 else 0


def _refused(device: Device, direction: Direction, error: Any) -> Trouble:
    reason = str(error.args[0]) if error and error.args else "it cannot be opened"
    if _code(error) == _UNAVAILABLE:
        return missing(PARTS[direction], f"{device.label} is busy", "close the program that uses it, or choose another")
    return missing(PARTS[direction], f"{device.label}: {reason}", "choose another device, or see: her-desktop doctor")
