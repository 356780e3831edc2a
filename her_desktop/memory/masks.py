"""What is to be taken out of the entries of a turn, and where words stand once it is."""

from __future__ import annotations

import msgspec

from her_desktop.events import Seen
from her_desktop.memory.words import Mask, Stretch, Words, all_words


class Masks(msgspec.Struct, frozen=True):
    """What is to be taken out of the entries of a turn."""

    his: Mask
    """Out of what he said."""
    other: Mask
    """Out of what was made of it."""
    words: Mask
    """The words of the facts, and nothing else."""
    facts: frozenset[str] = frozenset()
    """Ids of the facts that are forgotten: what is said of them goes as a whole."""
    names: frozenset[str] = frozenset()
    """Their names."""
    taught: bool = False
    """Whether the turn taught one of them: then all that he said in it goes."""


def masks_of(words: Words, facts: frozenset[str], names: frozenset[str], taught: Words | None) -> Masks:
    """What is to be taken out of a turn: words, and if it taught a fact, all that he said in it, which is `taught`."""
    if taught is None:
        return Masks(words.marked, words.marked, words.marked, facts, names)
    return Masks(all_words, (words | taught).marked, words.marked, facts, names, taught=True)


def moved(seen: Seen, text: str, stretches: list[Stretch]) -> Seen:
    """Words that were seen in a reply, where they stand now."""
    begin, end = _place(seen.at, stretches, after=False), _place(seen.at + len(seen.words), stretches, after=True)
    return msgspec.structs.replace(seen, at=begin, words=text[begin:end] if seen.words else "")


def _place(at: int, stretches: list[Stretch], *, after: bool) -> int:
    """Where a place of a text is after the replacements; one inside of a word goes to its edge."""
    moved = at
    for begin, end, instead in stretches:
        if end <= at:
            moved += len(instead) - (end - begin)
        elif begin < at:
            return moved + (begin - at) + (len(instead) if after else 0)
    return moved
