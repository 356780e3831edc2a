"""How far a reply is from contact: how many of its words are his own, remembered, computed, or written beforehand."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate

import msgspec

from her_desktop.events import Origin, Reply, Span, Volunteered
from her_desktop.trace.count import word_places

_KINDS: tuple[tuple[Origin, str, str], ...] = (
    ("author", "was written beforehand", "were written beforehand"),
    ("mirrored", "was yours", "were yours"),
    ("remembered", "was remembered", "were remembered"),
    ("computed", "was computed", "were computed"),
)


class Distance(msgspec.Struct, frozen=True):
    """The words of a reply, or of many, by where they came from; and the dice that were thrown for them."""

    words: int = 0
    mirrored: int = 0
    """His own words, handed back."""
    remembered: int = 0
    """Words of a kept fact."""
    computed: int = 0
    """Words that a skill or a filter made."""
    author: int = 0
    """Words that were written beforehand."""
    dice: int = 0
    """Numbers that were drawn to choose among wordings; none where there was nothing to choose."""
    choices: int = 0
    """Between so many wordings they chose."""

    @property
    def mirrored_share(self) -> float:
        """Of all words, 0 to 1; 0 where there are none."""
        return self._share(self.mirrored)

    @property
    def remembered_share(self) -> float:
        """Likewise."""
        return self._share(self.remembered)

    @property
    def computed_share(self) -> float:
        """Likewise."""
        return self._share(self.computed)

    @property
    def author_share(self) -> float:
        """Likewise."""
        return self._share(self.author)

    def _share(self, words: int) -> float:
        return words / self.words if self.words else 0.0

    def __add__(self, other: Distance) -> Distance:
        both = zip(msgspec.structs.astuple(self), msgspec.structs.astuple(other), strict=True)
        return Distance(*(one + another for one, another in both))

    def __radd__(self, nothing: int) -> Distance:
        """So that `sum` works, which begins with 0."""
        return self if nothing == 0 else NotImplemented


def distance(reply: Reply, volunteered: Volunteered | None = None) -> Distance:
    """Count the words of a reply by their origin; a word of two spans counts for the one that has more of its letters.

    Args:
        reply: what she said.
        volunteered: what she brought up by herself in the same turn, whose wording was chosen too.
    """
    words = Counter(_origins(reply.spans))
    dice, choices = 0, 0
    if len(reply.choice) > 1:
        dice, choices = len(reply.draws) or 1, len(reply.choice)
    if volunteered and len(volunteered.choice) > 1:
        dice, choices = dice + 1, choices + len(volunteered.choice)
    return Distance(
        words.total(), words["mirrored"], words["remembered"], words["computed"], words["author"], dice, choices
    )


def _origins(spans: Iterable[Span]) -> Iterator[Origin]:
    spans = [span for span in spans if span.text]
    text = "".join(span.text for span in spans)
    ends = list(accumulate(len(span.text) for span in spans))
    for start, end in word_places(text):
        first, last = bisect_right(ends, start), bisect_right(ends, end - 1)
        if first == last:
            yield spans[first].origin
        else:
            letters = Counter(bisect_right(ends, at) for at in range(start, end) if text[at] not in "'’.,:-‐‑")  # noqa: RUF001 -- as written
            yield spans[max(range(first, last + 1), key=lambda at: (letters[at], -at))].origin


def told(distance: Distance, whose: str = "its") -> str:
    """The distance in plain words.

    Args:
        distance: of a reply, or of many.
        whose: words they are: “Of its 9 words”.
    """
    if not distance.words:
        return "There was not a word in it."
    if distance.words == 1:
        return next(f"The only word {one}. It was not understood." for number, one, _ in _kinds(distance) if number)
    kinds = [(number, one if number == 1 else more) for number, one, more in _kinds(distance) if number]
    if len(kinds) == 1:
        return f"All of {whose} {distance.words:,} words {kinds[0][1]}. None were understood."
    *others, last = [f"{number:,} {phrase}" for number, phrase in kinds]
    return f"Of {whose} {distance.words:,} words {', '.join(others)} and {last}. None were understood."


def told_dice(distance: Distance) -> str:
    """How much of it was left to dice, in plain words."""
    if not distance.dice:
        return "No dice were thrown: there was only one way to say it."
    dice = "One die" if distance.dice == 1 else f"{distance.dice:,} dice"
    return f"{dice} chose between {distance.choices:,} wordings."


def _kinds(distance: Distance) -> Iterator[tuple[int, str, str]]:
    for origin, one, more in _KINDS:
        yield getattr(distance, origin), one, more
