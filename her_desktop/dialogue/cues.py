"""What shows a technique: `resources/technique_cues.yaml`, read once; a pattern is compiled when it is first tried."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from typing import Literal

import msgspec

from her_desktop.paths import resources

When = Literal[
    "goodbye", "question", "asks", "asks_nothing", "brought_up", "answering", "not_playful", "unmirrored"
]  # fmt: skip
"""What else must hold: she takes leave; the sentence is a question; she asks something, nothing, in the whole reply;
she brings it up herself, or not; the tone is not playful; no word of his and no fact stands in the sentence."""

Shown = Literal["mirrored", "told", "name", "callback", "help_line", "tone"]
"""What the words are: his own of this turn, a fact that he has just told, his name, a kept fact, a help line; or how
they are said: in a tone of voice."""

Patterns = dict[str, str | tuple[str, ...]]
"""Regular expressions by a word that must be in the reply for one of them to fit; `a|b` is one word or the other."""


class Sign(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way in which a technique shows."""

    words: dict[str, Patterns] = {}
    """By language: what she says, in lower case."""
    shown: Shown | None = None
    """Instead of words: what the words are."""
    when: tuple[When, ...] = ()
    """All of it must hold."""


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"but_not": "not"}):
    """How one technique is seen."""

    signs: tuple[Sign, ...] = ()
    but_not: dict[str, tuple[str, ...]] = {}
    """By language: what looks like it and is not; a sign that overlaps it does not count."""
    unless: tuple[str, ...] = ()
    """Techniques beside which it does not stand."""
    unseen: str = ""
    """What of it cannot be seen in words, and why."""


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    parts: dict[str, dict[str, str]]
    """By language: pieces that patterns share, written `<name>` in them."""
    stop_words: dict[str, frozenset[str]]
    """By language: words of his that say nothing when they are handed back."""
    techniques: dict[str, Entry]


class Cue:
    """A pattern that shows a technique."""

    def __init__(self, technique: str, name: str, text: str, sign: Sign, language: str) -> None:
        self.technique, self.name, self.text, self.when = technique, name, text, sign.when
        self._language = language

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """For whole words in lower case."""
        return _compiled(self.text, self._language)


class Cues:
    """What shows techniques in one language."""

    def __init__(self, language: str) -> None:
        """Sort out what is of this language.

        Args:
            language: code; one without cues shows only what no words are needed for.
        """
        file, code = _file(), re.split("[-_]", language)[0]
        self._language = code
        self.stop_words = file.stop_words.get(code, frozenset[str]())
        self.shown = tuple(
            (name, sign) for name, entry in file.techniques.items() for sign in entry.signs if sign.shown
        )
        self.unless = {name: frozenset(entry.unless) for name, entry in file.techniques.items() if entry.unless}
        self.by_word: dict[str, tuple[Cue, ...]] = {}
        excepted = {name: entry.but_not.get(code, ()) for name, entry in file.techniques.items()}
        self._not = {name: "|".join(texts) for name, texts in excepted.items()}
        for word, cue in self._listed(file.techniques, code):
            self.by_word[word] = (*self.by_word.get(word, ()), cue)
        with_words = {cue.technique for cues in self.by_word.values() for cue in cues}
        self.detectable = frozenset(with_words.union(name for name, _ in self.shown))

    def _listed(self, entries: Mapping[str, Entry], code: str) -> Iterator[tuple[str, Cue]]:
        for name, entry in entries.items():
            for sign in entry.signs:
                for words, texts in sign.words.get(code, {}).items():
                    first, *others = words.split("|")
                    for text in (texts,) if isinstance(texts, str) else texts:
                        cue = Cue(name, first, text, sign, code)
                        yield from ((word, cue) for word in (first, *others))

    def excepted(self, technique: str, own: str) -> list[tuple[int, int]]:
        """Where words stand that look like a technique and are not."""
        if not (text := self._not[technique]):
            return []
        return [found.span() for found in _compiled(text, self._language).finditer(own)]

    def of(self, words: Iterable[str]) -> dict[Cue, None]:
        """The cues that may fit a reply of these words."""
        return {cue: None for word in words if word in self.by_word for cue in self.by_word[word]}


@cache
def cues(language: str) -> Cues:
    """What shows techniques in a language, by its code."""
    return Cues(language)


@cache
def unseen() -> dict[str, str]:
    """For each technique that words alone do not show, or not all of it: why."""
    return {name: entry.unseen for name, entry in _file().techniques.items() if entry.unseen}


@cache
def _file() -> _File:
    return msgspec.yaml.decode((resources() / "technique_cues.yaml").read_bytes(), type=_File)


@cache
def _compiled(text: str, language: str) -> re.Pattern[str]:
    parts = _file().parts.get(language, {})
    whole = re.sub(r"<(\w+)>", lambda found: f"(?:{parts[found.group(1)]})", text)
    return re.compile(rf"\b(?:{whole})(?!\w)")
