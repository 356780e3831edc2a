"""What the code needs to know about a language (from `language.yaml` beside its packs), and words as rules see them.

Nothing of any language is in the code: contractions, fillers and reflections are data. Imports nothing of ours.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

import msgspec

_WORD = re.compile(r"[^\W_]+(?:[.,:'’-][^\W_]+)*")


class Language(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of a language that matching and wording lean on."""

    code: str
    contractions: dict[str, str]
    """Short form to full words."""
    fillers: frozenset[str]
    """Words that anchors step over: um, well, please."""
    not_names: frozenset[str]
    """Words that can never be part of somebody's name."""
    reflections: dict[str, str]
    """First person to second and back: my to your."""
    not_reflected: frozenset[str]
    """Words after which a reflection would not be grammatical; a slot that holds one is not handed back."""
    sha256: str = ""
    """Of the file that it was read from."""


class Token(msgspec.Struct, frozen=True):
    """One word to match. `what's` gives two tokens, `what` and `is`, with the same surface and index."""

    norm: str
    surface: str
    """The word as it was said or typed."""
    index: int
    """Which word of the utterance it came from, counted from 0."""


def tokenize(text: str, contractions: Mapping[str, str]) -> tuple[Token, ...]:
    """Split text into tokens; `contractions` maps a short form to its full words (`what's` to `what is`)."""
    tokens: list[Token] = []
    for index, match in enumerate(_WORD.finditer(unicodedata.normalize("NFKC", text))):
        surface = match.group()
        norm = surface.casefold().replace("’", "'")
        tokens += [Token(part, surface, index) for part in contractions.get(norm, norm).split()]
    return tuple(tokens)


def surfaces(tokens: tuple[Token, ...]) -> str:
    """The words of some tokens as they were said, each once."""
    seen: dict[int, str] = {token.index: token.surface for token in tokens}
    return " ".join(seen.values())
