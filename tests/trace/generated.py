"""Conversations that nobody wrote: sentences of the shipped rules, of their templates and of chance, as a journal."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from functools import cache, partial
from pathlib import Path

from msgspec.structs import replace

from her_desktop.clock import FixedClock
from her_desktop.conversation import Conversation
from her_desktop.dialogue.packs import read_lexicon
from her_desktop.dialogue.techniques import charms
from her_desktop.events import Alternative, AudioChunk, Entry, FinalTranscript
from her_desktop.inbox import InlineExecutor, Parts, Switch, TalkReleased, Typed
from her_desktop.memory.journal import Journal
from her_desktop.nlu.sample import sentences
from her_desktop.paths import resources
from her_desktop.session import Session
from her_desktop.trace.aloud import Aloud
from her_desktop.trace.packs_then import PacksThen
from tests.dialogue.talk import book, conversation, language
from tests.trace.packs import NOW

_FILLERS = {
    "text": ("my old bicycle", "the blue door", "i feel lost", "José", "tea"), "name": ("ada", "Theodore", "ann lee"),
    "proper": ("Ada", "Zoë"), "number": ("7", "twenty five"), "duration": ("ten minutes",),
    "time": ("half past six",), "date": ("next friday",), "*": ("well", "so to speak"),
}  # fmt: skip
_CHANCE = ("", "?", "flurb", "😀 so it is", "no", "yes", "more", "never mind", "why did you say that", "forget that",
           "what do you know about me", "12", "<b>bold</b>", "I i I", "tell me a joke", "bye")  # fmt: skip


class ReadyEar:
    """An ear that hands over a transcript when the talk key is released; it never listens by itself."""

    level = 0.0

    def __init__(self) -> None:
        self.next: FinalTranscript | None = None

    def accept(self, _chunk: AudioChunk) -> list[Entry]:
        """Nothing is heard."""
        return []

    def press(self) -> list[Entry]:
        """Nothing is heard."""
        return []

    def release(self) -> list[Entry]:
        """What was put there."""
        return [self.next] if self.next else []

    def end_of_recording(self) -> list[Entry]:
        """Nothing is heard."""
        return []

    def reset(self, _why: str) -> list[Entry]:
        """Nothing to forget."""
        return []


_LAST = ("i live in oslo", "where do i live", "my name is ada", "what is my name", "forget my name")
"""Said at the very end: something is remembered, something is forgotten, and something is switched off."""

_OFTEN, _HOW_OFTEN = (
    "what time is it", "what day is it today", "my name is ada", "what do you know about me", "forget my name",
    "yes", "no", "maybe",
), 0.25  # fmt: skip
"""Of all that may be said little hangs on the time, on what is kept, or on her question."""


@cache
def utterances() -> tuple[str, ...]:
    """What may be said: samples of all rules, and sentences made from their templates."""
    lexicon, rng = read_lexicon([resources() / "dialogue" / "en"], language()), random.Random(5)
    found: dict[str, None] = {}
    for rule in book().rules.values():
        found |= dict.fromkeys(rule.spec.samples)
        for template in rule.spec.hears[:2]:
            found |= dict.fromkeys(sentences(template, lexicon, _FILLERS, rng, 2))
    return (*found, *_CHANCE)


def heard(rng: random.Random) -> FinalTranscript:
    """Something that he says; now and then as a recognizer hands it on, with readings and a slip."""
    said = rng.choice(_OFTEN if rng.random() < _HOW_OFTEN else utterances())
    if rng.random() < 0.7:
        return FinalTranscript.typed(said)
    at = rng.randrange(len(said) + 1)
    texts = (said[:at] + said[at + 1 :], said, rng.choice(utterances()))
    alternatives = tuple(Alternative(text, 0.5 / rank) for rank, text in enumerate(texts, 1))
    return FinalTranscript(text=texts[0], recognizer="test:generated", alternatives=alternatives)


def converse(home: Path, talks: int, seed: int, turns: tuple[int, int] = (2, 5)) -> Conversation:
    """Hold conversations, one after the other, in one profile, and return what they were held with.

    Args:
        home: the profile.
        talks: how many.
        seed: of what is said, and of her dice.
        turns: at least and at most so many turns each.
    """
    rng, clock, made = random.Random(seed), FixedClock(NOW), conversation()
    for talk in range(talks):
        with Journal(home) as journal:
            made = replace(conversation(rng.choice(("", "US", "GB"))), adapts=rng.random() < 0.8)
            ear = ReadyEar()
            parts = partial(Parts, ear=ear)
            session = Session(made, journal, clock, seed + talk, "test", parts, InlineExecutor())
            session.answer_from(Aloud(journal, PacksThen(journal, made)))
            session.start()
            for said in _said(rng, turns):
                clock.move(rng.choice((3, 40, 4_000)))
                if isinstance(said, FinalTranscript):
                    ear.next = said
                    session.handle(TalkReleased())
                else:
                    session.handle(said)
            if talk == talks - 1:
                for text in _LAST:
                    session.handle(Typed(text))
                session.handle(Switch(charms()[0], on=False, why="the switch"))
            session.close()
        clock.move(timedelta(hours=rng.randrange(60)).total_seconds())
    return made


def _said(rng: random.Random, turns: tuple[int, int]) -> Iterator[FinalTranscript | Switch]:
    if rng.random() < 0.3:
        yield Switch(rng.choice(charms()), rng.random() < 0.3, "the switch")
    yield from (heard(rng) for _ in range(rng.randint(*turns)))
