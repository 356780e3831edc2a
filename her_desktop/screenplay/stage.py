"""Receives beats of a screenplay. Emits each as it was performed, by a real session on a profile of its own."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from types import TracebackType

from her_desktop.clock import FixedClock
from her_desktop.conversation import Conversation
from her_desktop.dialogue.state import State
from her_desktop.events import Recorded, SessionStarted
from her_desktop.inbox import ByHand, Correct, Forget, InlineExecutor, Rehearse, Switch
from her_desktop.memory.database import Unswept
from her_desktop.memory.document import VERSION, Document, Statement, news
from her_desktop.memory.facts import statement
from her_desktop.memory.journal import Journal
from her_desktop.recorder import Watcher
from her_desktop.screenplay.performance import Played
from her_desktop.screenplay.script import BEGINS, Beat, Given, Title, pause_s
from her_desktop.screenplay.theatre import Stagehand
from her_desktop.screenplay.writing.profile import Begun
from her_desktop.session import Session
from her_desktop.trace.aloud import Aloud
from her_desktop.trace.packs_then import PacksThen

Profile = State | Document
"""What she begins with: all that a conversation stood at, or memories alone."""


class Stage:
    """One performance: a profile in a temporary folder, a clock that is moved, a session. `with` clears it away."""

    def __init__(
        self, title: Title, conversation: Conversation, hand: Stagehand, profile: Profile | None = None, *,
        watch: Watcher = lambda _recorded: None, folder: Path | None = None,
    ) -> None:  # fmt: skip
        """Set the stage.

        Args:
            title: the title page.
            conversation: the rules that are spoken by.
            hand: lets him be heard.
            profile: what she begins with.
            watch: sees every entry right after it was recorded. The first one of each profile has the number 1.
            folder: where the profile is, for others who read it meanwhile. Whoever names it clears it away; what is
                in it is erased, as it is where the screenplay begins another profile.
        """
        self.conversation = conversation
        self._title, self._hand, self._profile = title, hand, profile
        self._watch, self._folder = watch, folder
        self._seed = title.seed
        self._clock = FixedClock((title.begins or BEGINS).astimezone())
        self._heading = self._clock.now()
        self._home = TemporaryDirectory(prefix="her-desktop-screenplay-", ignore_cleanup_errors=True)
        self._journal: Begun | None = None
        self._session: Session | None = None
        self._seen: list[Recorded] = []
        self._loaded: dict[str, int] = {}
        self._arranged: Beat | None = None
        self._fresh()

    def __enter__(self) -> Stage:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self._leave()
        self._home.cleanup()

    @property
    def state(self) -> State:
        """What the conversation stands at."""
        return self._on().state

    @property
    def now(self) -> datetime:
        """What time it is on stage."""
        return self._clock.now()

    def arrange(self, beat: Beat) -> None:
        """Do what is arranged before his line, and have her there to hear it; `play` does it where nobody did.

        Raises:
            Trouble: something that is arranged cannot be.
        """
        for given in beat.given:
            self._arrange(given)
        self._on()
        self._arranged = beat

    def by_hand(self, message: ByHand | Rehearse) -> None:
        """Have something done by hand between two exchanges, which is not in the screenplay."""
        session = self._on()
        session.handle(message)
        session.drain()

    def play(self, beat: Beat, until_word: int | None = None) -> Played:
        """Perform one exchange.

        Args:
            beat: what happens.
            until_word: her answer is to sound so far and no further, since he interrupts her then; None for all of it.

        Raises:
            Trouble: something that is arranged cannot be.
        """
        if beat is not self._arranged:
            self.arrange(beat)
        self._arranged = None
        session, first = self._on(), len(self._seen)
        took_ms = 0.0
        if beat.his:
            self._clock.move(pause_s(beat.given, beat.his))
            before, now, since = session.state, self.now, perf_counter()
            session.load_dice(self._loaded)
            self._hand.say(session, beat.his)
            took_ms = (perf_counter() - since) * 1000
        else:
            before, now = session.state, self.now
        self._hand.sound(until_word)
        session.drain()
        self._loaded = {}
        asks = session.state.question.rule if session.state.question else ""
        return Played(beat, session.state.turn, before, now, tuple(self._seen[first:]), took_ms, asks)

    # ---- what is arranged ----

    def _arrange(self, given: Given) -> None:
        how: dict[str, Callable[[Given], None]] = {
            "fresh": lambda _given: self._anew(),
            "at once": lambda _given: None,
            "clock": lambda given: self._set_clock(datetime.fromisoformat(given.value).astimezone()),
            "wait": lambda given: self._clock.move(float(given.value)),
            "seed": self._reseed,
            "fact": self._teach,
            "wording": lambda given: self._loaded.update({given.name: int(given.value) - 1}),
            "off": lambda given: self._on().handle(Switch(given.name, False, "the screenplay")),
            "on": lambda given: self._on().handle(Switch(given.name, True, "the screenplay")),
            "forget": lambda given: self._on().handle(Forget((given.name,))),
        }
        how[given.what](given)

    def _anew(self) -> None:
        self._set_clock(self._heading)
        self._fresh()

    def _set_clock(self, to: datetime) -> None:
        self._heading = to
        self._clock.move((to - self.now).total_seconds())

    def _reseed(self, given: Given) -> None:
        self._seed = int(given.value)
        self._leave_session()

    def _teach(self, given: Given) -> None:
        """Let her know a fact: as a memory that is imported before she begins, or a correction by hand."""
        if self._session and given.name in self._session.state.facts:
            return self._session.handle(Correct(given.name, given.value))
        self._leave_session()
        subject, predicate = statement(given.name)
        told = Statement(subject=subject, predicate=predicate, object=given.value, words=given.value, told_at=self.now)
        return self._import(Document(VERSION, (told,)))

    def _import(self, document: Document) -> None:
        journal, code = self._record(), self.conversation.language.code
        begun = SessionStarted(
            version="", language=code, seed=self._seed, packs={}, country=self.conversation.country, front="memory"
        )
        journal.begin_session()
        for recorded in journal.append(0, self.now, (begun, *news({}, document)), durable=True):
            self._watch(recorded)

    # ---- the profile ----

    def _fresh(self) -> None:
        """Begin with nothing, or with the profile that the title page names."""
        self._leave()
        self._seen.clear()
        self._journal = self._empty()
        if isinstance(self._profile, State):
            self._journal.begin(self._profile)
        elif self._profile:
            self._import(self._profile)

    def _empty(self) -> Begun:
        """A record with nothing in it."""
        if self._folder:
            journal = Begun(self._folder, lasting=False)
            with suppress(Unswept):  # a reader keeps some bytes on the disk until the folder goes
                journal.erase()
            return journal
        folder = Path(self._home.name) / str(len(list(Path(self._home.name).iterdir())))
        folder.mkdir()
        return Begun(folder, lasting=False)

    def _record(self) -> Journal:
        assert self._journal is not None, "a stage has a journal until it is left"
        return self._journal

    def _on(self) -> Session:
        """The session, begun where there is none."""
        if not self._session:
            journal = self._record()
            self._session = Session(
                self.conversation, journal, self._clock, self._seed, "perform",
                lambda: self._hand.parts(self.conversation.language), InlineExecutor(), stays=True,
            )  # fmt: skip
            self._session.answer_from(Aloud(journal, PacksThen(journal, self.conversation)))
            self._session.watch(self._seen.append)
            self._session.watch(self._watch)
            self._session.start()
        return self._session

    def _leave_session(self) -> None:
        if self._session:
            self._session.close()
            self._session = None

    def _leave(self) -> None:
        self._leave_session()
        if self._journal:
            self._journal.close()
            self._journal = None
