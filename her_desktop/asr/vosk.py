"""Receives 16 kHz audio of one utterance after another. Emits their text as it grows, then alternatives with times.

Where the confidences come from: with alternatives, Vosk 0.3.45 gives no confidence of words, and for each path through
its lattice only a log score. Those scores are the weights from which Vosk itself computes confidences when it is asked
for a single result (minimum Bayes risk over the lattice), so the best paths are fetched and their scores made into
posteriors: a path's share, and for each word the shares of all paths that have this word at this time. Measured against
Vosk's own confidences of the same audio, with 100 paths: 0.05 away on average. The other way, a partial result with
words just before the final one, leaves out the last words and prints warnings past the log level.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from her_desktop.asr.layout import lacking
from her_desktop.events import SAMPLE_RATE_HZ, Alternative, Word
from her_desktop.trouble import Trouble, missing

ALTERNATIVES = 5
PATHS = 100
"""How many paths the confidences are made from; fetching them costs no more than Vosk's own way."""

_BLOCK_BYTES = SAMPLE_RATE_HZ // 10 * 2
_SILENT_LOG = -1


class VoskRecognizer:
    """A Vosk model in a folder. Its recognizer is made anew for every utterance, or its memory would grow for ever.

    Endpoints that Vosk finds are not acted on: an utterance goes from `start` to `finish`.
    """

    def __init__(self, path: Path, name: str = "") -> None:
        self.name = f"vosk:{name or path.name}"
        self._vosk = _engine()
        self._model = _load(self._vosk, path)
        self._recognizer = self._trial(path)
        self.start()

    def start(self) -> None:
        """Begin a new utterance."""
        self._recognizer = self._new()
        self._waiting = bytearray()
        self._text = ""

    def accept(self, pcm: bytes) -> str:
        """Take the next stretch (mono int16, 16 kHz, any length); returns the text so far, new every 100 ms."""
        self._waiting += pcm
        if len(self._waiting) >= _BLOCK_BYTES:
            self._feed()
            self._text = str(json.loads(self._recognizer.PartialResult())["partial"])
        return self._text

    def finish(self) -> tuple[Alternative, ...]:
        """End the utterance: up to five alternatives, best first; none where most likely nothing was said."""
        self._feed()
        found = alternatives(json.loads(self._recognizer.FinalResult()))
        self.start()
        return found

    def _feed(self) -> None:
        whole = bytes(self._waiting[: len(self._waiting) // 2 * 2])
        del self._waiting[: len(whole)]
        if whole:
            self._recognizer.AcceptWaveform(whole)

    def _new(self) -> Any:
        recognizer = self._vosk.KaldiRecognizer(self._model, SAMPLE_RATE_HZ)
        recognizer.SetWords(True)
        recognizer.SetMaxAlternatives(PATHS)
        return recognizer

    def _trial(self, path: Path) -> Any:
        """Some damage shows only when a recognizer is made from the model."""
        try:
            return self._new()
        except Exception as error:
            raise _broken(path, str(error)) from error


def alternatives(result: dict[str, Any]) -> tuple[Alternative, ...]:
    """Make alternatives of Vosk's final result with `SetMaxAlternatives` and `SetWords`.

    Args:
        result: `{"alternatives": [{"text", "confidence": log score, "result": [{"word", "start", "end" in s}]}]}`.
    """
    paths = sorted(result.get("alternatives", []), key=lambda path: -float(path["confidence"]))
    if not paths or not paths[0]["text"].strip():
        return ()
    weights = [math.exp(float(path["confidence"]) - float(paths[0]["confidence"])) for path in paths]
    shares = [weight / sum(weights) for weight in weights]
    spoken = [(path, share) for path, share in zip(paths, shares, strict=True) if path["text"].strip()]
    return tuple(
        Alternative(path["text"], share, tuple(_word(word, paths, shares) for word in path.get("result", [])))
        for path, share in spoken[:ALTERNATIVES]
    )


def _word(word: dict[str, Any], paths: list[dict[str, Any]], shares: list[float]) -> Word:
    middle_s = (word["start"] + word["end"]) / 2
    mass = sum(share for path, share in zip(paths, shares, strict=True) if _says(path, word["word"], middle_s))
    return Word(word["word"], round(word["start"] * 1000), round(word["end"] * 1000), min(1.0, mass))


def _says(path: dict[str, Any], text: str, at_s: float) -> bool:
    return any(word["word"] == text and word["start"] <= at_s <= word["end"] for word in path.get("result", []))


def _engine() -> Any:
    try:
        import vosk  # noqa: PLC0415 -- loads a library of 25 MB, and only where a Vosk model is used
    except (ImportError, OSError) as error:
        raise missing("vosk", f"it does not load: {error}", "install her-desktop[voice]") from error
    vosk.SetLogLevel(_SILENT_LOG)
    return vosk


def _load(vosk: Any, path: Path) -> Any:
    if not path.is_dir():
        raise missing(f"model {path.name}", f"there is no folder {path}", f"her-desktop models install {path.name}")
    if missing_files := lacking(path):
        raise _broken(path, f"{', '.join(missing_files)} missing or empty")
    try:
        # Only ever a path: with a name or a language Vosk goes online by itself, and may end the process.
        return vosk.Model(str(path))
    except Exception as error:
        raise _broken(path, str(error)) from error


def _broken(path: Path, why: str) -> Trouble:
    todo = f"her-desktop models verify {path.name}; then her-desktop models install {path.name}"
    return missing(f"model {path.name}", f"it does not load: {why}", todo)
