"""Runs the real devices on a virtual card, in a process of its own; prints what happens as JSON lines."""

from __future__ import annotations

import json
import os
import queue
import signal
import sys
import time
import wave
from typing import Any

import msgspec

from her_desktop.audio import AudioEvent, DeviceLost, Heard, Played, Sound
from her_desktop.audio.devices import choose, devices
from her_desktop.audio.microphone import DeviceMicrophone
from her_desktop.audio.speaker import DeviceSpeaker
from her_desktop.audio.streams import Format, close_stream, open_stream, refresh
from her_desktop.trouble import Trouble

Events = queue.SimpleQueue[AudioEvent]


def tell(**facts: Any) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def tell_event(event: AudioEvent) -> AudioEvent:
    tell(event=type(event).__name__, **msgspec.to_builtins(event))
    return event


def sound(path: str) -> Sound:
    with wave.open(path) as file:
        return Sound(file.readframes(file.getnframes()), file.getframerate())


def play(path: str, *tokens: str) -> None:
    """Play a recording once for each token, and tell each `Played`."""
    events: Events = queue.SimpleQueue()
    speaker = DeviceSpeaker()
    tell(opened=speaker.open(events.put))
    for token in tokens:
        speaker.play(token, sound(path))
        while not getattr(tell_event(events.get(timeout=10)), "done", False):
            pass
    speaker.close()


def stop(path: str, after_ms: str) -> None:
    """Play, stop at a time, tell how much had sounded, and play a short sound of nothing."""
    events: Events = queue.SimpleQueue()
    speaker = DeviceSpeaker()
    tell(opened=speaker.open(events.put))
    speaker.play("cut", sound(path))
    while (event := events.get(timeout=10)) and isinstance(event, Played) and event.ms < int(after_ms):
        pass
    assert isinstance(event, Played)
    tell(stopped_ms=speaker.stop(), last_told_ms=event.ms)
    while not events.empty():
        events.get()
    speaker.play("silence", Sound(bytes(44_100), 22_050))
    while not getattr(tell_event(events.get(timeout=10)), "done", False):
        pass
    speaker.close()


def hear(path: str, blocks: str) -> None:
    """Write so many blocks of the microphone to a WAV file."""
    events: Events = queue.SimpleQueue()
    microphone = DeviceMicrophone()
    label = microphone.open(events.put)
    heard = [next_chunk(events)]
    tell(opened=label, rate_hz=heard[0].rate_hz, block_bytes=len(heard[0].pcm))
    heard += [next_chunk(events) for _ in range(int(blocks))]
    microphone.close()
    with wave.open(path, "wb") as file:
        file.setparams((1, 2, heard[0].rate_hz, 0, "NONE", ""))
        file.writeframes(b"".join(chunk.pcm for chunk in heard))


def next_chunk(events: Events) -> Any:
    event = events.get(timeout=10)
    assert isinstance(event, Heard), event
    return event.chunk


def lose() -> None:
    """Open both devices and play; tell what happens until both are lost, then what opening and playing do."""
    heard: Events = queue.SimpleQueue()
    played: Events = queue.SimpleQueue()
    microphone, speaker = DeviceMicrophone(), DeviceSpeaker()
    microphone.open(heard.put)
    speaker.open(played.put)
    speaker.play("lost", Sound(bytes(22_050 * 60), 22_050))
    played.get(timeout=10)
    heard.get(timeout=10)
    tell(ready=True, refreshed=refresh())
    while not isinstance(event := heard.get(timeout=10), DeviceLost):
        pass
    tell_event(event)
    while not getattr(event := played.get(timeout=10), "done", False):
        if isinstance(event, DeviceLost):
            tell_event(event)
    tell_event(event)
    speaker.play("after", Sound(bytes(2), 22_050))
    tell_event(played.get(timeout=1))
    tell_event(played.get(timeout=1))
    microphone.close()
    speaker.close()
    tell(refreshed=refresh())
    attempt("microphone", "")
    attempt("speaker", "")


def stall(daemon_pid: str) -> None:
    """Stop the sound server in mid-stream, without ending it; tell how long the devices take to close."""
    heard: Events = queue.SimpleQueue()
    microphone, speaker = DeviceMicrophone(), DeviceSpeaker()
    microphone.open(heard.put)
    speaker.open(heard.put)
    heard.get(timeout=10)
    os.kill(int(daemon_pid), signal.SIGSTOP)
    for device in (microphone, speaker):
        begin = time.perf_counter()
        device.close()
        tell(close_s=time.perf_counter() - begin)


def attempt(part: str, wanted: str = "") -> None:
    """Open and close a device; tell its name, or the trouble."""
    device = DeviceMicrophone(wanted) if part == "microphone" else DeviceSpeaker(wanted)
    try:
        tell(opened=device.open(lambda _event: None))
    except Trouble as trouble:
        tell(trouble=trouble.line, exit_code=int(trouble.exit_code))
    finally:
        device.close()


def listed() -> None:
    """Tell the devices of both directions."""
    tell(input=[d.label for d in devices("input")], output=[d.label for d in devices("output")])


def formats() -> None:
    """Open the microphone in a rate that it refuses, then in one that it takes; tell which came out."""
    first: queue.SimpleQueue[int] = queue.SimpleQueue()
    tried = [Format(1, 1), Format(16_000, 1)]
    stream, form = open_stream(
        choose("input"), "input", tried, lambda _form: lambda data, *_: first.put(len(data)), block_ms=20, latency="low"
    )
    tell(rate_hz=form.rate_hz, block_bytes=first.get(timeout=10), refreshed=refresh())
    close_stream(stream)
    tell(refreshed=refresh())


if __name__ == "__main__":
    commands = {f.__name__: f for f in (play, stop, hear, lose, stall, attempt, listed, formats)}
    commands[sys.argv[1]](*sys.argv[2:])
