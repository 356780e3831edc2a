from __future__ import annotations

import struct
import threading
import wave
from pathlib import Path

import numpy as np
import pytest

from her_desktop.audio import AudioEvent, Heard, Played, RecordingEnded, Sound
from her_desktop.audio.wav import WavMicrophone, WavSpeaker, read_recording, write_wav
from her_desktop.trouble import Exit, Trouble

_TONE = np.sin(np.arange(16_000) * 2 * np.pi * 440 / 16_000) * 0.5
_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE


def _body(samples: np.ndarray, bits: int, tag: int) -> bytes:
    if tag == _FLOAT:
        return bytes(samples.astype(f"<f{bits // 8}").tobytes())
    if bits == 8:
        return bytes((np.rint(samples * 127) + 128).astype(np.uint8).tobytes())
    whole = np.rint(samples * (2 ** (bits - 1) - 1)).astype("<i4")
    return bytes(whole.view(np.uint8).reshape(-1, 4)[:, : bits // 8].tobytes())


def _wav(
    samples: np.ndarray, *, rate_hz: int = 16_000, bits: int = 16, tag: int = _PCM, extensible: bool = False
) -> bytes:
    channels = 1 if samples.ndim == 1 else samples.shape[1]
    body = _body(samples.reshape(-1), bits, tag)
    width = channels * bits // 8
    form = struct.pack("<HHIIHH", _EXTENSIBLE if extensible else tag, channels, rate_hz, rate_hz * width, width, bits)
    if extensible:
        form += (
            struct.pack("<HHI", 22, bits, 0) + struct.pack("<H", tag) + bytes.fromhex("000000001000800000aa00389b71")
        )
    chunks = b"fmt " + struct.pack("<I", len(form)) + form + b"LIST" + struct.pack("<I", 3) + b"abc\0"
    chunks += b"data" + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


def _file(folder: Path, data: bytes) -> Path:
    path = folder / "he.wav"
    path.write_bytes(data)
    return path


def _heard(folder: Path, data: bytes) -> np.ndarray:
    return np.frombuffer(read_recording(_file(folder, data)).pcm, np.int16) / 32_768


@pytest.mark.parametrize("extensible", [False, True])
@pytest.mark.parametrize(("bits", "tag"), [(8, _PCM), (16, _PCM), (24, _PCM), (32, _PCM), (32, _FLOAT), (64, _FLOAT)])
def test_every_sample_width_sounds_the_same(tmp_path: Path, bits: int, tag: int, extensible: bool) -> None:
    heard = _heard(tmp_path, _wav(_TONE, bits=bits, tag=tag, extensible=extensible))
    assert np.max(np.abs(heard - _TONE)) < (0.01 if bits == 8 else 0.0001)


@pytest.mark.parametrize("rate_hz", [8_000, 22_050, 44_100, 48_000])
def test_every_rate_becomes_16_khz(tmp_path: Path, rate_hz: int) -> None:
    tone = np.sin(np.arange(rate_hz) * 2 * np.pi * 440 / rate_hz) * 0.5
    heard = _heard(tmp_path, _wav(tone, rate_hz=rate_hz))
    assert len(heard) == 16_000
    assert np.max(np.abs(heard - _TONE)[800:-800]) < 0.01


def test_stereo_becomes_the_mean_of_both_sides(tmp_path: Path) -> None:
    heard = _heard(tmp_path, _wav(np.stack([_TONE, np.zeros_like(_TONE)], axis=1)))
    assert np.max(np.abs(heard - _TONE / 2)) < 0.0001


def test_a_file_that_wave_wrote_is_read(tmp_path: Path) -> None:
    write_wav(tmp_path / "she.wav", Sound(np.arange(-500, 500, dtype=np.int16).tobytes(), 16_000))
    assert read_recording(tmp_path / "she.wav").pcm == np.arange(-500, 500, dtype=np.int16).tobytes()


def test_floating_point_that_is_too_loud_or_no_number_is_clipped_and_not_wrapped_around(tmp_path: Path) -> None:
    heard = _heard(tmp_path, _wav(np.array([2.0, -1e300, np.nan, np.inf]), bits=64, tag=_FLOAT))
    assert heard.tolist() == pytest.approx([1.0, -1.0, 0.0, 1.0], abs=0.001)


def test_a_recording_says_how_it_was_written(tmp_path: Path) -> None:
    stereo = np.zeros((44_100, 2))
    recording = read_recording(_file(tmp_path, _wav(stereo, rate_hz=44_100, bits=24)))
    assert (recording.source, recording.ms, recording.truncated) == ("44100 Hz, stereo, 24 bit", 1_000, False)


def test_a_file_that_was_cut_short_is_used_as_far_as_it_goes_and_says_so(tmp_path: Path) -> None:
    recording = read_recording(_file(tmp_path, _wav(_TONE)[:-16_001]))
    assert recording.truncated
    assert recording.ms == 499


@pytest.mark.parametrize("promised", [0x7FFF_F000, 0xFFFF_FFFF])
def test_a_file_written_to_a_pipe_promises_too_much_and_is_not_cut_short(tmp_path: Path, promised: int) -> None:
    data = _wav(_TONE)
    at = data.index(b"data") + 4
    recording = read_recording(_file(tmp_path, data[:at] + struct.pack("<I", promised) + data[at + 4 :]))
    assert (recording.ms, recording.truncated) == (1_000, False)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "it is empty"),
        (b"hello, this is a letter", "it is not a WAV file"),
        (_wav(_TONE)[:30], "its header is cut off"),
        (_wav(_TONE)[:50], "it holds no audio"),
        (_wav(np.zeros(0)), "it holds no audio"),
        (_wav(_TONE, tag=7, bits=8), "format 7, 8 bit"),
        (_wav(_TONE, rate_hz=0), "its header makes no sense"),
        (_wav(np.zeros(1_000 * 3_601), rate_hz=1_000, bits=8), "it is 60 minutes long"),
    ],
    ids=["empty", "text", "half a header", "no samples", "zero samples", "mu-law", "rate 0", "over an hour"],
)
def test_a_file_that_cannot_be_heard_is_refused_with_its_name_and_the_reason(
    tmp_path: Path, data: bytes, why: str
) -> None:
    with pytest.raises(Trouble) as caught:
        read_recording(_file(tmp_path, data))
    assert caught.value.exit_code == Exit.BAD_INPUT
    assert str(tmp_path / "he.wav") in caught.value.line
    assert why in caught.value.why
    assert caught.value.todo


