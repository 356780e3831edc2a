"""The whole program on a virtual sound card: from the end of his turn to her first sample, memory, idle, start.

`python -m benchmarks.live`, on Linux with pulseaudio and flite. The window is the real one, offscreen. He says twenty
sentences into the microphone; the figures are the program's own timing entries, read from its journal.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from datetime import datetime
from pathlib import Path

import psutil

from benchmarks.table import print_table
from her_desktop.audio.wav import write_wav
from her_desktop.events import PartReady, PlaybackFinished, PlaybackStarted, Recorded, SpeechEnded, StateChanged, Timing
from her_desktop.tts.flite import FliteVoice
from tests.virtual_card import VirtualCard, why_not
from tests.whole.test_on_a_virtual_card import Running, her_desktop_window

LINES = [
    "Hello.", "My name is Ada.", "How are you?", "What time is it?", "I feel sad today.", "Because I am alone.",
    "Are your feelings real?", "What is my name?", "Tell me a joke.", "Another one.", "What is the date today?",
    "I fear I have felt everything I will ever feel.", "Who are you?", "What did you hear?", "Say that again.",
    "Thank you.", "Play some music.", "My mother called me yesterday.", "I am tired of my work.", "What can you do?",
]  # fmt: skip
STAGES = ["recognized", "understood", "chose", "worded", "kept", "voiced", "first_sound"]
IDLE_S = 20


def main() -> None:
    """Print the figures."""
    if why_not():
        raise SystemExit(f"cannot be measured here: {why_not()}")
    with tempfile.TemporaryDirectory() as folder, VirtualCard() as card:
        home = Path(folder) / "home"
        began = datetime.now().astimezone()
        with her_desktop_window(home, card) as program:
            program.waits_for(PartReady, 4)
            listening = program.waits_for(StateChanged)[0].at
            idle_percent, idle_mb = _idle(program)
            for number, line in enumerate(LINES, 1):
                path = Path(folder) / "line.wav"
                write_wav(path, FliteVoice().synthesize(line).sound)
                card.play_into_microphone(path).wait()
                program.waits_for(PlaybackFinished, number)
            talked_mb = psutil.Process(program.process.pid).memory_info().rss / 1e6
            entries = program.entries()
    _print(entries, (listening - began).total_seconds(), idle_percent, idle_mb, talked_mb)


def _idle(program: Running) -> tuple[float, float]:
    """Percent of one core and megabytes of the program and its children, while nobody speaks."""
    processes = [psutil.Process(program.process.pid)]
    processes += processes[0].children(recursive=True)
    for process in processes:
        process.cpu_percent()
    time.sleep(IDLE_S)
    percent = sum(process.cpu_percent() for process in processes)
    return percent, sum(process.memory_info().rss for process in processes) / 1e6


def _print(entries: list[Recorded], listening_s: float, idle_percent: float, idle_mb: float, talked_mb: float) -> None:
    rows = [[stage, *_spread([e.entry.ms for e in entries if isinstance(e.entry, Timing) and e.entry.stage == stage])]
            for stage in STAGES]  # fmt: skip
    waited = [float(e.entry.waited_ms) for e in entries if isinstance(e.entry, SpeechEnded)]
    print_table(["stage, ms", "median", "p95", "n"], [["waited for him", *_spread(waited)], *rows])
    told = sum(isinstance(recorded.entry, PlaybackStarted) for recorded in entries)
    print(f"\nanswers that sounded: {told} of {len(LINES)}; “first_sound” is end of turn decided → her first sample")
    print(f"start to listening: {listening_s:.2f} s")
    print(f"listening to silence for {IDLE_S} s: {idle_percent:.1f} % of one core, {idle_mb:.0f} MB with children")
    print(f"after {told} turns: {talked_mb:.0f} MB without children")


def _spread(values: list[float]) -> list[str]:
    if len(values) < 2:
        return ["–", "–", str(len(values))]
    return [f"{statistics.median(values):.1f}", f"{statistics.quantiles(values, n=20)[-1]:.1f}", str(len(values))]


if __name__ == "__main__":
    main()
