from __future__ import annotations

from her_desktop.asr.silent_microphone import SilentMicrophone
from her_desktop.events import AudioChunk, PartLost, PartReady

_ZEROS = AudioChunk(bytes(960 * 2), 48_000)
_SOUND = AudioChunk(b"\1\0" * 960, 48_000)


def _run(microphone: SilentMicrophone, chunk: AudioChunk, count: int) -> list[PartLost | PartReady]:
    return [event for _ in range(count) if (event := microphone.accept(chunk))]


def test_ten_seconds_of_zeros_are_said_once_and_the_sound_coming_back_too() -> None:
    microphone = SilentMicrophone("pulse / Headset")
    assert _run(microphone, _ZEROS, 499) == []
    (lost,) = _run(microphone, _ZEROS, 600)
    assert isinstance(lost, PartLost)
    assert "only silence" in lost.why
    assert "muted" in lost.todo
    (ready,) = _run(microphone, _SOUND, 20)
    assert ready == PartReady(part="microphone", name="pulse / Headset", detail="sound has come back")
    assert len(_run(microphone, _ZEROS, 500)) == 1


def test_a_quiet_room_is_not_a_muted_microphone() -> None:
    microphone = SilentMicrophone()
    for _ in range(10):
        assert _run(microphone, _ZEROS, 400) == []
        assert _run(microphone, _SOUND, 1) == []
