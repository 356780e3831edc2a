"""A capital where a sentence begins with a word that somebody else wrote, in any script that has capitals.

Words are looked at only where two parts of a reply meet: inside a part they are as they were written. So “at 6 p.m.
tomorrow” stays, and no list of abbreviations is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from her_desktop.events import Span

_LEAD = re.compile(r"[\W_]*")
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"[.!?…][^\w\s,;:]*\s[^\w,;:]*$")
_ABBREVIATED = re.compile(r"(?<!\w)(?:[^\W\d_]\.\s?){2,}\W*$|(?<!\w)(?P<one>[^\W\d_])\.\W*$")
_LOOK_BACK = 40
_DOTTED_I = frozenset({"tr", "az"})
"""Languages whose capital i keeps its dot (Unicode SpecialCasing)."""


def sentence_case(spans: Iterable[Span], language: str = "") -> list[Span]:
    """Begin each sentence with a capital; no other letter changes, and no text gets longer or shorter."""
    cased: list[Span] = []
    before = ""
    for span in spans:
        lead = _LEAD.match(span.text)
        assert lead, "it may be empty"
        word = _WORD.match(span.text, lead.end())
        if word and _begins(before + lead.group()):
            text = lead.group() + _capital(word.group(), language) + span.text[word.end() :]
            span = Span(text, span.origin, span.source)  # noqa: PLW2901 -- the same span, in its case
        cased.append(span)
        before = (before + span.text)[-_LOOK_BACK:]
    return cased


def _begins(before: str) -> bool:
    if not any(character.isalnum() for character in before):
        return True
    if not _SENTENCE_END.search(before):
        return False
    short = _ABBREVIATED.search(before)
    return not short or bool(short["one"] and short["one"].isupper())


def _capital(word: str, language: str) -> str:
    """Its first letter as a capital, unless it has none of one letter (ß) or the word has its own way (iPhone)."""
    if any(character.isupper() for character in word):
        return word
    dotted = word[0] == "i" and re.split("[-_]", language)[0] in _DOTTED_I
    first = "İ" if dotted else word[0].title()
    return first + word[1:] if len(first) == 1 else word
