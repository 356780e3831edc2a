"""One technique in the ledger: how often it was used and when, and what followed the replies that used it."""

from __future__ import annotations

import datetime as dt

import msgspec

from her_desktop.dialogue.techniques import techniques
from her_desktop.trace.compare import Comparison, Tallies, compared
from her_desktop.trace.count import word_count
from her_desktop.trace.exchanges import Exchange
from her_desktop.trace.personal import ear

MEASURES = ("next_words", "turns_to_come", "answer_s", "warm_share", "well_received_share")
"""What is looked at of that which followed."""
_SHARES = ("warm_share", "well_received_share")


class Followed(msgspec.Struct, frozen=True):
    """What followed the replies with a technique; a goodbye of hers is left out, as nothing can follow it."""

    next_words: Comparison
    """How many words he said next, where he said something."""
    turns_to_come: Comparison
    """How many more times he spoke in this talk. Talks that were cut off are left out."""
    answer_s: Comparison
    """Seconds from the end of her reply until he began to speak; for typed words, until he had sent them."""
    warm_share: Comparison
    """How often there was a warm word in what he said next (`warm` of the language), 0 to 1."""
    well_received_share: Comparison
    """How often it was counted as well received, where that was counted at all, 0 to 1."""


class Use(msgspec.Struct, frozen=True):
    """One technique: how often it was used, when, and what followed."""

    technique: str
    name: str
    classes: tuple[str, ...]
    replies: int
    sessions: int
    since: dt.datetime | None
    """When it was first used, be it before the span; None where it was only ever held back."""
    last: dt.datetime | None
    """When it was last used in the span."""
    suppressed: int
    """How many replies with it were held back, as he has switched it off."""
    off: bool
    """Whether it is switched off at the end of the record."""
    followed: Followed


class Measures:
    """Values by measure and place in the talk."""

    def __init__(self) -> None:
        self.of = {name: Tallies() for name in MEASURES}

    def add(self, at: int, found: dict[str, int]) -> None:
        """Count what followed one reply."""
        for name, value in found.items():
            self.of[name].add(at, value)

    def beside(self, every: Measures, talks: int, all_talks: int) -> Followed:
        """Compare them with those of every reply."""
        units = {"answer_s": 1000.0}
        return Followed(
            **{
                name: compared(
                    tallies,
                    every.of[name],
                    talks,
                    unit=units.get(name, 1),
                    share=name in _SHARES,
                    all_talks=all_talks if name == "turns_to_come" else 0,
                )
                for name, tallies in self.of.items()
            }
        )


class Uses:
    """What was counted of one technique."""

    def __init__(self) -> None:
        self.replies = self.suppressed = self.sessions = self.talks = 0
        self.since: dt.datetime | None = None
        self.last: dt.datetime | None = None
        self.last_session = self.last_talk = 0
        self.measures = Measures()

    def take(self, exchange: Exchange, talk: int) -> None:
        """Count one reply with it; `talk` numbers the talks."""
        self.replies, self.last = self.replies + 1, exchange.at
        self.sessions += exchange.session != self.last_session
        self.talks += talk != self.last_talk
        self.last_session, self.last_talk = exchange.session, talk

    def told(self, name: str, every: Measures, all_talks: int, *, off: bool) -> Use:
        """What came out, beside what followed every reply."""
        known = techniques().get(name)
        return Use(
            name, known.name if known else name, known.classes if known else (), self.replies, self.sessions,
            self.since, self.last, self.suppressed, off, self.measures.beside(every, self.talks, all_talks),
        )  # fmt: skip


def followed(following: Exchange | None, left: int | None) -> dict[str, int]:
    """What followed a reply, as whole numbers: milliseconds, words, 0 and 1."""
    found = {} if left is None else {"turns_to_come": left}
    if following:
        found["next_words"] = word_count(following.said)
        found["warm_share"] = int(ear(following.language).is_warm(following.said))
        if following.answered_ms is not None:
            found["answer_s"] = following.answered_ms
        if following.rewarded is not None:
            found["well_received_share"] = following.rewarded
    return found
