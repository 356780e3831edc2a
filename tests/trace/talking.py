"""A talk through the real session, with a real journal in which she looks up what she is asked about herself."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from msgspec.structs import replace

from her_desktop.clock import FixedClock
from her_desktop.conversation import Conversation
from her_desktop.dialogue.packs import load_language, load_packs
from her_desktop.events import Failure, FinalTranscript, Recorded, Reply, SkillCalled
from her_desktop.inbox import InlineExecutor, Parts, Switch, TalkReleased, Typed
from her_desktop.memory.journal import Journal
from her_desktop.paths import resources
from her_desktop.session import Session
from her_desktop.skills import VALUES
from her_desktop.trace.aloud import Aloud
from her_desktop.trace.origins import dangling
from her_desktop.trace.packs_then import PacksThen
from her_desktop.trace.past import saved_turn
from her_desktop.trace.turns import SavedTurn
from tests.trace.generated import ReadyEar
from tests.trace.packs import NOW


@cache
def shipped(language: str = "en") -> Conversation:
    """The conversation that the shipped packs of a language make."""
    folder = resources() / "dialogue" / language
    spoken = load_language(folder)
    return Conversation.of(load_packs([folder], spoken, VALUES), spoken)


class Talking:
    """One person's talk, each turn ten seconds after the one before; `with` closes the profile."""

    def __init__(self, home: Path, *, language: str = "en", seed: int = 0, adapts: bool = True) -> None:
        self.home, self.ear, self.clock = home, ReadyEar(), FixedClock(NOW)
        self.conversation = replace(shipped(language), adapts=adapts)
        self.journal = Journal(home)
        self.packs = PacksThen(self.journal, self.conversation)
        self.seen: list[Recorded] = []
        parts = Parts(ear=self.ear)
        self.session = Session(
            self.conversation, self.journal, self.clock, seed, "test", lambda: parts, InlineExecutor(), stays=True
        )
        self.session.answer_from(Aloud(self.journal, self.packs))
        self.session.watch(self.seen.append)
        self.session.start()

    def __enter__(self) -> Talking:
        return self

    def __exit__(self, *_: object) -> None:
        self.session.close()
        self.journal.close()

    def says(self, *said: str) -> str:
        """Type some things; returns her last reply."""
        for text in said:
            self._take(Typed(text))
        return self.reply.text

    def speaks(self, heard: FinalTranscript) -> str:
        """Say something, as a recognizer hands it on."""
        self.ear.next = heard
        self._take(TalkReleased())
        return self.reply.text

    def switches_off(self, *techniques: str) -> None:
        """Switch techniques off."""
        for name in techniques:
            self.session.handle(Switch(name, False, "the switch"))

    def _take(self, message: Typed | TalkReleased) -> None:
        self.clock.move(10)
        before = len(self.seen)
        self.session.handle(message)
        failures = [one.entry for one in self.seen[before:] if isinstance(one.entry, Failure)]
        assert failures == []

    @property
    def reply(self) -> Reply:
        """Her last reply."""
        return next(one.entry for one in reversed(self.seen) if isinstance(one.entry, Reply))

    @property
    def called(self) -> SkillCalled:
        """The skill that was asked last."""
        return next(one.entry for one in reversed(self.seen) if isinstance(one.entry, SkillCalled))

    @property
    def number(self) -> int:
        """The turn that was last."""
        return self.session.state.turn

    def turn(self, number: int) -> SavedTurn:
        """A turn as it was recorded."""
        return saved_turn(self.journal, number)

    def dangling(self) -> tuple[str, ...]:
        """What is wrong with the origins of her last reply."""
        return dangling(self.turn(self.number), self.conversation.book, self.conversation.language)