@pytest.mark.parametrize("name", ["nowhere.wav", "."])
def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Trouble, match="check the name of the file"):
        read_recording(tmp_path / name)


class _Inbox:
    """Collects events and lets a test wait for the end of the recording."""

    def __init__(self) -> None:
        self.events: list[AudioEvent] = []
        self.ended = threading.Event()

    def __call__(self, event: AudioEvent) -> None:
        self.events.append(event)
        if isinstance(event, RecordingEnded):
            self.ended.set()


def test_a_recording_as_the_microphone_gives_20_ms_blocks_and_then_its_end(tmp_path: Path) -> None:
    path, inbox = _file(tmp_path, _wav(_TONE[:1_000])), _Inbox()
    microphone = WavMicrophone(path, "fast")
    assert microphone.open(inbox) == "he.wav"
    assert inbox.ended.wait(5)
    blocks = [event.chunk.pcm for event in inbox.events if isinstance(event, Heard)]
    assert [len(block) for block in blocks] == [640, 640, 640, 80]
    assert b"".join(blocks) == read_recording(path).pcm
    assert isinstance(inbox.events[-1], RecordingEnded)
    microphone.close()


def test_at_the_real_pace_a_recording_takes_as_long_as_it_sounds(tmp_path: Path) -> None:
    path, inbox = _file(tmp_path, _wav(_TONE[:4_800])), _Inbox()
    microphone = WavMicrophone(path, "real")
    microphone.open(inbox)
    assert not inbox.ended.wait(0.15)
    assert inbox.ended.wait(5)
    microphone.close()


def test_a_closed_recording_says_nothing_more(tmp_path: Path) -> None:
    path, inbox = _file(tmp_path, _wav(_TONE)), _Inbox()
    microphone = WavMicrophone(path, "real")
    microphone.open(inbox)
    microphone.close()
    count = len(inbox.events)
    assert not inbox.ended.wait(0.1)
    assert len(inbox.events) == count < 50


def test_a_recording_can_be_played_again(tmp_path: Path) -> None:
    microphone, first, second = WavMicrophone(_file(tmp_path, _wav(_TONE)), "fast"), _Inbox(), _Inbox()
    microphone.open(first)
    assert first.ended.wait(5)
    microphone.open(second)
    assert second.ended.wait(5)
    assert first.events == second.events
    microphone.close()


def test_a_recording_that_cannot_be_read_is_refused_when_it_is_opened(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="it is empty"):
        WavMicrophone(_file(tmp_path, b"")).open(_Inbox())


def test_what_she_says_becomes_numbered_files_and_counts_as_played_at_once(tmp_path: Path) -> None:
    inbox, sounds = _Inbox(), [Sound(b"\1\0" * 160, 16_000), Sound(b"\2\0" * 441, 22_050)]
    speaker = WavSpeaker(tmp_path / "out" / "deep")
    speaker.open(inbox)
    for token, sound in zip("ab", sounds, strict=True):
        speaker.play(token, sound)
    assert inbox.events == [Played("a", 10, 0.0, done=True), Played("b", 20, 0.0, done=True)]
    assert speaker.stop() == 0
    speaker.close()
    with wave.open(str(tmp_path / "out" / "deep" / "002.wav")) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (22_050, 1, 2)
        assert file.readframes(999) == sounds[1].pcm
    assert sorted(path.name for path in (tmp_path / "out" / "deep").iterdir()) == ["001.wav", "002.wav"]


def test_the_numbers_go_on_after_those_that_are_there(tmp_path: Path) -> None:
    for _ in range(2):
        speaker = WavSpeaker(tmp_path)
        speaker.open(_Inbox())
        speaker.play("a", Sound(b"\1\0" * 160, 16_000))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["001.wav", "002.wav"]


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(Trouble, match="name another one"):
        WavSpeaker(tmp_path / "taken").open(_Inbox())
