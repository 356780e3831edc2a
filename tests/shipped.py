"""The conversation that the shipped packs make, loaded once for all tests that talk with it, and kept for programs."""

from __future__ import annotations

from functools import cache

from her_desktop import loading
from her_desktop.conversation import Conversation


@cache
def loaded(language: str = "en") -> Conversation:
    """The conversation as the program loads it, with the hashes of all that decides a reply."""
    return loading.conversation(language=language)
