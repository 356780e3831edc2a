"""How well her voice is understood, and how soon it sounds.

Round trip: sentences she would say -> pyttsx3 -> the embedded recognizer -> word error rate, for several voices. The
recognizer stands for a listener; only the comparison of voices counts, not the rate itself. Each sentence is spoken
`--repeats` times with a different stretch of silence before it: espeak-ng and the recognizer both waver a little.

    python benchmarks/voice.py [--json] [--repeats 3] [VOICE[@RATE_WPM[/PITCH]]...]
"""

from __future__ import annotations

import argparse
import json
import queue
import re
import statistics
import sys
import time
from typing import Any

import jiwer
import numpy as np
import soxr

from her_desktop.asr.moonshine import MoonshineRecognizer
from her_desktop.audio import AudioEvent, Played, Sound
from her_desktop.audio.speaker import DeviceSpeaker
from her_desktop.events import SAMPLE_RATE_HZ
from her_desktop.trouble import Trouble
from her_desktop.tts.pyttsx3_voice import DEFAULT_RATE_WPM, DEFAULT_VOICE, PITCH, Pyttsx3Voice

VOICES = (
    *("en-us+f1", "en-us+f2", "en-us+f3", "en-us+f4", "en-us+f5", "en-us+steph", "en-us+steph3"),
    *("en-us+belinda", "en-us+linda", "en-us+Annie", "en-gb+f2", "en-gb+f3", "en-gb+f5"),
    *("en-us", "en-gb"),
)

SENTENCES = """\
Hello. It is good to hear your voice again.
Good evening, how was your day?
I am glad that you told me.
That sounds like a lot to carry on your own.
What was the best part of it?
I wonder about that too, sometimes.
You said that your sister lives in Boston.
Would you like to tell me more about her?
I am listening, take all the time you need.
It is half past nine.
Your timer for ten minutes has started.
I will remind you tomorrow at eight in the morning.
Your tea is ready.
I have written that down for you.
I did not catch that, could you say it again?
Did you mean the timer or the reminder?
I am a program, and I do not feel things the way you do.
I chose those words because you asked about my feelings.
You do not need to answer if you would rather not.
Shall we talk about something else?
Sleep well, I will be here in the morning.
How did the interview go yesterday?
Last time you were worried about your exam.
That is a beautiful way to say it.
I am sorry that happened to you.
Have you spoken with a friend about this?
Please call someone who can be with you tonight.
Tell me about the book that you are reading.
Music can make an empty room feel warm.
I remember that your favorite color is green.
I have forgotten everything that you asked me to forget.
The shopping list has milk, bread and apples on it.
Seven times eight is fifty six.
Today is Sunday, the twenty second of November.
I like the sound of rain on a window.
Why do you think she said that?
It is all right to change your mind.
You can switch this off whenever you want to.
Nothing that you say here leaves your computer.
Goodbye for now, and take good care of yourself.""".splitlines()

REPLIES = {
    "short": "I am glad that you told me.",
    "long": "That sounds like a lot to carry on your own. I am listening, take all the time you need. "
    "Have you spoken with a friend about this? You do not need to answer if you would rather not. "
    "It is all right to change your mind, and I will be here in the morning.",
}

_SAME = {
    "favourite": "favorite",
    "colour": "color",
    "22nd": "twenty second",
    "56": "fifty six",
    "10": "ten",
    "8": "eight",
    "7": "seven",
    "9:30": "half past nine",
    "9.30": "half past nine",
    "i'm": "i am",
    "it's": "it is",
    "that's": "that is",
    "don't": "do not",
    "didn't": "did not",
    "alright": "all right",
    "to-day": "today",
}


def plain(text: str) -> str:
    """Words in lower case, with numerals and contractions written out, so that spelling is no error."""
    words = re.findall(r"[a-z0-9]+(?:['.:-][a-z0-9]+)*", text.lower().replace("\u2019", "'"))
    return " ".join(_SAME.get(word, word) for word in words) or "-"


