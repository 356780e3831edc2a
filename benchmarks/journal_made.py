"""A journal of a million entries: a real conversation over and over, each time with other words in it."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import accumulate, groupby
from pathlib import Path

import msgspec

from her_desktop.events import Entry, FinalTranscript, Recorded, Reply, SessionStarted
from her_desktop.memory.journal import Journal

LINES = [
    "Hello.", "My name is Ada.", "How are you?", "What time is it?", "I feel sad today.", "Because I am alone.",
    "Are your feelings real?", "What is my name?", "Tell me a joke.", "Another one.", "What is the date today?",
    "I fear I have felt everything I will ever feel.", "Who are you?", "What did you hear?", "Say that again.",
    "Thank you.", "Play some music.", "My mother called me yesterday.", "I am tired of my work.", "What can you do?",
]  # fmt: skip
QUERIES = {
    "common": [f"w{n}" for n in range(200)],
    "rare": [f"w{19_999 - n}" for n in range(200)],
    "phrase of common words": [f'"w{n % 14} w{n // 14}"' for n in range(200)],
    "phrase of rare words": [f'"w{n} w{2_000 + n}"' for n in range(200)],
    "common and rare": [f"w{n % 20} w{19_999 - n}" for n in range(200)],
    "begins with": [f"w{n}*" for n in range(1, 201)],
    "common, in a session": [f"w{n}" for n in range(200)],
}
"""What is looked for: frequent words, rare ones, such side by side, and how a word begins."""
_WORDS = [f"w{number}" for number in range(20_000)]
_WEIGHTS = list(accumulate(1 / (number + 1) for number in range(20_000)))  # as words of a language are: Zipf
_TURNS_IN_SESSION = 20
_BATCH_TURNS = 2_000


def talk(home: Path) -> int:
    """Hold a conversation by the shipped rules; the number of its turns."""
    command = [sys.executable, "-m", "her_desktop", "chat", "--home", str(home), "--seed", "1"]
    subprocess.run(command, input="\n".join(LINES), text=True, check=True, capture_output=True)
    return len(LINES)


def fill(home: Path, talked: Path, most_entries: int) -> int:
    """Write that many entries, and return the number of the last turn."""
    with Journal(talked, read_only=True) as journal:
        kept = list(journal.entries())
    turns = [list(group) for _, group in groupby(kept, key=lambda recorded: recorded.turn)]
    started = next(recorded for recorded in kept if isinstance(recorded.entry, SessionStarted))
    dice, number = random.Random(7), 0
    with Journal(home) as journal:
        while journal.last_seq < most_entries:
            if number % _TURNS_IN_SESSION == 0:
                journal.begin_session()
                journal.append(0, started.at + timedelta(minutes=number), [started.entry], durable=False)
            template = turns[1 + number % (len(turns) - 1)]
            number += 1
            at = template[0].at + timedelta(minutes=number)
            journal.append(number, at, _other_words(template, dice), durable=number % _BATCH_TURNS == 0)
    return number


def _other_words(template: Sequence[Recorded], dice: random.Random) -> Iterator[Entry]:
    for recorded in template:
        entry = recorded.entry
        if isinstance(entry, FinalTranscript):
            yield FinalTranscript.typed(_sentence(entry.text, dice))
        elif isinstance(entry, Reply):
            yield msgspec.structs.replace(entry, text=_sentence(entry.text, dice))
        else:
            yield entry


def _sentence(like: str, dice: random.Random) -> str:
    return " ".join(dice.choices(_WORDS, cum_weights=_WEIGHTS, k=max(3, len(like.split()))))
