"""Receives beats of a screenplay. Emits each as it was performed, by a real session on a profile of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from types import TracebackType

from her_desktop.clock import FixedClock
from her_desktop.conversation import Conversation
from her_desktop.dialogue.book import RuleBook
from her_desktop.dialogue.state import State
from her_desktop.events import Failure, Recorded, Reply, SessionStarted, Volunteered
from her_desktop.inbox import ByHand, Erase, Forget, InlineExecutor, Rehearse, Switch
from her_desktop.memory.database import Unswept
from her_desktop.memory.document import VERSION, Document, Statement, news
from her_desktop.memory.facts import statement
from her_desktop.memory.journal import Journal
from her_desktop.recorder import Watcher
from her_desktop.screenplay.known import Known
from her_desktop.screenplay.performance import ARRANGED, Fault, Played
from her_desktop.screenplay.script import BEGINS, Beat, Given, His, Title, pause_s
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
        as_loaded: Callable[[], RuleBook] | None = None,
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
            as_loaded: the rules as their packs have them, where the conversation may have others.
        """
        self.conversation = conversation
        self._title, self._hand, self._profile = title, hand, profile
        self._watch, self._folder = watch, folder
        self._seed = title.seed
        self._known = Known(conversation.book, as_loaded)
        self._clock = _Clock((title.begins or BEGINS).astimezone())
        self._heading = self._clock.now()
        self._home = TemporaryDirectory(prefix="her-desktop-screenplay-", ignore_cleanup_errors=True)
        self._journal: Begun | None = None
        self._session: Session | None = None
        self._seen: list[Recorded] = []
        self._loaded: dict[str, int] = {}
        self._arranged: Beat | None = None
        self._amiss: list[Fault] = []
        self._rules: dict[int, str] = {}
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
        try:
            for given in beat.given:
                self._arrange(given)
            self._on()
        except BaseException:
            self._clear()
            raise
        self._arranged = beat

    def by_hand(self, message: ByHand | Rehearse) -> None:
        """Have something done by hand between two exchanges, which is not in the screenplay."""
        session = self._on()
        session.handle(message)
        session.drain()
        if isinstance(message, Erase):
            self._rules.clear()

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
        try:
            return self._play(beat, until_word)
        finally:
            self._clear()

    def _play(self, beat: Beat, until_word: int | None) -> Played:
        session, first, rules, took_ms = self._on(), len(self._seen), dict(self._rules), 0.0
        if beat.his:
            self._amiss += self._not_interrupted(session, beat.his)
            self._clock.move(pause_s(beat.given, beat.his))
        before, now = session.state, self.now
        if beat.his:
            session.load_dice(self._loaded)
            since = perf_counter()
            self._hand.say(session, beat.his)
            took_ms = (perf_counter() - since) * 1000
        self._hand.sound(until_word)
        session.drain()
        entries = tuple(self._seen[first:])
        self._rules |= {one.turn: one.entry.rule for one in entries if isinstance(one.entry, Reply)}
        asks = session.state.question.rule if session.state.question else ""
        return Played(
            beat, session.state.turn, before, now, entries, took_ms, asks, mode=session.mode, rules=rules,
            amiss=(*self._amiss, *self._not_loaded(beat, entries)), known=self._known,
        )  # fmt: skip

    def _clear(self) -> None:
        """Nothing is arranged any more."""
        self._arranged, self._loaded = None, {}
        self._amiss.clear()

    def _not_interrupted(self, session: Session, his: His) -> Iterator[Fault]:
        """What keeps him from interrupting her where he is to."""
        if not his.interrupts:
            return
        counted = "1 word" if his.after_words == 1 else f"{his.after_words} words"
        when = f"he interrupts her after {counted}" if his.after_words else "he interrupts her"
        words = len(session.state.said.split())
        if session.mode != "speaking":
            yield Fault(his.line, when, "she was not speaking any more")
        elif his.after_words > words:
            yield Fault(his.line, when, f"she said no more than {words}")

    def _not_loaded(self, beat: Beat, entries: Iterable[Recorded]) -> Iterator[Fault]:
        """The wordings that were asked for, where their rule said another one."""
        said = [one.entry for one in entries if isinstance(one.entry, Reply | Volunteered)]
        for given in beat.given:
            variants = [one.variant for one in said if given.what == "wording" and one.rule == given.name]
            if variants and self._loaded.get(given.name, variants[0]) not in variants:
                told = "its plain wording" if variants[0] < 0 else f"wording {variants[0] + 1}"
                yield Fault(given.line, f"{given.name} says wording {given.value}", f"it said {told}")

    # ---- what is arranged ----

    def _arrange(self, given: Given) -> None:
        how: dict[str, Callable[[Given], None]] = {
            "fresh": lambda _given: self._anew(),
            "at once": lambda _given: None,
            "clock": lambda given: self._set_clock(datetime.fromisoformat(given.value).astimezone()),
            "wait": lambda given: self._clock.move(float(given.value)),
            "seed": self._reseed,
            "fact": self._teach,
            "wording": self._load,
            "off": lambda given: self._handle(given, Switch(given.name, False, "the screenplay")),
            "on": lambda given: self._handle(given, Switch(given.name, True, "the screenplay")),
            "forget": lambda given: self._handle(given, Forget((given.name,))),
        }
        how[given.what](given)

    def _handle(self, given: Given, message: ByHand) -> None:
        """Have it done by hand; where that fails it is the note's fault."""
        session, first = self._on(), len(self._seen)
        session.handle(message)
        failures = (one.entry for one in self._seen[first:] if isinstance(one.entry, Failure))
        self._amiss += (Fault(given.line, ARRANGED, f"{one.what}: {one.why}") for one in failures)

    def _load(self, given: Given) -> None:
        """Load the die of a rule, if it has such a wording."""
        if why := self._known.no_wording(given.name, int(given.value)):
            self._amiss.append(Fault(given.line, ARRANGED, why))
        else:
            self._loaded[given.name] = int(given.value) - 1

    def _anew(self) -> None:
        self._set_clock(self._heading)
        self._fresh()

    def _set_clock(self, to: datetime) -> None:
        self._heading = to
        self._clock.move((to - self.now).total_seconds())

    def _reseed(self, given: Given) -> None:
        self._seed = int(given.value)
        if self._session:
            self._session.load_seed(self._seed)

    def _teach(self, given: Given) -> None:
        """Let her know a fact: as a memory that is imported."""
        subject, predicate = statement(given.name)
        told = Statement(subject=subject, predicate=predicate, object=given.value, words=given.value, told_at=self.now)
        document = Document(VERSION, (told,))
        if self._session:
            self._session.learn(document)
        else:
            self._import(document)

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
        self._rules.clear()
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

    def _leave(self) -> None:
        if self._session:
            self._session.close()
            self._session = None
        if self._journal:
            self._journal.close()
            self._journal = None


class _Clock(FixedClock):
    """A clock that is moved, and shows the hour of its zone also where summer time begins or ends."""

    def move(self, seconds: float) -> None:
        """Let time pass."""
        super().move(seconds)
        self._now = self._now.astimezone()
