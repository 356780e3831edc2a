"""Where mutants are tried. Receives a task; emits what came of it. Each process has a lab of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import msgspec

from her_desktop.conversation import Conversation
from her_desktop.paths import resources
from her_desktop.screenplay.mutation.mutants import Mutant, Workshop
from her_desktop.screenplay.mutation.reach import Reach, reach
from her_desktop.screenplay.mutation.replay import SAID, Turn, turns, unmoved
from her_desktop.screenplay.mutation.result import How
from her_desktop.screenplay.performance import Fault, Performance
from her_desktop.screenplay.script import Screenplay, Title
from her_desktop.trouble import Trouble

LONGEST_TURN_S = 30.0
"""A turn that takes longer is as good as broken, on the slowest and busiest machine."""

BEAT_S = 1.0
"""What each exchange may take where none hangs."""

_BROKEN = ("nothing goes wrong", "this can be arranged")
"""What the harness itself expects, whatever a screenplay checks."""

_MOST_SKETCHED = 512
"""Of so many rules the changes are kept."""

Conversations = Callable[[Title], Conversation]
"""The conversation that a title page asks for."""

Perform = Callable[[Screenplay, Conversations], Performance]
"""Performs a screenplay; it may break off at the first fault."""

Deck = tuple[str, tuple[Path, ...]]
"""A language and its packs; none for the shipped ones."""


class Play(msgspec.Struct, frozen=True):
    """The task to perform a screenplay with the packs as they are."""

    screenplay: int


class Try(msgspec.Struct, frozen=True):
    """The task to try a mutant."""

    deck: Deck
    rule: str
    number: int
    """Which of the changes of the rule."""
    screenplays: tuple[int, ...]
    """On which, in this order, until one notices it."""


class Verdict(msgspec.Struct, frozen=True):
    """What came of a mutant."""

    how: How | None = None
    """None where it is idle."""
    by: str = ""
    why: str = ""
    """Empty where nothing noticed it."""
    performed: int = 0


class Begun(msgspec.Struct, frozen=True):
    """A mutant is tried on a screenplay now."""

    by: str
    """Which: `file:line`."""
    limit_s: float
    """How long it may take."""
    performed: int
    """How many were performed before."""


class Played(msgspec.Struct, frozen=True):
    """What came of a screenplay with the packs as they are."""

    reach: Reach = Reach()
    fault: tuple[str, str] | None = None
    """Where the first thing does not hold, and what."""


class Scene(msgspec.Struct, frozen=True):
    """A screenplay as it goes with the packs as they are."""

    reach: Reach = Reach()
    turns: tuple[Turn, ...] | None = None
    """How his words were understood; None where not everything in it follows from that."""
    fault: tuple[str, str] | None = None


class Setup(msgspec.Struct, frozen=True):
    """What a lab is furnished with; all of it can be sent to another process."""

    screenplays: tuple[Screenplay, ...]
    conversation: Conversations
    perform: Perform
    longest_turn_s: float = LONGEST_TURN_S
    scenes: tuple[Scene, ...] = ()
    """How each screenplay goes as the packs are, where that is known; empty where it is not."""


class Lab:
    """Performs screenplays, as the packs are and with mutants."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self.workshop = lru_cache(None)(self._workshop)
        self._scene = lru_cache(None)(self._as_it_is)
        self._turns = lru_cache(None)(self._sure_turns)
        self._alone = lru_cache(None)(self._fault_alone)
        self._base = lru_cache(None)(self._loaded)
        self.sketched = lru_cache(_MOST_SKETCHED)(self._sketched)

    def done(self, task: Play | Try, begun: Callable[[Begun], None] = lambda _begun: None) -> Played | Verdict:
        """Do a task.

        Raises:
            Trouble: a screenplay does not hold as the packs are.
        """
        return self._played(task.screenplay) if isinstance(task, Play) else self._tried(task, begun)

    def scene(self, performance: Performance) -> Scene:
        """What was performed with the packs as they are."""
        for fault in performance.faults:
            return Scene(fault=(f"{performance.screenplay.path}:{fault.line}", f"{fault.expected}: {fault.got}"))
        considered = reach(performance, self._base(*_key(performance.screenplay.title)).book)
        return Scene(considered, turns(performance))

    def _played(self, at: int) -> Played:
        scene = self._scene(at)
        return Played(scene.reach, scene.fault)

    def _as_it_is(self, at: int) -> Scene:
        if self._setup.scenes:
            return self._setup.scenes[at]
        return self.scene(self._setup.perform(self._setup.screenplays[at], self._conversation))

    def _sure_turns(self, at: int) -> tuple[Turn, ...] | None:
        """The turns of a screenplay, where understanding them again comes to the same."""
        found = self._scene(at).turns
        spoken = self._conversation(self._setup.screenplays[at].title)
        return found if found is not None and unmoved(found, spoken) else None

    def _fault_alone(self, at: int) -> tuple[str, str] | None:
        """What does not hold of a screenplay as the packs are; it may be known only from among others."""
        if not self._setup.scenes:
            return self._scene(at).fault
        return self.scene(self._setup.perform(self._setup.screenplays[at], self._conversation)).fault

    def _tried(self, task: Try, begun: Callable[[Begun], None]) -> Verdict:
        mutant = self.sketched(task.deck, task.rule)[task.number]
        if mutant.idle:
            return Verdict()
        conversations = lru_cache(None)(lambda *key: mutant.apply(self._base(*key)))
        performed = 0
        for at in task.screenplays:
            screenplay = self._setup.screenplays[at]
            changed = conversations(*_key(screenplay.title))
            self._turns(at)
            limit_s = self._setup.longest_turn_s + BEAT_S * len(screenplay.beats)
            begun(Begun(_named(screenplay), limit_s, performed))
            if self._same(mutant, at, changed):
                continue
            performed += 1
            if verdict := self._noticed(screenplay, changed, performed):
                self._must_hold(at)
                return verdict
        return Verdict("survived" if task.screenplays else "not tried", performed=performed)

    def _must_hold(self, at: int) -> None:
        if fault := self._alone(at):
            raise Trouble(*fault, "mend it first: mutants are tried on tests that hold")

    def _same(self, mutant: Mutant, at: int, conversation: Conversation) -> bool:
        """Whether it is known without performing that a screenplay goes as it did."""
        change, rule, found, spoke = mutant.change, mutant.rule, self._turns(at), self._scene(at).reach.spoke
        if found is None or rule.prompt != "heard":
            return False
        if change.kind in SAID:
            return spoke.isdisjoint(change.rules)
        asked = change.kind == "rule" and any(name.rpartition("/")[0] in spoke for name in change.rules)
        try:
            return not asked and unmoved(found, conversation, *mutant.reads)
        except Exception:  # what breaks here breaks when it is performed, where it is told
            return False

    def _noticed(self, screenplay: Screenplay, conversation: Conversation, performed: int) -> Verdict | None:
        """Where a screenplay goes wrong, how and why; None where it holds."""
        shown = _named(screenplay)
        try:
            performance = self._setup.perform(screenplay, lambda _title: conversation)
        except Trouble as trouble:
            return Verdict("crashed", shown, trouble.line, performed)
        except Exception as error:  # a mutant's barrier: what goes wrong from here on is its doing
            return Verdict("crashed", shown, f"{type(error).__name__}: {error}", performed)
        for fault in performance.faults:
            where = f"{screenplay.path.name}:{fault.line}"
            return Verdict(_how(fault), where, f"{fault.expected}: {fault.got}", performed)
        most_ms = self._setup.longest_turn_s * 1000
        slow = any(one.took_ms > most_ms for one in performance.played)
        return Verdict("timed out", shown, f"a turn took more than {most_ms:.0f} ms", performed) if slow else None

    def _conversation(self, title: Title) -> Conversation:
        return self._base(*_key(title))

    def _loaded(self, language: str, packs: tuple[Path, ...], country: str, adapts: bool) -> Conversation:
        return self._setup.conversation(Title(language=language, packs=packs, country=country, adapts=adapts))

    def _workshop(self, deck: Deck) -> Workshop:
        language, packs = deck
        paths = packs or (resources() / "dialogue" / language,)
        return Workshop(self._base(language, packs, "", True), paths)

    def _sketched(self, deck: Deck, rule: str) -> list[Mutant]:
        return list(self.workshop(deck).sketched(rule))


def deck_of(screenplay: Screenplay) -> Deck:
    """The packs of a screenplay."""
    return screenplay.title.language, screenplay.title.packs


def _how(fault: Fault) -> How:
    return "crashed" if fault.expected in _BROKEN else "killed"


def _named(screenplay: Screenplay) -> str:
    return f"{screenplay.path.name}:{screenplay.beats[0].line if screenplay.beats else 1}"


def _key(title: Title) -> tuple[str, tuple[Path, ...], str, bool]:
    return title.language, title.packs, title.country, title.adapts
