"""The choice among devices, and the callbacks of both devices with a hand-made clock; no sound card is needed."""

from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace

import numpy as np
import pytest

from her_desktop.audio import AudioEvent, DeviceLost, Heard, Played, Sound
from her_desktop.audio.devices import Device, _rank
from her_desktop.audio.microphone import _callback
from her_desktop.audio.speaker import DeviceSpeaker
from her_desktop.audio.streams import Format

RATE_HZ = 16_000
BLOCK_BYTES = RATE_HZ * 2 // 100


def named(name: str, *, is_default: bool = False) -> Device:
    return Device("ALSA", name, 2, 48_000, is_default)


@pytest.mark.parametrize(
    ("names", "first"),
    [
        (["HDA Intel: HDMI 0 (hw:0,3)", "default", "pulse", "pipewire"], "pipewire"),
        (["HDA Intel: HDMI 0 (hw:0,3)", "default", "pulse"], "pulse"),
        (["HDA Intel: HDMI 0 (hw:0,3)", "sysdefault", "default"], "default"),
        (["HDA Intel: HDMI 0 (hw:0,3)", "USB Headset (hw:1,0)"], "USB Headset (hw:1,0)"),
        (["Impulse Headset", "Built-in Output"], "Built-in Output"),
    ],
)
def test_the_sound_server_comes_before_the_default_and_the_default_before_the_rest(
    names: list[str], first: str
) -> None:
    last = names[-1]
    devices = [named(name, is_default=name == last) for name in names]
    assert min(devices, key=_rank).name == first


def test_a_device_is_named_by_host_api_and_name() -> None:
    assert named("pulse").label == "ALSA / pulse"


def test_two_channels_of_a_microphone_are_averaged_and_the_rate_is_kept() -> None:
    events: list[AudioEvent] = []
    stereo = np.array([[100, 300], [-32768, -32768], [32767, 32767]], np.int16)
    _callback(Format(48_000, 2), events.append)(stereo.tobytes(), 3, None, None)
    (heard,) = events
    assert isinstance(heard, Heard)
    assert heard.chunk.rate_hz == 48_000
    assert np.frombuffer(heard.chunk.pcm, np.int16).tolist() == [200, -32768, 32767]


