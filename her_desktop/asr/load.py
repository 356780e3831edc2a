"""Receives the folders of models and which recognizer is wanted. Emits the recognizer, loaded."""

from __future__ import annotations

from pathlib import Path

from her_desktop.asr import Recognizer
from her_desktop.asr.inventory import chosen, plain_name
from her_desktop.asr.inventory import installed as installed_models
from her_desktop.trouble import missing

__all__ = ["EMBEDDED", "installed_models", "load_recognizer"]

EMBEDDED = "moonshine-tiny-en"
"""The name under which the embedded recognizer is asked for."""


def load_recognizer(models_dirs: list[Path], wanted: str = "", language: str = "en") -> Recognizer:
    """Load the recognizer that is wanted; where none is named, the best one that is installed.

    The best is the largest Vosk model of the language, else the embedded recognizer.

    Args:
        models_dirs: folders that may hold installed models.
        wanted: name of a model, as the list of models or a transcript shows it; may be empty.
        language: language of the conversation; a model of another one is used only where it is named.

    Raises:
        Trouble: there is none, not this one, or it does not load (exit 3).
    """
    if place := chosen(models_dirs, wanted, language):
        return _vosk(place)
    name = plain_name(wanted)
    if name and name != EMBEDDED:
        known = ", ".join([*(path.name for path in installed_models(models_dirs)), EMBEDDED])
        raise missing(f"model {name}", "it is not installed", f"her-desktop models install {name}; here are {known}")
    return _embedded(language)


def _vosk(path: Path) -> Recognizer:
    from her_desktop.asr.vosk import VoskRecognizer  # noqa: PLC0415 -- an engine is imported where it is used

    return VoskRecognizer(path, path.name)


def _embedded(language: str) -> Recognizer:
    if language != "en":
        todo = "her-desktop models list shows what can be installed"
        raise missing("recognizer", f"no model for the language {language} is installed", todo)
    try:
        from her_desktop.asr.moonshine import MoonshineRecognizer  # noqa: PLC0415 -- as above
    except ImportError as error:
        raise missing(
            "recognizer", f"the package {error.name} is not installed", "install her-desktop[voice]"
        ) from error
    return MoonshineRecognizer()
