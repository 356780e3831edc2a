from __future__ import annotations

import io
import shutil
import struct
import subprocess
import wave
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from her_desktop.tts.sound_file import read_sound

SAMPLES = np.array([0, 1, -2, 300, -32768, 32767], np.int16)


def wav(samples: np.ndarray, channels: int = 1, width: int = 2) -> bytes:
    with io.BytesIO() as data, wave.open(data, "wb") as file:
        file.setparams((channels, width, 22_050, 0, "NONE", ""))
        file.writeframes(samples.tobytes())
        file.close()
        return data.getvalue()


def aiff(samples: np.ndarray, encoding: bytes = b"") -> bytes:
    rate_hz = struct.pack(">HQ", 16383 + 14, 22_050 << (63 - 14))
    common = struct.pack(">hLh", 1, len(samples), 16) + rate_hz + (encoding + b"\x00\x00" if encoding else b"")
    raw = samples.astype("<i2" if encoding == b"sowt" else ">i2").tobytes()
    chunks = [(b"COMM", common), (b"ANNO", b"odd"), (b"SSND", bytes(8) + raw)]
    body = b"".join(name + struct.pack(">L", len(part)) + part + bytes(len(part) % 2) for name, part in chunks)
    return b"FORM" + struct.pack(">L", len(body) + 4) + (b"AIFC" if encoding else b"AIFF") + body


@pytest.mark.parametrize("data", [wav(SAMPLES), aiff(SAMPLES), aiff(SAMPLES, b"sowt"), aiff(SAMPLES, b"NONE")])
def test_wav_and_aiff_give_the_same_samples(data: bytes) -> None:
    sound = read_sound(data)
    assert sound.rate_hz == 22_050
    assert np.frombuffer(sound.pcm, np.int16).tolist() == SAMPLES.tolist()


@pytest.mark.skipif(shutil.which("sox") is None, reason="sox is not installed (apt-get install sox)")
@pytest.mark.parametrize("name", ["sound.aiff", "sound.aifc"])
def test_aiff_as_another_program_writes_it_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "sound.wav").write_bytes(wav(SAMPLES))
    subprocess.run(["sox", tmp_path / "sound.wav", tmp_path / name], check=True, timeout=10)
    assert read_sound((tmp_path / name).read_bytes()) == read_sound(wav(SAMPLES))


def test_two_channels_are_averaged() -> None:
    sound = read_sound(wav(np.array([[100, 300], [-4, 4]], np.int16), channels=2))
    assert np.frombuffer(sound.pcm, np.int16).tolist() == [200, 0]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"RIFF",
        wav(SAMPLES)[:20],
        wav(SAMPLES, width=1),
        aiff(SAMPLES)[:20],
        aiff(SAMPLES, b"ulaw"),
        b"FORM....AIFF",
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"read|cut off"):
        read_sound(data)


@given(st.binary(max_size=80), st.sampled_from([b"", b"RIFF\x00\x00\x00\x00WAVE", b"FORM\x00\x00\x00\x00AIFF"]))
def test_random_bytes_are_refused_or_read_but_nothing_else_happens(data: bytes, head: bytes) -> None:
    try:
        sound = read_sound(head + data)
    except ValueError:
        return
    assert sound.rate_hz > 0
