"""How well and how fast each recognizer here hears real people: `python -m benchmarks.asr [--json]`.

Word error rate over all `words` recordings together, after the normalization in `words.py`; how many of the slot words
of the `slots` recordings were heard; how often the `noise` recordings were answered. Accuracy is measured twice: the
whole file given to the recognizer, and the way the program works, through voice activity and endpointing in blocks of
20 ms. Speed is the second way's: the processor time of this process for a second of audio, on one core and one thread,
and how long `finish` took after the end of speech.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import jiwer
import msgspec

from benchmarks.words import normalize
from her_desktop import paths
from her_desktop.asr import Recognizer
from her_desktop.asr.hearing import Hearing
from her_desktop.asr.load import EMBEDDED, installed_models, load_recognizer
from her_desktop.audio.wav import read_recording
from her_desktop.dialogue.packs import load_language
from her_desktop.events import AudioChunk, Entry, FinalTranscript, SpeechDiscarded, Timing
from her_desktop.paths import resources
from her_desktop.trouble import Trouble
from tests.recordings import FOLDER, Spoken, read_manifest

_BLOCK_BYTES = 640
_GOALS_WER = {"vosk": 0.20, "moonshine": 0.12}
_GOAL_REAL_TIME_FACTOR = 0.3


class Figures(msgspec.Struct, frozen=True):
    """What was measured of one recognizer."""

    recognizer: str
    recordings: int
    word_error_rate: float
    """Of whole files."""
    live_word_error_rate: float
    """Through voice activity and endpointing."""
    goal_word_error_rate: float
    slots_heard: int
    slots: int
    discarded_speech: int
    """How many pieces of the `words` and `slots` recordings were not answered."""
    noise_answered: int
    noise_discarded: int
    real_time_factor: float
    """Processor seconds for a second of audio, live."""
    finish_ms_median: float
    finish_ms_p95: float
    load_s: float

    @property
    def good(self) -> bool:
        """Whether the goals are met."""
        accurate = max(self.word_error_rate, self.live_word_error_rate) <= self.goal_word_error_rate
        return accurate and self.real_time_factor <= _GOAL_REAL_TIME_FACTOR


class Heard(msgspec.Struct, frozen=True):
    """What came of one recording."""

    spoken: Spoken
    whole: str
    live: str
    answered: int
    discarded: int
    finish_ms: tuple[float, ...]
    processor_s: float


def measure(load: Callable[[], Recognizer], spoken: list[Spoken]) -> Figures:
    """Measure one recognizer on these recordings."""
    began_s = time.perf_counter()
    recognizer = load()
    load_s = time.perf_counter() - began_s
    heard = [_hear(recognizer, one) for one in spoken]
    return figures(recognizer.name, heard, load_s)


def figures(name: str, heard: list[Heard], load_s: float) -> Figures:
    """Add up what was heard."""
    words, slots, noise = ([one for one in heard if one.spoken.kind == kind] for kind in ("words", "slots", "noise"))
    said = [normalize(one.spoken.transcript) for one in words]
    found = [
        f" {value} " in f" {normalize(one.live)} "
        for one in slots
        for value in map(normalize, one.spoken.slots.values())
    ]
    finish_ms = sorted(value for one in [*words, *slots] for value in one.finish_ms)
    return Figures(
        recognizer=name,
        recordings=len(heard),
        word_error_rate=round(jiwer.wer(said, [normalize(one.whole) for one in words]), 4),
        live_word_error_rate=round(jiwer.wer(said, [normalize(one.live) for one in words]), 4),
        goal_word_error_rate=_GOALS_WER[name.partition(":")[0]],
        slots_heard=sum(found),
        slots=len(found),
        discarded_speech=sum(one.discarded for one in [*words, *slots]),
        noise_answered=sum(one.answered for one in noise),
        noise_discarded=sum(one.discarded for one in noise),
        real_time_factor=round(sum(one.processor_s for one in heard) / sum(one.spoken.seconds for one in heard), 4),
        finish_ms_median=round(statistics.median(finish_ms), 1),
        finish_ms_p95=round(finish_ms[int(len(finish_ms) * 0.95)], 1),
        load_s=round(load_s, 2),
    )


def _hear(recognizer: Recognizer, spoken: Spoken) -> Heard:
    pcm = read_recording(spoken.path).pcm
    began_s = time.process_time()
    entries = _live(recognizer, pcm)
    processor_s = time.process_time() - began_s
    finals = [entry.text for entry in entries if isinstance(entry, FinalTranscript)]
    return Heard(
        spoken=spoken,
        whole=_whole(recognizer, pcm),
        live=" ".join(finals),
        answered=len(finals),
        discarded=sum(isinstance(entry, SpeechDiscarded) for entry in entries),
        finish_ms=tuple(entry.ms for entry in entries if isinstance(entry, Timing)),
        processor_s=processor_s,
    )


def _live(recognizer: Recognizer, pcm: bytes) -> list[Entry]:
    hearing = Hearing(recognizer, time.perf_counter, load_language(resources() / "dialogue" / "en"))
    blocks = (AudioChunk(pcm[at : at + _BLOCK_BYTES]) for at in range(0, len(pcm), _BLOCK_BYTES))
    return [entry for block in blocks for entry in hearing.accept(block)] + hearing.end_of_recording()


def _whole(recognizer: Recognizer, pcm: bytes) -> str:
    recognizer.start()
    recognizer.accept(pcm)
    alternatives = recognizer.finish()
    return alternatives[0].text if alternatives else ""


def _print_table(measured: list[Figures]) -> None:
    for each in measured:
        print(f"{each.recognizer}: {'meets' if each.good else 'MISSES'} its goals")
        for name, value in msgspec.to_builtins(each).items():
            print(f"  {name.replace('_', ' '):24} {value}")


def main() -> int:
    """Measure every English recognizer that is here. Returns 1 where one misses its goals."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print one object instead of a table")
    parser.add_argument("--recordings", type=Path, default=FOLDER, help="folder with manifest.tsv and its files")
    arguments = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    spoken = read_manifest(arguments.recordings / "manifest.tsv")
    folders = paths.models_dirs()
    names = [path.name for path in installed_models(folders) if "-en" in path.name]
    measured = [measure(partial(load_recognizer, folders, name), spoken) for name in [*names, EMBEDDED]]
    if arguments.json:
        print(msgspec.json.encode({"asr": measured}).decode())
    else:
        _print_table(measured)
    return 0 if all(each.good for each in measured) else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (Trouble, OSError) as error:
        sys.exit(f"benchmarks.asr: {error}")
