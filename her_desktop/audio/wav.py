"""Receives WAV files. Emits them as a microphone would, and keeps what she says as WAV files instead of sounding it.

These are the edges of `listen`, of the screenplays that are spoken, and of the tests: nothing else changes with them.
"""

from __future__ import annotations

import threading
import time
import wave
from pathlib import Path
from typing import Literal

import msgspec

from her_desktop.audio import Emit, Heard, Played, RecordingEnded, Sound
from her_desktop.audio.resample import resample, to_pcm
from her_desktop.audio.riff import Contents, NotWavError, parse
from her_desktop.events import BLOCK_MS, SAMPLE_RATE_HZ, AudioChunk
from her_desktop.trouble import Trouble

LONGEST_S = 3_600
"""Longer recordings are refused: a recording is held in memory (115 MB an hour), at the fast pace also by the inbox."""

_BLOCK_BYTES = SAMPLE_RATE_HZ * BLOCK_MS // 1000 * 2
_CLOSE_S = 0.2


class Recording(msgspec.Struct, frozen=True):
    """A recording as hearing takes it: mono int16 at 16 kHz."""

    pcm: bytes
    source: str
    """How the file was written, for instance `44100 Hz, stereo, 24 bit`."""
    truncated: bool = False
    """True where the file ends before its header says; what is there is used."""

    @property
    def ms(self) -> int:
        """Length in milliseconds."""
        return len(self.pcm) * 500 // SAMPLE_RATE_HZ


def read_recording(path: Path) -> Recording:
    """Read a WAV file: any rate, channels and sample width, whole numbers or floating point.

    Raises:
        Trouble: the file is missing, empty, not a WAV file, holds no audio or more than an hour of it.
    """
    what = f"recording {path}"
    try:
        data = path.read_bytes()
        contents = parse(data)
    except OSError as error:
        raise Trouble(what, error.strerror or str(error), "check the name of the file") from error
    except NotWavError as error:
        why = str(error) if data else "it is empty"
        raise Trouble(what, why, "give a WAV file, for instance one that sox or ffmpeg made") from error
    seconds = len(contents.samples) / contents.format.rate_hz
    if not seconds:
        raise Trouble(what, "it holds no audio", "record it again")
    if seconds > LONGEST_S:
        raise Trouble(what, f"it is {seconds / 60:.0f} minutes long", "cut it into pieces of at most an hour")
    return _recording(contents)


def _recording(contents: Contents) -> Recording:
    samples = resample(contents.samples, contents.format.rate_hz)
    return Recording(to_pcm(samples), str(contents.format), contents.truncated)


class WavMicrophone:
    """A recording as the microphone: blocks of 20 ms, then `RecordingEnded`.

    At the pace `real` the blocks come when a microphone would bring them; at `fast` as quickly as they are taken.
    """

    def __init__(self, path: Path, pace: Literal["real", "fast"] = "real") -> None:
        self._path, self._pace = path, pace
        self._closed = threading.Event()
        self._thread: threading.Thread | None = None

    def open(self, emit: Emit) -> str:
        """Begin to play the recording into `emit`, from its own thread. Raises `Trouble` where it cannot be read."""
        recording = read_recording(self._path)
        self.close()
        self._closed = threading.Event()
        self._thread = threading.Thread(
            target=self._play, args=(recording, emit, self._closed), name=f"recording {self._path.name}", daemon=True
        )
        self._thread.start()
        return self._path.name

    def close(self) -> None:
        """Stop playing. No event follows, except one that is on its way."""
        self._closed.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(_CLOSE_S)

    def _play(self, recording: Recording, emit: Emit, closed: threading.Event) -> None:
        began_s = time.monotonic()
        for number, start in enumerate(range(0, len(recording.pcm), _BLOCK_BYTES), start=1):
            due_s = began_s + number * BLOCK_MS / 1000 if self._pace == "real" else 0
            if closed.wait(max(0, due_s - time.monotonic())):
                return
            emit(Heard(AudioChunk(recording.pcm[start : start + _BLOCK_BYTES])))
        emit(RecordingEnded())


class WavSpeaker:
    """A folder as the loudspeaker: each utterance becomes `001.wav`, `002.wav` and so on, and counts as played at once.

    The numbers go on after those that are in the folder, so nothing is replaced.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._emit: Emit | None = None
        self._count = 0

    def open(self, emit: Emit) -> str:
        """Make the folder. Raises `Trouble` where that is refused."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Trouble(f"folder {self._folder}", error.strerror or str(error), "name another one") from error
        taken = [int(path.stem) for path in self._folder.glob("*.wav") if path.stem.isdigit()]
        self._count = max(taken, default=0)
        self._emit = emit
        return f"WAV files in {self._folder}"

    def play(self, token: str, sound: Sound) -> None:
        """Write the sound as the next file and report it as played. Raises `Trouble` where it cannot be written."""
        assert self._emit is not None, "open the speaker first"
        self._count += 1
        write_wav(self._folder / f"{self._count:03d}.wav", sound)
        self._emit(Played(token, sound.ms, 0.0, done=True))

    def stop(self) -> int:
        """Nothing sounds any more when this can be called: every sound was over at once."""
        return 0

    def close(self) -> None:
        """Let go of the folder; the files stay."""
        self._emit = None


def write_wav(path: Path, sound: Sound) -> None:
    """Write sound as a mono 16-bit WAV file.

    Raises:
        Trouble: the file cannot be written.
    """
    try:
        with path.open("wb") as raw, wave.open(raw, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(sound.rate_hz)
            file.writeframes(sound.pcm)
    except OSError as error:
        raise Trouble(f"file {path}", error.strerror or str(error), "name another place") from error