def heard(recognizer: MoonshineRecognizer, sound: Sound, lead_ms: int) -> str:
    """Tell what the recognizer makes of a sound, with silence around it."""
    samples = soxr.resample(np.frombuffer(sound.pcm, np.int16), sound.rate_hz, SAMPLE_RATE_HZ)
    lead, tail = (np.zeros(SAMPLE_RATE_HZ * ms // 1000, np.int16) for ms in (lead_ms, 200))
    recognizer.start()
    recognizer.accept(np.concatenate([lead, samples, tail]).tobytes())
    alternatives = recognizer.finish()
    return alternatives[0].text if alternatives else ""


def setting(named: str) -> tuple[str, int, int]:
    """Take VOICE[@RATE_WPM[/PITCH]] apart."""
    voice, _, rest = named.partition("@")
    rate, _, pitch = rest.partition("/")
    return voice, int(rate or DEFAULT_RATE_WPM), int(pitch or PITCH)


def round_trip(recognizer: MoonshineRecognizer, named: str, repeats: int) -> dict[str, Any]:
    """Speak and recognize every sentence; returns the word error rate and the share of sentences without an error."""
    voice, rate_wpm, pitch = setting(named)
    speaker = Pyttsx3Voice(voice, rate_wpm, pitch=pitch)
    said, understood = [], []
    try:
        for repeat in range(repeats):
            for sentence in SENTENCES:
                said.append(plain(sentence))
                understood.append(plain(heard(recognizer, speaker.synthesize(sentence).sound, 150 + 50 * repeat)))
    finally:
        speaker.close()
    right = sum(a == b for a, b in zip(said, understood, strict=True))
    return {
        "voice": voice,
        "rate_wpm": rate_wpm,
        "pitch": pitch,
        "word_error_rate": round(float(jiwer.wer(said, understood)), 4),
        "sentences_right": round(right / len(said), 3),
    }


def synthesis(repeats: int = 20) -> dict[str, float]:
    """Milliseconds until a whole reply is sound: the first one with a cold engine, then warm ones."""
    voice = Pyttsx3Voice()
    figures = {}
    try:
        for name, text in {"cold short": REPLIES["short"], **REPLIES}.items():
            took = [_ms_of(lambda text=text: voice.synthesize(text)) for _ in range(1 if "cold" in name else repeats)]
            figures[f"{name}, median ms"] = round(statistics.median(took), 1)
            figures[f"{name}, worst ms"] = round(max(took), 1)
    finally:
        voice.close()
    return figures


def handover(repeats: int = 10) -> dict[str, float]:
    """Milliseconds from `play` until its first sample sounds, as the device counts. Empty without a loudspeaker."""
    events: queue.SimpleQueue[AudioEvent] = queue.SimpleQueue()
    speaker = DeviceSpeaker()
    try:
        speaker.open(events.put)
    except Trouble:
        return {}
    sound = Sound(np.full(22_050 // 4, 500, np.int16).tobytes(), 22_050)
    took = []
    for repeat in range(repeats):
        begin = time.perf_counter()
        speaker.play(str(repeat), sound)
        took.append(_first_ms(events, str(repeat), begin))
        speaker.stop()
    speaker.close()
    return {"handover, median ms": round(statistics.median(took), 1), "handover, worst ms": round(max(took), 1)}


def _first_ms(events: queue.SimpleQueue[AudioEvent], token: str, begin: float) -> float:
    while True:
        event = events.get(timeout=5)
        if isinstance(event, Played) and event.token == token and event.ms > 0:
            return (time.perf_counter() - begin) * 1000 - event.ms


def _ms_of(work: Any) -> float:
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1000


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("voices", nargs="*", default=VOICES, metavar="VOICE[@RATE_WPM[/PITCH]]")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    recognizer = MoonshineRecognizer()
    rows = []
    for named in options.voices:
        rows.append(round_trip(recognizer, named, options.repeats))
        print(named, rows[-1]["word_error_rate"], file=sys.stderr)
    rows.sort(key=lambda row: row["word_error_rate"])
    figures = {"default": DEFAULT_VOICE, "round_trip": rows, "synthesis": synthesis(), "speaker": handover()}
    print(json.dumps(figures) if options.json else _table(figures))


def _table(figures: dict[str, Any]) -> str:
    lines = [f"{'voice':20} {'wpm':>4} {'pitch':>5} {'word error rate':>16} {'sentences right':>16}"]
    lines += [
        f"{row['voice']:20} {row['rate_wpm']:4} {row['pitch']:5} "
        f"{row['word_error_rate']:16.3f} {row['sentences_right']:16.2f}"
        for row in figures["round_trip"]
    ]
    lines += [f"{name:24} {value:8.1f}" for part in ("synthesis", "speaker") for name, value in figures[part].items()]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
