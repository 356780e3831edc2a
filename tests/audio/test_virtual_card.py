"""The real devices on a private virtual sound card."""

from __future__ import annotations

import json
import signal
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest

from tests.virtual_card import VirtualCard, read_wav, why_not, write_wav

pytestmark = [pytest.mark.sound, pytest.mark.skipif(bool(why_not()), reason=why_not() or "there is a virtual card")]

_COMMAND = [sys.executable, "-m", "tests.audio.on_card"]
_CARDS = Path("/proc/asound/cards")
_HAS_CARD = _CARDS.is_file() and "no soundcards" not in _CARDS.read_text()
_ROOT = Path(__file__).parents[2]


def run(card: VirtualCard, *arguments: str, env: dict[str, str] | None = None) -> list[dict[str, Any]]:
    done = subprocess.run(
        [*_COMMAND, *arguments],
        env=card.env | (env or {}),
        cwd=_ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@contextmanager
def running(card: VirtualCard, *arguments: str) -> Iterator[Iterator[dict[str, Any]]]:
    command = [*_COMMAND, *arguments]
    with subprocess.Popen(command, env=card.env, cwd=_ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        try:
            assert child.stdout is not None
            yield (json.loads(line) for line in child.stdout)
        finally:
            child.kill()


def noise(path: Path, rate_hz: int, seconds: float) -> Path:
    """Soft noise without steep edges, the same each time."""
    white = np.random.default_rng(7).standard_normal(int(seconds * rate_hz))
    soft = np.convolve(white, np.hanning(32), "same")
    return write_wav(path, soft / soft.std() * 2800, rate_hz)


def found_in(recording: np.ndarray, sound: np.ndarray) -> np.ndarray:
    """The stretch of the recording that is most like the sound, as long as the sound."""
    size = len(recording) + len(sound)
    spectrum = np.fft.rfft(recording, size) * np.conj(np.fft.rfft(sound, size))
    at = int(np.fft.irfft(spectrum, size)[: len(recording)].argmax())
    return recording[at : at + len(sound)]


def arrived(recording: np.ndarray, sound: np.ndarray, stretches: int = 20) -> list[bool]:
    """Of each stretch of the sound, whether it is in the recording unharmed.

    A busy machine puts a little silence between two stretches, or into one; so not all of them have to arrive.
    """

    def is_there(stretch: np.ndarray) -> bool:
        found = found_in(recording, stretch)
        return len(found) == len(stretch) and float(np.corrcoef(found, stretch)[0, 1]) > 0.99

    return [is_there(stretch) for stretch in np.array_split(sound, stretches)]


@pytest.fixture(scope="module")
def card_44100() -> Iterator[VirtualCard]:
    with VirtualCard(rate_hz=44_100, channels=2) as card:
        yield card


def test_the_speaker_plays_every_sample_unchanged_where_the_device_has_the_same_rate(
    card_44100: VirtualCard, tmp_path: Path
) -> None:
    sound = noise(tmp_path / "sound.wav", 44_100, 1.0)
    with card_44100.record_speaker(tmp_path / "recording.wav"):
        events = run(card_44100, "play", str(sound), "a")
    recording, played = read_wav(tmp_path / "recording.wav"), read_wav(sound)
    unchanged = [np.array_equal(found_in(recording, part), part) for part in np.array_split(played, 20)]
    assert sum(unchanged) >= 18
    assert events[0]["opened"].startswith("ALSA / ")


def test_the_speaker_plays_head_and_tail_of_her_voice_on_a_16_khz_card(
    virtual_card: VirtualCard, tmp_path: Path
) -> None:
    sound = noise(tmp_path / "sound.wav", 16_000, 1.5)
    with virtual_card.record_speaker(tmp_path / "recording.wav"):
        run(virtual_card, "play", str(sound), "a")
    parts = arrived(read_wav(tmp_path / "recording.wav"), read_wav(sound))
    assert sum(parts) >= 16
    assert any(parts[:2])
    assert any(parts[-2:])


def test_the_speaker_tells_how_far_it_is_about_every_20_ms_and_that_it_is_done(
    card_44100: VirtualCard, tmp_path: Path
) -> None:
    events = run(card_44100, "play", str(noise(tmp_path / "sound.wav", 22_050, 1.0)), "a", "b")
    for token in ("a", "b"):
        told = [event for event in events if event.get("token") == token]
        positions = [event["ms"] for event in told]
        assert positions == sorted(positions)
        assert positions[-1] == 1000
        assert [event["done"] for event in told] == [False] * (len(told) - 1) + [True]
        assert 20 <= len(told) <= 60
        assert statistics.median(event["level"] for event in told) == pytest.approx(0.085, abs=0.01)


def test_stop_is_silent_within_120_ms_and_tells_exactly_how_much_sounded(
    card_44100: VirtualCard, tmp_path: Path
) -> None:
    sound = noise(tmp_path / "sound.wav", 44_100, 3.0)
    with card_44100.record_speaker(tmp_path / "recording.wav"):
        stopped, *rest = run(card_44100, "stop", str(sound), "500")[1:]
    sounded_ms = np.count_nonzero(np.abs(read_wav(tmp_path / "recording.wav")) > 5) / 44.1
    assert sounded_ms == pytest.approx(stopped["stopped_ms"], abs=30)
    assert sounded_ms - stopped["last_told_ms"] <= 120
    assert {event["token"] for event in rest} == {"silence"}


def test_the_microphone_hears_every_sample_at_16_khz(virtual_card: VirtualCard, tmp_path: Path) -> None:
    sound = noise(tmp_path / "sound.wav", 16_000, 1.0)
    with running(virtual_card, "hear", str(tmp_path / "heard.wav"), "150") as events:
        assert next(events)["rate_hz"] == 16_000
        virtual_card.play_into_microphone(sound).wait(timeout=10)
        assert list(events) == []
    heard, played = read_wav(tmp_path / "heard.wav"), read_wav(sound)
    assert sum(np.array_equal(found_in(heard, part), part) for part in np.array_split(played, 20)) >= 18


def test_the_microphone_of_a_44_khz_stereo_card_arrives_mono_in_blocks_of_20_ms(
    card_44100: VirtualCard, tmp_path: Path
) -> None:
    with running(card_44100, "hear", str(tmp_path / "heard.wav"), "150") as events:
        opened = next(events)
        assert opened["block_bytes"] == opened["rate_hz"] * 2 // 50
        card_44100.play_into_microphone(noise(tmp_path / "sound.wav", 16_000, 1.0)).wait(timeout=10)
        assert list(events) == []
    assert sum(arrived(read_wav(tmp_path / "heard.wav"), read_wav(tmp_path / "sound.wav"))) >= 16


def test_a_refused_rate_falls_back_and_an_open_stream_is_never_cut_off_by_a_refresh(virtual_card: VirtualCard) -> None:
    opened, closed = run(virtual_card, "formats")
    assert opened == {"rate_hz": 16_000, "block_bytes": 640, "refreshed": False}
    assert closed == {"refreshed": True}


def test_devices_are_listed_by_name_and_the_sound_server_comes_first(virtual_card: VirtualCard) -> None:
    (listed,) = run(virtual_card, "listed")
    assert listed == {"input": ["ALSA / pulse", "ALSA / default"], "output": ["ALSA / pulse", "ALSA / default"]}


@pytest.mark.parametrize("part", ["microphone", "speaker"])
def test_a_wanted_device_is_opened_by_its_name_and_missed_by_its_name(virtual_card: VirtualCard, part: str) -> None:
    assert run(virtual_card, "attempt", part, "alsa / DEFAULT") == [{"opened": "ALSA / default"}]
    (missed,) = run(virtual_card, "attempt", part, "ALSA / headset")
    assert missed["exit_code"] == 3
    assert missed["trouble"].startswith(f"{part}: ALSA / headset is not connected (")


@pytest.mark.skipif(_HAS_CARD, reason="this machine has a sound card of its own")
@pytest.mark.parametrize("part", ["microphone", "speaker"])
def test_without_any_device_there_is_one_clear_line_and_exit_code_3(
    virtual_card: VirtualCard, tmp_path: Path, part: str
) -> None:
    bare = {"ALSA_CONFIG_PATH": "/usr/share/alsa/alsa.conf", "PULSE_SERVER": f"unix:{tmp_path}/nobody"}
    (told,) = run(virtual_card, "attempt", part, env=bare)
    assert told["exit_code"] == 3
    assert told["trouble"].startswith(f"{part}: there is none (")


def test_without_portaudio_the_line_says_how_to_install_it(virtual_card: VirtualCard, tmp_path: Path) -> None:
    (tmp_path / "libportaudio.so.2").write_bytes(b"")
    (told,) = run(virtual_card, "attempt", "speaker", env={"LD_LIBRARY_PATH": str(tmp_path)})
    assert told == {
        "trouble": "PortAudio: it is not installed (sudo apt-get install libportaudio2)",
        "exit_code": 3,
    }


def test_a_sound_server_that_dies_is_an_event_for_both_devices_and_then_trouble_to_open() -> None:
    with VirtualCard() as card, running(card, "lose") as events:
        assert next(events) == {"ready": True, "refreshed": False}
        card.daemon.kill()
        told = list(events)
    lost = [(event["part"], event["why"]) for event in told if event.get("event") == "DeviceLost"]
    assert [part for part, _ in lost] == ["microphone", "speaker", "speaker"]
    assert all("unplugged" in why for _, why in lost)
    done = [(event["token"], event["done"]) for event in told if event.get("event") == "Played"]
    assert done == [("lost", True), ("after", True)]
    assert told[-3] == {"refreshed": True}
    assert [event["exit_code"] for event in told[-2:]] == [3, 3]


def test_devices_of_a_sound_server_that_hangs_close_within_200_ms_and_let_the_program_end() -> None:
    with VirtualCard() as card:
        try:
            closed = run(card, "stall", str(card.daemon.pid))
        finally:
            card.daemon.send_signal(signal.SIGCONT)
    assert [event["close_s"] < 0.2 for event in closed] == [True, True]


def test_the_virtual_card_leaves_no_process_and_no_folder_behind() -> None:
    before = {process.pid for process in psutil.Process().children(recursive=True)}
    with VirtualCard() as card:
        assert {process.pid for process in psutil.Process().children(recursive=True)} > before
        folder = Path(card.env["XDG_RUNTIME_DIR"])
    assert {process.pid for process in psutil.Process().children(recursive=True)} == before
    assert not folder.exists()
