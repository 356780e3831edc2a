"""Receives a recording of his. Emits what the real recognizer makes of it, where the rest of a screenplay is typed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from her_desktop.asr import Recognizer
from her_desktop.audio import in_blocks
from her_desktop.events import FinalTranscript
from her_desktop.language import Language
from her_desktop.paths import models_dirs
from her_desktop.screenplay.script import His
from her_desktop.settings import Settings, load


def transcripts(his: His, language: Language, home: Path | None = None) -> Iterator[FinalTranscript]:
    """What is heard in his recording, in order; nothing where nobody speaks in it.

    Args:
        his: his line.
        language: what he speaks.
        home: the profile whose recognizer hears it; None takes the best one there is, whatever anybody has set.

    Raises:
        Trouble: it cannot be read (exit 2), or there is no recognizer (exit 3).
    """
    from her_desktop.asr.hearing import Hearing  # noqa: PLC0415 -- numpy and the detector of voices
    from her_desktop.screenplay.spoken.voices import recorded  # noqa: PLC0415 -- likewise

    pcm, ear = recorded(his), Hearing(_recognizer(language.code, home), time.monotonic, language)
    entries = [entry for chunk in in_blocks(pcm) for entry in ear.accept(chunk)] + ear.end_of_recording()
    yield from (entry for entry in entries if isinstance(entry, FinalTranscript))


@cache
def _recognizer(language: str, home: Path | None) -> Recognizer:
    from her_desktop.asr.load import load_recognizer  # noqa: PLC0415 -- a recognizer is half a second

    settings = load(home) if home else Settings()
    return load_recognizer(models_dirs(home), settings.recognizer, language)
