"""Receives what a recognizer made of an utterance. Emits why it is not to be answered, or that he has not finished.

The words are English, as both recognizers are that choose themselves.
"""

from __future__ import annotations

import re

from her_desktop.events import Alternative

def doubt(alternatives: tuple[Alternative, ...], voiced_ms: int) -> str:
    return "" if alternatives else "nothing was understood"

def unfinished(text: str) -> bool:
    return False
