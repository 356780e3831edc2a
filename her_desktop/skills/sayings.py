"""What he said, where no fact was taken from it: the sentence of his that has most to do with what he asks about.

A word that few of his sentences hold says more than one that many hold; words that say little of what a sentence is
about do not count at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from her_desktop.dialogue.cues import cues
from her_desktop.dialogue.state import Saying
from her_desktop.memory.facts import Fact
from her_desktop.nlu.value_numbers import cardinal
from her_desktop.skills.ask import Ask
from her_desktop.skills.telling import told_by_him

_END = re.compile(r"([^\s.!?]*)([.!?]+)(?=\s|$)")
_SHORT = 3
"""Letters of an abbreviation that a capital may follow: Mr., St., Mrs."""
_LEAST_ALIKE, _MOST_MORE = 3, 3
"""Letters that forms of one word begin with, and how many more one of them may have: walk, walked. Where both have an
end of their own, one letter more is alike: hauled, hauling."""
_HALF, _OF_KIND = 0.5, 0.4
"""What another form of a word counts, where the word itself counts 1; and a number or name that is asked for."""
_KINDS = ("number", "fact_name", "fact_age")
"""Slots that say what kind of thing is asked for: “how old”, “is called”. Whoever has only that has not told it."""


def sentence_about(ask: Ask) -> Saying | None:
    """His sentence of this session that has most to do with what he asks about, the last of several; no question.

    Where a slot `number`, `name` or `fact_name` is filled, one with a number, or with a name, comes first.
    """
    parts = (Saying(one.turn, part) for one in ask.sayings for part in _sentences(one.text))
    told = [part for part in parts if not part.text.endswith("?")]
    at = _most(ask, [part.text for part in told])
    return None if at is None else Saying(told[at].turn, told[at].text.rstrip(" .!?,;:"))


def _sentences(text: str) -> Iterator[str]:
    """The sentences of what he said; “a.m.” and “Mr.” end none."""
    begin = 0
    for end in _END.finditer(text):
        word, signs = end.groups()
        abbreviation = signs == "." and (len(word) == 1 or (word.istitle() and len(word) <= _SHORT))
        if end.end() < len(text.rstrip()) and (abbreviation or _dotted(text, end.start())):
            continue
        yield text[begin : end.end()].strip()
        begin = end.end()
    if rest := text[begin:].strip():
        yield rest


def _dotted(text: str, at: int) -> bool:
    return at > 1 and text[at - 1] == "." and text[at - 2].isalpha()


def fact_about(ask: Ask) -> Fact | None:
    """The fact whose sentence has most to do with what he asks about."""
    facts = sorted(filter(told_by_him, ask.facts.values()), key=lambda fact: fact.source_turn)
    at = _most(ask, [fact.words for fact in facts])
    return None if at is None else facts[at]


def _most(ask: Ask, texts: Sequence[str]) -> int | None:
    """Which text has most to do with the words in all slots; none where none has anything."""
    little = cues(ask.language).stop_words
    every = _words(" ".join(ask.slots.values())) - little
    kinds = _words(" ".join(ask.slots.get(slot, "") for slot in _KINDS))
    wanted = {word for word in every - kinds if not cardinal(word, ask.language)} or every
    held = [_words(text) for text in texts]
    worth = {word: 1 / max(1, sum(_alike(word, words) > 0 for words in held)) for word in wanted}
    scores = [sum(worth[word] * _alike(word, words) for word in wanted) for words in held]
    scores = [score and score + _of_kind(ask, text) for score, text in zip(scores, texts, strict=True)]
    return max(range(len(texts)), key=lambda at: (scores[at], at)) if any(scores) else None


def _of_kind(ask: Ask, text: str) -> float:
    """More, where what he asks for is a number or a name, and the text has one."""
    words = re.findall(r"\w+", text)
    number = "number" in ask.slots and any(word.isdigit() or (cardinal(word, ask.language) or 0) > 1 for word in words)
    asked = not ask.slots.keys().isdisjoint({"name", "fact_name"})
    name = asked and any(word.istitle() and len(word) > 1 for word in words[1:])
    return _OF_KIND if number or name else 0


def _alike(word: str, words: Iterable[str]) -> float:
    """1 where a word is among others, less where another form of it is, else 0."""
    return 1 if word in words else _HALF if any(_form(*sorted((word, one), key=len)) for one in words) else 0


def _form(short: str, long: str) -> bool:
    if len(short) >= _LEAST_ALIKE and len(long) - len(short) <= _MOST_MORE and long.startswith(short):
        return True
    same = next((at for at, (one, other) in enumerate(zip(short, long, strict=False)) if one != other), len(short))
    return same > _LEAST_ALIKE and len(long) - same <= _MOST_MORE


def _words(text: str) -> set[str]:
    """Words of more than one letter; of “I've” and “name's” what stands before the sign."""
    return set(re.findall(r"(?<![\w'’])\w\w+", text.casefold()))