class Pulled:
    """A speaker whose device is this object: it pulls blocks of 10 ms and holds `held_ms` of sound."""

    def __init__(self, held_ms: float = 50.0, channels: int = 1) -> None:
        self.events: list[AudioEvent] = []
        self.sound = b""
        self.speaker = DeviceSpeaker()
        self.speaker._form = Format(RATE_HZ, channels)
        self.speaker._stream = SimpleNamespace(abort=lambda: None, close=lambda: None)
        self.speaker._emit = self.events.append
        self._channels = channels
        self._callback = self.speaker._callback_of(self.speaker._form)
        self._times = SimpleNamespace(currentTime=7.0, outputBufferDacTime=7.0 + held_ms / 1000)

    def pull(self, blocks: int) -> list[Played]:
        self.events.clear()
        for _ in range(blocks):
            out = bytearray(b"\xff" * BLOCK_BYTES * self._channels)
            self._callback(memoryview(out), BLOCK_BYTES // 2, self._times, None)
            self.sound += out
        return [event for event in self.events if isinstance(event, Played)]


def ramp(ms: int) -> Sound:
    return Sound(np.arange(1, RATE_HZ * ms // 1000 + 1).astype(np.int16).tobytes(), RATE_HZ)


def test_a_sound_is_handed_over_whole_with_silence_before_and_after() -> None:
    device = Pulled()
    device.pull(2)
    device.speaker.play("a", ramp(35))
    device.pull(10)
    assert device.sound == bytes(BLOCK_BYTES * 2) + ramp(35).pcm + bytes(BLOCK_BYTES * 10 - len(ramp(35).pcm))


def test_what_the_device_still_holds_has_not_sounded_yet() -> None:
    device = Pulled(held_ms=50)
    device.speaker.play("a", ramp(100))
    assert [played.ms for played in device.pull(5)] == [0]
    assert [(played.ms, played.done) for played in device.pull(12)] == [
        *((20, False), (40, False), (60, False), (80, False), (100, True))
    ]


@pytest.mark.parametrize("held_ms", [-3000.0, 0.0, 1e9])
def test_a_nonsensical_clock_of_the_device_does_not_keep_a_sound_from_ending(held_ms: float) -> None:
    device = Pulled(held_ms)
    device.speaker.play("a", ramp(100))
    assert [played.done for played in device.pull(200)].count(True) == 1


def test_after_stop_the_next_block_is_silent_and_no_progress_is_told() -> None:
    device = Pulled(held_ms=50)
    device.speaker.play("a", ramp(500))
    device.pull(10)
    assert device.speaker.stop() == 100
    device.sound = b""
    assert device.pull(5) == []
    assert device.sound == bytes(BLOCK_BYTES * 5)
    assert device.speaker.stop() == 0


def test_playing_replaces_what_was_playing() -> None:
    device = Pulled(held_ms=0)
    device.speaker.play("a", ramp(500))
    device.pull(3)
    device.speaker.play("b", ramp(20))
    assert {played.token for played in device.pull(5)} == {"b"}


def test_a_sound_of_no_length_is_done_with_the_next_blocks() -> None:
    device = Pulled(held_ms=20)
    device.speaker.play("a", Sound(b"", 22_050))
    assert [(played.ms, played.done) for played in device.pull(3)] == [(0, True)]


def test_another_rate_is_resampled_and_a_stereo_device_gets_both_channels() -> None:
    device = Pulled(channels=2)
    tone = (np.sin(np.arange(2205) / 10) * 8000).astype(np.int16)
    device.speaker.play("a", Sound(tone.tobytes(), 22_050))
    device.pull(10)
    samples = np.frombuffer(device.sound, np.int16).reshape(-1, 2)
    assert np.array_equal(samples[:, 0], samples[:, 1])
    assert np.abs(samples[:1600, 0]).mean() == pytest.approx(np.abs(tone).mean(), rel=0.05)


def test_the_level_is_that_of_the_block_that_sounds_now() -> None:
    device = Pulled(held_ms=0)
    quiet, loud = np.full(RATE_HZ // 10, 1638, np.int16), np.full(RATE_HZ // 10, 16384, np.int16)
    device.speaker.play("a", Sound(np.concatenate([quiet, loud]).tobytes(), RATE_HZ))
    levels = {played.ms: round(played.level, 2) for played in device.pull(21)}
    assert (levels[20], levels[80], levels[100], levels[180], levels[200]) == (0.05, 0.05, 0.5, 0.5, 0.0)


def test_a_speaker_lost_in_mid_sound_tells_so_and_then_that_the_sound_is_done() -> None:
    device = Pulled(held_ms=0)
    device.speaker.play("a", ramp(500))
    device.pull(11)
    device.events.clear()
    device.speaker._finished(device.speaker._opening)
    lost, done = device.events
    assert isinstance(lost, DeviceLost)
    assert lost.part == "speaker"
    assert done == Played("a", 100, 0.0, done=True)
    device.events.clear()
    device.speaker.play("b", ramp(500))
    assert [type(event) for event in device.events] == [DeviceLost, Played]


def test_closing_is_no_loss_and_playing_on_a_closed_speaker_does_not_hang_anybody() -> None:
    device = Pulled()
    opening = device.speaker._opening
    device.speaker._stream = None
    device.speaker.close()
    device.speaker._finished(opening)
    assert device.events == []
    device.speaker.play("a", ramp(20))
    assert device.events[-1] == Played("a", 0, 0.0, done=True)


def test_the_sound_library_is_not_loaded_before_it_is_needed() -> None:
    script = "import sys, her_desktop.audio.microphone, her_desktop.audio.speaker; print('sounddevice' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "False"
