"""Receives an installed recognizer model. Emits what is right with it: its files, that it loads, what it hears."""

from __future__ import annotations

import base64
import difflib
import importlib.util
import re
import time
import wave
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import msgspec

from her_desktop.asr import Recognizer, manifest
from her_desktop.asr.catalog import Wheel, language_of
from her_desktop.events import SAMPLE_RATE_HZ
from her_desktop.trouble import Trouble, missing

_BLOCK_BYTES = SAMPLE_RATE_HZ * 2 // 10
_SENTENCE = "ever tried ever failed no matter try again fail again fail better"
_LIKE_ENOUGH = 0.5
"""Share of the sentence that must be heard. A sound model is far above it, a damaged one far below."""


class Check(msgspec.Struct, frozen=True):
    """One thing that was looked at."""

    what: str
    passed: bool
    detail: str


def verify_vosk(model: Path, open_model: Callable[[Path], Recognizer]) -> tuple[Check, ...]:
    """Look at an installed Vosk model: its files against its manifest, that it loads, and what it hears."""
    files = _check_files(model)
    return (files, *_check_hearing(lambda: open_model(model), language_of(model.name)))


def verify_embedded(wheel: Wheel, open_model: Callable[[], Recognizer]) -> tuple[Check, ...]:
    """Look at the embedded recognizer: its files against the record of their package, and what it hears."""
    return (_check_wheel(wheel), *_check_hearing(open_model, "en"))


def embedded_is_here(wheel: Wheel) -> bool:
    """True where the package of the embedded recognizer, and what it runs on, are installed."""
    return _wheel_folder(wheel) is not None and importlib.util.find_spec("onnxruntime") is not None


def vosk_is_here() -> bool:
    """True where Vosk itself is installed."""
    return importlib.util.find_spec("vosk") is not None


def open_vosk(model: Path) -> Recognizer:
    """Load a Vosk model.

    Raises:
        Trouble: it does not load, or Vosk is not installed (exit 3).
    """
    if not vosk_is_here():
        raise missing("vosk", "the recognizer is not installed", "install her-desktop[voice]")
    from her_desktop.asr.vosk import VoskRecognizer  # noqa: PLC0415 -- loads a library of 25 MB; only when asked for

    return VoskRecognizer(model, model.name)


def open_embedded() -> Recognizer:
    """Load the embedded recognizer.

    Raises:
        Trouble: its package is not installed, or it does not load (exit 3).
    """
    from her_desktop.asr.load import EMBEDDED, load_recognizer  # noqa: PLC0415 -- loads numpy and onnxruntime

    return load_recognizer([], EMBEDDED)


def trial(model: Path) -> None:
    """Load a Vosk model and let it hear a second of silence.

    Raises:
        Trouble: it does not load.
    """
    _hear(open_vosk(model), bytes(SAMPLE_RATE_HZ * 2))


def _check_files(model: Path) -> Check:
    try:
        written = manifest.read(model)
    except Trouble as trouble:
        return Check("files", False, trouble.line)
    if written is None:
        return Check("files", True, "put there by hand: there is no manifest to compare them with")
    return _compared(manifest.differences(written, model), len(written.files), f"as installed from {written.source}")


def _check_wheel(wheel: Wheel) -> Check:
    """Compare the files with the hashes that the package's own record has."""
    files = [file for file in metadata.files(wheel.package) or [] if file.as_posix().startswith(f"{wheel.folder}/")]
    differing = []
    for file in files:
        digest = bytes.fromhex(manifest.sha256_of(Path(str(file.locate()))))
        if file.hash is None or base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != file.hash.value:
            differing.append(f"{file.name} changed")
    return _compared(differing, len(files), f"as the record of {wheel.package} has them")


def _compared(differences: list[str], count: int, like: str) -> Check:
    if differences:
        return Check("files", False, f"{'; '.join(differences[:4])} ({len(differences)} of {count}); install it again")
    return Check("files", count > 0, f"{count} files {like}")


def _check_hearing(open_model: Callable[[], Recognizer], language: str) -> list[Check]:
    begun_s = time.perf_counter()
    try:
        recognizer = open_model()
        _hear(recognizer, bytes(SAMPLE_RATE_HZ * 2))
    except Trouble as trouble:
        return [Check("loads", False, trouble.line)]
    loads = Check("loads", True, f"in {time.perf_counter() - begun_s:.1f} s")
    sentence = _recording()
    if sentence is None or language != "en":
        why = (
            "there is no recording to try it with" if language == "en" else f"no recording in its language ({language})"
        )
        return [loads, Check("hears", True, f"streams; {why}")]
    return [loads, _check_sentence(_hear(recognizer, sentence))]


def _check_sentence(heard: str) -> Check:
    words = re.findall(r"[a-z']+", heard.lower())
    likeness = difflib.SequenceMatcher(None, _SENTENCE.split(), words, autojunk=False).ratio()
    return Check("hears", likeness >= _LIKE_ENOUGH, f'"{heard}" where "{_SENTENCE}" was said ({likeness:.0%} alike)')


def _hear(recognizer: Recognizer, pcm: bytes) -> str:
    recognizer.start()
    for begin in range(0, len(pcm), _BLOCK_BYTES):
        recognizer.accept(pcm[begin : begin + _BLOCK_BYTES])
    alternatives = recognizer.finish()
    return alternatives[0].text if alternatives else ""


def _recording() -> bytes | None:
    """The recorded sentence that comes with the embedded recognizer: mono int16 at 16 kHz, about 10 s."""
    package = _package("moonshine_voice")
    path = package / "assets" / "beckett.wav" if package else None
    if path is None or not path.is_file():
        return None
    with wave.open(str(path)) as file:
        pcm: bytes = file.readframes(file.getnframes())
    return pcm


def _wheel_folder(wheel: Wheel) -> Path | None:
    top, _, below = wheel.folder.partition("/")
    package = _package(top)
    return package / below if package and (package / below).is_dir() else None


def _package(name: str) -> Path | None:
    """The folder of an installed package, found without running any of it."""
    spec = importlib.util.find_spec(name)
    places = list(spec.submodule_search_locations or []) if spec else []
    return Path(places[0]) if places else None
