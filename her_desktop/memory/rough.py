"""A quick look at whether an entry may say what a fact says, so that few have to be taken apart to be sure."""

from __future__ import annotations

import re
from functools import cached_property

from her_desktop.memory.forms import folded, inner, spelled
from her_desktop.memory.words import Words

_WORD = re.compile(r"[^\W_]+")
_ESCAPE = re.compile(r"\\(?:u[0-9a-f]{4}|.)")


class Row:
    """The data of an entry as it is looked at: prepared once for all facts."""

    def __init__(self, data: str) -> None:
        self.text = folded(_ESCAPE.sub(" ", data) if "\\" in data else data)

    @cached_property
    def words(self) -> frozenset[str]:
        """Each of its words once."""
        return frozenset(self._all)

    @cached_property
    def tight(self) -> str:
        """All of its words as one."""
        return "".join(self._all)

    @cached_property
    def _all(self) -> list[str]:
        return _WORD.findall(self.text)


class Rough:
    """Looks for the words of one fact; what it has seen once it knows."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._spelled = spelled(words.telling)
        joined = (word for word in words.telling if not word.isalnum())
        rarest = (max(phrase, key=len) for phrase in words.phrases if words.telling.isdisjoint(phrase))
        self._inside = frozenset((*joined, *rarest, *inner(words.telling)))
        self._yes: set[str] = set()
        self._no: set[str] = set()

    def __call__(self, row: Row) -> bool:
        """Whether it may be there; no means no."""
        self._learn(row.words)
        return not self._yes.isdisjoint(row.words) or any(part in row.text for part in self._inside) or self.apart(row)

    def apart(self, row: Row) -> bool:
        """Whether a word may be spelled apart there: it is in the letters more often than in the text."""
        return any(key in row.tight and row.tight.count(key) > row.text.count(key) for key in self._spelled)

    def _learn(self, words: frozenset[str]) -> None:
        for word in words - self._no - self._yes:
            (self._yes if self._words.has(word) else self._no).add(word)
