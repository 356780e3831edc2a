"""A talk with the shipped English pack, turn by turn: `Talk().says("hello").reply.text`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache

from her_desktop.conversation import Conversation, Turn, respond
from her_desktop.dialogue.book import RuleBook
from her_desktop.dialogue.packs import load_language, load_packs
from her_desktop.dialogue.state import State, apply
from her_desktop.events import Decision, FinalTranscript, QuestionOpened, SessionStarted
from her_desktop.language import Language
from her_desktop.paths import resources
from her_desktop.skills import VALUES

BEGINS = datetime(2026, 11, 22, 15, 5)


@cache
def language() -> Language:
    """English, as shipped."""
    return load_language(resources() / "dialogue" / "en")


@cache
def book() -> RuleBook:
    """Every rule of the English packs, as shipped."""
    return load_packs([resources() / "dialogue" / "en"], language(), VALUES)


@cache
def conversation(country: str = "") -> Conversation:
    """The conversation that the shipped pack makes, for a country of help lines."""
    return Conversation.of(book(), language(), country)


class Talk:
    """One person's talk with her. Each turn comes ten seconds after the one before."""

    def __init__(self, *before: str, country: str = "", seed: int = 0) -> None:
        self._conversation, self._seed = conversation(country), seed
        self.state, self.now = State(), BEGINS
        self.turns: list[Turn] = []
        self.hears(before)

    def hears(self, utterances: Iterable[str]) -> None:
        """Say several things, one after the other."""
        for utterance in utterances:
            self.says(utterance)

    def says(self, utterance: str) -> Turn:
        """Say something to her; the turn holds the entries, her reply and the state after it."""
        return self.takes(FinalTranscript.typed(utterance))

    def comes_back(self, after: timedelta = timedelta(), **days: float) -> None:
        """Some time later a new conversation begins: `comes_back(days=2)`."""
        self.now += after + timedelta(**days)
        book = self._conversation.book
        started = SessionStarted(
            version="", language="en", seed=self._seed, packs=book.hashes, country="", front="chat", began_at=self.now
        )
        self.state = apply(self.state, started)

    def is_asked(self, rule: str) -> None:
        """She asked by herself what this rule asks, and waits for the answer."""
        self.state = apply(self.state, QuestionOpened(reply=f"{self.state.turn}:{rule}", rule=rule))

    def takes(self, heard: FinalTranscript) -> Turn:
        """The same, with a transcript."""
        turn = respond(self._conversation, self.state, heard, self.now, self._seed)
        self.state, self.now = turn.state, self.now + timedelta(seconds=10)
        self.turns.append(turn)
        return turn


def decision(turn: Turn) -> Decision:
    """Which rule won the turn, and why the others did not."""
    return next(entry for entry in turn.entries if isinstance(entry, Decision))
