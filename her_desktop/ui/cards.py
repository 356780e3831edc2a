"""What is missing of her, in plain words: what still works, why, and the exact command that mends it. Pure."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from her_desktop.asr.catalog import load_catalog
from her_desktop.events import PartLost

_SAID = {
    "recognizer": (
        "She cannot understand speech yet",
        "Nothing on this machine turns speech into words. Typing works: she answers all the same.",
    ),
    "microphone": ("She cannot hear you", "No microphone works here. Typing does: she answers all the same."),
    "voice": ("She has no voice", "Her words stand here to be read. Everything else works."),
    "speaker": ("She cannot be heard", "Her words stand here to be read. Everything else works."),
}
"""Part to a title and to what still works, the gravest first."""

_INSTALL = "her-desktop models install"


class Card(msgspec.Struct, frozen=True):
    """A part that is missing."""

    part: str
    title: str
    works: str
    why: str
    todo: str
    command: str
    """To be typed in a terminal; empty where there is none."""


def cards(lost: Mapping[str, PartLost], language: str) -> tuple[Card, ...]:
    """A card for each part that is missing, the gravest first.

    Args:
        lost: part to what the record says of it.
        language: code of the language of the conversation, for the model to get.
    """
    return tuple(_card(lost[part], language) for part in _SAID if part in lost)


def _card(entry: PartLost, language: str) -> Card:
    title, works = _SAID[entry.part]
    command = _get_model(language) if entry.part == "recognizer" else ""
    todo = "" if "her-desktop models" in entry.todo else entry.todo
    why = entry.why.removeprefix(f"{entry.part}: ")
    return Card(part=entry.part, title=title, works=works, why=why[:1].upper() + why[1:], todo=todo, command=command)


def _get_model(language: str) -> str:
    """The command that gets the lightest model of a language; the list of models where there is none."""
    light = [model for model in load_catalog().models if model.language == language and model.engine == "vosk"]
    if not light:
        return "her-desktop models list"
    return f"{_INSTALL} {min(light, key=lambda model: model.unpacked_bytes).name}"
