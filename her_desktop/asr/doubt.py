"""Receives what a recognizer made of an utterance. Emits why it is not to be answered, or that he has not finished.

Recognizers hear words where there are none: `the` in a cough, `you` in silence, one sentence over and over in the
murmur of a crowd. Which words those are, and which cannot end a sentence, is handed in: it is the language's to say.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from itertools import pairwise

from her_desktop.events import Alternative
from her_desktop.language import tokenize

GHOST_CONFIDENCE = 0.5
GHOST_VOICE_MS = 300
"""A ghost is one of the language's ghost words, less sure than this, on less voice than this: all three."""
REPEATED_WORDS = 3
"""So many different words or more, three times in a row, are the recognizer's own loop."""


def doubt(alternatives: tuple[Alternative, ...], voiced_ms: int, ghosts: Collection[str]) -> str:
    """Why this is not to be answered; empty where it is.

    Args:
        alternatives: what the recognizer found, best first.
        voiced_ms: how much of the utterance is voice.
        ghosts: what recognizers hear in breath and noise, in lower case; never a word that is an answer by itself.
    """
    words = _words(alternatives[0].text) if alternatives else []
    if not words:
        return "nothing was understood"
    if voiced_ms == 0:
        return "there was no voice in it"
    sure = _confidence(alternatives[0])
    if len(words) == 1 and words[0] in ghosts and sure < GHOST_CONFIDENCE and voiced_ms < GHOST_VOICE_MS:
        return f"a single unsure word ({sure:.2f}) on {voiced_ms} ms of voice"
    phrase = _loop(words)
    return f'the recognizer went round in circles ("{phrase}")' if phrase else ""


def unfinished(text: str, never_last: Collection[str]) -> bool:
    """True where the last word so far cannot end a sentence, so that more will come.

    Args:
        text: what he has said so far.
        never_last: words that cannot end a sentence, in lower case.
    """
    words = _words(text)
    return bool(words) and words[-1] in never_last


def _words(text: str) -> list[str]:
    return [token.norm for token in tokenize(text, {})]


def _confidence(alternative: Alternative) -> float:
    """Geometric mean over the words that have a confidence; 1 where none has."""
    known = [word.confidence for word in alternative.words if word.confidence is not None]
    return math.exp(sum(math.log(max(value, 1e-9)) for value in known) / len(known)) if known else 1.0


def _loop(words: list[str]) -> str:
    """The first phrase that stands three times in a row; empty where there is none."""
    for length in range(REPEATED_WORDS, len(words) // 3 + 1):
        for start in range(len(words) - 3 * length + 1):
            thrice = [words[start + turn * length : start + (turn + 1) * length] for turn in range(3)]
            if all(one == other for one, other in pairwise(thrice)) and len(set(thrice[0])) >= REPEATED_WORDS:
                return " ".join(thrice[0])
    return ""
