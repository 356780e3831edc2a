"""One alternative of a transcript, made ready for matching once for all templates that are tried on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import cast

from her_desktop.language import Language, Token, heard_tokens
from her_desktop.nlu.values import TypedSpan, ValueType, spans

MOST_TOKENS = 10_000
"""Of an utterance that is longer only the beginning is understood."""


class Line:
    """The tokens of one alternative, and what templates ask about them."""

    def __init__(self, tokens: tuple[Token, ...], language: Language, now: datetime) -> None:
        self.tokens, self.language = tokens, language
        self.norms = tuple(token.norm for token in tokens)
        self.words = frozenset(self.norms)
        self.first, self.last = self._edges()
        self._now = now
        self._values: dict[str, Mapping[int, tuple[TypedSpan, ...]]] = {}

    @classmethod
    def of(cls, text: str, language: Language, now: datetime) -> Line:
        """Split a text: its first `MOST_TOKENS` tokens."""
        tokens = heard_tokens(text, language, MOST_TOKENS)
        return cls(tokens[:MOST_TOKENS], language, now)

    def _edges(self) -> tuple[int, int]:
        """From which token on, and up to which, there is more than fillers: where `^` and `$` hold."""
        fillers = self.language.fillers
        first, last = 0, len(self.norms)
        while first < last and self.norms[first] in fillers:
            first += 1
        if first == last:  # all are fillers: both edges hold everywhere
            return last, 0
        while self.norms[last - 1] in fillers:
            last -= 1
        return first, last

    def values(self, kind: str) -> Mapping[int, tuple[TypedSpan, ...]]:
        """By the token that they begin with, the stretches of words that have a value of this type."""
        if kind not in self._values:
            found: defaultdict[int, tuple[TypedSpan, ...]] = defaultdict(tuple)
            for span in spans(cast(ValueType, kind), self.tokens, self.language, self._now):
                found[span.start] += (span,)
            self._values[kind] = dict(found)
        return self._values[kind]

    def fills(self, kind: str, token: Token) -> bool:
        """Whether a word can be part of a slot that takes words one by one."""
        match kind:
            case "name":
                return token.norm not in self.language.not_names
            case "proper":
                return token.surface[:1].isupper() and token.norm not in self.language.not_names
        return True
